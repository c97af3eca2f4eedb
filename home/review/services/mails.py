"""The weekly mails: to Young Advisors when something waits for them, to editors on what waits on whom, to subgroups
that have not answered a question.

Run every day; nobody gets two in one week, whatever day they get it on. Nobody's words stand in a mail, only titles.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import EDITOR, PUBLISHER
from foundation.mail.services import queue_mail
from foundation.partnership.models import SubgroupMember

from ..models import PartnershipQuestion, WeeklyMail
from ..selectors import everything_waiting, public_questions, young_advisors
from ..waiting import Waiting, pace, what_waits

KEPT_WEEKS = 8


def tell_what_waits() -> int:
    """How many mails went out now."""
    forget_old_weeks()
    return tell_young_advisors() + tell_editors() + tell_groups()


def tell_young_advisors() -> int:
    """One mail to each Young Advisor, if anything waits for them."""
    waiting = everything_waiting()
    if not waiting:
        return 0
    lines = [f"- {one.title} ({one.kind})" for one in waiting]
    text = "\n".join(
        ["This waits for you to read:", "", *lines, "", "Have a look when you have time:", _address("review")]
    )
    return sum(_tell(person, "Something to read, Young Advisors", text) for person in young_advisors())


def tell_editors() -> int:
    """One mail to each editor and publisher, if anything waits on anybody."""
    waiting = what_waits()
    if not waiting:
        return 0
    lines = []
    for whom in sorted({one.on for one in waiting}):
        lines += [f"{whom}:", *(_line(one) for one in waiting if one.on == whom), ""]
    speed = pace()
    if speed:
        lines += [f"A review took {speed.median_days} days (median of {speed.reviews} in the last year).", ""]
    text = "\n".join(
        ["What waits on whom, from the work with the Young Advisors:", "", *lines, _address("young_advisors_desk")]
    )
    staff = User.objects.filter(is_active=True, groups__name__in=(EDITOR.name, PUBLISHER.name)).distinct()
    return sum(_tell(person, "Young Advisors: what waits on whom", text) for person in staff)


def tell_groups() -> int:
    """One mail to each member of a subgroup with a question that nobody has answered."""
    asked: dict[User, list[PartnershipQuestion]] = {}
    for question in public_questions().filter(answer="").order_by("due_on", "pk"):
        for seat in SubgroupMember.objects.filter(subgroup=question.subgroup, user__is_active=True).select_related(
            "user"
        ):
            asked.setdefault(seat.user, []).append(question)
    return sum(
        _tell(person, "Young Advisors wait for an answer", "\n".join(_asked(questions)))
        for person, questions in asked.items()
    )


def _asked(questions: list[PartnershipQuestion]) -> list[str]:
    lines = [
        f"- {one.text} ({one.subgroup.name}, {'OVERDUE, was ' if one.is_overdue() else ''}due {one.due_on:%-d %B %Y})"
        for one in questions
    ]
    return [
        "Young Advisors ask your group. Question, day and answer are public.",
        "",
        *lines,
        "",
        "Answer here:",
        _address("asked_of_us"),
    ]


def forget_old_weeks() -> int:
    """Whom we wrote to is of use for a week."""
    oldest = timezone.localdate() - datetime.timedelta(weeks=KEPT_WEEKS)
    count, _by_model = WeeklyMail.objects.filter(week__lt=week_of(oldest)).delete()
    return count


def week_of(day: datetime.date) -> str:
    """Such as 2026-W47."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def _tell(person: User, subject: str, text: str) -> int:
    with transaction.atomic():
        _row, is_new = WeeklyMail.objects.get_or_create(person=person, week=week_of(timezone.localdate()))
        if is_new:
            queue_mail(to=person.email, subject=subject, text=text)
    return int(is_new)


def _line(one: Waiting) -> str:
    since = f"for {one.days} days" if one.days > 1 else "since yesterday" if one.days else "since today"
    return f"- {one.title} ({one.what}), {since}{', OVERDUE' if one.is_late else ''}"


def _address(name: str) -> str:
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + reverse(name)
