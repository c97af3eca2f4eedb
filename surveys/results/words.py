"""Words for shares of small groups: "about half" claims no more than a protected figure of 20 to 29 pupils can bear. A published
nought may be four pupils, so its words leave room for a few."""

from django.utils.translation import gettext_lazy as _

_STEPS = (
    (0.03, _("none or a few")),
    (0.15, _("a few")),
    (0.29, _("about a quarter")),
    (0.41, _("about a third")),
    (0.60, _("about half")),
    (0.71, _("about two thirds")),
    (0.85, _("about three quarters")),
    (0.97, _("most")),
    (1.01, _("all or most")),
)


def in_words(pupils: int, base: int) -> str:
    """The share of a base in words; base is over 0."""
    share = pupils / base
    return str(next(words for limit, words in _STEPS if share < limit))
