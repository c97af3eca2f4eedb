"""Who signs in with a password and is no staff is led to where they belong, or told in plain words what to do."""

import pytest
from django.urls import reverse

from foundation.partnership.models import School, SchoolLead, Subgroup, SubgroupMember
from tests.factories.accounts import PASSWORD, UserFactory, holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return holder_of("Subgroup member", email="someone@example.org")


def signs_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def sits_on(person):
    subgroup, _ = Subgroup.objects.get_or_create(key="health", defaults={"name": "Health Subgroup"})
    SubgroupMember.objects.create(user=person, subgroup=subgroup)


def leads(person):
    SchoolLead.objects.create(user=person, school=School.objects.create(name="Invented School", phase="secondary"))


def test_a_member_of_a_subgroup_comes_to_its_figures(client, person):
    sits_on(person)
    assert signs_in(client, person).url == reverse("my_subgroups")


def test_a_school_lead_comes_to_their_school(client):
    person = UserFactory()
    leads(person)
    assert signs_in(client, person).url == reverse("my_schools")


def test_a_young_advisor_with_a_password_comes_to_what_waits(client):
    assert signs_in(client, holder_of("Young Advisor")).url == reverse("review")


def test_who_belongs_to_two_places_chooses(client, person):
    sits_on(person)
    leads(person)
    answer = signs_in(client, person)
    assert answer.url == reverse("accounts_areas")
    text = client.get(answer.url).text
    for name in ("my_subgroups", "my_schools"):
        assert f'href="{reverse(name)}"' in text
    assert f'href="{reverse("review")}"' not in text


def test_who_belongs_nowhere_yet_is_told_what_to_do_and_can_sign_out(client):
    answer = signs_in(client, UserFactory())
    assert answer.url == reverse("accounts_areas")
    text = client.get(answer.url).text
    assert "Ask the person who invited you" in text
    assert f'action="{reverse("account_logout")}"' in text


def test_where_they_were_going_still_comes_first(client, person):
    sits_on(person)
    wanted = reverse("subgroup_results", args=["health"])
    given = {"login": person.email, "password": PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), given).url == wanted


def test_staff_go_to_the_admin_as_ever(client):
    assert signs_in(client, holder_of("Editor")).url == reverse("wagtailadmin_home")


def test_the_page_is_for_who_is_signed_in(client):
    assert client.get(reverse("accounts_areas")).url.startswith(reverse("account_login"))
