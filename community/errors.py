"""What can go wrong in the registry, in words that a person can act on."""

from typing import Any

from django.utils.translation import gettext as _


class RegistryError(Exception):
    """Something that the rules of the registry do not allow. `str(error)` may be shown to the person who tried."""


class StepNotAllowed(RegistryError):
    """The state table has no such step from here, or not for this person."""


class ReasonMissing(RegistryError):
    """The step needs a reason in words."""

    def __init__(self) -> None:
        super().__init__(_("Say why, in a sentence that the setting can act on."))


class SamePersonTwice(RegistryError):
    """A step of two people was tried by one."""

    def __init__(self) -> None:
        super().__init__(_("This needs a second person. Ask a colleague to look at it."))


class OwnSubmission(RegistryError):
    """A reviewer tried to decide on a setting that they look after or whose submission they sent."""

    def __init__(self) -> None:
        super().__init__(_("You look after this setting, so a colleague has to decide."))


class ChangedMeanwhile(RegistryError):
    """Somebody else saved first. `theirs` is what they saved: field -> value."""

    def __init__(self, theirs: dict[str, Any] | None = None) -> None:
        super().__init__(_("Somebody else changed this while you were working. Nothing of yours is lost."))
        self.theirs = theirs or {}


class NotComplete(RegistryError):
    """A section that must be filled in is not. `sections` names them by key."""

    def __init__(self, sections: list[str]) -> None:
        super().__init__(_("Some sections still need an answer before you can send this."))
        self.sections = sections
