"""A small SMTP server for tests: it takes mails, refuses addresses, and dies when it is told to."""

import email
import email.policy
import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Plan:
    """What the server does. `dies_after`: so many mails; `dies_before_answer`: takes the last dot and says nothing."""

    refuse: dict[str, str] = field(default_factory=dict)
    """Address -> the answer to RCPT, such as "550 no such user"."""
    dies_after: int | None = None
    dies_before_answer: bool = False
    hangs_up_after: int | None = None
    """Closes each connection after so many mails, as servers do, and takes a new one."""
    delay: float = 0.0
    """Seconds before each mail is taken."""


class SmtpServer:
    """Listens on a free port of 127.0.0.1 until `stop`."""

    def __init__(self, plan: Plan | None = None, port: int = 0) -> None:
        self.plan = plan or Plan()
        self.taken: list[tuple[str, bytes]] = []
        self.envelopes: list[tuple[str, str]] = []
        """Sender and recipient, of each mail that was begun."""
        self.connections = 0
        self.is_dead = False
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer.connections += 1
                outer._talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def messages(self) -> list[Any]:
        return [email.message_from_bytes(content, policy=email.policy.default) for _to, content in self.taken]

    def recipients(self) -> list[str]:
        return [to for to, _content in self.taken]

    def _talk(self, handler: Any) -> None:
        def say(line: str) -> None:
            handler.wfile.write(line.encode() + b"\r\n")

        if self.is_dead:
            return
        say("220 tests")
        sender, recipient, here = "", "", 0
        while line := handler.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if self.is_dead:
                return
            if verb in ("EHLO", "HELO"):
                say("250 tests")
            elif verb == "MAIL":
                sender = words.split("<")[1].split(">")[0]
                say("250 fine")
            elif verb == "RCPT":
                recipient = words.split("<")[1].split(">")[0]
                self.envelopes.append((sender, recipient))
                say(self.plan.refuse.get(recipient, "250 fine"))
            elif verb == "DATA":
                say("354 go on")
                content = self._content(handler)
                time.sleep(self.plan.delay)
                dies = self.plan.dies_after is not None and len(self.taken) >= self.plan.dies_after - 1
                self.taken.append((recipient, content))
                here += 1
                if dies:
                    self._die(handler, answer=not self.plan.dies_before_answer)
                    return
                say("250 taken")
                if self.plan.hangs_up_after is not None and here >= self.plan.hangs_up_after:
                    return
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 fine")

    def _content(self, handler: Any) -> bytes:
        lines = []
        while (line := handler.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _die(self, handler: Any, *, answer: bool) -> None:
        if answer:
            handler.wfile.write(b"250 taken\r\n")
        self.is_dead = True
        handler.request.shutdown(socket.SHUT_RDWR)
