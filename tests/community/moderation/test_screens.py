"""The officers' screens, as officers use them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.models import ConcernFlag, Lead, ListingReport, Setting
from community.moderation.services.submissions import submit_first
from foundation.audit.models import Entry
from foundation.mail.models import OutgoingMessage
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.community import (
    MembershipFactory,
    PersonFactory,
    SafeguardingContactFactory,
    SessionFactory,
    SettingFactory,
)

pytestmark = pytest.mark.django_db


def signed_in(role):
    person = holder_of(role)
    give_authenticator(person)
    client = Client()
    sign_in(client, person)
    client.person = person
    return client


@pytest.fixture
def officer():
    return signed_in("Registry officer")


@pytest.fixture
def colleague():
    return signed_in("Safeguarding lead")


@pytest.fixture
def sent():
    setting = SettingFactory(name="Invented Chess Club")
    owner = MembershipFactory(setting=setting, user=PersonFactory()).user
    SessionFactory(activity__setting=setting, activity__age_min=6)
    SafeguardingContactFactory(setting=setting)
    submit_first(setting=setting, by=owner)
    setting.refresh_from_db()
    return setting


def review(client, setting, **typed):
    request = setting.change_requests.get()
    url = reverse("community_review", args=[setting.pk])
    return client.post(url, {"seen_version": request.version, **typed}, follow=True)


def test_the_queue_says_what_waits_and_why_it_needs_care(officer, sent):
    text = officer.get(reverse("community_queue")).text
    assert "Invented Chess Club" in text
    assert "New setting" in text
    assert "under 8s" in text


def test_two_people_list_a_setting_through_the_screens(officer, colleague, sent):
    text = review(officer, sent, conclude="rest").text
    assert "A second person decides before anything is public." in text
    assert "Invented Chess Club" not in officer.get(reverse("community_queue")).text.split("<main")[-1]
    assert "Second look" in colleague.get(reverse("community_queue")).text
    again = review(officer, sent, conclude="rest").text
    assert "This needs a second person." in again
    text = review(colleague, sent, conclude="rest").text
    assert "What you accepted is public now." in text
    sent.refresh_from_db()
    assert sent.state == "listed"


def test_a_question_without_a_reason_is_refused_and_what_was_typed_is_kept(officer, sent):
    text = review(
        officer, sent, **{"verdict-summary": "ask", "reason-name": "Kept words", "verdict-name": "refuse"}
    ).text
    assert "Say why, in a sentence that the setting can act on." in text
    assert "Kept words" in text


def test_the_second_of_two_officers_at_once_reads_what_changed(officer, colleague, sent):
    stale = sent.change_requests.get().version
    review(officer, sent, **{"verdict-name": "accept"})
    url = reverse("community_review", args=[sent.pk])
    typed = {"seen_version": stale, "verdict-summary": "refuse", "reason-summary": "My words"}
    text = colleague.post(url, typed).text
    assert "Somebody changed this submission while you were reading." in text
    assert "My words" in text


def test_taking_down_takes_one_person_and_a_reason(officer, colleague, sent):
    review(officer, sent, conclude="rest")
    review(colleague, sent, conclude="rest")
    url = reverse("community_record", args=[sent.pk])
    officer.post(url, {"do": "step", "act": "suspend"})
    sent.refresh_from_db()
    assert sent.state == "listed"
    officer.post(url, {"do": "step", "act": "suspend", "reason": "To look into it."})
    sent.refresh_from_db()
    assert sent.state == "suspended"
    officer.post(url, {"do": "step", "act": "lift", "reason": "Fine."})
    officer.post(url, {"do": "step", "act": "lift", "reason": "Fine."})
    sent.refresh_from_db()
    assert sent.state == "suspended"
    colleague.post(url, {"do": "step", "act": "lift", "reason": "Agreed."})
    sent.refresh_from_db()
    assert sent.state == "listed"


def test_a_step_of_the_review_cannot_be_taken_by_its_address(officer, sent):
    officer.post(reverse("community_record", args=[sent.pk]), {"do": "step", "act": "list", "reason": "x"})
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_restricted_facts_show_only_when_asked_for_and_that_is_written_down(officer, sent):
    url = reverse("community_record", args=[sent.pk])
    assert "Canary Contact-Name" not in officer.get(url).text
    assert not Entry.objects.filter(action="community.view_restricted").exists()
    assert "Canary Contact-Name" in officer.get(url, {"show": "restricted"}).text
    assert Entry.objects.filter(action="community.view_restricted").count() == 1


def test_concerns_do_not_exist_for_anybody_but_the_lead(officer, colleague, sent):
    of_setting, all_of_them = reverse("community_concerns_of", args=[sent.pk]), reverse("community_concerns")
    assert officer.get(of_setting).status_code == officer.get(all_of_them).status_code == 404
    assert "oncern" not in officer.get(reverse("community_queue")).text.split("Registry</span>")[-1].split("<main")[-1]
    assert colleague.get(of_setting).status_code == 200
    typed = {
        "raised_on": "2026-11-01", "source": "visit", "category": "premises", "referred_to": "Council office",
        "listing_decision": "watch", "review_on": "2026-12-01",
    }  # fmt: skip
    colleague.post(of_setting, typed)
    assert ConcernFlag.objects.get().referred_to == "Council office"
    assert "Council office" not in officer.get(reverse("community_record", args=[sent.pk])).text


def test_a_concern_to_look_at_before_it_came_in_is_refused(colleague, sent):
    url = reverse("community_concerns_of", args=[sent.pk])
    typed = {"raised_on": "2026-11-01", "source": "visit", "category": "premises", "referred_to": "Council office",
             "listing_decision": "watch", "review_on": "2026-10-01"}  # fmt: skip
    text = colleague.post(url, typed).text
    assert "Choose a day after the concern came in." in text
    assert 'value="Council office"' in text
    assert not ConcernFlag.objects.exists()


def test_a_spreadsheet_is_read_first_and_brought_in_second(officer):
    url = reverse("community_import")
    file = SimpleUploadedFile("known.csv", b"name,types\nInvented Drumming,music\n")
    response = officer.post(url, {"file": file})
    assert "1 record would be made." in response.text
    assert not Setting.objects.exists()
    text = officer.post(url, {"token": response.context["token"]}, follow=True).text
    assert "1 records made. None of them is public." in text or "1 record" in text
    assert Setting.objects.get().state == "known"


def test_a_file_that_is_none_says_so(officer):
    text = officer.post(reverse("community_import"), {"file": SimpleUploadedFile("x.xlsx", b"nonsense")}).text
    assert "This workbook cannot be opened." in text


def test_a_file_for_a_spreadsheet_runs_no_formula_and_is_written_down(officer):
    SettingFactory(name='=HYPERLINK("http://evil.example")')
    response = officer.get(reverse("community_records"), {"export": "csv"})
    assert "'=HYPERLINK" in response.text
    assert Entry.objects.filter(action="community.export_records").exists()


def test_the_queue_costs_the_same_for_three_and_for_thirty(officer, django_assert_max_num_queries):
    def send(count):
        for _ in range(count):
            setting = SettingFactory()
            owner = MembershipFactory(setting=setting).user
            SessionFactory(activity__setting=setting)
            SafeguardingContactFactory(setting=setting)
            submit_first(setting=setting, by=owner)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    send(3)
    officer.get(reverse("community_queue"))
    with CaptureQueriesContext(connection) as few:
        officer.get(reverse("community_queue"))
    send(27)
    with django_assert_max_num_queries(len(few)):
        officer.get(reverse("community_queue"))


def test_a_report_is_answered_by_mail_and_the_address_is_forgotten(officer, sent):
    report = ListingReport.objects.create(
        setting=sent, topic="closed", detail="The hall is shut.", reply_to="parent@example.org"
    )
    url = reverse("community_told")
    assert "The hall is shut." in officer.get(url).text
    page = officer.post(url, {"do": "done", "of": report.pk, "reply": " "}).text
    assert "This person asked for an answer." in page
    officer.post(url, {"do": "done", "of": report.pk, "reply": "We took the page down."})
    report.refresh_from_db()
    assert (report.status, report.reply_to, report.closed_by) == ("done", "", officer.person)
    message = OutgoingMessage.objects.get()
    assert message.to == "parent@example.org"
    assert "We took the page down." in message.text
    assert "The hall is shut." not in officer.get(url).text


def test_what_was_typed_stays_when_an_answer_is_refused(officer, sent):
    report = ListingReport.objects.create(setting=sent, topic="closed", status="done")
    open_one = ListingReport.objects.create(setting=sent, topic="contact", reply_to="parent@example.org")
    page = officer.post(reverse("community_told"), {"do": "done", "of": report.pk, "reply": "Typed words"}).text
    assert "A colleague has closed this report already." in page
    assert officer.post(reverse("community_told"), {"do": "in-hand", "of": open_one.pk}, follow=True).status_code == 200
    open_one.refresh_from_db()
    assert (open_one.status, open_one.reply_to) == ("in-hand", "parent@example.org")


def test_a_club_that_parents_miss_becomes_a_private_record_to_invite_from(officer):
    lead = Lead.objects.create(name="Kite School", asks=3)
    url = reverse("community_told")
    assert "3 times" in officer.get(url).text
    page = officer.post(url, {"do": "record", "of": lead.pk}, follow=True).text
    assert "Invite somebody to claim it" in page
    setting = Setting.objects.get(name="Kite School")
    assert (setting.state, setting.published) == ("known", None)
    assert "Kite School" not in officer.get(url).text
    officer.post(url, {"do": "record", "of": lead.pk})
    assert Setting.objects.filter(name="Kite School").count() == 1


def test_a_lead_can_be_put_aside(officer):
    lead = Lead.objects.create(name="No Such Club")
    officer.post(reverse("community_told"), {"do": "dismissed", "of": lead.pk})
    lead.refresh_from_db()
    assert lead.status == "dismissed"


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("community_record", {"do": "assign", "to": "nobody"}),
        ("community_record", {"do": "merge", "into": "not-a-key"}),
        ("community_record", {"do": "merge"}),
        ("community_concerns_of", {"do": "tell", "flag": "first"}),
        ("community_concerns_of", {"do": "close", "flag": "9" * 30}),
    ],
)
def test_a_forged_form_is_answered_and_changes_nothing(colleague, page, typed):
    setting = SettingFactory(state="draft")
    answer = colleague.post(reverse(page, args=[setting.pk]), typed)
    assert answer.status_code in {302, 404}
    setting.refresh_from_db()
    assert (setting.state, setting.assigned_to, setting.merged_into) == ("draft", None, None)


def test_the_trail_tells_administrators_nothing_of_concerns(colleague, sent):
    typed = {
        "raised_on": "2026-11-01", "source": "visit", "category": "premises", "referred_to": "Council office",
        "listing_decision": "watch", "review_on": "2026-12-01",
    }  # fmt: skip
    colleague.post(reverse("community_concerns_of", args=[sent.pk]), typed)
    administrator = signed_in("Administrator")
    text = administrator.get(reverse("audit_report")).text
    assert "community.send" in text
    assert "oncern" not in text.split("<main")[-1]


def test_the_trail_tells_administrators_no_reason_of_a_suspension(officer, colleague, sent):
    review(officer, sent, conclude="rest")
    review(colleague, sent, conclude="rest")
    record = reverse("community_record", args=[sent.pk])
    officer.post(record, {"do": "step", "act": "suspend", "reason": "What was said of the coach."})
    officer.post(record, {"do": "step", "act": "lift", "reason": "What was said of the coach was wrong."})
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"community.suspend", "community.propose_lift"} <= actions
    text = signed_in("Administrator").get(reverse("audit_report")).text
    assert "community.list" in text
    assert "said of the coach" not in text
    assert "community.suspend" not in text


def test_the_lead_sees_what_is_down_without_the_setting_knowing_and_tells_it(officer, colleague, sent):
    review(officer, sent, conclude="rest")
    review(colleague, sent, conclude="rest")
    officer.post(reverse("community_record", args=[sent.pk]), {"do": "step", "act": "suspend", "reason": "Hacked."})
    assert sent.name in colleague.get(reverse("community_concerns")).text
    url = reverse("community_concerns_of", args=[sent.pk])
    assert "its owners do not know" in colleague.get(url).text
    colleague.post(url, {"do": "tell-now"})
    assert "is not shown at the moment" in OutgoingMessage.objects.latest("pk").text
    assert "Its owners were told by mail on" in colleague.get(url).text
    assert sent.name not in colleague.get(reverse("community_concerns")).text.split("<main")[-1]
    assert officer.post(url, {"do": "tell-now"}).status_code == 404


def test_a_duplicate_is_found_by_its_name_and_merged_from_the_review(officer, sent):
    known = SettingFactory(name="Quite another name", state="known")
    url = reverse("community_record", args=[sent.pk])
    review(officer, sent, **{"verdict-name": "accept"})
    page = officer.get(url, {"like": "another"}).text
    assert "Close this one in favour of Quite another name" in page
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page.split("<main")[-1], re.DOTALL)
    assert all("csrfmiddlewaretoken" in form for form in forms)
    officer.post(url, {"do": "merge", "into": str(known.pk)})
    sent.refresh_from_db()
    assert (sent.state, sent.merged_into) == ("archived", known)
    assert sent.name not in officer.get(reverse("community_queue")).text.split("<main")[-1]


def test_the_record_says_what_is_published_of_each_activity_and_leads_to_the_page(officer, colleague, sent):
    review(officer, sent, conclude="rest")
    review(colleague, sent, conclude="rest")
    sent.refresh_from_db()
    text = " ".join(officer.get(reverse("community_record", args=[sent.pk])).text.split())
    assert "<strong>Youngest age:</strong> 6" in text
    assert f"/clubs-near-you/{sent.slug}/" in text
    assert "What the public reads" in text
    officer.post(reverse("community_record", args=[sent.pk]), {"do": "step", "act": "suspend", "reason": "Hacked."})
    text = officer.get(reverse("community_record", args=[sent.pk])).text
    assert "What the public reads" not in text
    assert f"/clubs-near-you/{sent.slug}/" not in text


def test_the_second_person_is_told_that_their_word_counts_as_the_first(officer, colleague, sent):
    review(officer, sent, conclude="rest", **{"verdict-summary": "refuse", "reason-summary": "Praise."})
    text = review(colleague, sent, conclude="rest", **{"verdict-summary": "accept"}).text
    assert "your word is the first one now" in text
    sent.refresh_from_db()
    assert sent.state == "in_review"
