"""A mail server that keeps what it is given in memory."""

import email
import email.policy
import socketserver
import threading
import time
from email.message import EmailMessage


class _Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a polite client needs."""

    server: "_Server"

    def handle(self) -> None:
        self._say("220 rehearsal")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self._say("354 go on")
                self.server.messages.append(self._read_message())
                self._say("250 kept")
            elif verb == b"QUIT":
                return self._say("221 bye")
            else:
                self._say("250 ok")
        return None

    def _read_message(self) -> EmailMessage:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int) -> None:
        self.messages: list[EmailMessage] = []
        super().__init__(("127.0.0.1", port), _Talk)


class Mailbox:
    """Everybody's mailbox."""

    def __init__(self, port: int) -> None:
        self._server = _Server(port)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, to: str, *, seconds: float = 15) -> str:
        """The words of the newest message to an address; empty where none comes in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for message in reversed(self._server.messages):
                if to in str(message["To"]) and (words := message.get_body(("plain",))) is not None:
                    return str(words.get_content())
            time.sleep(0.1)
        return ""

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
