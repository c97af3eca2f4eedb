"""Who sits on which subgroup in the demonstration, so that a newcomer can read a subgroup's figures at once."""

from django.conf import settings
from django.db import transaction

from foundation.accounts.models import User
from foundation.partnership.models import Subgroup, SubgroupMember

MEMBER = "subgroup-member@example.org"
SITS_ON = ("health", "online-safety", "vulnerable-adolescents")


def load_demo_memberships(refresh: bool = False) -> int:
    """Seat the demonstration's subgroup member; how many seats were made. Nothing outside demo mode, nor for a real account."""
    if not settings.DEMO_MODE:
        return 0
    with transaction.atomic():
        # The account's password comes with the demo users, who are loaded later.
        member, _is_new = User.objects.get_or_create(
            email=MEMBER, defaults={"display_name": "Demo subgroup member", "is_demo": True}
        )
        if not member.is_demo:
            return 0
        seats = [
            SubgroupMember.objects.get_or_create(user=member, subgroup=subgroup)[1]
            for subgroup in Subgroup.objects.filter(key__in=SITS_ON)
        ]
    return sum(seats)
