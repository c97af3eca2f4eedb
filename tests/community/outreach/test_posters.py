"""Posters of a campaign: a code for each place, counted without knowing by whom."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from community.outreach.models import Campaign, Poster, PosterCount
from community.outreach.scans import forget_old_scans, write_waiting_scans
from foundation.audit.models import Entry
from tests.factories.pages import a_home_page

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Mobile Firefox/130.0"}


@pytest.fixture
def campaign(db):
    today = timezone.localdate()
    row = Campaign.objects.create(
        name="Private fostering", aim="People know it.", starts_on=today - timedelta(days=5), ends_on=today
    )
    row.pages.add(a_home_page())
    return row


@pytest.fixture
def poster(campaign):
    return Poster.objects.create(campaign=campaign, page=campaign.pages.get(), place="Invented Library")


@pytest.fixture
def reach_path(campaign):
    return reverse("outreach_campaign", args=[campaign.pk])


def scan(client, poster, times=1, **headers):
    for _time in range(times):
        answer = client.get(reverse("outreach_poster", args=[poster.code]), **(PHONE | headers))
    write_waiting_scans()
    return answer


def test_a_scan_opens_the_page_and_leaves_a_number_and_nothing_else(client, poster):
    answer = scan(client, poster)
    assert (answer.status_code, answer.url) == (302, poster.page.url)
    assert answer.cookies == {}
    assert "no-store" in answer.headers["Cache-Control"]
    scan(client, poster, 2)
    assert list(PosterCount.objects.values_list("day", "opens")) == [(timezone.localdate(), 3)]
    assert {field.name for field in PosterCount._meta.get_fields()} == {"id", "poster", "day", "opens"}


def test_scans_that_cannot_be_written_wait_and_count_once(client, campaign, poster, monkeypatch):
    other = Poster.objects.create(campaign=campaign, page=campaign.pages.get(), place="Invented Pool")
    write = PosterCount.objects.get_or_create

    def stops_at_the_second(**wanted):
        if wanted["poster_id"] == other.pk:
            raise OperationalError("away")
        return write(**wanted)

    for each in (poster, other):
        for _time in range(5):
            client.get(reverse("outreach_poster", args=[each.code]), **PHONE)
    monkeypatch.setattr(PosterCount.objects, "get_or_create", stops_at_the_second)
    assert write_waiting_scans() == 0
    monkeypatch.undo()
    assert write_waiting_scans() == 10
    assert dict(PosterCount.objects.values_list("poster_id", "opens")) == {poster.pk: 5, other.pk: 5}


@pytest.mark.parametrize(
    "headers", [{"HTTP_USER_AGENT": "Googlebot/2.1"}, {"HTTP_USER_AGENT": ""}, {"HTTP_SEC_PURPOSE": "prefetch"}]
)
def test_programs_and_browsers_that_look_ahead_do_not_count(client, poster, headers):
    assert scan(client, poster, **headers).status_code == 302
    assert not PosterCount.objects.exists()


def test_staff_who_try_their_sheet_do_not_count(desk, poster):
    assert scan(desk, poster).status_code == 302
    assert not PosterCount.objects.exists()


def test_an_old_poster_opens_the_front_page(client, poster):
    gone = reverse("outreach_poster", args=["ZZZZZ"])
    assert client.get(gone, **PHONE).url == "/"
    poster.page.unpublish()
    assert scan(client, poster).url == "/"
    assert not PosterCount.objects.exists()


def test_each_place_has_its_own_sheet_and_its_own_number_and_few_are_not_told(desk, campaign, reach_path):
    page = campaign.pages.get()
    for place in ("Invented Library", "Invented  Pool", "Invented Library"):
        assert desk.post(reach_path, {"page": page.pk, "place": place}).status_code == 302
    library, pool = Poster.objects.order_by("place")
    assert library.code != pool.code
    for poster, opens in ((library, 7), (pool, 3)):
        PosterCount.objects.create(poster=poster, day=campaign.starts_on, opens=opens)
        PosterCount.objects.create(poster=poster, day=campaign.starts_on - timedelta(days=1), opens=100)
    shown = desk.get(reach_path).content.decode()
    assert "<td>7</td>" in shown
    assert "<td>fewer than 5</td>" in shown
    sheet = desk.get(reverse("outreach_poster_sheet", args=[campaign.pk, library.pk])).content.decode()
    assert "<svg" in sheet
    assert f"/poster/{library.code}/" in sheet
    assert pool.code not in sheet


def test_a_poster_goes_only_while_nobody_opened_it(desk, poster, reach_path):
    PosterCount.objects.create(poster=poster, day=timezone.localdate(), opens=1)
    assert "so it stays" in desk.post(reach_path, {"remove": poster.pk}, follow=True).content.decode()
    PosterCount.objects.all().delete()
    desk.post(reach_path, {"remove": poster.pk})
    assert not Poster.objects.exists()
    assert Entry.objects.filter(action="outreach.poster_removed").exists()


def test_a_poster_of_a_page_outside_the_campaign_is_refused_and_what_was_typed_stays(desk, campaign, reach_path):
    answer = desk.post(reach_path, {"page": 10_000, "place": "Invented Library"})
    assert answer.status_code == 422
    assert "Invented Library" in answer.content.decode()
    assert not Poster.objects.exists()


def test_counts_of_posters_go_after_two_years(poster):
    today = timezone.localdate()
    for days in (10, 800):
        PosterCount.objects.create(poster=poster, day=today - timedelta(days=days), opens=1)
    assert forget_old_scans() == 1
    assert PosterCount.objects.get().day == today - timedelta(days=10)
