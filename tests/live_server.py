"""The server of browser tests that share the test's own database."""

import contextlib
import socket
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer


class PatientServer(ThreadedWSGIServer):
    """Stops when every thread of it has stopped.

    A browser keeps its connections open, each with a thread that waits for the next request. Django's server leaves
    those threads behind when it stops; they end when the browser closes, and then close a database connection that is
    no longer theirs, in the middle of whatever test runs then.
    """

    daemon_threads = False  # threads that are waited for
    block_on_close = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*args, **kwargs)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        self._open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        for request in list(self._open):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        super().server_close()
