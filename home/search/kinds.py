"""The kinds of things that search finds, and the few types that the public filters by."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Kind(models.TextChoices):
    """What the label of a result says."""

    GUIDANCE = "guidance", _("Guidance")
    LEAFLET = "leaflet", _("Leaflet")
    POLICY = "policy", _("Policy")
    PROCEDURE = "procedure", _("Procedure")
    REPORT = "report", _("Report")
    PLAN = "plan", _("Plan")
    MINUTES = "minutes", _("Minutes")
    FORM = "form", _("Form")
    FILE = "file", _("Document")
    TOPIC = "topic", _("Topic")
    NEWS = "news", _("News")
    EVENT = "event", _("Event")
    HELP = "help", _("Help and advice")
    PAGE = "page", _("Page")


DOCUMENT_KINDS = (Kind.POLICY, Kind.PROCEDURE, Kind.REPORT, Kind.PLAN, Kind.MINUTES, Kind.FORM, Kind.FILE)


@dataclass(frozen=True)
class Type:
    """A choice of the type filter: the kinds in it and its words, one and many."""

    key: str
    label: str | Promise
    count: Promise
    """A plural form, to be filled with `count`: "%(count)s documents"."""
    kinds: tuple[str, ...]


TYPES = (
    Type("guidance", _("Guidance"), ngettext_lazy("%(count)s guide", "%(count)s guides", "count"), (Kind.GUIDANCE,)),
    Type("leaflet", _("Leaflets"), ngettext_lazy("%(count)s leaflet", "%(count)s leaflets", "count"), (Kind.LEAFLET,)),
    Type(
        "document", _("Documents"), ngettext_lazy("%(count)s document", "%(count)s documents", "count"), DOCUMENT_KINDS
    ),
    Type("topic", _("Topics"), ngettext_lazy("%(count)s topic", "%(count)s topics", "count"), (Kind.TOPIC,)),
    Type("news", _("News"), ngettext_lazy("%(count)s news story", "%(count)s news stories", "count"), (Kind.NEWS,)),
    Type("event", _("Events"), ngettext_lazy("%(count)s event", "%(count)s events", "count"), (Kind.EVENT,)),
    Type(
        "page",
        _("Other pages"),
        ngettext_lazy("%(count)s other page", "%(count)s other pages", "count"),
        (Kind.HELP, Kind.PAGE),
    ),
)
ANYTHING = ngettext_lazy("%(count)s result", "%(count)s results", "count")

TYPE_OF_KIND = {str(kind): type_.key for type_ in TYPES for kind in type_.kinds}
TYPES_BY_KEY = {type_.key: type_ for type_ in TYPES}

# What a reader more often wants comes a little higher when the words fit equally well.
WEIGHTS: dict[str, float] = {
    Kind.HELP: 1.35,
    Kind.TOPIC: 1.25,
    Kind.GUIDANCE: 1.15,
    Kind.LEAFLET: 1.15,
    Kind.NEWS: 0.8,
    Kind.EVENT: 0.85,
    Kind.MINUTES: 0.8,
    Kind.FILE: 0.9,
}
