"""Survey managers plan, fill, open, correct and close waves in the admin."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.partnership.models import School
from surveys.models import ClassSession, Wave
from surveys.questionnaire.services.versions import copy_version
from tests.factories.accounts import UserFactory, give_authenticator, holder_of, sign_in
from tests.factories.fieldwork import SchoolFactory, open_session, planned_wave, reviewed_version, running_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    person = holder_of("Survey manager")
    give_authenticator(person)
    return sign_in(client, person)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def do(manager, wave, act, data=None):
    return manager.post(reverse("surveys_wave_act", args=[wave.pk, act]), data or {}, follow=True)


def file_of(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("schools.csv", text.encode())}


def test_a_wave_from_planning_to_closing(manager):
    version = reviewed_version()
    SchoolFactory(name="Elm School")
    today = timezone.localdate()
    given = {
        "survey": version.questionnaire.survey.pk, "name": "Autumn 2026", "opens_on": today.isoformat(),
        "closes_on": (today + datetime.timedelta(days=20)).isoformat(), "is_demo": "on",
    }  # fmt: skip
    page = manager.post(reverse("surveys_wave_plan"), given, follow=True)
    wave = Wave.objects.get()
    assert "Choose which version of the questionnaire" in words(page)
    do(manager, wave, "versions", {version.questionnaire.phase: version.pk})
    do(manager, wave, "all-schools")
    assert list(wave.schools.values_list("school__name", "year_groups")) == [("Elm School", [8, 10])]
    do(manager, wave, "open")
    wave.refresh_from_db()
    assert wave.state == "open"


def test_what_stops_a_wave_stands_on_its_page_and_opening_is_refused(manager):
    wave = planned_wave(schools=0, is_demo=False)
    page = words(manager.get(reverse("surveys_wave", args=[wave.pk])))
    assert "Add the schools that take part." in page
    assert "Open the wave" not in page
    assert "Add the schools that take part." in words(do(manager, wave, "open"))
    wave.refresh_from_db()
    assert wave.state == "planned"


def test_a_corrected_version_is_chosen_from_the_reviewed_ones(manager):
    wave = running_wave()
    corrected = copy_version(version=wave.versions.get().version)
    assert "no newer version that was reviewed" in words(manager.get(reverse("surveys_wave", args=[wave.pk])))
    corrected.state = "reviewed"
    corrected.save()
    page = do(manager, wave, "correct", {"version": corrected.pk})
    assert "No text at a place that can hold answers is another than before." in words(page)
    manager.post(reverse("surveys_wave_correct", args=[wave.pk, corrected.pk]))
    assert wave.versions.get(is_current=True).version == corrected


def test_closing_is_refused_while_a_class_is_answering(manager):
    session = open_session()
    assert "One class session is still open." in words(do(manager, session.wave, "close", {"sure": "1"}))


def test_a_wave_is_not_closed_by_a_slip_of_the_finger(manager):
    wave = running_wave()
    assert "Tick that all classes are done" in words(do(manager, wave, "close"))
    wave.refresh_from_db()
    assert wave.state == "open"


def test_days_in_the_wrong_order_are_marked_and_what_was_typed_is_kept(manager):
    version = reviewed_version()
    given = {
        "survey": version.questionnaire.survey.pk, "name": "Spring", "opens_on": "2026-12-10",
        "closes_on": "2026-12-01",
    }  # fmt: skip
    page = manager.post(reverse("surveys_wave_plan"), given)
    assert page.status_code == 422
    assert "The last day must not be before the first." in words(page)
    assert 'value="Spring"' in words(page)
    assert not Wave.objects.exists()


def test_schools_come_from_a_file_and_new_ones_are_made_where_their_phase_is_given(manager):
    wave = planned_wave(schools=0)
    SchoolFactory(name="Elm School")
    text = (
        "school,year_group,pupils,phase\nelm school,8,120,\nElm School,Year 10,118,\nOak Academy,10,90,secondary\n\n"
        "Oak Academy,7,95,secondary\n"
    )
    do(manager, wave, "file", file_of(text))
    rows = {row.school.name: (row.year_groups, row.pupils_on_roll) for row in wave.schools.select_related("school")}
    assert rows == {"Elm School": ([8, 10], {"8": 120, "10": 118}), "Oak Academy": ([10], {"10": 90})}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,year\nElm,8\n", "The first row must name the columns"),
        ("school,year_group,pupils\nElm Schol,8,120\n", "Row 2: there is no school “Elm Schol”."),
        ("school,year_group,pupils\nElm School,eight,120\n", "Row 2: “eight” is no year group."),
        ("school,year_group,pupils\nElm School,8,many\n", "Row 2: “many” is no number of pupils."),
        ("school,year_group,pupils\nElm School,3,20\n", "No row names a year group that this wave asks."),
    ],
)
def test_a_file_with_a_mistake_adds_nothing_and_says_where(manager, text, says):
    wave = planned_wave(schools=0)
    SchoolFactory(name="Elm School")
    assert says in words(do(manager, wave, "file", file_of(text)))
    assert not wave.schools.exists()
    assert School.objects.count() == 1


def test_a_file_that_is_no_text_is_refused(manager):
    wave = planned_wave(schools=0)
    broken = {"file": SimpleUploadedFile("schools.csv", b"\xff\xfe\x00\x01")}
    assert "This is no text file." in words(do(manager, wave, "file", broken))


def test_progress_is_in_fives(manager):
    session = open_session()
    ClassSession.objects.filter(pk=session.pk).update(state="sealed", received=23, code=None)
    page = words(manager.get(reverse("surveys_wave", args=[session.wave_id])))
    assert "about 25" in page
    assert ">23<" not in page


def test_slips_are_printed_from_an_open_session_only(manager):
    wave = running_wave()
    given = {"label": "Shout Out", "year_group": "101", "present": "20", "uses_slips": "on"}
    page = manager.post(reverse("surveys_session_add", args=[wave.pk]), given, follow=True)
    assert "Open it" in words(page)
    session = ClassSession.objects.get()
    slips = reverse("surveys_slips", args=[wave.pk, session.pk])
    assert manager.get(slips).status_code == 404
    manager.post(reverse("surveys_session", args=[wave.pk, session.pk]), {"act": "open"})
    assert manager.get(slips).content.decode().count("cs-paper__slipcode") == 22
    manager.post(reverse("surveys_session", args=[wave.pk, session.pk]), {"act": "discard"})
    assert manager.get(slips).status_code == 404


@pytest.mark.parametrize("role", ["Editor", "Text moderator", "Registry officer", "Outreach officer"])
def test_other_roles_see_no_wave(client, role):
    wave = planned_wave()
    person = holder_of(role)
    give_authenticator(person)
    sign_in(client, person)
    for address in (reverse("surveys_waves"), reverse("surveys_wave", args=[wave.pk])):
        assert client.get(address).status_code in {302, 403}
    assert client.post(reverse("surveys_wave_act", args=[wave.pk, "open"])).status_code in {302, 403}
    wave.refresh_from_db()
    assert wave.state == "planned"


def test_a_manager_makes_somebody_school_lead_and_takes_them_off(manager):
    row = running_wave().schools.get()
    person = UserFactory()
    page = reverse("surveys_wave_school", args=[row.wave_id, row.pk])
    manager.post(page, {"lead": "1", "email": person.email.upper()})
    lead = row.school.leads.get()
    assert lead.user == person
    manager.post(page, {"remove_lead": str(lead.pk)})
    assert not row.school.leads.exists()


def test_somebody_without_an_account_cannot_be_made_lead(manager):
    row = running_wave().schools.get()
    page = reverse("surveys_wave_school", args=[row.wave_id, row.pk])
    answer = manager.post(page, {"lead": "1", "email": "nobody@example.org"}, follow=True)
    assert "An Administrator makes the account first" in words(answer)
    assert not row.school.leads.exists()
