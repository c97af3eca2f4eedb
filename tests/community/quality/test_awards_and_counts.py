"""Awards, and the counts of DBS checks."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from community.directory.statements import awards_on
from community.models import Award, PeopleCheckSummary
from community.quality.services.awards import verify_award

pytestmark = pytest.mark.django_db


def url(name, setting, *args):
    return reverse(f"community:{name}", args=[setting.pk, *args])


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def typed(award_scheme, /, **given):
    return {
        "scheme": award_scheme.pk,
        "level": "silver",
        **day("issued_on", date(2026, 1, 5)),
        "reference": "R-1",
        **given,
    }


def public(setting, on):
    setting.refresh_from_db()
    setting.published.refresh_from_db()
    return [(award.name, award.level) for award in awards_on(setting.published.document, on)]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22 12:00", tick=True):
        yield


def test_an_award_is_public_once_checked_and_until_it_runs_out(client, officer, setting, scheme):
    client.post(url("award_add", setting), typed(scheme, **day("expires_on", date(2027, 1, 5))))
    award = Award.objects.get()
    assert award.level == "Silver"
    assert "Parents do not see it yet" in client.get(url("awards", setting)).text
    assert public(setting, date(2026, 11, 22)) == []
    page = reverse("community_quality", args=[setting.pk])
    officer.post(page, {"do": "verify", "award": award.pk})
    assert public(setting, date(2027, 1, 5)) == [("Invented Mark", "Silver")]
    assert public(setting, date(2027, 1, 6)) == []
    assert "R-1" not in str(setting.published.document)
    officer.post(page, {"do": "doubt", "award": award.pk})
    assert public(setting, date(2026, 11, 22)) == []


def test_removing_takes_it_off_the_listing(client, officer, setting, scheme):
    client.post(url("award_add", setting), typed(scheme))
    verify_award(award=Award.objects.get(), is_right=True, by=officer.person)
    assert public(setting, date(2026, 11, 22))
    client.post(url("award_remove", setting, Award.objects.get().pk))
    assert public(setting, date(2026, 11, 22)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scheme": ""}, "Choose the award"),
        ({"scheme": "999999"}, "Select a valid choice"),
        ({"level": "Platinum"}, "Type one of its levels: Bronze, Silver."),
        ({"issued_on_day": "31", "issued_on_month": "2"}, "That is not a date"),
        (day("issued_on", date(2099, 1, 1)), "This day has not come yet."),
        (day("expires_on", date(2025, 1, 1)), "It cannot run out before it was given."),
        (day("expires_on", date(2026, 11, 21)), "This award has run out."),
        ({"url": "not an address"}, "Type a web address"),
        ({"url": "javascript:alert(1)"}, "Type a web address"),
    ],
)
def test_what_cannot_be_gets_a_clear_word_and_keeps_what_was_typed(client, setting, scheme, given, words):
    response = client.post(url("award_add", setting), typed(scheme, **given))
    assert response.status_code == 422
    assert words in response.text
    assert "R-1" in response.text
    assert not Award.objects.exists()


def test_the_same_award_twice_is_refused(client, setting, scheme):
    client.post(url("award_add", setting), typed(scheme))
    assert "already" in client.post(url("award_add", setting), typed(scheme)).text
    assert Award.objects.count() == 1


def test_an_award_that_has_run_out_cannot_be_verified(officer, setting, scheme):
    award = Award.objects.create(setting=setting, scheme=scheme, expires_on=date(2026, 1, 1))
    page = reverse("community_quality", args=[setting.pk])
    assert "has run out" in officer.post(page, {"do": "verify", "award": award.pk}, follow=True).text
    award.refresh_from_db()
    assert award.verified_on is None


def test_another_settings_award_cannot_be_removed(stranger, client, setting, scheme):
    award = Award.objects.create(setting=setting, scheme=scheme)
    assert stranger.post(url("award_remove", setting, award.pk)).status_code == 404
    assert Award.objects.exists()


def test_counts_are_kept_and_changed(client, setting):
    given = {"people": "6", "in_regulated_activity": "4", "checked": "5", **day("oldest_check_on", date(2024, 1, 1))}
    client.post(url("people_checks", setting), given)
    client.post(url("people_checks", setting), {**given, "checked": "6"})
    row = PeopleCheckSummary.objects.get()
    assert (row.people, row.checked_at_right_level, row.as_of) == (6, 6, date(2026, 11, 22))
    assert "checked" not in str(setting.published.document.get("statements"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"checked": "7"}, "This is more than all the people together."),
        ({"in_regulated_activity": "9"}, "This is more than all the people together."),
        ({"people": "-1"}, "greater than or equal to 0"),
        ({"people": "many"}, "Enter a whole number."),
        ({"people": "99999999999"}, "less than or equal to 2000"),
        (day("oldest_check_on", date(2030, 1, 1)), "This day has not come yet."),
    ],
)
def test_counts_that_cannot_be_are_refused(client, setting, given, words):
    response = client.post(
        url("people_checks", setting), {"people": "6", "in_regulated_activity": "4", "checked": "5", **given}
    )
    assert response.status_code == 422
    assert words in response.text
    assert 'value="5"' in response.text or "checked" in given
    assert not PeopleCheckSummary.objects.exists()
