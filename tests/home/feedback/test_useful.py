"""Was this page useful? Two buttons, one number a day."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Locale, Page, Site

from foundation.counts.models import UsefulCount
from home.feedback.tokens import token_for
from home.models import HomePage

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
pytestmark = pytest.mark.django_db


@pytest.fixture
def read_page() -> HomePage:
    cache.clear()
    Page.objects.filter(depth__gt=1).delete()
    start = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="home", locale=Locale.get_default())
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": start}
    )
    Site.clear_site_root_paths_cache()
    return start


def press(read: Page, **change: str) -> Any:
    visitor = Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})
    return visitor.post("/en/useful/", {"page": str(read.pk), "answer": "yes", "token": token_for(read.pk), **change})


def test_yes_is_counted_and_the_reader_is_back_at_the_thanks(read_page: HomePage) -> None:
    response = press(read_page)
    assert response.status_code == 303
    assert response.headers["Location"] == "/en/?useful=thanks#feedback"
    assert not response.cookies
    assert UsefulCount.objects.values_list("yes", "no").get() == (1, 0)


def test_one_reader_counts_once_an_hour_for_a_page_and_is_thanked_each_time(read_page: HomePage) -> None:
    for _time in range(3):
        assert "thanks" in press(read_page, answer="no").headers["Location"]
    assert UsefulCount.objects.values_list("yes", "no").get() == (0, 1)


@pytest.mark.parametrize("change", [{"token": "x"}, {"token": ""}, {"answer": "perhaps"}, {"answer": ""}])
def test_what_was_not_pressed_here_does_not_count(read_page: HomePage, change: dict[str, str]) -> None:
    assert press(read_page, **change).headers["Location"] == "/en/?useful=again#feedback"
    assert not UsefulCount.objects.exists()


def test_a_token_of_another_page_does_not_count(read_page: HomePage) -> None:
    assert "again" in press(read_page, token=token_for(read_page.pk + 1)).headers["Location"]


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "9" * 30, "１"])
def test_a_page_that_is_not_there_is_a_404(read_page: HomePage, number: str) -> None:
    assert press(read_page, page=number).status_code == 404


def test_a_hidden_page_is_a_404(read_page: HomePage) -> None:
    read_page.unpublish()
    assert press(read_page).status_code == 404


def test_looking_at_the_address_changes_nothing(read_page: HomePage) -> None:
    assert Client().get("/en/useful/").status_code == 405


def test_a_token_is_good_for_two_days_from_the_first_second(read_page: HomePage, time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = token_for(read_page.pk)
    time_machine.move_to("2026-11-24 09:59:00+00:00", tick=False)
    assert "thanks" in press(read_page, token=token).headers["Location"]
    time_machine.move_to("2026-11-24 10:01:00+00:00", tick=False)
    assert "again" in press(read_page, token=token).headers["Location"]
