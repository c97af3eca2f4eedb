"""The day of looking again at a concern: the safeguarding leads are reminded, once for each day that was set.

The mail says that something is due and where to sign in. No setting, no kind of concern, not how many: mails are read on
phones and forwarded.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..moderation.models import ConcernFlag
from ..moderation.permissions import CONCERNS
from ..register.services.mails import send


@transaction.atomic
def remind_leads(*, today: date) -> int:
    """One mail to each lead for all that is due by this day; how many mails went out.

    Safe to run twice at once: whoever marks a flag sends the mail. Where there is no lead to remind, the flag stays
    unmarked, so that the first one who comes hears of it.
    """
    # By permission as `has_perm` tells it, and of the superusers none: what they may do is not what they are for.
    people = get_user_model().objects.filter(is_active=True, is_superuser=False, groups__isnull=False).distinct()
    leads = [person for person in people.order_by("pk") if person.has_perm(CONCERNS)]
    if not leads:
        return 0
    due = ConcernFlag.objects.filter(
        ~Q(reminded_for=F("review_on")) | Q(reminded_for__isnull=True), closed_on__isnull=True, review_on__lte=today
    )
    marked = due.update(reminded_for=F("review_on"))
    if not marked:
        return 0
    audit.record(action="community.concern_reminded", facts={"flags": marked, "mails": len(leads)})
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("community_concerns")
    for lead in leads:
        send(to=lead.email, subject=_("Something is due today"), template="review_due", link=link)
    return len(leads)
