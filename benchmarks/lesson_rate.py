"""Sends given POSTs as fast as they are answered."""

import socket
import threading
import time
from collections.abc import Iterator

from .load import CONNECTIONS, Rate, _read_answer, cpu_seconds


def measure_posts(*, port: int, requests: list[bytes], seconds: float, server: int) -> Rate:
    """Send each request once, over eight connections, for some seconds or until they are used up."""
    waiting = iter(requests)
    lock, counts = threading.Lock(), [0, 0]
    cpu, began = cpu_seconds(server), time.perf_counter()

    def one() -> None:
        connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < began + seconds:
            request = _next(waiting, lock)
            if request is None:
                break
            connection.sendall(request)
            is_good, is_open = _read_answer(connection)
            with lock:
                counts[not is_good] += 1
            if not is_open:
                connection.close()
                connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    return Rate(counts[0] / taken, 1000 * (cpu_seconds(server) - cpu) / max(1, sum(counts)), counts[1])


def _next(waiting: Iterator[bytes], lock: threading.Lock) -> bytes | None:
    with lock:
        return next(waiting, None)
