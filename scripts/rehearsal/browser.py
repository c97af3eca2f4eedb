"""A browser without scripts: keeps cookies, knows where it is, fills in forms."""

import http.client
import http.cookies
import ssl
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Page:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes
    path: str

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def form(self, *, with_field: str) -> dict[str, str]:
        """What the form with this field would send if nothing were changed."""
        reader = _Forms()
        reader.feed(self.text)
        return next((fields for fields in reader.forms if with_field in fields), {})


class _Forms(HTMLParser):
    """Every form of a page as name → value; of several with one name the last."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and name:
            is_box = given.get("type") in {"checkbox", "radio"}
            if given.get("type") not in {"submit", "file", "image"} and (not is_box or "checked" in given):
                self.forms[-1][name] = given.get("value") or ("on" if is_box else "")
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1][self._select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


@dataclass
class Browser:
    """One person at one device. `base` is the proxy, or one server behind it."""

    base: str
    trusted: ssl.SSLContext | None = None
    as_if_secure: bool = False
    """Say what the proxy would say: for asking one server by itself."""
    bearer: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, follow: bool = True) -> Page:
        page = self._ask("GET", path)
        while follow and page.status in {301, 302, 303, 307, 308} and page.headers["Location"]:
            where = urlsplit(urljoin(self.base + page.path, page.headers["Location"]))
            page = self._ask("GET", where.path + (f"?{where.query}" if where.query else ""))
        return page

    def post(self, path: str, fields: dict[str, str]) -> Page:
        """Send a form; redirects are not followed."""
        return self._ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def post_json(self, path: str, body: bytes) -> Page:
        return self._ask("POST", path, body, "application/json")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        where = urlsplit(self.base)
        connection: http.client.HTTPConnection = (
            http.client.HTTPSConnection(where.netloc, timeout=30, context=self.trusted)
            if where.scheme == "https"
            else http.client.HTTPConnection(where.netloc, timeout=30)
        )
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if not self.cookies:
            del headers["Cookie"]
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        if self.as_if_secure:
            headers |= {"Host": "localhost", "X-Forwarded-Proto": "https"}
        if body is not None:
            from_here = "https://localhost" if self.as_if_secure else self.base
            headers |= {"Content-Type": kind, "Origin": from_here, "Referer": from_here + path}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = Page(answer.status, answer.msg, answer.read(), path)
        connection.close()
        self._keep_cookies(page)
        return page

    def _keep_cookies(self, page: Page) -> None:
        for line in page.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
