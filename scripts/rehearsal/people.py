"""Who walks through the rehearsal, and what they all know."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from collections.abc import Callable

from .browser import Browser, Page
from .stage import Stage


class Failed(Exception):
    """A journey did not hold; says what was seen instead."""


def expect(holds: bool, what: str) -> None:
    """Fail with what was expected."""
    if not holds:
        raise Failed(what)


class People:
    """Everybody's browsers. Those of the public and of each signed-in person last for the whole rehearsal."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.facts = stage, stage.facts
        self.anybody = self.new()
        self.staff, self.lead, self.owner = self.new(), self.new(), self.new()

    def new(self) -> Browser:
        """A device at the proxy."""
        return Browser(self.stage.base, trusted=self.stage.trusted)

    def at_each_server(self) -> list[Browser]:
        """A device at each server, as if it came through the proxy: what does one know of what the other did?"""
        return [Browser(f"http://127.0.0.1:{port}", as_if_secure=True) for port in self.stage.web_ports]

    def sign_in(self, browser: Browser, email: str) -> Page:
        """Password and code; the page that follows."""
        page = browser.get("/accounts/login/")
        typed = page.form(with_field="login") | {"login": email, "password": self.facts["password"]}
        answer = browser.post("/accounts/login/", typed)
        expect(
            answer.status == 302 and "/2fa/" in (answer.headers["Location"] or ""), f"no second door: {answer.status}"
        )
        expect(browser.get("/admin/", follow=False).status == 302, "the password alone opened the admin")
        page = browser.get("/accounts/2fa/authenticate/")
        answer = browser.post("/accounts/2fa/authenticate/", page.form(with_field="code") | {"code": self.code()})
        expect(answer.status == 302, f"the code was refused: {answer.status}")
        return browser.get("/admin/", follow=False)

    def code(self) -> str:
        """What the authenticator shows now (RFC 6238)."""
        counter = struct.pack(">Q", int(time.time()) // 30)
        digest = hmac.new(b32decode(self.facts["secret"]), counter, hashlib.sha1).digest()
        place = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"

    def seconds_until(self, path: str, is_there: Callable[[Page], bool], *, seconds: float = 10) -> float:
        """How long until both servers answer as `is_there` (a question about a page) says."""
        began = time.perf_counter()
        while not all(is_there(browser.get(path)) for browser in self.at_each_server()):
            expect(time.perf_counter() - began < seconds, f"{path} is not so on both servers after {seconds:.0f} s")
            time.sleep(0.02)
        return time.perf_counter() - began
