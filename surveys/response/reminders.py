"""The weekly mail to the members of subgroups whose responses are overdue."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from foundation.mail.services import queue_mail
from foundation.partnership.models import Subgroup, SubgroupMember

from .models import Response
from .selectors import overdue

MONDAY = 0


def remind_of_overdue() -> int:
    """On Mondays, one mail to each member of a subgroup with something overdue; how many mails. Chores run once a day."""
    if timezone.localdate().weekday() != MONDAY:
        return 0
    late: dict[Subgroup, list[Response]] = {}
    for response in overdue():
        late.setdefault(response.finding.subgroup, []).append(response)
    return sum(_tell(subgroup, responses) for subgroup, responses in late.items())


def _tell(subgroup: Subgroup, responses: list[Response]) -> int:
    lines = [f"- {one.will_do} ({one.who}, by {date_format(one.due_on, 'j F Y')})" for one in responses]
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("subgroup_findings", args=[subgroup.key])
    text = "\n".join(
        [
            f"What the {subgroup.name} said it would do, and nobody has said was done:",
            "",
            *lines,
            "",
            "Say what was done, or set a new day:",
            address,
        ]
    )
    seats = SubgroupMember.objects.filter(subgroup=subgroup, user__is_active=True).select_related("user")
    for seat in seats:
        queue_mail(to=seat.user.email, subject=f"Overdue: {subgroup.name}", text=text)
    return len(seats)
