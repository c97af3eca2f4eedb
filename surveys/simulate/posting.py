"""Generated answers through the pupils' own addresses, as their pages send them."""

import http.client
import json
import secrets
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SEND = "/s/send/"


@dataclass(frozen=True)
class Sent:
    """What became of one pupil's POST."""

    state: str
    """sent, already, closed, full, refused; or "lost" when no answer came."""
    seconds: float


def send_all(*, base_url: str, bodies: Iterable[dict[str, Any]], at_once: int = 8) -> Iterator[Sent]:
    """POST each body, so many at once, each over a connection of its own as from a device of its own."""
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        yield from pool.map(lambda body: send(base_url=base_url, body=body), bodies)


def body_for(*, code: str, version: int, answers: dict[str, Any]) -> dict[str, Any]:
    """What a page sends; the nonce is made here as it is there."""
    return {"code": code, "version": version, "nonce": secrets.token_hex(16), "answers": answers}


def send(*, base_url: str, body: dict[str, Any], timeout: float = 30) -> Sent:
    """POST one pupil's answers."""
    address = urlsplit(base_url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    began = time.perf_counter()
    connection = kind(address.netloc, timeout=timeout)
    try:
        connection.request("POST", SEND, json.dumps(body), {"Content-Type": "application/json"})
        state = json.loads(connection.getresponse().read()).get("state", "unknown")
    except (OSError, http.client.HTTPException, ValueError):
        state = "lost"
    finally:
        connection.close()
    return Sent(state, time.perf_counter() - began)
