"""The community team's screens."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from community.directory.models import Lead
from community.models import Setting
from community.newsletter.models import Segment
from community.outreach.models import Campaign, Note
from community.outreach.selectors.over_time import funnel
from community.outreach.services import forget_old_notes
from foundation.audit.models import Entry
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.programme import BookingFactory, CourseFactory, DateFactory

from .conftest import went

NOTE = {
    "kind": "visit",
    "happened_on": "2026-03-02",
    "text": "The hall has a new door.",
    "next_step": "",
    "next_on": "",
}


@pytest.fixture
def notes_path(three):
    return reverse("outreach_notes", args=[three[0].pk])


def test_the_cockpit_says_what_is_missing_and_leads_to_the_settings_behind_it(desk, three):
    page = desk.get(reverse("outreach"))
    assert "2 of 3 settings have had nobody on a course in the last 24 months" in page.content.decode()
    behind = desk.get(reverse("outreach_settings"), {"gap": "trained"}).content.decode()
    assert "Invented Far Club" in behind
    assert "Invented Known Club" in behind
    assert "Invented Near Club" not in behind
    assert "no-store" in page.headers["Cache-Control"]


def test_the_first_screen_says_what_is_overdue_and_how_many_clubs_parents_asked_for(desk, three):
    day = timezone.localdate() - timedelta(days=1)
    Note.objects.create(setting=three[0], kind="call", happened_on=day, text="x", next_step="Call again", next_on=day)
    for name, status in (("Invented Away Club", "new"), ("Invented Old Club", "dismissed")):
        Lead.objects.create(name=name, status=status)
    page = desk.get(reverse("outreach")).content.decode()
    assert "(overdue)" in page
    assert "Parents asked for 1 club that nobody has looked into yet." in page
    assert "Invented Away Club" not in page


def test_the_first_screen_asks_twelve_questions_who_is_signed_in_and_the_menu_among_them(
    desk, three, django_assert_max_num_queries
):
    went(three[2], counts=["B3"], for_leads=True, is_lead=True)
    Note.objects.create(
        setting=three[0], kind="call", happened_on="2026-03-02", text="x", next_step="y", next_on="2026-03-03"
    )
    Lead.objects.create(name="Invented Away Club")
    path = reverse("outreach")
    desk.get(path)  # what a process reads once: types, sites, the look of the admin
    with django_assert_max_num_queries(12):
        page = desk.get(path).content.decode()
    assert "Parents asked for 1 club" in page
    assert "settings have had nobody on a course for B3" in page


def test_a_setting_was_known_by_the_day_that_somebody_of_it_came(three):
    went(three[2], days_ago=200)
    stages = {stage.label: stage.counts for stage in funnel().stages}
    assert (stages["Known to us"][0], stages["Known to us"][-1]) == (
        1,
        3,
    )  # one came 900 days ago, all were typed in today
    assert all(known >= came for known, came in zip(stages["Known to us"], stages["Came to a course"], strict=True))


def test_a_record_that_is_merged_while_the_stages_are_counted_counts_in_none(three):
    near, far, _known = three

    def merge_before_the_last(execute, sql, params, many, context):
        if '"created_at"' in sql and sql.startswith("SELECT"):
            Setting.objects.filter(pk=far.pk).update(merged_into=near)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(merge_before_the_last):
        stages = {stage.label: stage.counts[-1] for stage in funnel().stages}
    assert (stages["Known to us"], stages["Came to a course"]) == (2, 1)


def test_a_group_and_a_gap_are_joined_and_what_is_unknown_is_not_found(desk, three):
    path = reverse("outreach_settings")
    assert "Invented Far Club" in desk.get(path, {"gap": "trained", "by": "type", "group": "sport"}).content.decode()
    for asked in ({"has": "money"}, {"by": "height", "group": "1"}, {"by": "type", "group": "nothing"}):
        assert desk.get(path, asked).status_code == 404
    assert "Nobody: that gap is closed." in desk.get(path, {"gap": "nothing"}).content.decode()


def test_writing_to_a_list_makes_a_segment_of_exactly_these_settings_and_a_draft(desk, three):
    _near, far, known = three
    answer = desk.post(reverse("outreach_settings") + "?gap=trained")
    segment = Segment.objects.get()
    assert answer.url == f"{reverse('newsletter_new')}?segment={segment.pk}"
    assert desk.get(answer.url).status_code == 200
    assert {str(key) for key in segment_settings(segment)} == {str(far.pk), str(known.pk)}
    assert Entry.objects.filter(action="outreach.list_for_message").exists()


def segment_settings(segment):
    return segment.settings.values_list("pk", flat=True)


def test_the_list_downloads_without_formulas_and_the_trail_tells_it(desk, three):
    Setting.objects.filter(pk=three[1].pk).update(name="=1+1 Club")
    answer = desk.get(reverse("outreach_settings"), {"gap": "trained", "export": "csv"})
    assert "'=1+1 Club" in answer.content.decode()
    assert Entry.objects.filter(action="outreach.settings_exported").exists()


def test_a_note_is_kept_its_step_is_done_once_and_the_trail_has_no_word_of_it(desk, three, notes_path):
    step = {"next_step": "Look at the door", "next_on": (timezone.localdate() + timedelta(days=9)).isoformat()}
    assert desk.post(notes_path, NOTE | step).status_code == 302
    note = Note.objects.get()
    assert (note.text, note.setting) == ("The hall has a new door.", three[0])
    assert "Look at the door" in desk.get(reverse("outreach")).content.decode()
    desk.post(reverse("outreach"), {"note": note.pk})
    assert Note.objects.get().done_on == timezone.localdate()
    desk.get(reverse("outreach"))  # takes the message that it is done
    assert "Look at the door" not in desk.get(reverse("outreach")).content.decode()
    assert "was done before" in desk.post(reverse("outreach"), {"note": note.pk}, follow=True).content.decode()
    assert not [entry for entry in Entry.objects.all() if "door" in str(entry.facts)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"happened_on": "2999-01-01"}, "This day is to come."),
        ({"next_on": "2026-04-01"}, "Say what the next step is"),
        ({"next_step": "Call", "next_on": "2026-01-01"}, "comes after the day of the note"),
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 2_001}, "at most 2000"),
    ],
)
def test_a_note_that_does_not_fit_is_said_and_kept_in_the_form(desk, notes_path, changes, said):
    answer = desk.post(notes_path, NOTE | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (NOTE | changes)["text"][:20] in answer.content.decode()
    assert not Note.objects.exists()


def test_notes_of_three_years_ago_are_forgotten_unless_a_step_is_to_come(three):
    old = timezone.localdate() - timedelta(days=1200)
    Note.objects.create(setting=three[0], kind="call", happened_on=old, text="old")
    Note.objects.create(
        setting=three[0], kind="call", happened_on=old, text="to come", next_step="x", next_on=timezone.localdate()
    )
    Note.objects.create(setting=three[0], kind="call", happened_on=timezone.localdate(), text="new")
    assert forget_old_notes() == 1
    assert set(Note.objects.values_list("text", flat=True)) == {"to come", "new"}


def test_registry_officers_read_and_do_not_write(client, three, notes_path):
    person = holder_of("Registry officer", email="registry@example.org")
    give_authenticator(person)
    sign_in(client, person)
    assert client.get(notes_path).status_code == 200
    assert client.post(notes_path, NOTE).status_code in {302, 403}
    assert client.post(reverse("outreach_settings") + "?gap=trained").status_code in {302, 403}
    assert not Note.objects.exists()
    assert not Segment.objects.exists()


def test_over_time_counts_each_setting_from_its_quarter_on(desk, three):
    page = desk.get(reverse("outreach_over_time"), {"export": "csv"}).content.decode()
    lines = {line.split(",")[0].strip("\ufeff"): line.strip().split(",")[1:] for line in page.splitlines()}
    assert lines["Known to us"][-1] == "3"
    assert lines["Came to a course"][-1] == "2"
    assert lines["Came to a forum"][-1] == "1"
    assert [int(count) for count in lines["Came to a course"]] == sorted(
        int(count) for count in lines["Came to a course"]
    )


def test_the_years_figures_tell_no_small_number_of_people(desk, three):
    span = {
        "since": (timezone.localdate() - timedelta(days=100)).isoformat(),
        "until": timezone.localdate().isoformat(),
    }
    table = desk.get(reverse("outreach_report"), span | {"export": "csv"}).content.decode()
    assert "Training: people who came,fewer than 5" in table
    assert "Settings from which somebody came,1" in table
    wrong = desk.get(reverse("outreach_report"), {"since": span["until"], "until": span["since"]})
    assert wrong.status_code == 422
    assert "The last day lies before the first." in wrong.content.decode()


@pytest.mark.django_db
def test_a_campaign_shows_who_came_while_it_ran_and_names_pages_by_their_addresses(desk):
    course, today = CourseFactory(kind="campaign"), timezone.localdate()
    inside = DateFactory(course=course, starts_at=timezone.now() - timedelta(days=3), state="held")
    outside = DateFactory(course=course, starts_at=timezone.now() - timedelta(days=60), state="held")
    BookingFactory.create_batch(6, date=inside, state="attended")
    BookingFactory.create_batch(7, date=outside, state="attended")
    typed = {
        "name": "Private fostering", "aim": "People know what it is.", "starts_on": (today - timedelta(days=9)).isoformat(),
        "ends_on": today.isoformat(), "courses": [course.pk], "addresses": "/en/nowhere/",
    }  # fmt: skip
    add = reverse("outreach_campaigns:add")
    assert "/en/nowhere/" in desk.post(add, typed).content.decode()
    assert not Campaign.objects.exists()
    assert desk.post(add, typed | {"addresses": ""}).status_code == 302
    path = reverse("outreach_campaign", args=[Campaign.objects.get().pk])
    assert path in desk.get(reverse("outreach_campaigns:index")).content.decode()
    page = desk.get(path).content.decode()
    assert "<td>6</td>" in page
    assert "<td>7</td>" not in page


def test_the_second_page_of_a_list_is_of_the_same_list(desk, three):
    from tests.factories.community import SettingFactory

    for number in range(51):
        went(SettingFactory(name=f"Invented Trained Club {number:02}", state="known"))
    first = desk.get(reverse("outreach_settings"), {"has": "trained"})
    link = re.search(r'href="(\?[^"]*p=2)"', first.content.decode())[1].replace("&amp;", "&")
    second = desk.get(reverse("outreach_settings") + link).content.decode()
    assert "(52)" in second
    assert "Invented Trained Club 50" in second
    assert "Invented Far Club" not in second


def test_each_gap_on_the_first_screen_leads_to_a_message_to_those_behind_it(desk, three):
    page = desk.get(reverse("outreach")).content.decode()
    path = f"{reverse('outreach_settings')}?gap=trained"
    assert f'action="{path}"' in page
    assert page.count("Write to them") == len(re.findall(r"<li><a href=\"[^\"]*gap=", page))
    assert desk.post(path).url.startswith(reverse("newsletter_new"))


def test_two_long_lists_that_begin_alike_are_two_segments(desk, three):
    """The ward stands at the end of a long name: cut off, the second message would change whom the first one reaches."""
    _near, far, known = three
    Setting.objects.filter(pk=known.pk).update(types=["faith"])
    for kind in ("sport", "faith"):
        desk.post(f"{reverse('outreach_settings')}?gap=item-B4&by=type&group={kind}")
    lists = [set(segment_settings(segment)) for segment in Segment.objects.order_by("pk")]
    assert lists == [{far.pk}, {known.pk}]
    assert all(len(segment.name) <= 80 for segment in Segment.objects.all())


def test_a_settings_own_page_says_what_it_still_lacks_and_what_it_has(desk, three):
    near, _far, known = three
    page = desk.get(reverse("outreach_notes", args=[near.pk])).content.decode()
    assert "It is not listed, so no parent can find it here" in page
    assert "Nobody was on a course in the last 24 months" not in page
    assert "It has: Signs in, Course, Forum, Award" in page
    page = desk.get(reverse("outreach_notes", args=[known.pk])).content.decode()
    assert "Nobody was on a course in the last 24 months" in page
    assert "Nobody was on a course for B4 (" in page
    Setting.objects.filter(pk=known.pk).update(state="archived")
    assert "What it still lacks" not in desk.get(reverse("outreach_notes", args=[known.pk])).content.decode()


def test_visits_and_talks_stand_in_one_list_by_kind_and_by_what_is_still_to_do(desk, three):
    today = timezone.localdate()
    for number in range(12):
        due = today + timedelta(days=number)
        Note.objects.create(
            setting=three[0], kind="visit", happened_on=today, text=f"Visit {number}", next_step="Go", next_on=due
        )
    Note.objects.create(setting=three[1], kind="mentoring", happened_on=today, text="A first talk")
    assert "All open steps" in desk.get(reverse("outreach")).content.decode()
    path = reverse("outreach_work")
    everything = desk.get(path).content.decode()
    assert "Visit 11" in everything
    assert "A first talk" in everything
    assert "A first talk" in desk.get(path, {"which": "mentoring"}).content.decode()
    steps = desk.get(path, {"which": "open"}).content.decode()
    assert "A first talk" not in steps
    assert steps.index("Visit 0") < steps.index("Visit 11")


def test_notes_training_and_contacts_of_a_duplicate_move_to_the_record_that_stays(desk, officer, three):
    from community.moderation.services.records import merge
    from community.newsletter.models import Contact

    _near, far, known = three
    day = timezone.localdate()
    Note.objects.create(setting=known, kind="call", happened_on=day, text="x", next_step="Call again", next_on=day)
    went(known, days_ago=5)
    Contact.objects.create(email="club@example.org", setting=known)
    merge(duplicate=known, into=far, by=officer, reason="The same club.")
    assert Note.objects.get().setting == far
    assert Contact.objects.get().setting == far
    assert far.bookings.count() == 2
    page = desk.get(reverse("outreach")).content.decode()
    assert reverse("outreach_notes", args=[far.pk]) in page
