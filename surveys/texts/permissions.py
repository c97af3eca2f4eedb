"""Who reads texts before anybody else. A permission alone opens nothing here: the person must also hold the role."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from foundation.accounts.roles import SAFEGUARDING_LEAD, TEXT_MODERATOR
from foundation.registries.roles import RoomPermissions, room_permissions

MODERATE = "surveys.add_textdecision"
SAFEGUARD = "surveys.view_textanswer"

Person = AbstractBaseUser | AnonymousUser


def is_moderator(person: Person) -> bool:
    """Whether this person reads texts. A superuser without the role does not."""
    return _holds(person, MODERATE, TEXT_MODERATOR.name)


def is_safeguarding_lead(person: Person) -> bool:
    """Whether this person reads what moderators pass to safeguarding."""
    return _holds(person, SAFEGUARD, SAFEGUARDING_LEAD.name)


def register_permissions() -> None:
    """Moderators decide and name themes; safeguarding leads read what is passed to them."""
    decisions = tuple(f"surveys.{verb}_textdecision" for verb in ("add", "change", "view"))
    themes = tuple(f"surveys.{verb}_theme" for verb in ("add", "view"))
    room_permissions.register(
        "surveys-texts",
        RoomPermissions(by_role={TEXT_MODERATOR.key: (*decisions, *themes), SAFEGUARDING_LEAD.key: (SAFEGUARD,)}),
    )


def _holds(person: Person, permission: str, role: str) -> bool:
    return bool(person.has_perm(permission) and person.groups.filter(name=role).exists())  # type: ignore[union-attr]
