"""Words that may mean somebody is in danger: for these, who to call comes above all results.

The list errs on the side of showing a number too often. Numbers come from the helplines in the admin; only which of
them fits is said here, by key, the best first. A key that a partnership does not have is passed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.partnership.models import Helpline

from .words import tokens

MAX_LINES = 4


@dataclass(frozen=True)
class Urgent:
    """One kind of need: what is typed, what we say, whom to call."""

    key: str
    words: tuple[str, ...]
    title: str | Promise
    text: str | Promise
    helplines: tuple[str, ...]


URGENT = (
    Urgent(
        "own-life",
        (
            "suicide",
            "suicidal",
            "kill myself",
            "killing myself",
            "end my life",
            "want to die",
            "wanna die",
            "dont want to live",
            "don't want to live",
            "self harm",
            "self-harm",
            "selfharm",
            "self harming",
            "cutting myself",
            "cut myself",
            "hurt myself",
            "hurting myself",
            "overdose",
            "hang myself",
            "no reason to live",
            "better off dead",
        ),
        _("You matter. You can talk to someone now."),
        _("If you might act on it, or you have taken something, call 999. If it is hard to speak, you can text."),
        ("emergency", "childline", "samaritans", "shout"),
    ),
    Urgent(
        "sexual",
        (
            "rape",
            "raped",
            "raping",
            "rapist",
            "molested",
            "molest",
            "groomed",
            "grooming",
            "sexual abuse",
            "sexually abused",
            "sexual assault",
            "sexually assaulted",
            "touched me",
            "touches me",
            "touching me",
            "incest",
            "paedophile",
            "pedophile",
            "blackmail",
            "blackmailed",
            "sextortion",
            "nudes",
            "nude pictures",
            "sent nudes",
        ),
        _("It is not your fault. People are ready to listen."),
        _("You can talk without giving your name. If it is happening now, call 999."),
        ("emergency", "childline", "camden-contact", "ceop", "report-remove"),
    ),
    Urgent(
        "home",
        (
            "domestic abuse",
            "domestic violence",
            "hits my mum",
            "hitting my mum",
            "hits my mother",
            "beats my mum",
            "violent partner",
            "abusive relationship",
            "scared at home",
            "afraid at home",
            "scared to go home",
        ),
        _("You do not have to live in fear."),
        _("If anyone is in danger now, call 999. If you cannot speak on a mobile, press 55 when asked."),
        ("emergency", "domestic-abuse", "childline", "mens-advice"),
    ),
    Urgent(
        "abuse",
        (
            "abuse",
            "abused",
            "abusing",
            "abuser",
            "abusive",
            "beaten",
            "beats me",
            "hit me",
            "hits me",
            "hitting me",
            "hurts me",
            "hurt me",
            "hurting me",
            "neglected",
            "starving",
            "locked in",
            "child in danger",
            "in danger",
            "danger",
            "unsafe",
            "not safe",
        ),
        _("Is a child being hurt, or are you?"),
        _("If somebody is in danger now, call 999. Otherwise talk it through with one of these; you can stay unnamed."),
        ("emergency", "childline", "camden-contact", "nspcc"),
    ),
    Urgent(
        "threat",
        (
            "kill",
            "killed",
            "killing",
            "kill me",
            "murder",
            "stabbed",
            "stabbing",
            "stab",
            "gun",
            "shot",
            "knife",
            "machete",
            "acid attack",
            "trafficked",
            "trafficking",
            "county lines",
            "kidnapped",
            "held against my will",
            "slave",
            "slavery",
        ),
        _("If anyone is in danger now, call 999."),
        _("You can also tell what you know without giving your name."),
        ("emergency", "childline", "fearless", "modern-slavery"),
    ),
    Urgent(
        "leaving",
        (
            "run away",
            "running away",
            "ran away",
            "runaway",
            "kicked out",
            "nowhere to sleep",
            "missing child",
            "child missing",
        ),
        _("You are not in trouble. Someone can help you find a safe place."),
        _("If a child is missing or in danger, call 999."),
        ("emergency", "runaway", "childline", "camden-contact"),
    ),
    Urgent(
        "forced",
        (
            "forced marriage",
            "forced to marry",
            "make me marry",
            "making me marry",
            "honour killing",
            "fgm",
            "being cut",
        ),
        _("Nobody may do this to you, or to a child."),
        _("If it may happen soon, call 999. These people know what to do."),
        ("emergency", "forced-marriage", "fgm", "childline"),
    ),
    Urgent(
        "help",
        (
            "help",
            "help me",
            "need help",
            "i need help",
            "please help",
            "sos",
            "emergency",
            "999",
            "scared",
            "im scared",
            "i am scared",
            "alone",
            "someone to talk to",
            "talk to someone",
        ),
        _("Talk to someone now."),
        _("If you are in danger, call 999. These people listen at any time, and you do not have to give your name."),
        ("emergency", "childline", "samaritans", "camden-contact"),
    ),
)


def urgent_for(query: str) -> Urgent | None:
    """The need that the words of a query point to: whole words only, the first of the list that fits."""
    asked = f" {' '.join(tokens(query))} "
    return next((urgent for urgent in URGENT if any(phrase in asked for phrase in _phrases(urgent))), None)


def helplines_for(urgent: Urgent, helplines: Iterable[Helpline]) -> list[Helpline]:
    """The helplines of a need in its order, filled up with those of the bar where a partnership has fewer."""
    known = {line.key: line for line in helplines}
    chosen = [known[key] for key in urgent.helplines if key in known]
    if len(chosen) < 2:
        chosen += [line for line in known.values() if line not in chosen and (line.is_emergency or line.in_bar)]
    return chosen[:MAX_LINES]


def _phrases(urgent: Urgent) -> tuple[str, ...]:
    phrases = _KNOWN.get(urgent.key)
    if phrases is None:
        phrases = _KNOWN[urgent.key] = tuple(f" {' '.join(tokens(phrase))} " for phrase in urgent.words)
    return phrases


_KNOWN: dict[str, tuple[str, ...]] = {}
