"""Whatever is not on the register answers as if nobody had ever heard of it: in pages, calendar, API, and lists."""

from uuid import uuid4

import pytest
from django.test import Client

from community.models import Setting
from community.opendata.ids import derived
from community.register.enums import SettingState
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db
ABSENT = [state for state in SettingState if state != SettingState.LISTED]
LISTS = (
    "/en/clubs-near-you/", "/en/clubs-near-you/?q=vanishing", "/export/settings.csv", "/o/services", "/o/service_at_locations",
    "/o/services?search=vanishing", "/sitemap.xml", "/en/search/?q=vanishing", "/en/clubs-near-you/shortlist/?s=vanishing-club",
    "/en/clubs-near-you/questions/?s=vanishing-club",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch):
    monkeypatch.setattr("community.opendata.answers.is_within", lambda *_args: True)


def answer(address):
    """Everything of an answer but the number of the request, which differs by design."""
    response = Client().get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body, {key: value for key, value in response.headers.items() if key != "X-Request-ID"}


def addresses_of(slug, key, venue):
    page = f"/en/clubs-near-you/{slug}/"
    yield from (page, f"{page}questions/", f"{page}qr.svg", f"{page}wrong/", f"{page}wrong/?risk=no")
    yield f"/export/sessions.ics?setting={slug}"
    yield f"/export/sessions.ics?setting={key}"
    yield f"/o/services/{key}"
    yield f"/o/service_at_locations/{derived('service_at_location', venue)}"


@pytest.mark.parametrize("state", ABSENT)
def test_every_state_answers_like_an_unknown_setting_everywhere(state):
    Client().get("/en/clubs-near-you/")
    setting = make_listing(name="Vanishing Club")
    assert Client().get(f"/o/services/{setting.pk}").status_code == 200
    # Only the state, as a step in another process would leave it before any signal has been heard.
    Setting.objects.filter(pk=setting.pk).update(state=state)
    gone = [answer(each) for each in addresses_of(setting.slug, setting.pk, setting.venues.get().pk)]
    unknown = [answer(each) for each in addresses_of("never-heard-of", uuid4(), uuid4())]
    assert gone == unknown
    assert {status for status, _body, _headers in gone} == {404}
    for address in LISTS:
        body = answer(address)[1].decode("utf-8", "replace")
        assert "Vanishing Club" not in body, address
        assert str(setting.pk) not in body, address
