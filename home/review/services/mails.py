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
from home.selectors.reviews import pages_due_for_review

from ..models import PartnershipQuestion, Post, Reply, WeeklyMail
from ..selectors import everything_waiting, public_questions, young_advisors
from ..waiting import Waiting, never_seen, pace, what_waits
from .replies import note_told

KEPT_WEEKS = 8


Letter = tuple[str, str]
"""Subject and text."""


def tell_what_waits() -> int:
    """How many mails went out now. Who is two things at once, an editor who sits on a subgroup, gets both in one mail."""
    forget_old_weeks()
    letters: dict[User, list[Letter]] = {}
    for found in (to_young_advisors(), to_editors(), to_groups()):
        for person, letter in found.items():
            letters.setdefault(person, []).append(letter)
    return sum(
        _tell(person, parts[0][0], "\n\n\n".join(text for _subject, text in parts)) for person, parts in letters.items()
    )


def to_young_advisors() -> dict[User, Letter]:
    """What waits for all of them, the posts of each that editors asked to change, and what each was answered about."""
    waiting = [f"- {one.title} ({one.kind})" for one in everything_waiting()]
    own: dict[int, list[str]] = {}
    for post in Post.objects.filter(state=Post.State.CHANGE, author__isnull=False):
        own.setdefault(int(post.author_id or 0), []).append(f"- {post}")
    answered: dict[int, set[str]] = {}
    for reply in Reply.objects.filter(told_at__isnull=True, remark__author__isnull=False).select_related(
        "remark__page", "remark__round"
    ):
        answered.setdefault(int(reply.remark.author_id or 0), set()).add(f"- {reply.remark.about}")
    found = {}
    for person in young_advisors():
        lines = ["This waits for you to read:", "", *waiting, ""] if waiting else []
        if person.pk in own:
            lines += ["The editors ask you to change something in what you wrote:", "", *own[person.pk], ""]
        if person.pk in answered:
            lines += ["The partnership answered what you said about:", "", *sorted(answered[person.pk]), ""]
        if lines:
            text = "\n".join([*lines, "Have a look when you have time:", _address("review")])
            found[person] = (_subject(bool(waiting), person.pk in own), text)
    return found


def _subject(something_waits: bool, has_a_post_to_change: bool) -> str:
    if something_waits:
        return "Something to read, Young Advisors"
    if has_a_post_to_change:
        return "Your post: the editors ask for a change"
    return "What the partnership answered, Young Advisors"


def to_editors() -> dict[User, Letter]:
    """What waits on whom, how long reviews take, and which pages want a look."""
    waiting, due = what_waits(), len(pages_due_for_review(include_undated=False))
    if not (waiting or due):
        return {}
    lines = []
    for whom in sorted({one.on for one in waiting}):
        lines += [f"{whom}:", *(_line(one) for one in waiting if one.on == whom), ""]
    speed = pace()
    if speed:
        took = f"{speed.median_days} days" if speed.median_days >= 1 else "less than a day"
        lines += [f"A review took {took} (median of {speed.reviews} in the last year).", ""]
    if due:
        lines += [f"Public pages whose check is due: {due}. They stand on the front of the admin.", ""]
    unseen = len(never_seen())
    if unseen:
        lines += [f"Pages for young people that no Young Advisor has seen: {unseen}.", ""]
    text = "\n".join(
        ["What waits on whom, from the work with the Young Advisors:", "", *lines, _address("young_advisors_desk")]
    )
    staff = User.objects.filter(is_active=True, groups__name__in=(EDITOR.name, PUBLISHER.name)).distinct()
    return dict.fromkeys(staff, ("Young Advisors: what waits on whom", text))


def to_groups() -> dict[User, Letter]:
    """To each member of a subgroup with a question that nobody has answered."""
    asked: dict[User, list[PartnershipQuestion]] = {}
    for question in public_questions().filter(answer="").order_by("due_on", "pk"):
        for seat in SubgroupMember.objects.filter(subgroup=question.subgroup, user__is_active=True).select_related(
            "user"
        ):
            asked.setdefault(seat.user, []).append(question)
    return {
        person: ("Young Advisors wait for an answer", "\n".join(_asked(questions)))
        for person, questions in asked.items()
    }


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


def welcome(*, person: User) -> None:
    """The first mail: where to sign in. No password, so no link that chooses one."""
    text = "\n\n".join(
        [
            "You are one of the Young Advisors now. Sign in here, with this e-mail address and no password:",
            _address("review"),
            "You get a link by mail each time, or you add a passkey once you are in.",
            f"The others see you as “{person.get_full_name()}”, and never your e-mail address.",
        ]
    )
    queue_mail(to=person.email, subject="Welcome, Young Advisor", text=text)


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
            note_told(person=person)
    return int(is_new)


def _line(one: Waiting) -> str:
    since = f"for {one.days} days" if one.days > 1 else "since yesterday" if one.days else "since today"
    return f"- {one.title} ({one.what}), {since}{', OVERDUE' if one.is_late else ''}"


def _address(name: str) -> str:
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + reverse(name)
