"""Erasing one of the staff takes two Administrators, and nobody does it unseen."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.audit.verification import verify
from foundation.mail.models import OutgoingMessage
from foundation.personal import agreement
from foundation.personal.erasure import erase_person
from tests.factories.accounts import UserFactory, holder_of, sign_in

pytestmark = pytest.mark.django_db
EMAIL = "gone@example.org"


@pytest.fixture
def first():
    return holder_of("Administrator", email="first@example.org", display_name="First Name")


@pytest.fixture
def second():
    return holder_of("Administrator", email="second@example.org", display_name="Second Name")


@pytest.fixture
def colleague():
    return holder_of("Registry officer", email=EMAIL, display_name="Gone Name")


def there(person):
    return User.objects.filter(email=person.email).exists()


def test_one_alone_erases_nobody_of_the_staff(first, second, colleague):
    with pytest.raises(agreement.NotAgreed, match="takes two"):
        erase_person(person=colleague, by=first)
    agreement.ask(person=colleague, by=first)
    with pytest.raises(agreement.NotAgreed, match="Another Administrator must agree"):
        erase_person(person=colleague, by=first)
    assert there(colleague)


def test_a_second_one_agrees_and_all_others_hear_of_both_steps(first, second, colleague):
    third = holder_of("Administrator", email="third@example.org")
    agreement.ask(person=colleague, by=first)
    asked = OutgoingMessage.objects.filter(subject__contains="asks for an account")
    assert {mail.to for mail in asked} == {second.email, third.email}
    assert "First Name asks for the account of Gone Name" in asked[0].text

    erase_person(person=colleague, by=second)

    assert not there(colleague)
    done = OutgoingMessage.objects.filter(subject__contains="was erased")
    assert {mail.to for mail in done} == {first.email, third.email}
    assert all("Gone" not in mail.text + mail.subject for mail in done)
    assert "these roles: Registry officer" in done[0].text
    verify()


def test_a_word_is_good_for_a_week_until_it_is_taken_back_and_while_its_giver_is_an_administrator(
    first, second, colleague
):
    agreement.ask(person=colleague, by=first)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert agreement.asked_for(colleague) is None
    first.groups.clear()
    assert agreement.asked_for(colleague) is None
    agreement.ask(person=colleague, by=second)
    assert agreement.asked_for(colleague).by == second
    agreement.withdraw(person=colleague, by=first)
    assert agreement.asked_for(colleague) is None


def test_taking_the_roles_away_first_is_no_way_round(first, second, colleague):
    colleague.groups.clear()
    with pytest.raises(agreement.NotAgreed):
        erase_person(person=colleague, by=first)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        erase_person(person=colleague, by=first)
    assert not there(colleague)


def test_owners_and_young_advisors_take_one(first, second):
    for person in (UserFactory(), holder_of("Young Advisor")):
        erase_person(person=person, by=first)
        assert not there(person)
    assert not OutgoingMessage.objects.exists()


def test_somebody_with_rights_on_the_server_does_it_alone_and_every_administrator_hears(first, second, colleague):
    call_command("erase_person", EMAIL, "--yes")
    assert not there(colleague)
    mails = OutgoingMessage.objects.all()
    assert {mail.to for mail in mails} == {first.email, second.email}
    assert "Somebody with rights on the server" in mails[0].text


class TestTheScreen:
    def page(self, person):
        return f"/admin/people/{person.pk}/data/"

    def test_two_people_press(self, first, second, colleague):
        one, other = sign_in(Client(), first), sign_in(Client(), second)
        assert "Agree, and erase" not in one.get(self.page(colleague)).text
        answer = one.post(self.page(colleague), {"do": "erase", "email": EMAIL})
        assert answer.status_code == 422
        assert "takes two Administrators" in answer.text
        answer = one.post(self.page(colleague), {"do": "ask", "email": EMAIL}, follow=True)
        assert "Another Administrator must agree" in answer.text
        assert 'name="email"' not in answer.text
        assert "First Name asked for it" in other.get(self.page(colleague)).text
        answer = other.post(self.page(colleague), {"do": "erase", "email": EMAIL}, follow=True)
        assert "Erased." in answer.text
        assert not there(colleague)
        assert [entry.actor != "" for entry in Entry.objects.filter(action=agreement.ASKED)] == [True]

    def test_the_second_refuses(self, first, second, colleague):
        one, other = sign_in(Client(), first), sign_in(Client(), second)
        one.post(self.page(colleague), {"do": "ask", "email": EMAIL})
        assert "Nobody is erased" in other.post(self.page(colleague), {"do": "withdraw"}, follow=True).text
        assert other.post(self.page(colleague), {"do": "erase", "email": EMAIL}).status_code == 422
        assert there(colleague)

    def test_whom_it_is_about_does_not_refuse_it(self, first, second):
        third = holder_of("Administrator", email="third@example.org")
        sign_in(Client(), first).post(self.page(third), {"do": "ask", "email": third.email})
        assert (
            "Nobody is erased"
            not in sign_in(Client(), third).post(self.page(third), {"do": "withdraw"}, follow=True).text
        )
        assert agreement.asked_for(third).by == first
