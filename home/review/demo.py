"""What the demonstration shows of the Young Advisors' work: two questions to subgroups, one answered. Plainly invented."""

import datetime

from django.utils import timezone

from foundation.partnership.models import Subgroup

from .models import PartnershipQuestion

_QUESTIONS = (
    (
        "Why do young people have to tell their story again to every new worker?",
        "It is tiring, and some of us stop telling it.",
        "A demonstration answer: the group is trying a one-page summary that a young person writes, agrees and keeps.",
    ),
    ("How will you tell us what you did with our survey answers?", "", ""),
)


def load_demo_questions(refresh: bool) -> int:
    """Put them to the first two subgroups; how many were made. Nothing that is there changes."""
    groups = list(Subgroup.objects.order_by("order", "name")[: len(_QUESTIONS)])
    now = timezone.now()
    made = 0
    for group, (text, why, answer) in zip(groups, _QUESTIONS, strict=False):
        asked = now - datetime.timedelta(days=20)
        answered = now - datetime.timedelta(days=4) if answer else None
        _question, is_new = PartnershipQuestion.objects.get_or_create(
            text=text,
            defaults={
                "subgroup": group, "why": why, "state": PartnershipQuestion.State.PUBLIC, "asked_at": asked,
                "published_at": asked, "due_on": timezone.localdate(asked) + datetime.timedelta(days=28),
                "answer": answer, "answered_at": answered, "answer_published_at": answered,
            },
        )  # fmt: skip
        made += is_new
    return made
