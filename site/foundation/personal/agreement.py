"""Erasing one of the staff takes two Administrators: one asks, another agrees within a week.

The trail holds who asked, so that nobody can write it in another's name; there is no other table of it. Somebody with rights on the
server does it alone (`manage.py erase_person`): for a site with one Administrator, and then every Administrator is told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.notices import tell_of_erasure_asked
from foundation.accounts.roles import ADMINISTRATOR, ROLES
from foundation.accounts.staff_door import groups_with_the_door
from foundation.audit.models import Actor, Entry
from foundation.audit.services import PERSON_SUBJECT, record

ASKED = "accounts.erasure_asked"
WITHDRAWN = "accounts.erasure_withdrawn"
GOOD_FOR = timedelta(days=7)
LATELY_STAFF = timedelta(days=30)
"""Taking somebody's roles away first makes no way round the second person."""
_STAFF = {role.name for role in ROLES if role.opens_admin}


class NotAgreed(ValueError):
    """Two people are needed; says who must do what."""


@dataclass(frozen=True)
class Asked:
    """One Administrator's word."""

    by: User
    at: datetime

    @property
    def until(self) -> datetime:
        return self.at + GOOD_FOR


def takes_two(person: User) -> bool:
    """Whether the person is of the staff, or was in the last month."""
    if person.is_superuser or groups_with_the_door().filter(user=person).exists():
        return True
    taken = _about(person).filter(action="accounts.role_taken", at__gt=timezone.now() - LATELY_STAFF)
    return any(_STAFF & set(entry.facts.get("roles", [])) for entry in taken)


def asked_for(person: User) -> Asked | None:
    """Who asked for this erasure, while it holds: a week, unless withdrawn, and as long as they are an Administrator."""
    last = _about(person).filter(action__in=[ASKED, WITHDRAWN]).order_by("-sequence").first()
    if last is None or last.action != ASKED or last.at < timezone.now() - GOOD_FOR:
        return None
    actor = Actor.objects.filter(pseudonym=last.actor).select_related("user").first()
    by = actor.user if actor is not None else None
    if not isinstance(by, User) or not by.is_active:
        return None
    if not by.is_superuser and not by.groups.filter(name=ADMINISTRATOR.name).exists():
        return None
    return Asked(by, last.at)


@transaction.atomic
def ask(*, person: User, by: User) -> None:
    """The first word. All other Administrators are told."""
    record(action=ASKED, actor=by, subject=person)
    tell_of_erasure_asked(person=person, by=by)


def withdraw(*, person: User, by: User) -> None:
    """Take the first word back, or refuse the second."""
    record(action=WITHDRAWN, actor=by, subject=person)


def check_agreed(*, person: User, by: User) -> None:
    """
    Raises:
        NotAgreed: nobody else has asked.
    """
    if not takes_two(person):
        return
    asked = asked_for(person)
    if asked is None:
        raise NotAgreed("Erasing somebody of the staff takes two Administrators. Ask for it first.")
    if asked.by.pk == by.pk:
        raise NotAgreed("You asked for this. Another Administrator must agree.")


def _about(person: User) -> QuerySet[Entry]:
    pseudonym = Actor.objects.filter(user_id=person.pk).values_list("pseudonym", flat=True).first()
    return Entry.objects.filter(subject=f"{PERSON_SUBJECT}{pseudonym}") if pseudonym else Entry.objects.none()
