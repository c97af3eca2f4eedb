"""Who acts in the demonstration: two people of the partnership, and owners who sign in by a link."""

from dataclasses import dataclass

from foundation.accounts import demo
from foundation.accounts.models import User
from foundation.accounts.role_setup import set_up_roles

OWNER = "owner@example.org"
OTHERS = ("owner-two@example.org", "owner-three@example.org")


@dataclass(frozen=True)
class Cast:
    """One of each."""

    officer: User
    lead: User
    owner: User
    others: tuple[User, ...]

    def owner_of(self, number: int) -> User:
        """The first few settings belong to the owner whom the start page names, the rest to two others."""
        return self.owner if number < 4 else self.others[number % len(self.others)]


def cast() -> Cast:
    """The people, made where they are missing.

    Raises:
        OnlyInDemoMode: demo mode is off.
    """
    set_up_roles()
    demo.load()
    owner, *others = (_owner(email) for email in (OWNER, *OTHERS))
    return Cast(
        officer=User.objects.get(email="registry-officer@example.org"),
        lead=User.objects.get(email="safeguarding-lead@example.org"),
        owner=owner,
        others=tuple(others),
    )


def _owner(email: str) -> User:
    person, made = User.objects.get_or_create(email=email, defaults={"display_name": "Demo owner", "is_demo": True})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
