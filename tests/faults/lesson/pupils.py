"""Pupils' pages without a browser: each sends, and sends the same again until it is told what became of it."""

import threading
import time
from typing import Any

from surveys.simulate.posting import body_for, send

TRIES = 400
WAIT_SECONDS = 0.2


class Pupils:
    """Pages that send at once, each from a thread of its own."""

    def __init__(self, base_url: str, *, code: str) -> None:
        self.base_url, self.code = base_url, code
        self.told: dict[int, str] = {}
        """Which pupil was told what: "sent", "already", or "lost" where nothing was ever heard."""
        self._threads: list[threading.Thread] = []

    def send(self, numbers: range, answers: Any) -> None:
        """Let these pupils send `answers(number)`; returns at once."""
        for number in numbers:
            body = body_for(code=self.code, version=1, answers=answers(number))
            self._threads.append(threading.Thread(target=self._one, args=(number, body)))
            self._threads[-1].start()

    def wait(self) -> dict[int, str]:
        """When everybody was told: what."""
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        return self.told

    def _one(self, number: int, body: dict[str, Any]) -> None:
        for _try in range(TRIES):
            sent = send(base_url=self.base_url, body=body, timeout=20)
            if sent.state not in {"lost", "busy"}:
                self.told[number] = sent.state
                return
            time.sleep(WAIT_SECONDS)
        self.told[number] = "lost"
