"""A survey manager brings in answers on paper: every mistake first, then one button, and the file is nowhere."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from surveys.collection.models import Held, Pooled, Sealed
from surveys.collection.paper.keying import LARGEST_FILE
from surveys.fieldwork import services
from surveys.models import ClassSession
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.fieldwork import running_wave

pytestmark = pytest.mark.django_db
HEADINGS = "SLEEP,HELPED,CLUBS,MEALS:lunch,MEALS:tea,HOURS"


def a_manager(client):
    person = holder_of("Survey manager")
    give_authenticator(person)
    return sign_in(client, person)


@pytest.fixture
def manager(client):
    return a_manager(client)


@pytest.fixture
def wave():
    return running_wave()


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def address(wave):
    return reverse("surveys_paper", args=[wave.pk])


def table(*lines, headings=HEADINGS):
    return SimpleUploadedFile("keyed.csv", "\n".join([headings, *lines]).encode())


def look_through(manager, wave, file, year="8"):
    row = wave.schools.get()
    return manager.post(address(wave), {"taking_part": row.pk, "year_group": year, "file": file})


def keyed_in(response):
    return re.search(r'name="keyed" value="([^"]+)"', response.content.decode())[1]


def test_the_two_files_for_whoever_keys(manager, wave):
    assert "Answers on paper" in words(manager.get(reverse("surveys_wave", args=[wave.pk])))
    assert "what to type for each answer" in words(manager.get(address(wave)))
    headings = manager.get(reverse("surveys_paper_file", args=[wave.pk, 8, "headings"]))
    assert headings.content.decode("utf-8-sig").strip() == HEADINGS
    meanings = manager.get(reverse("surveys_paper_file", args=[wave.pk, 8, "meanings"])).content.decode()
    assert "SLEEP,Did you sleep well?,2,No" in meanings
    assert "MEALS:tea,How often? – Tea,1,Yes" in meanings
    assert "HOURS,How many hours?,0 to 24,the number itself" in meanings
    assert manager.get(reverse("surveys_paper_file", args=[wave.pk, 9, "headings"])).status_code == 404


def test_mistakes_are_shown_by_row_and_column_and_nothing_is_taken_in(manager, wave):
    page = look_through(manager, wave, table("1,,1,1,1,7", "3,,1 9,,,x"))
    assert page.status_code == 422
    shown = words(page)
    assert "3 things are wrong" in shown
    assert "Row 3, column SLEEP: “3” is no answer to this question. Type one of 1, 2 or P." in shown
    assert "Row 3, column CLUBS: “1 9” is no answer" in shown
    assert "Row 3, column HOURS: “x” is no answer" in shown
    assert f'<option value="{wave.schools.get().pk}" selected>' in shown
    assert not ClassSession.objects.exists()


def test_a_right_table_is_taken_in_by_a_second_button_and_once_only(manager, wave):
    page = look_through(manager, wave, table(*(f"1,,1,1,1,{hours}" for hours in range(12))))
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "<dd>12</dd>" in words(page)
    assert (Held.objects.count(), Sealed.objects.count()) == (0, 0)
    keyed = keyed_in(page)
    done = manager.post(address(wave), {"keyed": keyed}, follow=True)
    assert "Destroy the paper and the file now." in words(done)
    assert (Held.objects.count(), Sealed.objects.count()) == (0, 12)
    place = wave.positions.index(["HOURS", ""])
    assert sorted(row.answers[place] for row in Sealed.objects.all()) == list(range(12))
    again = manager.post(address(wave), {"keyed": keyed}, follow=True)
    assert "These answers were taken in already. Nothing was added." in words(again)
    assert Sealed.objects.count() == 12
    entry = Entry.objects.get(action="surveys.paper_taken_in")
    assert entry.facts == {"school": wave.schools.get().school_id}


def test_few_are_told_that_they_wait_and_a_second_file_is_asked_about(manager, wave):
    page = look_through(manager, wave, table("1,,,,,"))
    assert "These are fewer than 10." in words(page)
    assert "came in before" not in words(page)
    manager.post(address(wave), {"keyed": keyed_in(page)})
    assert Pooled.objects.count() == 1
    assert "came in before" in words(look_through(manager, wave, table("1,,,,,")))


def test_a_page_of_another_person_another_wave_or_an_hour_ago_takes_nothing_in(manager, wave):
    keyed = keyed_in(look_through(manager, wave, table("1,,,,,")))
    other, colleague = running_wave(), a_manager(Client())
    assert "was meant for somebody else" in words(colleague.post(address(wave), {"keyed": keyed}))
    assert "was meant for somebody else" in words(manager.post(address(other), {"keyed": keyed}))
    assert "was meant for somebody else" in words(manager.post(address(wave), {"keyed": keyed[:-4] + "AAAA"}))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        manager = a_manager(Client())
        assert manager.post(address(wave), {"keyed": keyed}).status_code == 422
    assert not ClassSession.objects.exists()


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 4_000_000])
def test_a_file_that_is_too_big_is_refused_and_never_on_the_disk(manager, wave, size, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    page = look_through(manager, wave, SimpleUploadedFile("big.csv", b"1" * size))
    assert page.status_code == 422
    assert "The file is too big" in words(page)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_would_go_to_the_disk_elsewhere_is_read_in_memory(manager, wave, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")  # writing there would fail
    assert look_through(manager, wave, table("1,,,,,")).status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"taking_part": "", "year_group": "8"}, "This field is required."),
        ({"year_group": "8"}, "Choose the CSV file."),
        ({"year_group": "9"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_marked(manager, wave, given, said):
    data = {"taking_part": wave.schools.get().pk, **given}
    page = manager.post(address(wave), data)
    assert page.status_code == 422
    assert said in words(page)


def test_a_year_that_the_school_does_not_teach_is_named(manager, wave):
    row = wave.schools.get()
    row.year_groups = [10]
    row.save()
    page = look_through(manager, wave, table("1,,,,,"))
    assert f"{row.school} does not take part with Year 8." in words(page)


@pytest.mark.django_db(transaction=True)
def test_a_wave_that_was_closed_meanwhile_takes_nothing_in(manager, wave):
    keyed = keyed_in(look_through(manager, wave, table("1,,,,,")))
    services.close_wave(wave=wave)
    assert "while the wave is open" in words(manager.post(address(wave), {"keyed": keyed}, follow=True))
    assert "while the wave is open" in words(manager.get(address(wave)))
    assert (Held.objects.count(), Pooled.objects.count(), Sealed.objects.count()) == (0, 0, 0)


def test_a_forged_form_is_refused(wave):
    strict = a_manager(Client(enforce_csrf_checks=True))
    assert look_through(strict, wave, table("1,,,,,")).status_code == 403
    assert strict.post(address(wave), {"keyed": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["Editor", "Text moderator", "School lead"])
def test_other_roles_bring_nothing_in(client, wave, role):
    person = holder_of(role)
    give_authenticator(person)
    sign_in(client, person)
    assert client.get(address(wave)).status_code in {302, 403}
    assert look_through(client, wave, table("1,,,,,")).status_code in {302, 403}
    assert client.get(reverse("surveys_paper_file", args=[wave.pk, 8, "headings"])).status_code in {302, 403}
    assert not ClassSession.objects.exists()


def test_nothing_of_the_file_is_logged(manager, wave, caplog):
    look_through(manager, wave, table("MARKER-IN-A-CELL,,,,,"))
    page = look_through(manager, wave, table("1,,,,,23"))
    manager.post(address(wave), {"keyed": keyed_in(page)})
    assert "MARKER" not in caplog.text
    assert "MARKER" not in repr(list(Entry.objects.values()))
