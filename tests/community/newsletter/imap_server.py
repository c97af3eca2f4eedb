"""A small IMAP server for tests: one user, one folder, as much of RFC 3501 as a reader of bounces speaks."""

import re
import socketserver
import threading
from typing import Any

USER, PASSWORD, FOLDER = "bounces@example.org", "p@ss/word", "Returned mail"


class ImapServer:
    """Listens on a free port of 127.0.0.1 until `stop`. `mails`: number -> content; `flags`: number -> what is set."""

    def __init__(self, *mails: bytes, has_uidplus: bool = True, dies_at: str = "") -> None:
        self.mails = dict(enumerate(mails, start=11))
        self.flags: dict[int, set[str]] = {number: set() for number in self.mails}
        self.capabilities = "IMAP4rev1 UIDPLUS" if has_uidplus else "IMAP4rev1"
        self.dies_at = dies_at
        """A command, such as "STORE", at whose first use the server hangs up."""
        self.fetched: list[str] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                outer._talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _talk(self, handler: Any) -> None:
        def say(line: bytes | str) -> None:
            handler.wfile.write((line.encode() if isinstance(line, str) else line) + b"\r\n")

        say("* OK tests")
        while line := handler.rfile.readline():
            tag, _blank, rest = line.decode().strip().partition(" ")
            verb, _blank, arguments = rest.partition(" ")
            if verb.upper() == "UID":
                verb, _blank, arguments = arguments.partition(" ")
            if self.dies_at == verb.upper():
                self.dies_at = ""
                return
            for answer in self._do(verb.upper(), arguments):
                if answer in ("OK", "NO", "BAD"):
                    say(f"{tag} {answer} {verb}")
                else:
                    say(answer)
            if verb.upper() == "LOGOUT":
                return

    def _do(self, verb: str, arguments: str) -> list[bytes | str]:
        if verb == "CAPABILITY":
            return [f"* CAPABILITY {self.capabilities}", "OK"]
        if verb == "LOGIN":
            return ["OK" if arguments == f'{USER} "{PASSWORD}"' else "NO"]
        if verb == "SELECT":
            return [f"* {len(self.mails)} EXISTS", "OK"] if arguments == f'"{FOLDER}"' else ["NO"]
        if verb == "SEARCH":
            fresh = [str(number) for number in self.mails if "\\Seen" not in self.flags[number]]
            return [f"* SEARCH {' '.join(fresh)}".rstrip(), "OK"]
        if verb == "FETCH":
            number, _blank, wanted = arguments.partition(" ")
            self.fetched.append(wanted)
            content = self.mails[int(number)]
            head = f"* 1 FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n".encode()
            return [head + content + b")", "OK"]
        if verb == "STORE":
            number, flag = int(arguments.split()[0]), re.findall(r"\\\w+", arguments)[0]
            self.flags[number].add(flag)
            return ["OK"]
        if verb == "EXPUNGE":
            named = {int(each) for each in arguments.split(",")} if arguments else set(self.mails)
            for number in [each for each in self.mails if each in named and "\\Deleted" in self.flags[each]]:
                del self.mails[number]
            return ["OK"]
        return ["* BYE", "OK"] if verb == "LOGOUT" else ["BAD"]
