"""Names of the demonstration's survey, topics and waves in its languages; what somebody has changed stays."""

from collections.abc import Mapping

from ..questionnaire.named import ENGLISH, Named

AUTUMN = {"ar": "خريف {}", "bn": "শরৎ {}"}
"""Language -> the name of a wave of that year."""


def give_names(thing: Named, names: Mapping[str, str]) -> None:
    """Translations of its name, where it has none."""
    if not thing.names:
        thing.names = translations_of(str(thing.name), names)
        thing.save(update_fields=["names"])


def translations_of(english: str, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What stands in `Named.names`."""
    return {code: {"text": text, "english": english} for code, text in names.items() if code != ENGLISH}


def autumn_of(year: int) -> dict[str, str]:
    """A wave's names in other languages."""
    return {code: words.format(year) for code, words in AUTUMN.items()}
