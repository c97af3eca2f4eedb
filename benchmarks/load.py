"""Sends requests as fast as they are answered, over a few connections, from processes of its own."""

import contextlib
import multiprocessing
import os
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
PROCESSES = 2


@dataclass(frozen=True)
class Rate:
    """What a run came to."""

    per_second: float
    cpu_ms: float
    failures: int


def measure(*, port: int, path: str, seconds: float, server: int, headers: str = "") -> Rate:
    """Ask for one address for some seconds; the CPU time is the server's, by its process tree. `headers`: more lines of
    the head, each with its end."""
    totals: multiprocessing.Queue[tuple[int, int]] = multiprocessing.Queue()
    clients = [
        multiprocessing.Process(target=_ask_for, args=(port, path, seconds, CONNECTIONS // PROCESSES, totals, headers))
        for _number in range(PROCESSES)
    ]
    cpu, started = cpu_seconds(server), time.perf_counter()
    for client in clients:
        client.start()
    results = [totals.get() for _client in clients]
    for client in clients:
        client.join()
    taken, used = time.perf_counter() - started, cpu_seconds(server) - cpu
    answered = sum(done for done, _failed in results)
    failed = sum(failed for _done, failed in results)
    # Starting a client takes some time in which nothing is asked.
    return Rate(answered / min(taken, seconds), 1000 * used / max(answered, 1), failed)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its children, in seconds."""
    tick = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for one in [pid, *_children(pid)]:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / tick
    return total


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(one) for one in found]


def _ask_for(
    port: int,
    path: str,
    seconds: float,
    connections: int,
    totals: "multiprocessing.Queue[tuple[int, int]]",
    headers: str,
) -> None:
    done = [[0, 0] for _number in range(connections)]
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_ask, args=(port, path, until, counts, headers)) for counts in done]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    totals.put((sum(one[0] for one in done), sum(one[1] for one in done)))


def _ask(port: int, path: str, until: float, counts: list[int], headers: str) -> None:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, br\r\n"
        "User-Agent: benchmark bot\r\nConnection: keep-alive\r\n"
        f"{headers}\r\n"
    ).encode()
    connection = None
    while time.perf_counter() < until:
        try:
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port), timeout=10)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(request)
            is_good, is_open = _read_answer(connection)
            counts[0] += is_good
            counts[1] += not is_good
            if not is_open:
                connection.close()
                connection = None
        except OSError:
            counts[1] += 1
            connection = None


def _read_answer(connection: socket.socket) -> tuple[bool, bool]:
    """(whether it was a 200, whether the connection stays open)."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError
        received += part
    head, _blank, body = received.partition(b"\r\n\r\n")
    lower = head.lower()
    length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    missing = length - len(body)
    while missing > 0:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError
        missing -= len(part)
    return head.startswith(b"HTTP/1.1 200"), b"connection: close" not in lower
