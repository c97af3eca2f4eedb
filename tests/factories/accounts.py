"""People for tests, and how they sign in."""

import time

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.test import Client

from foundation.accounts import secrets
from foundation.accounts.models import User
from foundation.accounts.role_setup import set_up_roles

PASSWORD = "correct-horse-battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and a password, and no role yet."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


def holder_of(role: str, **fields: object) -> User:
    """Somebody with the role of this name, with the roles set up."""
    if not Group.objects.filter(name=role).exists():
        set_up_roles()
    person = UserFactory(**fields)
    person.groups.add(Group.objects.get(name=role))
    return person


def give_authenticator(person: User) -> None:
    """Enrol an authenticator app with the secret of the tests."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secrets.encrypt(SECRET)})


def code(step: int = 0) -> str:
    """What the authenticator shows now, or `step` half minutes from now."""
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30 + step))


def sign_in(client: Client, person: User, *, second_factor: bool = True) -> Client:
    """Sign in without the forms; by default with a second factor, so that staff doors open."""
    client.force_login(person)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "at": time.time(), "type": "totp"},
        ]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client
