"""The daily mail to officers who watch a setting: what kind of thing happened, never what was written.

A mail is read on phones and forwarded. It names the setting and the kinds of things, and leads to the record; reasons,
notes and concerns stay behind the sign-in, and that a page was taken down is a "change of state" like any other.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User

from ..moderation.models import ChangeRequest, Watch
from ..moderation.permissions import REVIEW
from ..register.services.mails import send


def tell_watchers(*, today: date) -> int:
    """One mail to each officer for all that happened, up to now, to the settings they watch; how many mails went out.

    Nobody hears of what they did themselves, nor twice on one day. Safe to run twice at once: whoever moves the mark of
    a watch sends the mail.
    """
    start_of_day = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    due = Watch.objects.filter(told_until__lt=start_of_day).values_list("user_id", flat=True)
    sent = 0
    for user in get_user_model().objects.filter(pk__in=due.distinct(), is_active=True):
        if user.has_perm(REVIEW):
            sent += _tell(user, start_of_day)
    return sent


@transaction.atomic
def _tell(user: User, start_of_day: datetime) -> int:
    now = max(timezone.now(), start_of_day)
    news: list[tuple[str, list[str]]] = []
    rows = Watch.objects.filter(user=user, told_until__lt=start_of_day).select_related("setting")
    for watch in rows.order_by("setting__name", "pk"):
        claimed = Watch.objects.filter(pk=watch.pk, told_until=watch.told_until).update(told_until=now)
        if claimed and (words := list(dict.fromkeys(_happened(watch, user, until=now)))):
            news.append((watch.setting.name, words))
    if not news:
        return 0
    send(
        to=user.email, subject=_("What happened to records that you watch"), template="watched", happenings=news,
        link=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("community_records"),
    )  # fmt: skip
    return 1


def _happened(watch: Watch, user: User, *, until: datetime) -> Iterator[str]:
    """The kinds of things that others did to the setting since the officer was last told, each in a few words."""
    setting, span = watch.setting, (watch.told_until, until)
    others = ~Q(by=user) | Q(by__isnull=True)
    if setting.state_changes.filter(others, at__range=span).exists():
        yield _("Its state changed.")
    requests = ChangeRequest.objects.filter(setting=setting)
    not_mine = ~Q(submitted_by=user) | Q(submitted_by__isnull=True)
    if requests.filter(not_mine, submitted_at__range=span).exists():
        yield _("The setting sent something to be looked at.")
    if requests.filter(~Q(decided_by=user) | Q(decided_by__isnull=True), decided_at__range=span).exists():
        yield _("What it had sent was decided.")
    if setting.snapshots.filter(
        ~Q(published_by=user) | Q(published_by__isnull=True), published_at__range=span
    ).exists():
        yield _("What parents read changed.")
    if setting.evidence_files.filter(uploaded_at__range=span).exists():
        yield _("It sent a file as evidence.")
    if setting.self_assessments.filter(submitted_at__range=span).exists():
        yield _("It answered the safeguarding standard.")
    # A report knows its day alone.
    first, last = timezone.localdate(span[0]), timezone.localdate(span[1])
    if setting.reports.filter(received_on__gte=first, received_on__lt=last).exists():
        yield _("Somebody says that something on its page is wrong.")
    if setting.matters.filter(since__range=span).exists():
        yield _("There is something to look at.")
    if setting.notes.filter(others, at__range=span).exists():
        yield _("A colleague left a note.")
