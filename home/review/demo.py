"""What the demonstration shows of the Young Advisors' work: two questions to subgroups, one answered; a draft that waits for
them. Plainly invented."""

import datetime

from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import EDITOR
from foundation.partnership.models import Subgroup
from home.models import ResourcePage

from .models import PartnershipQuestion
from .services.posts import young_part

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


_TITLE = "A picture of you that you did not want shared"
_SUMMARY = "What you can do in the next hour, and who helps."
_BODY = (
    ("text", "<p>It is not your fault. You did not lose control of it: somebody took it from you.</p>"
     "<h2>In the next hour</h2><ul><li>Do not pay anybody, and do not send more.</li><li>Keep the messages as evidence.</li>"
     "<li>Utilise the Report Remove tool, which is operated by Childline and the Internet Watch Foundation.</li></ul>"
     "<h2>Tell one person</h2><p>An adult whom you trust, at home or at school. They have seen it before.</p>"),
    ("help_box", None),
)  # fmt: skip


def load_demo_draft() -> bool:
    """A draft for young people that waits for the Young Advisors, sent by the demo editor; whether it was made now."""
    part, editor = young_part(), User.objects.filter(is_demo=True, groups__name=EDITOR.name).first()
    if part is None or editor is None or part.get_workflow() is None:
        return False
    if ResourcePage.objects.child_of(part).filter(title=_TITLE).exists():
        return False
    page = ResourcePage(title=_TITLE, summary=_SUMMARY, body=list(_BODY), owner=editor, live=False)
    part.add_child(instance=page)
    if part.audience_id:
        page.audiences.set([part.audience_id])
        page.save()
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return True
