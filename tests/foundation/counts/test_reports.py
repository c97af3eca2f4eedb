"""What staff see of the counts, who sees it, and links that lead nowhere."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex, Site

from foundation.counts.links import check_links, what_is_wrong
from foundation.counts.models import BrokenLink, PageCount, SearchMiss, UsefulCount
from foundation.counts.reports import figures
from foundation.counts.reports.views import REPORTS, MostReadReport, SearchMissReport
from foundation.registries.review import DuePage, ReviewProvider, review_providers
from home.models import HomePage, InformationPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def start() -> HomePage:
    Page.objects.filter(depth__gt=1).delete()
    made = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="home", locale=Locale.get_default())
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": made}
    )
    Site.clear_site_root_paths_cache()
    return made


def test_most_read_comes_first(start: HomePage) -> None:
    today = timezone.localdate()
    about = start.add_child(instance=InformationPage(title="About", slug="about"))
    PageCount.objects.create(page=start, day=today, views=3)
    PageCount.objects.create(page=about, day=today, views=9)
    PageCount.objects.create(page=start, day=date(2020, 1, 1), views=500)
    assert [row.cells for row in figures.most_read(days=28)] == [("About", "English", 9), ("Home", "English", 3)]


def test_useful_shows_numbers_and_a_share(start: HomePage) -> None:
    UsefulCount.objects.create(page=start, day=timezone.localdate(), yes=3, no=1)
    assert figures.useful(days=7)[0].cells == ("Home", "English", 3, 1, "75 %")


def test_pages_due_come_from_the_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    due = DuePage(page_id=1, title="Old", owner_role="Team", due_on=date(2026, 1, 1))
    monkeypatch.setattr(review_providers, "_entries", {"t": ReviewProvider(lambda day: [due])})
    assert figures.due_for_review()[0].cells == ("Old", "Team", date(2026, 1, 1))


def _as(user: Any, report: Any = MostReadReport, query: str = "") -> Any:
    request = RequestFactory().get(f"/admin/reports/{report.url_name}/{query}")
    request.user = user
    return report.as_view()(request)


@pytest.mark.parametrize("report", REPORTS)
def test_only_those_who_may_read_counts_do(report: Any) -> None:
    from django.core.exceptions import PermissionDenied

    nobody = get_user_model().objects.create_user("a@example.org", "x")
    with pytest.raises(PermissionDenied):
        _as(nobody, report)
    boss = get_user_model().objects.create_superuser("b@example.org", "x")
    assert _as(boss, report).status_code == 200


def test_a_file_of_searches_holds_no_formula() -> None:
    SearchMiss.objects.create(term="=hyperlink", language="en", days=5, last_day=date(2026, 11, 22))
    boss = get_user_model().objects.create_superuser("b@example.org", "x")
    response = _as(boss, SearchMissReport, "?export=csv")
    assert "\r\n'=hyperlink," in response.content.decode()
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("https://example.org/a", None),
        ("https://", "malformed"),
        ("http://exa mple.org", "malformed"),
        ("htps://example.org", "malformed"),
        ("javascript:alert(1)", "malformed"),
        ("example.org", "malformed"),
        ("//example.org/x", "malformed"),
        ("mailto:a@example.org", None),
        ("mailto:nobody", "malformed"),
        ("tel:999", None),
        ("tel:", "malformed"),
        ("#part", None),
        ("/en/about/", None),
        ("/en/nowhere/", "address"),
        ("http://testserver/en/nowhere/", "address"),
        ("/nowhere/", "address"),
        ("/robots.txt", None),
    ],
)
def test_what_is_wrong_with_an_address(start: HomePage, target: str, wrong: str | None) -> None:
    start.add_child(instance=InformationPage(title="About", slug="about"))
    request = RequestFactory().get("/")
    assert what_is_wrong(target, site=Site.objects.get(is_default_site=True), request=request) == wrong


def test_a_look_finds_typed_and_chosen_links_and_replaces_the_last_one(start: HomePage) -> None:
    hidden = start.add_child(instance=InformationPage(title="Hidden", slug="hidden", live=False))
    about = start.add_child(
        instance=InformationPage(
            title="About",
            slug="about",
            body=[("text", f'<p><a href="/en/nowhere/">x</a> <a linktype="page" id="{hidden.pk}">y</a></p>')],
        )
    )
    ReferenceIndex.create_or_update_for_object(about)
    assert check_links() == 2
    assert set(BrokenLink.objects.values_list("kind", "target")) == {("address", "/en/nowhere/"), ("hidden", "Hidden")}
    about.body = []
    about.save()
    ReferenceIndex.create_or_update_for_object(about)
    assert check_links() == 0
