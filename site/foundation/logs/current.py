"""The number of the request that this thread is answering, for lines that are written in between."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Puts the request's number on every record that has none."""

    def filter(self, record: logging.LogRecord) -> bool:
        number = request_id.get()
        if number and not hasattr(record, "request_id"):
            record.request_id = number
        return True
