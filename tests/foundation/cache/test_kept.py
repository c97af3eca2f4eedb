"""What a process keeps of the site, its frame and the parts drawn from it."""

from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Site

from foundation.cache import generation
from foundation.cache.kept import Kept
from foundation.cache.models import Generation
from foundation.partnership.models import PartnershipSettings
from foundation.partnership.selectors import chrome_for
from foundation.partnership.sites import site_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def in_another_process() -> None:
    """A change of which this process is told nothing."""
    Generation.objects.update_or_create(pk=1, defaults={"token": "other"})


def test_a_thing_is_made_once_in_a_generation() -> None:
    kept, made = Kept[int](), []
    for _time in range(3):
        kept.of("a", lambda: made.append(1) or len(made))
    assert len(made) == 1
    generation.bump()
    assert kept.of("a", lambda: 7) == 7


def test_a_change_in_another_process_is_seen_once_the_database_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept[int]()
    assert kept.of("a", lambda: 1) == 1
    in_another_process()
    monkeypatch.setattr(generation, "REFRESH_SECONDS", 0)
    assert kept.of("a", lambda: 2) == 2


def test_what_changes_without_a_signal_is_seen_after_a_while() -> None:
    kept = Kept[int](seconds=0)
    assert kept.of("a", lambda: 1) == 1
    assert kept.of("a", lambda: 2) == 2


def test_inventing_hosts_does_not_fill_the_memory() -> None:
    kept = Kept[object](entries=5)
    for number in range(20):
        kept.of(number, object)
    assert len(kept._entries) <= 5


def test_the_site_is_asked_for_once_and_is_the_one_that_wagtail_finds(django_assert_num_queries: Any) -> None:
    expected = Site.find_for_request(RequestFactory().get("/"))
    assert site_for(RequestFactory().get("/")) == expected
    generation.current()
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert site_for(request) == expected
        assert Site.find_for_request(request) == expected


def test_two_hosts_are_two_sites(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    first = Site.objects.get()
    second = Site.objects.create(hostname="other.example", root_page=first.root_page)
    for _time in range(2):
        assert site_for(RequestFactory().get("/", headers={"host": "other.example"})) == second
        assert site_for(RequestFactory().get("/", headers={"host": "elsewhere.example"})) == first


def test_a_host_that_is_not_ours_is_not_kept(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["ours.example"]
    assert site_for(RequestFactory().get("/", headers={"host": "evil.example"})) is not None
    from foundation.partnership.sites import _sites

    assert _sites._entries == {}


def drawn(request: Any) -> str:
    page = Template('{% load foundation_tags %}{% frame_part "navigation/footer.html" %}')
    return page.render(Context({"request": request, "chrome": chrome_for(request), "page": "the page"}))


def test_a_part_of_the_frame_is_drawn_once_and_anew_after_a_change(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of_site = PartnershipSettings.for_site(Site.objects.get())
    settings_of_site.name = "First name"
    settings_of_site.save()
    request = RequestFactory().get("/en/")
    assert "First name" in drawn(request)
    # What the first drawing put off (it makes the rows of settings that are missing) would stand there for good.
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        settings_of_site.name = "Second name"
        settings_of_site.save()
    assert "Second name" in drawn(request)
    assert len(chrome_for(request).drawn) == 1
    with translation.override("ar"):
        assert "Second name" in drawn(request)
    request.is_preview = True
    chrome_for(request).drawn.clear()
    assert "Second name" in drawn(request)
    assert chrome_for(request).drawn == {}
