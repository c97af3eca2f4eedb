"""Past attendance from a file: a dry run, Excel's dates, doubles, formulas."""

import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from community.models import EvidenceCheck
from community.programme.importing import read_day
from community.programme.models import Booking, Course, CourseDate

from .conftest import mails, words

pytestmark = pytest.mark.django_db
PATH = "/admin/programme/import/"
HEADER = "course,date,name,email,organisation,setting,lead\n"


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-05",
        "05/03/2025",
        "5/3/25",
        "5 March 2025",
        "5 Mar 2025",
        "05.03.2025",
        "2025-03-05 00:00:00",
        "45721",
        "45721.75",
    ],
)
def test_days_as_people_and_spreadsheets_write_them(text):
    assert read_day(text) == date(2025, 3, 5)


@pytest.mark.parametrize("text", ["", "yesterday", "31/02/2025", "99999999", "2025-13-01"])
def test_no_day_is_made_up(text):
    assert read_day(text) is None


def upload(client, content, name="past.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(PATH, {"file": SimpleUploadedFile(name, content)})


def test_a_dry_run_writes_nothing_then_it_is_for_real(officers_client, setting, course):
    course.counts_as_help = ["B4"]
    course.save()
    text = HEADER + (
        "leading on SAFEGUARDING,05/03/2026,Bea Lead,bea@example.org,,invented chess club,yes\n"
        "Old workshop,2026-02-01,Cy Guest,,Some Group,,\n"
    )
    response = upload(officers_client, text)
    page = words(response)
    assert "2 attendances would be written down." in page
    assert "New courses, hidden from the public: Old workshop" in page
    assert not Booking.objects.exists()
    response = officers_client.post(PATH, {"token": response.context["token"]}, follow=True)
    assert "2 attendances brought in." in words(response)
    bea = Booking.objects.get(name="Bea Lead")
    assert (bea.setting, bea.is_lead, bea.state, bea.via) == (setting, True, "attended", "imported")
    assert bea.date.course == course
    assert bea.certificate_code
    assert bea.credits.get().item_code == "B4"
    assert not Course.objects.get(title="Old workshop").is_offered
    assert mails() == []


def test_the_same_file_twice_adds_nobody(officers_client, course):
    text = HEADER + f"{course.title},05/03/2024,Bea Lead,bea@example.org,,,\n"
    for _each in range(2):
        response = upload(officers_client, text)
        officers_client.post(PATH, {"token": response.context["token"]})
    assert "Known already, and left out: Bea Lead (row 2)" in words(response)
    assert (Booking.objects.count(), CourseDate.objects.count()) == (1, 1)


def test_one_person_twice_in_a_file_counts_once(officers_client, course):
    text = HEADER + 2 * f"{course.title},05/03/2024,Bea Lead,,,,\n"
    assert "1 attendance would be written down." in words(upload(officers_client, text))


def test_excels_dates_are_read(officers_client):
    book = Workbook()
    book.active.append(["Course", "Date", "Name"])
    book.active.append(["Old workshop", datetime(2025, 3, 5, 9, 30), "Bea Lead"])
    book.active.append(["Old workshop", 45721, "Cy Guest"])
    out = io.BytesIO()
    book.save(out)
    response = upload(officers_client, out.getvalue(), "past.xlsx")
    officers_client.post(PATH, {"token": response.context["token"]})
    assert CourseDate.objects.get().day == date(2025, 3, 5)
    assert Booking.objects.count() == 2


def test_what_is_wrong_is_said_cell_by_cell_and_nothing_is_brought_in(officers_client):
    text = HEADER + (
        "=1+1,05/03/2024,Bea,,,,\nWorkshop,soon,Bea,,,,\nWorkshop,01/01/2099,Bea,,,,\nWorkshop,05/03/2024,,nobody,,,\n"
    )
    response = upload(officers_client, text)
    page = words(response)
    for said in (
        "This looks like a formula.", "Type the day like 5 March 2024", "This day has not come yet.",
        "This cell is empty.", "Enter an e-mail address", "5 cells need mending first.",
    ):  # fmt: skip
        assert said in page
    officers_client.post(PATH, {"token": response.context["token"]})
    assert not Booking.objects.exists()


def test_what_has_run_out_is_in_the_record_and_not_in_the_listing(officers_client, setting, course):
    course.counts_as_seen = ["B3"]
    course.save()
    response = upload(officers_client, HEADER + f"{course.title},05/03/2020,Bea,,,{setting.name},yes\n")
    officers_client.post(PATH, {"token": response.context["token"]})
    assert not EvidenceCheck.objects.exists()
    assert Booking.objects.get().credits.get().item_code == "B3"


def test_a_setting_that_we_do_not_know_is_kept_as_words(officers_client, course):
    response = upload(officers_client, HEADER + f"{course.title},05/03/2024,Bea,,,Nowhere Club,\n")
    assert "Settings that we do not know" in words(response)
    officers_client.post(PATH, {"token": response.context["token"]})
    assert (Booking.objects.get().organisation, Booking.objects.get().setting) == ("Nowhere Club", None)
