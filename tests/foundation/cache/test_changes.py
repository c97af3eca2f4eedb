"""What makes kept pages old, and what does not; and when pages change by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from foundation.cache import boundaries, generation
from foundation.cache.models import Generation
from foundation.cache.signals import is_shown
from foundation.media.models import SiteDocument, SiteImage, SiteMedia
from foundation.partnership.models import AlertBanner, Helpline, Navigation, Partner, PartnershipSettings, Subgroup
from foundation.registries.boundaries import boundary_providers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


@pytest.fixture
def a_page() -> Page:
    made = Page.objects.get(depth=1).add_child(instance=Page(title="A page", slug="a-page", live=True))
    # In a test's transaction nothing is ever committed, so what was put off would stand there for good.
    connection.run_on_commit.clear()
    return made


def changes(capture: Any, action: Any) -> bool:
    """Whether doing this makes kept pages old."""
    before = generation._read()
    with capture(execute=True):
        action()
    return generation._read() != before


@pytest.mark.parametrize(
    "action",
    [
        lambda page: page.save_revision().publish(),
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.save(),
        lambda page: page.move(page.get_root(), "first-child"),
        lambda page: PartnershipSettings(site=Site.objects.first(), name="New").save(),
        lambda page: AlertBanner(site=Site.objects.first()).save(),
        lambda page: Redirect(old_path="/old", redirect_page=page).save(),
        lambda page: Helpline(key="x", name="X", locale=Locale.get_default()).save(),
        lambda page: Subgroup(key="x", name="X").save(),
        lambda page: Site.objects.first().save(),
    ],
)
def test_what_the_public_sees_has_changed(a_page: Page, action: Any, django_capture_on_commit_callbacks: Any) -> None:
    assert changes(django_capture_on_commit_callbacks, lambda: action(a_page))


@pytest.mark.parametrize(
    "action",
    [
        lambda page: page.save_revision(),
        lambda page: get_user_model().objects.create_user("a@example.org", "x"),
        lambda page: Page.objects.filter(pk=page.pk).update(draft_title="x"),
    ],
)
def test_a_saved_draft_and_a_new_user_change_nothing(
    a_page: Page, action: Any, django_capture_on_commit_callbacks: Any
) -> None:
    assert not changes(django_capture_on_commit_callbacks, lambda: action(a_page))


@pytest.mark.parametrize("model", [SiteImage, SiteDocument, SiteMedia, Navigation, Partner, Page])
def test_pictures_documents_and_settings_are_shown(model: Any) -> None:
    assert is_shown(model)


def test_a_change_that_is_rolled_back_changes_nothing(a_page: Page, django_capture_on_commit_callbacks: Any) -> None:
    def roll_back() -> None:
        with transaction.atomic():
            a_page.save()
            transaction.set_rollback(True)

    assert not changes(django_capture_on_commit_callbacks, roll_back)


def test_a_thousand_changes_cost_a_few_writes(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        for _number in range(300):
            generation.bump_on_commit()
    assert len(callbacks) == 1


def test_there_is_one_row(a_page: Page) -> None:
    generation.bump()
    generation.bump()
    assert Generation.objects.count() == 1


def test_an_alert_that_begins_soon_shortens_the_time_a_page_is_kept() -> None:
    now = timezone.now()
    AlertBanner.objects.create(
        site=Site.objects.first(),
        message="<p>x</p>",
        starts_at=now + timedelta(seconds=40),
        ends_at=now + timedelta(seconds=90),
    )
    assert 38 < boundaries.seconds_to_change("g", at_most=300) <= 40


def test_an_alert_that_ends_soon_does_too() -> None:
    AlertBanner.objects.create(
        site=Site.objects.first(), message="<p>x</p>", ends_at=timezone.now() + timedelta(seconds=20)
    )
    assert 18 < boundaries.seconds_to_change("g", at_most=300) <= 20


def test_a_page_that_expires_or_goes_live_soon_does_too(a_page: Page) -> None:
    a_page.expire_at = timezone.now() + timedelta(seconds=100)
    a_page.save()
    assert 98 < boundaries.seconds_to_change("g", at_most=300) <= 100
    a_page.go_live_at = timezone.now() + timedelta(seconds=50)
    a_page.save_revision(approved_go_live_at=a_page.go_live_at)
    assert 48 < boundaries.seconds_to_change("h", at_most=300) <= 50


def test_a_room_can_say_when_its_pages_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(boundary_providers._entries, "test", lambda after: after + timedelta(seconds=7))
    assert boundaries.seconds_to_change("g", at_most=300) == pytest.approx(7, abs=1)


def test_looking_for_the_next_change_costs_queries_once_a_generation(django_assert_num_queries: Any) -> None:
    boundaries.seconds_to_change("g", at_most=300)
    with django_assert_num_queries(0):
        assert boundaries.seconds_to_change("g", at_most=300) == 300
