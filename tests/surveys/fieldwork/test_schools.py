"""The school leads' area: what they can do, and never for another school."""

import re

import pytest
from django.urls import reverse

from foundation.partnership.models import SchoolLead
from surveys.fieldwork import services
from surveys.fieldwork.links import secret_of
from surveys.fieldwork.papers import PAPERS, papers_for
from surveys.fieldwork.progress import progress_of, session_rows
from surveys.fieldwork.services.waves import SchoolPlan
from surveys.models import ClassSession, Wave
from tests.factories.accounts import UserFactory
from tests.factories.fieldwork import open_session, prepared_session, running_wave

pytestmark = pytest.mark.django_db
PAGES = ["school", "school_prepare", "school_details", "school_links"]


@pytest.fixture
def wave() -> Wave:
    return running_wave(schools=2)


@pytest.fixture
def own(wave):
    return wave.schools.order_by("pk")[0]


@pytest.fixture
def other(wave):
    return wave.schools.order_by("pk")[1]


@pytest.fixture
def lead(client, own):
    """Somebody signed in who looks after the first school of the wave."""
    user = UserFactory()
    SchoolLead.objects.create(user=user, school=own.school)
    client.force_login(user)
    return user


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_visitor_is_led_to_sign_in_and_back(client, own):
    answer = client.get(reverse("school", args=[own.pk]))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/accounts/login/?next=%2Fschools%2F{own.pk}%2F"


def test_a_lead_sees_the_schools_that_they_look_after(client, lead, own, other):
    page = words(client.get(reverse("my_schools")))
    assert own.school.name in page
    assert other.school.name not in page


def test_somebody_without_a_school_is_told_whom_to_ask(client):
    client.force_login(UserFactory())
    assert "ask the partnership’s survey manager" in words(client.get(reverse("my_schools")))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_ones_own_school_opens_and_is_kept_nowhere(client, lead, own, name):
    answer = client.get(reverse(name, args=[own.pk]))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_another_schools_pages_do_not_exist(client, lead, other, name):
    assert client.get(reverse(name, args=[other.pk])).status_code == 404
    assert client.post(reverse(name, args=[other.pk]), {"year_group": "8", "classes": "8A"}).status_code == 404
    assert not ClassSession.objects.exists()


@pytest.mark.parametrize("key", list(PAPERS))
def test_another_schools_papers_do_not_exist(client, lead, other, key):
    assert client.get(reverse("school_paper", args=[other.pk, key])).status_code == 404


@pytest.mark.parametrize("name", ["school_renew", "school_remove"])
def test_another_schools_classes_cannot_be_touched_by_any_address(client, lead, wave, own, other, name):
    session = prepared_session(wave=wave, school=other.school)
    before = session.link_hash
    for row in (own, other):
        assert client.post(reverse(name, args=[row.pk, session.pk])).status_code == 404
    session.refresh_from_db()
    assert session.link_hash == before


def test_a_class_of_ones_own_school_in_another_wave_is_not_reached_through_this_one(client, lead, own):
    elsewhere = running_wave()
    services.add_schools(wave=elsewhere, schools=[SchoolPlan(own.school, (8,))])
    session = prepared_session(wave=elsewhere, school=own.school)
    assert client.post(reverse("school_remove", args=[own.pk, session.pk])).status_code == 404
    assert ClassSession.objects.filter(pk=session.pk).exists()


def test_links_of_another_school_are_on_no_page(client, lead, wave, own, other):
    mine, theirs = prepared_session(wave=wave, school=own.school), prepared_session(wave=wave, school=other.school)
    page = words(client.get(reverse("school_links", args=[own.pk])))
    assert secret_of(mine) in page
    assert secret_of(theirs) not in page


def test_a_lead_who_was_taken_off_sees_nothing_any_more(client, lead, own):
    SchoolLead.objects.filter(user=lead).delete()
    assert client.get(reverse("school", args=[own.pk])).status_code == 404


def test_fifty_classes_are_prepared_from_a_pasted_list(client, lead, own):
    lines = "\n".join(f"8-{n}\t{20 + n % 10}" for n in range(50))
    answer = client.post(reverse("school_prepare", args=[own.pk]), {"year_group": "8", "classes": lines})
    assert answer.status_code == 303
    assert answer.headers["Location"] == reverse("school_links", args=[own.pk])
    made = ClassSession.objects.filter(school=own.school)
    assert made.count() == 50
    assert made.get(label="8-7").present == 27
    page = words(client.get(answer.headers["Location"]))
    assert all(secret_of(session) in page for session in made)


@pytest.mark.parametrize(
    ("line", "label", "present"),
    [
        ("8A, 28", "8A", 28),
        ("8B; 27 pupils", "8B", 27),
        ("8C\t26", "8C", 26),
        ("8D", "8D", None),
        ("Year 8 green", "Year 8 green", None),
        ("Maths set 2: 25", "Maths set 2", 25),
        ("8E|30", "8E", 30),
    ],
)
def test_a_line_is_understood_however_it_is_written(client, lead, own, line, label, present):
    client.post(reverse("school_prepare", args=[own.pk]), {"year_group": "8", "classes": line})
    session = ClassSession.objects.get()
    assert (session.label, session.present) == (label, present)


@pytest.mark.parametrize(
    ("classes", "says"),
    [
        ("", "Enter at least one class"),
        ("8A, 28\n8B, 4000", "Line 2: the number of pupils must be between 1 and 400."),
        ("x" * 61, "Line 1: the name is too long"),
        ("\n".join(f"8-{n}" for n in range(201)), "Prepare at most 200 classes at once."),
    ],
)
def test_a_list_with_a_mistake_prepares_nothing_says_where_and_is_kept(client, lead, own, classes, says):
    answer = client.post(reverse("school_prepare", args=[own.pk]), {"year_group": "8", "classes": classes})
    assert answer.status_code == 422
    assert says in words(answer)
    assert not ClassSession.objects.exists()
    if classes:
        assert classes.splitlines()[0] in answer.content.decode()


def test_details_stand_on_the_papers(client, lead, own):
    given = {
        "help_at_school": "the nurse, room 12", "reply_to": "office@school.example",
        "opt_out_by_day": "14", "opt_out_by_month": "10", "opt_out_by_year": "2026",
    }  # fmt: skip
    answer = client.post(reverse("school_details", args=[own.pk]), given)
    assert answer.status_code == 303, words(answer)
    letter = words(client.get(reverse("school_paper", args=[own.pk, "parents-letter"])))
    assert "office@school.example" in letter
    assert "14 October 2026" in letter
    assert "the nurse, room 12" in words(client.get(reverse("school_paper", args=[own.pk, "cards-older"])))


def test_a_date_that_is_none_is_explained_and_kept(client, lead, own):
    given = {"help_at_school": "the nurse", "opt_out_by_day": "31", "opt_out_by_month": "2", "opt_out_by_year": "2026"}
    answer = client.post(reverse("school_details", args=[own.pk]), given)
    assert answer.status_code == 422
    assert "Enter a date, such as 14 10 2026" in words(answer)
    assert 'value="31"' in answer.content.decode()
    assert 'value="the nurse"' in answer.content.decode()


def test_a_new_link_takes_the_place_of_the_old_one(client, lead, wave, own):
    session = prepared_session(wave=wave, school=own.school)
    old = secret_of(session)
    client.post(reverse("school_renew", args=[own.pk, session.pk]))
    assert client.get(f"/t/{old}/").status_code == 404


def test_an_open_class_cannot_be_removed(client, lead, wave, own):
    session = open_session(wave=wave, school=own.school)
    page = client.post(reverse("school_remove", args=[own.pk, session.pk]), follow=True)
    assert "This class session is open." in words(page)
    assert ClassSession.objects.filter(pk=session.pk).exists()


def test_progress_is_counted_to_the_nearest_five_and_of_sealed_classes_only(client, lead, wave, own):
    sealed, running = (prepared_session(wave=wave, school=own.school, label=label) for label in ("8A", "8B"))
    # No day of a month and no year of a school is 63.
    ClassSession.objects.filter(pk=sealed.pk).update(state="sealed", received=63)
    services.open_session(session=running, year_group=8, present=28)
    page = words(client.get(reverse("school", args=[own.pk])))
    assert "about 65 answers" in page
    assert "63" not in re.sub(r"<[^>]+>", "", page)


def test_a_class_of_one_cannot_be_worked_out_from_the_total(client, lead, wave, own):
    """The teacher of 8A knows that 26 answered. Were 8B's one answer in the total, it would stay at 25 for one alone."""
    for label, state, received in (("8A", "sealed", 26), ("8B", "pooled", 1)):
        session = prepared_session(wave=wave, school=own.school, label=label)
        ClassSession.objects.filter(pk=session.pk).update(state=state, received=received)
    totals = set()
    for few in range(1, 10):
        ClassSession.objects.filter(state="pooled").update(received=few)
        totals.add(progress_of(own).answers)
    assert totals == {25}


def test_a_class_of_a_few_that_filled_the_pool_is_not_counted(client, lead, wave, own):
    """Eight waited in the pool; with 8B's four they were ten and more, so 8B is sealed, and still a class of four."""
    for label, state, received in (("8A", "sealed", 26), ("8B", "sealed", 4), ("8C", "pooled", 8)):
        session = prepared_session(wave=wave, school=own.school, label=label)
        ClassSession.objects.filter(pk=session.pk).update(state=state, received=received)
    totals, shown = set(), set()
    for few in range(1, 10):
        ClassSession.objects.filter(label="8B").update(received=few)
        totals.add(progress_of(own).answers)
        shown.add(tuple(row["answers"] for row in session_rows(own)))
    assert totals == {25}
    assert shown == {(25, None, None)}
    ClassSession.objects.filter(label="8B").update(received=10)
    assert progress_of(own).answers == 35


@pytest.mark.parametrize("key", list(PAPERS))
def test_every_paper_prints(client, lead, own, key):
    answer = client.get(reverse("school_paper", args=[own.pk, key]))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("key", list(PAPERS))
def test_no_paper_promises_both_that_nobody_knows_and_that_somebody_comes(client, lead, own, key):
    page = words(client.get(reverse("school_paper", args=[own.pk, key]))).lower()
    for promise in (
        "we will contact",
        "we will get in touch",
        "we will help you",
        "we may act on",
        "somebody will come",
    ):
        assert promise not in page


@pytest.mark.parametrize(
    "key", ["teachers-guide", "script", "parents-letter", "about-older", "about-younger", "what-happens"]
)
def test_papers_that_say_nobody_knows_say_that_nobody_can_act_on_it(client, lead, own, key):
    page = words(client.get(reverse("school_paper", args=[own.pk, key])))
    assert re.search(
        r"(?i)nobody can (come|act)|Can somebody help me because of my answers\? </h2> <p>No|because of my answers",
        page,
    )


def test_a_primary_school_gets_the_papers_for_younger_pupils():
    keys = [paper.key for paper in papers_for([4, 6])]
    assert "cards-younger" in keys
    assert "cards-older" not in keys
    assert len(papers_for([4, 10])) == len(PAPERS)


def test_a_teacher_gets_papers_through_the_link_and_not_the_parents_letter(client):
    session = prepared_session()
    assert client.get(reverse("teacher_paper", args=[secret_of(session), "script"])).status_code == 200
    assert client.get(reverse("teacher_paper", args=[secret_of(session), "parents-letter"])).status_code == 404
