"""The moderators' queue, and what everybody may read of the texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import Count, Q, QuerySet

from foundation.accounts.models import User

from ..collection.models import TextAnswer
from ..collection.texts import opened
from ..fieldwork.enums import WaveState
from ..fieldwork.models import Wave
from .marks import Mark, marks_in
from .models import TextDecision, Theme
from .services import MODERATORS, look_of

FEWEST_WRITERS = 10
"""Below so many writers nothing of a question is shown to anybody outside (reference, section 5)."""
BASE = 5
CLOSED = {WaveState.CLOSED, WaveState.RELEASED, WaveState.EMPTIED}
SHOWN = {TextAnswer.State.PUBLISHED, TextAnswer.State.EDITED}
MOST_LISTED = 500


@dataclass(frozen=True)
class Waiting:
    """A text in the queue: never the text itself."""

    answer: TextAnswer
    wave: Wave | None
    marks: tuple[Mark, ...]
    look: int
    is_mine_to_read: bool

    @property
    def state(self) -> str:
        """In words for the list."""
        if self.is_mine_to_read:
            return "You two did not agree: look again" if self.look > 1 else "To read"
        return "Waits for the other moderator"


def queue_for(moderator: User) -> list[Waiting]:
    """What waits, the texts that may be about harm first. Texts that two others are reading are left out."""
    answers = list(TextAnswer.objects.filter(state=TextAnswer.State.WAITING).order_by("pk")[:MOST_LISTED])
    waves = Wave.objects.select_related("survey").in_bulk({one.wave_id for one in answers})
    decisions: dict[Any, list[TextDecision]] = defaultdict(list)
    for decision in TextDecision.objects.filter(text_id__in=[one.pk for one in answers]):
        decisions[decision.text_id].append(decision)
    rows = [
        Waiting(
            answer=answer,
            wave=waves.get(answer.wave_id),
            marks=tuple(_marks(answer)),
            look=look_of(decisions[answer.pk]),
            is_mine_to_read=_is_mine(decisions[answer.pk], moderator),
        )
        for answer in answers
        if len({one.moderator_id for one in decisions[answer.pk]} - {moderator.pk}) < MODERATORS
    ]
    return sorted(rows, key=lambda row: (not row.is_mine_to_read, Mark.HARM not in row.marks, row.answer.pk))


def question_text(wave: Wave | None, code: str) -> str:
    """The question in English, its code where no version of the wave has it (any more)."""
    for row in wave.versions.select_related("version").order_by("-is_current", "-pk") if wave else ():
        for section in (row.version.document or {}).get("sections", []):
            for question in section["questions"]:
                if question["code"] == code:
                    return str(question["text"].get("en") or code)
    return code


def waves_with_words() -> list[Wave]:
    """Closed waves of which something may be shown."""
    waves = _questions_shown(TextAnswer.objects.all()).values_list("wave_id", flat=True)
    return list(Wave.objects.filter(pk__in=set(waves), state__in=CLOSED).select_related("survey"))


def has_words(wave: Wave) -> bool:
    """Whether `words_of` would show anything, without reading a text."""
    return wave.state in CLOSED and _questions_shown(TextAnswer.objects.filter(wave_id=wave.pk)).exists()


def _questions_shown(answers: "QuerySet[TextAnswer]") -> Any:
    """The questions, as {wave_id, question_code}, that enough people wrote about and of which a text is published."""
    counted = answers.order_by().values("wave_id", "question_code")
    counted = counted.annotate(writers=Count("pk"), shown=Count("pk", filter=Q(state__in=SHOWN)))
    return counted.filter(writers__gte=FEWEST_WRITERS, shown__gt=0)


def words_of(wave: Wave) -> list[dict[str, Any]]:
    """What everybody may read, by question: {question, texts, themes: [{name, writers}]}. Nothing while the wave is open,
    and nothing of a question with fewer than `FEWEST_WRITERS` writers."""
    if wave.state not in CLOSED:
        return []
    shown = []
    for (_wave, code), _writers_of in sorted(_writers([wave.pk]).items()):
        answers = TextAnswer.objects.filter(wave_id=wave.pk, question_code=code, state__in=SHOWN).order_by("pk")
        texts = [opened(one.text) for one in answers]
        themes = themes_of(wave, code)
        if texts:
            shown.append({"code": code, "question": question_text(wave, code), "texts": texts, "themes": themes})
    return shown


def themes_of(wave: Wave, code: str) -> list[dict[str, Any]]:
    """Themes that both moderators named, with the number of published texts, to the nearest five; below five not listed."""
    settled = TextAnswer.objects.filter(wave_id=wave.pk, question_code=code, state__in=SHOWN).values_list(
        "pk", flat=True
    )
    links = TextDecision.themes.through.objects.filter(textdecision__text_id__in=list(settled))
    both = Counter(links.values_list("textdecision__text_id", "theme_id"))
    counts = Counter(theme for (_text, theme), named in both.items() if named >= MODERATORS)
    rows = [
        {"name": theme.name, "writers": to_five(counts[theme.pk])}
        for theme in Theme.objects.filter(wave=wave, question_code=code)
    ]
    return sorted((row for row in rows if row["writers"]), key=lambda row: (-row["writers"], row["name"]))


def to_five(number: int) -> int:
    """To the nearest five; fewer than five is nothing."""
    return 0 if number < BASE else BASE * round(number / BASE)


def _writers(waves: Iterable[int]) -> dict[tuple[int, str], int]:
    """(wave, question) -> writers, where there are enough. Who wrote something that was then deleted is a writer too."""
    rows = TextAnswer.objects.filter(wave_id__in=set(waves)).values_list("wave_id", "question_code")
    return {key: count for key, count in Counter(rows).items() if count >= FEWEST_WRITERS}


def _is_mine(decisions: list[TextDecision], moderator: User) -> bool:
    look = look_of(decisions)
    return not any(one.moderator_id == moderator.pk and one.look == look for one in decisions)


def _marks(answer: TextAnswer) -> list[Mark]:
    try:
        return marks_in(opened(answer.text))
    except InvalidToken:
        return []
