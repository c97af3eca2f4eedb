"""gunicorn's lines say what happened to which worker, and nothing of a request."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gunicorn.config import Config

from foundation.logs.gunicorn import SafeLogger

CANARY = "canary-7431"
ADDRESS = "203.0.113.77"
Write = Callable[[SafeLogger], None]


@pytest.fixture
def written() -> Iterator[Callable[[Write], dict[str, Any]]]:
    """What stands in the log after a call, read back; handlers and level as they were afterwards."""
    error_log = logging.getLogger("gunicorn.error")
    before = (error_log.level, error_log.handlers[:])
    config = Config()
    config.set("loglevel", "debug")
    config.set("errorlog", "-")
    log = SafeLogger(config)
    stream = io.StringIO()
    for handler in log.error_log.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)

    def call(write: Write) -> dict[str, Any]:
        write(log)
        line: dict[str, Any] = json.loads(stream.getvalue())
        return line

    yield call
    error_log.setLevel(before[0])
    error_log.handlers[:] = before[1]


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda log: log.critical("WORKER TIMEOUT (pid:%s)", 4711), "WORKER TIMEOUT (pid:4711)"),
        (lambda log: log.error("Worker (pid:%s) exited with code %s.", 4711, 3), "Worker (pid:4711) exited with code 3."),
        (
            lambda log: log.error("Worker (pid:%s) was sent %s! Perhaps out of memory?", 4711, "SIGKILL"),
            "Worker (pid:4711) was sent SIGKILL! Perhaps out of memory?",
        ),
        (lambda log: log.info("Booting worker with pid: %s", 4711), "Booting worker with pid: 4711"),
        (lambda log: log.info("Listening at: %s (%s)", "http://127.0.0.1:8000", 7), "Listening at: http://127.0.0.1:8000 (7)"),
        (lambda log: log.error("Connection in use: %s", "('127.0.0.1', 8000)"), "Connection in use: ('127.0.0.1', 8000)"),
        (lambda log: log.error("Reason: %s", "Worker failed to boot."), "Reason: Worker failed to boot."),
        (lambda log: log.exception("Exception in worker process"), "Exception in worker process"),
        (lambda log: log.warning("Invalid request from ip=203.0.113.77: Invalid HTTP Header"),
         "a request was refused, for it is no good HTTP"),
    ],
)  # fmt: skip
def test_a_line_says_what_happened_to_which_worker(written: Any, write: Write, said: str) -> None:
    assert written(write)["message"] == said


@pytest.mark.parametrize(
    "write",
    [
        lambda log: log.exception("Error handling request %s", f"/en/?q={CANARY}"),
        lambda log: log.exception(SyntaxError(CANARY)),
        lambda log: log.warning(f"Invalid request from ip={ADDRESS}: {CANARY}"),
        lambda log: log.warning("Invalid request from ip=%s: %s", ADDRESS, CANARY),
        lambda log: log.debug("Closing connection. %s", CANARY),
        lambda log: log.debug("%s %s", "GET", f"/{CANARY}"),
        lambda log: log.warning("Exception during worker exit:\n%s", CANARY),
        lambda log: log.warning("%d times", CANARY),
        lambda log: log.error(f"put together before: {CANARY}"),
        lambda log: log.error(RuntimeError(CANARY)),
    ],
)  # fmt: skip
def test_a_line_says_nothing_of_a_request(written: Any, write: Write) -> None:
    line = written(write)
    assert line["message"]
    assert CANARY not in json.dumps(line)
    assert ADDRESS not in json.dumps(line)


def test_a_line_whose_words_are_left_out_says_where_it_was_written(written: Any) -> None:
    assert written(lambda log: log.error(f"put together before: {CANARY}"))["message"].startswith("test_gunicorn:")
