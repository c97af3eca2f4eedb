"""Who is signed in and what they may do: the same answer as Django's, with fewer questions."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from wagtail.users.models import UserProfile

from foundation.accounts.backends import AuthenticationBackend
from foundation.accounts.models import User
from tests.factories.accounts import holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody with a role, and with a permission of their own beside it."""
    holder = holder_of("Outreach officer")
    holder.user_permissions.add(Permission.objects.get(codename="view_lead"))
    return holder


def known_to(backend, person):
    """What a backend says of somebody who was just read."""
    return backend.get_all_permissions(User.objects.get(pk=person.pk))


def test_permissions_of_a_person_and_of_their_roles_come_in_one_answer(person, django_assert_num_queries):
    fresh = User.objects.get(pk=person.pk)
    with django_assert_num_queries(1):
        assert fresh.has_perm("community.view_lead")
        assert fresh.has_perm("wagtailadmin.access_admin")
        assert not fresh.has_perm("accounts.delete_user")


def test_it_says_what_django_says(person):
    assert known_to(AuthenticationBackend(), person) == known_to(ModelBackend(), person) != set()
    boss = User.objects.create(email="boss@example.org", is_superuser=True)
    assert known_to(AuthenticationBackend(), boss) == known_to(ModelBackend(), boss) != set()


def test_who_may_not_sign_in_may_do_nothing(person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert known_to(AuthenticationBackend(), person) == set()
    assert AuthenticationBackend().get_user(person.pk) is None
    assert AuthenticationBackend().get_user(0) is None


def test_a_person_comes_with_their_profile(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not hasattr(AuthenticationBackend().get_user(person.pk), "wagtail_userprofile")
    UserProfile.objects.create(user=person, preferred_language="en")
    with django_assert_num_queries(1):
        assert AuthenticationBackend().get_user(person.pk).wagtail_userprofile.preferred_language == "en"
