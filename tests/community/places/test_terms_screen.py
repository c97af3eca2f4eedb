"""The partnership keeps school terms itself, and the directory follows at once."""

from datetime import date

import pytest

from community.models import SchoolTerm
from community.places.terms import terms
from tests.factories.accounts import give_authenticator, holder_of
from tests.factories.accounts import sign_in as sign_in_staff

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/registry/terms/new/"


@pytest.fixture
def officer_client(client):
    officer = holder_of("Registry officer", email="terms@example.org")
    give_authenticator(officer)
    sign_in_staff(client, officer)
    return client


def test_a_term_is_added_changed_and_removed_and_the_directory_follows(officer_client):
    assert terms() == []
    officer_client.post(ADD, {"name": "Autumn 2030", "first_day": "2030-09-02", "last_day": "2030-10-25"})
    assert terms() == [(date(2030, 9, 2), date(2030, 10, 25))]
    term = SchoolTerm.objects.get()
    page = officer_client.get("/admin/registry/terms/").content.decode()
    assert "2 September 2030" in page
    edit = f"/admin/registry/terms/edit/{term.pk}/"
    officer_client.post(edit, {"name": "Autumn 2030", "first_day": "2030-09-03", "last_day": "2030-10-25"})
    assert terms() == [(date(2030, 9, 3), date(2030, 10, 25))]
    officer_client.post(f"/admin/registry/terms/delete/{term.pk}/")
    assert terms() == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2030-10-25", "2030-09-02", "The last day is before the first day"),
        ("2030-09-02", "2031-10-25", "more than 120 days"),
        ("2030-06-20", "2030-07-20", "overlap with “Summer 2030” (1 June 2030 to 1 July 2030)"),
        ("2030-02-31", "2030-03-20", "Enter a valid date"),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field_and_what_was_typed_stays(officer_client, first, last, words):
    SchoolTerm.objects.create(name="Summer 2030", first_day=date(2030, 6, 1), last_day=date(2030, 7, 1))
    page = officer_client.post(ADD, {"name": "Typed name", "first_day": first, "last_day": last}).content.decode()
    assert words in page
    assert "Typed name" in page
    assert SchoolTerm.objects.count() == 1
