"""What cannot be done, in words for the person who tried."""

from django.utils.translation import gettext as _


class NewsletterError(Exception):
    """Its text may be shown."""


class LinkDoesNotWork(NewsletterError):
    """The link was never made, was used, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more."))


class Forgotten(NewsletterError):
    """Somebody had everything about them deleted while a colleague, or they themselves, still had a page open."""

    def __init__(self) -> None:
        super().__init__(_("This contact was deleted a moment ago. Nothing is kept about it."))


class StepNotAllowed(NewsletterError):
    """The issue, or the article, does not stand where this can be done."""


class ReasonMissing(NewsletterError):
    """The step needs words."""


class NothingToSend(NewsletterError):
    """The issue is empty, or nobody would get it."""
