"""People of the demonstration: one a role, with a password and a second factor that everybody may know."""

import hashlib
import time
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from . import roles, secrets
from .models import User

PASSWORD = "keeping-children-safe"  # noqa: S105  (known to everybody: see refuse_outside_demo_mode)
SECRET = b32encode(hashlib.sha256(b"demonstration").digest()[:20]).decode()
"""The secret of every demo authenticator, fixed, so that a phone that has scanned it once keeps working."""


class OnlyInDemoMode(ImproperlyConfigured):
    """Demo accounts exist only where DEMO_MODE is on."""


@dataclass(frozen=True)
class DemoPerson:
    """Who can be tried: a role, and how to sign in as its holder."""

    role: str
    email: str
    is_staff: bool


def people() -> list[DemoPerson]:
    """One person for each role, in the order of the roles."""
    return [
        DemoPerson(role=role.name, email=f"{role.key}@example.org", is_staff=role.opens_admin) for role in roles.ROLES
    ]


def people_without_role() -> list[str]:
    """Addresses of demo people whom the rooms brought along: no role, no password, they sign in by a link."""
    return list(
        User.objects.filter(is_demo=True, is_active=True, groups__isnull=True)
        .order_by("pk")
        .values_list("email", flat=True)
    )


@transaction.atomic
def load() -> list[DemoPerson]:
    """Make the demo people, or put back their password, role and second factor; what they wrote stays.

    Raises:
        OnlyInDemoMode: demo mode is off.
    """
    if not settings.DEMO_MODE:
        raise OnlyInDemoMode("Demo accounts have a password that everybody knows; they are made only in demo mode.")
    known = {person.email: person for person in User.objects.filter(email__in=[demo.email for demo in people()])}
    hashed = _hashed_once(known.values())
    for demo in people():
        person = known.get(demo.email) or User(email=demo.email, display_name=f"Demo {demo.role.lower()}", is_demo=True)
        if not person.is_demo:
            raise OnlyInDemoMode(f"{demo.email} belongs to a real person here.")
        if person.password != hashed or not person.is_active:
            person.password, person.is_active = hashed, True
            person.save()
        person.groups.set([Group.objects.get(name=demo.role)])
        if demo.is_staff:
            _give_authenticator(person)
    return people()


def how_to_sign_in() -> str:
    """Every demo person, the password and where the code is found, for the terminal."""
    lines = ["\nSign in at /admin/ as"]
    for person in people():
        door = "" if person.is_staff else "   (no way into /admin/: signs in at /accounts/login/)"
        lines.append(f"  {person.role:<18} {person.email}{door}")
    lines.append(f"The password of all of them: {PASSWORD}")
    lines += [
        f"  {'':<18} {email}   (signs in by a link: ask for it, the mail comes out where the site runs)"
        for email in people_without_role()
    ]
    lines.append("The code: the sign-in page shows it in demo mode; so does `manage.py demo_code`.")
    lines.append(f"For an authenticator app: {SECRET}\n")
    return "\n".join(lines)


def current_code() -> str:
    """The code that an authenticator with the demo secret shows now."""
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))


def free_code(person: User) -> str:
    """A code that this person has not used yet: each one opens the door once."""
    from django.core.cache import cache

    counter = int(time.time()) // 30
    authenticator = totp.TOTP(Authenticator(user=person))
    for step in (0, 1, -1):
        code = totp.format_hotp_value(totp.hotp_value(SECRET, counter + step))
        if cache.get(authenticator._get_used_cache_key(code)) is None:
            return code
    return current_code()


def refuse_outside_demo_mode() -> None:
    """Stop the start of a real site that holds demo accounts.

    Raises:
        OnlyInDemoMode: demo mode is off and an active demo account exists.
    """
    if settings.DEMO_MODE or not demo_accounts_exist():
        return
    raise OnlyInDemoMode(
        "This database holds demo accounts, whose password everybody knows, and DEMO_MODE is off. "
        "Remove them with: manage.py remove_demo_users"
    )


def demo_accounts_exist() -> bool:
    """Whether an active demo account is in the database; False where there is no table yet."""
    try:
        return User.objects.filter(is_demo=True, is_active=True).exists()
    except DatabaseError:
        return False


_seen: set[str] = set()
"""Hashes that are known to be of the password: loading the demonstration asks twice, and each check is slow."""


def _hashed_once(present: Iterable[User]) -> str:
    """One hash for all of them: hashing is slow on purpose, and these are no secret."""
    for hashed in {person.password for person in present if person.is_demo}:
        if hashed in _seen or check_password(PASSWORD, hashed):
            _seen.add(hashed)
            return hashed
    made = make_password(PASSWORD)
    _seen.add(made)
    return made


def _give_authenticator(person: User) -> None:
    """The authenticator that everybody knows; made anew where none of our keys opens the one that is there."""
    present = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    if any(_opens(each) for each in present):
        return
    present.delete()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secrets.encrypt(SECRET)})


def _opens(authenticator: Authenticator) -> bool:
    try:
        secrets.decrypt(authenticator.data["secret"])
    except InvalidToken:
        return False
    return True
