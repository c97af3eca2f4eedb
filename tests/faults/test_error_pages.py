"""When something goes wrong: a plain page with numbers to call, whatever else is broken."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from cscp.urls import handler400, handler403, handler404, handler500
from cscp.urls import urlpatterns as real_urls
from foundation.faults import pages, views
from foundation.faults.pages import error_page, last_resort

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def _raise(error: BaseException) -> Any:
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@csrf_exempt
def _wrapped(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError("no connection for jane@example.org")
    except OperationalError as error:
        raise RuntimeError from error


urlpatterns = [
    path("en/broken/", _raise(RuntimeError("secret of jane@example.org"))),
    path("en/no-database/", _raise(OperationalError("no"))),
    path("en/no-database-below/", _wrapped),
    path("en/too-big/", _raise(RequestDataTooBig())),
    path("en/not-for-you/", _raise(PermissionDenied())),
    path("en/guarded/", lambda request: HttpResponse("ok")),
    *real_urls,
]


@pytest.fixture
def visitor(settings: Any, client: Client) -> Client:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/broken/", 500, "Something went wrong on our side"),
        ("/en/no-database/", 503, "This site is not working just now"),
        ("/en/no-database-below/", 503, "This site is not working just now"),
        ("/en/too-big/", 413, "That is too big to send"),
        ("/en/not-for-you/", 403, "You cannot open this page"),
        ("/en/no-such-page/", 404, "We cannot find that page"),
        ("/no-language/", 404, "We cannot find that page"),
        ("/en/%00/", 400, "We could not understand that"),
        ("/en/?q=%00", 400, "We could not understand that"),
    ],
)
def test_each_fault_has_its_page_with_numbers(visitor: Client, address: str, status: int, words: str) -> None:
    response = visitor.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert "tel:999" in html
    assert "tel:08001111" in html
    assert "Traceback" not in html
    assert "jane" not in html
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_a_database_that_is_away_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/en/no-database/").headers["Retry-After"] == "30"
    assert "was not saved" in visitor.post("/en/no-database/").content.decode()


@pytest.mark.django_db
def test_the_page_is_in_the_language_of_the_path(visitor: Client) -> None:
    html = visitor.get("/ar/no-such-page/").content.decode()
    assert 'lang="ar"' in html
    assert 'dir="rtl"' in html


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_the_plain_page(visitor: Client) -> None:
    response = visitor.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/", "/en/worried/", "/bn/", "/en/search/?q=x", "/en/no-such-page/", "/robots.txt", "/nowhere/"]
)
def test_every_page_is_a_503_while_the_database_is_down(
    address: str, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    from django.core.cache import caches
    from django.db.backends.base.base import BaseDatabaseWrapper

    def refuse(*_arguments: Any, **_named: Any) -> Any:
        raise OperationalError("the database does not answer")

    caches["default"].clear()
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(BaseDatabaseWrapper, "cursor", refuse)
        response = client.get(address)
        ready = client.get("/health/ready")
        alive = client.get("/health/live")
    if address in {"/robots.txt"} and response.status_code == 200:
        return
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert b"tel:999" in response.content
    assert ready.status_code == 503
    assert alive.status_code == 200


def test_a_template_that_breaks_leaves_a_page_of_plain_html(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any, **_named: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr(pages, "render_to_string", broken)
    response = error_page(RequestFactory().get("/en/"), status=500)
    assert response.status_code == 500
    assert b"tel:999" in response.content


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500, 503, 418])
def test_the_last_resort_has_words_for_every_fault(status: int) -> None:
    html = last_resort(status)
    assert "999" in html
    assert "<h1>" in html


def test_the_404_page_leads_on_even_when_the_doors_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise OperationalError

    monkeypatch.setattr(views, "chrome_for", broken)
    html = views.not_found(RequestFactory().get("/en/x/")).content.decode()
    assert 'href="/en/"' in html
    assert 'action="/en/search/"' in html


class TestAFormWhoseGuardDoesNotMatch:
    def _post(self, settings: Any, **headers: str) -> str:
        settings.ROOT_URLCONF = __name__
        client = Client(enforce_csrf_checks=True, headers=headers)
        data = {"body_text": "A long story <b>of mine</b>", "password": "hunter22", "csrfmiddlewaretoken": "abcdef"}
        response = client.post("/en/guarded/", data)
        assert response.status_code == 403
        return response.content.decode()

    def test_shows_what_was_typed_but_nothing_secret(self, settings: Any) -> None:
        html = self._post(settings, origin="http://testserver")
        assert "Please send that again" in html
        assert "A long story &lt;b&gt;of mine&lt;/b&gt;" in html
        assert "hunter22" not in html
        assert "abcdef" not in html

    @pytest.mark.parametrize("origin", ["https://evil.example", "", "null", "http://["])
    def test_another_site_cannot_make_us_show_its_words(self, settings: Any, origin: str) -> None:
        assert "A long story" not in self._post(settings, origin=origin)


def test_staff_are_told_whom_to_ask() -> None:
    html = views.permission_denied(RequestFactory().get("/admin/users/")).content.decode()
    assert "ask an Administrator" in html
