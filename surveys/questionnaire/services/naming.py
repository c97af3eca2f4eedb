"""Names of surveys, waves and topics in other languages, saved."""

from collections.abc import Iterator, Mapping, Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from foundation.audit import services as audit

from ...errors import SurveyError
from ..models import Survey
from ..named import Named
from ..wordings import Text

LONGEST = 160
"""Characters: the longest that an English name may be."""


def names_in(language: str, things: Sequence[Named]) -> list[Text]:
    """Each name with its translation and how it stands; the key is the model and number, such as "topic.3"."""
    return [
        Text(language, key, str(thing._meta.verbose_name).capitalize(), str(thing.name), said["text"], said["english"])
        for key, thing in _by_key(things)
        for said in [thing.names.get(language) or {"text": "", "english": ""}]
    ]


def languages_of_names() -> list[str]:
    """Every language that a survey is asked in, but English."""
    asked = Survey.objects.values_list("languages", flat=True)
    return sorted({code for languages in asked for code in languages if code != "en"})


@transaction.atomic
def save_names(
    *,
    language: str,
    things: Sequence[Named],
    given: Mapping[str, tuple[str, str]],
    by: AbstractBaseUser | None = None,
) -> int:
    """Keep translations of names; an empty one takes the old away. How many were written.

    Args:
        given: key of `names_in` -> (translation, the English that it was made from). One made from English that has changed
            meanwhile is kept, and stale.

    Raises:
        SurveyError: a name is longer than `LONGEST`; nothing is written.
    """
    if too_long := [words.strip() for words, _made_from in given.values() if len(words.strip()) > LONGEST]:
        raise SurveyError(
            f"A name has {LONGEST} characters at most. Shorten “{too_long[0][:40]}…”, which has {len(too_long[0])}. "
            "Nothing is saved yet."
        )
    kept = 0
    for key, thing in _by_key(things):
        if key not in given:
            continue
        words, made_from = given[key]
        held = type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
        if words.strip():
            held.names[language] = {"text": words.strip(), "english": made_from.strip()}
        else:
            held.names.pop(language, None)
        held.save(update_fields=["names"])
        kept += 1
    if kept:
        audit.record(action="surveys.names_saved", actor=by, facts={"language": language, "names": kept})
    return kept


def _by_key(things: Sequence[Named]) -> Iterator[tuple[str, Named]]:
    return ((f"{thing._meta.model_name}.{thing.pk}", thing) for thing in things)
