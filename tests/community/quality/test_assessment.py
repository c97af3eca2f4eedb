"""The self-assessment: what is asked, how answers are kept, what sending does."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from community.directory.statements import statements_on
from community.models import Answer, EvidenceCheck, SelfAssessment
from community.moderation.services.rechecks import reopen_checks
from community.quality.applies import kinds_of
from community.quality.selectors.assessment import last_assessment, progress_of
from community.quality.services.assessments import begin_assessment, mark_of, save_answer, submit_assessment
from tests.community.quality.conftest import make_item
from tests.factories.community import ActivityFactory, SettingFactory, VenueFactory

pytestmark = pytest.mark.django_db


def url(name, setting, *args):
    return reverse(f"community:{name}", args=[setting.pk, *args])


def answer(setting, code, value="in-place", *, by=None, **given):
    assessment = begin_assessment(setting=setting, by=by)
    stands = assessment.answers.filter(item__code=code).first()
    given = {"note": "", "target_date": None, "seen": mark_of(stands), **given}
    return save_answer(setting=setting, code=code, value=value, by=by, **given)


def answer_all(setting, **values):
    for code in ("A1", "B1", "D1"):
        answer(setting, code, values.get(code, "in-place"))


def public_codes(setting, day=None):
    setting.refresh_from_db()
    setting.published.refresh_from_db()
    return [each.code for each in statements_on(setting.published.document, day or date.today())]


def test_what_applies_comes_from_the_record():
    setting = SettingFactory(staff_paid=1, staff_volunteers=5, legal_form="charity")
    ActivityFactory(setting=setting, age_min=5, age_max=9, mode="one-to-one")
    VenueFactory(setting=setting, kind="home")
    assert kinds_of(setting) == {"all", "team", "large", "employer", "u8", "1to1", "home", "charity"}
    alone = SettingFactory(staff_paid=0, staff_volunteers=1)
    assert kinds_of(alone) == {"all"}
    online = SettingFactory(staff_paid=0, staff_volunteers=1)
    VenueFactory(setting=online, kind="online")
    VenueFactory(setting=online, kind="school")
    assert kinds_of(online) == {"all", "online", "hire"}


def test_only_what_applies_is_asked(client, setting):
    text = client.get(url("standard", setting)).text
    assert "Question A1?" in text
    assert "Question B9?" not in text
    client.post(url("standard_begin", setting))
    assert client.get(url("standard_question", setting, "B9")).status_code == 404
    VenueFactory(setting=setting, kind="online")
    assert client.get(url("standard_question", setting, "B9")).status_code == 200


def test_the_law_stands_apart_from_what_one_should(client, setting):
    client.post(url("standard_begin", setting))
    law = client.get(url("standard_question", setting, "A1")).text
    should = client.get(url("standard_question", setting, "B1")).text
    assert "You must do this." in law
    assert "You should do this." in should
    assert "Good A1." in law
    assert "Start A1." in law


def test_one_question_at_a_time_from_beginning_to_sending(client, setting):
    where = client.post(url("standard_begin", setting)).url
    assert where == url("standard_question", setting, "A1")
    where = client.post(where, {"value": "in-place"}).url
    assert where == url("standard_question", setting, "B1")
    typed = {"value": "partly", "target_date_day": "1", "target_date_month": "9", "target_date_year": "2099"}
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert "within the next two years" in refused.text, refused.context["form"].errors
    soon = date.today().replace(year=date.today().year + 1)
    typed |= {
        "target_date_day": soon.day if soon.day < 29 else 28,
        "target_date_month": soon.month,
        "target_date_year": soon.year,
    }
    where = client.post(where, typed).url
    where = client.post(where, {"value": "not-yet"}).url
    assert where == url("standard_check", setting)
    assert "Question A1?" in client.get(where).text
    where = client.post(where).url
    assert where == url("standard_plan", setting)
    plan = client.get(where).text
    assert "Start B1." in plan
    assert "Start A1." not in plan
    assert "NRCSE Quality Mark" in plan
    assert "1 of 1 in place" in plan


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose an answer"),
        ({"value": "perhaps"}, "Select a valid choice"),
        ({"value": "partly", "note": "Kept words"}, "Say by when it will be in place"),
        ({"value": "partly", "note": "Kept words", "target_date_day": "1", "target_date_month": "1", "target_date_year": "2020"},
         "Choose a day that is still to come"),
        ({"value": "partly", "note": "Kept words", "target_date_day": "31", "target_date_month": "2", "target_date_year": "2027"},
         "That is not a date"),
        ({"value": "n/a"}, "Say in a few words why this does not apply to you"),
        ({"value": "in-place", "note": "Kept words" * 200}, "Nothing is lost: shorten it"),
    ],
)  # fmt: skip
def test_a_bad_answer_gets_a_clear_word_and_keeps_what_was_typed(client, setting, typed, words):
    client.post(url("standard_begin", setting))
    response = client.post(url("standard_question", setting, "A1"), typed)
    assert response.status_code == 422
    assert words in response.text
    if "note" in typed:
        assert "Kept words" in response.text
    assert not Answer.objects.exists()


def test_the_second_of_two_colleagues_reads_the_first_ones_answer_and_loses_nothing(client, setting):
    client.post(url("standard_begin", setting))
    answer(setting, "A1", "not-yet", note="Theirs")
    response = client.post(url("standard_question", setting, "A1"), {"value": "in-place", "note": "Mine", "seen": ""})
    assert response.status_code == 409
    assert "Theirs" in response.text
    assert "Mine" in response.text
    assert Answer.objects.get().value == "not-yet"
    again = {"value": "in-place", "note": "Mine", "seen": response.context["form"].data["seen"]}
    assert client.post(url("standard_question", setting, "A1"), again).status_code == 303
    assert Answer.objects.get().note == "Mine"


def test_sending_says_on_the_listing_what_they_told_us_and_nothing_else(client, setting):
    answer_all(setting, B1="not-yet")
    with time_machine.travel("2026-11-22 12:00", tick=False):
        assessment = submit_assessment(setting=setting, by=None)
        assert public_codes(setting, date(2026, 11, 22)) == ["A1"]
    assert assessment.expires_on == date(2027, 11, 22)
    check = EvidenceCheck.objects.get(item__code="A1")
    assert (check.level, check.expires_on) == ("told", date(2027, 5, 22))
    assert "Says D1" not in str(setting.published.document)
    assert "Start" not in str(setting.published.document)


def test_what_is_no_longer_in_place_leaves_the_listing_with_what_officers_had_seen(setting):
    answer_all(setting)
    submit_assessment(setting=setting, by=None)
    EvidenceCheck.objects.create(
        setting=setting, item=setting.evidence_checks.get(item__code="A1").item, level="seen", checked_on=date.today()
    )
    assert public_codes(setting) == ["A1", "B1"]
    answer(setting, "A1", "not-yet")
    submit_assessment(setting=setting, by=None)
    assert public_codes(setting) == ["B1"]


def test_sending_with_a_question_left_lists_it_and_sends_nothing(client, setting):
    answer(setting, "A1")
    response = client.post(url("standard_check", setting))
    assert response.status_code == 422
    assert "Question B1?" in response.text
    assert not SelfAssessment.objects.filter(submitted_at__isnull=False).exists()


def test_sending_twice_sends_once(client, setting):
    answer_all(setting)
    client.post(url("standard_check", setting))
    response = client.post(url("standard_check", setting), follow=True)
    assert "This was sent already." in response.text
    assert SelfAssessment.objects.count() == 1


def test_the_last_answers_are_the_start_of_the_next_and_what_changed_comes_first(client, setting):
    answer_all(setting)
    submit_assessment(setting=setting, by=None)
    reopen_checks(setting=setting, topics={"venue"}, by=None)
    assert public_codes(setting) == ["A1"]
    assert "1 answer needs another look" in client.get(url("standard", setting)).text
    assert client.post(url("standard_begin", setting)).url == url("standard_question", setting, "B1")
    assert "Since then something has changed" in client.get(url("standard_question", setting, "B1")).text
    progress = progress_of(setting, setting.self_assessments.get(submitted_at__isnull=True))
    assert (progress.done, progress.total) == (2, 3)
    answer(setting, "B1")
    submit_assessment(setting=setting, by=None)
    assert public_codes(setting) == ["A1", "B1"]


def test_partly_whose_day_has_gone_by_must_be_looked_at_again(setting):
    with time_machine.travel("2026-03-01 12:00", tick=False):
        answer_all(setting)
        answer(setting, "A1", "partly", target_date=date(2026, 5, 1))
        submit_assessment(setting=setting, by=None)
    with time_machine.travel("2026-06-01 12:00", tick=False):
        assessment = begin_assessment(setting=setting, by=None)
    assert [each.item.code for each in assessment.answers.filter(needs_recheck=True)] == ["A1"]


def test_a_new_edition_takes_the_answers_whose_codes_it_still_asks(setting, standard):
    from community.quality.services.standard import copy_edition, make_current

    answer_all(setting)
    submit_assessment(setting=setting, by=None)
    edition = copy_edition(edition=standard, code="test-2", title="Second", in_force_from=date(2026, 1, 1), by=None)
    edition.items.filter(code="A1").delete()
    make_item(edition, "A2", order=9)
    make_current(edition=edition, by=None)
    assessment = begin_assessment(setting=setting, by=None)
    assert assessment.standard == edition
    assert sorted(each.item.code for each in assessment.answers.all()) == ["B1", "D1"]
    assert public_codes(setting) == ["A1", "B1"]


def test_the_plan_goes_into_a_calendar_without_the_settings_own_notes(client, setting):
    answer_all(setting)
    soon = date.today().replace(year=date.today().year + 1, day=1)
    answer(setting, "B1", "partly", target_date=soon, note="Canary note")
    submit_assessment(setting=setting, by=None)
    response = client.get(url("standard_plan_calendar", setting))
    assert response["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{soon:%Y%m%d}" in response.text
    assert "Question B1?" in response.text
    assert "Canary" not in response.text


def test_the_poster_has_the_local_numbers_from_the_settings(client, setting):
    from wagtail.models import Site

    from foundation.partnership.models import PartnershipSettings

    partnership = PartnershipSettings.for_site(Site.objects.get(is_default_site=True))
    partnership.front_door_name, partnership.front_door_phone = "Invented front door", "020 7946 0000"
    partnership.out_of_hours_phone = "020 7946 0999"
    partnership.save()
    text = client.get(url("standard_poster", setting)).text
    for words in ("Invented front door", "020 7946 0000", "020 7946 0999", "999", "Invented Chess Club"):
        assert words in text
    assert "Canary Contact-Name" not in text


def test_a_closed_record_answers_nothing_more(client, setting):
    answer_all(setting)
    setting.state = "archived"
    setting.save()
    assert "This record is closed" in client.post(url("standard_check", setting), follow=True).text
    assert last_assessment(setting) is None


def test_without_a_standard_the_page_says_so(client, setting, standard):
    standard.is_current = False
    standard.save()
    assert "There is nothing to answer yet" in client.get(url("standard", setting)).text
    assert "There is no safeguarding standard" in client.post(url("standard_begin", setting), follow=True).text


def test_the_settings_own_page_leads_to_the_standard(client, setting):
    text = client.get(reverse("community:setting", args=[setting.pk])).text
    assert url("standard", setting) in text
    assert "Not begun" in text
