"""Texts are read within one working day while a wave is open: the mail that says that some wait."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import SAFEGUARDING_LEAD, TEXT_MODERATOR
from foundation.mail.services import queue_mail

from ..collection.models import TextAnswer
from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave

SATURDAY = 5


def remind_of_texts() -> int:
    """Once on each working day, while something waits; how many mails. No text carries a time, so every one that waits at
    the day's first chores counts. The mail says how many, and nothing of what they say."""
    if timezone.localdate().weekday() >= SATURDAY:
        return 0
    open_waves = Wave.objects.filter(state=WaveState.OPEN).values("pk")
    waiting = TextAnswer.objects.filter(state=TextAnswer.State.WAITING, wave_id__in=open_waves).count()
    private = TextAnswer.objects.filter(state=TextAnswer.State.PRIVATE).exclude(text="").count()
    return _tell(TEXT_MODERATOR.name, waiting, "surveys_texts") + _tell(
        SAFEGUARDING_LEAD.name, private, "surveys_private_texts"
    )


def _tell(role: str, waiting: int, name: str) -> int:
    if not waiting:
        return 0
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name)
    words = "1 text waits" if waiting == 1 else f"{waiting} texts wait"
    text = f"{words} to be read. Please read them today: somebody may have asked for help.\n\n{address}"
    people = User.objects.filter(groups__name=role, is_active=True).distinct()
    for person in people:
        queue_mail(to=person.email, subject=f"{words} to be read", text=text)
    return len(people)
