"""Files and numbers that somebody made to break the survey managers' screens: each is answered in words."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.fieldwork import planned_wave

pytestmark = pytest.mark.django_db
HEADER = "school,year_group,pupils,phase\n"


@pytest.fixture
def manager(client):
    person = holder_of("Survey manager")
    give_authenticator(person)
    return sign_in(client, person)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "New School,²,10,secondary\n", "is no year group"),
        (HEADER + "New School,8,²,secondary\n", "is no number of pupils"),
        (HEADER + f"New School,8,{'9' * 5_000},secondary\n", "is no number of pupils"),
        (HEADER + f"New School,{'9' * 5_000},8,secondary\n", "is no year group"),
        (HEADER + f'"{"a" * 140_000}",8,8,secondary\n', "cannot be read as a table"),
    ],
)
def test_a_file_of_schools_made_to_break_the_reader_adds_nothing_and_is_told_why(manager, text, says):
    wave = planned_wave()
    before = wave.schools.count()
    given = {"file": SimpleUploadedFile("schools.csv", text.encode())}

    page = manager.post(reverse("surveys_wave_act", args=[wave.pk, "file"]), given, follow=True)

    assert page.status_code == 200
    assert says in re.sub(r"\s+", " ", page.content.decode())
    assert wave.schools.count() == before


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "9" * 30, "-1", ""])
def test_a_lead_with_an_impossible_number_is_not_found(manager, number):
    row = planned_wave().schools.get()

    address = reverse("surveys_wave_school", args=[row.wave_id, row.pk])

    assert manager.post(address, {"remove_lead": number}).status_code == 404
