"""Absence says nothing: whatever is not on the register answers with the same bytes."""

import pytest
from django.test import Client

from community.models import Setting, Snapshot
from community.register.enums import SettingState
from tests.factories.community import SettingFactory
from tests.factories.listings import make_listing

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db

ABSENT = [state for state in SettingState if state != SettingState.LISTED]
PAGES = (
    "{slug}/",
    "{slug}/?s=other",
    "{slug}/questions/",
    "{slug}/wrong/",
    "{slug}/wrong/?risk=no",
    "{slug}/wrong/thanks/",
    "{slug}/qr.svg",
)
UNLIKE = {"X-Request-ID"}  # the number of the request differs by design


def answer(path: str) -> tuple[int, bytes, dict[str, str]]:
    response = Client().get(path)
    return response.status_code, response.content, {k: v for k, v in response.headers.items() if k not in UNLIKE}


@pytest.fixture(autouse=True)
def _frame_is_made():
    Client().get(DIRECTORY)


@pytest.mark.parametrize("state", ABSENT)
def test_every_state_looks_like_an_unknown_address(state):
    setting = make_listing(name="Was Here")
    Setting.objects.filter(pk=setting.pk).update(state=state)
    unknown = answer(f"{DIRECTORY}never-heard-of/")
    for page in PAGES:
        assert answer(DIRECTORY + page.format(slug=setting.slug)) == unknown
    assert answer(f"/export/sessions.ics?setting={setting.slug}")[0] == 404


def test_the_words_are_neutral_and_nothing_is_kept():
    status, body, headers = answer(f"{DIRECTORY}never-heard-of/")
    page = " ".join(body.decode().split())
    assert status == 404
    assert "This setting is not currently on the register. That may be for many reasons" in page
    assert "says nothing by itself about safety." in page
    assert "never-heard-of" not in page
    assert headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("slug", ["A.B", "über", "x" * 300, "%F0%9F%A5%81", "under_score", "a,b", "%3Cb%3E", "..%2F"])
def test_addresses_that_no_setting_can_have_answer_alike(slug):
    assert Client().get(f"{DIRECTORY}{slug}/").status_code == 404


def test_calendars_of_known_and_unknown_settings_answer_alike():
    setting = make_listing(name="Was Here")
    Setting.objects.filter(pk=setting.pk).update(state="hidden")
    unknown = answer("/export/sessions.ics?setting=never-heard-of")
    assert answer(f"/export/sessions.ics?setting={setting.slug}") == unknown
    assert answer(f"/export/sessions.ics?setting={setting.pk}") == unknown
    assert answer("/export/sessions.ics?setting=") == unknown
    assert answer("/export/sessions.ics") == unknown


def test_a_listed_setting_without_its_index_and_a_snapshot_without_listing_are_absent():
    setting = SettingFactory(slug="draft-one")
    Snapshot.objects.create(setting=setting, document={"name": "Draft", "slug": "draft-one"})
    assert answer(f"{DIRECTORY}draft-one/") == answer(f"{DIRECTORY}never-heard-of/")


def test_a_shortlist_tells_only_how_many_are_absent():
    make_listing(name="Kite Club")
    gone = make_listing(name="Was Here")
    Setting.objects.filter(pk=gone.pk).update(state="suspended")

    def body(path: str, slug: str) -> str:
        return Client().get(path).content.decode().replace(slug, "SLUG")

    for page in ("shortlist/", "questions/"):
        suspended = body(f"{DIRECTORY}{page}?s=kite-club,was-here", "was-here")
        unknown = body(f"{DIRECTORY}{page}?s=kite-club,nobody", "nobody")
        assert suspended == unknown
        assert "One club of your list is not currently on the register." in suspended
