"""What can go wrong in the programme, in words that a person can act on."""

from django.utils.translation import gettext as _


class ProgrammeError(Exception):
    """Something that the rules do not allow. `str(error)` may be shown to the person who tried."""


class LinkDoesNotWork(ProgrammeError):
    """The link was cut short, changed, or is not ours."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work. Copy the whole address from our email, or book again."))


class NotOpen(ProgrammeError):
    """The date takes no bookings now."""

    def __init__(self) -> None:
        super().__init__(_("This date takes no bookings any more. Choose another one."))


class NoPlaceLeft(ProgrammeError):
    """Full, and without a waiting list."""

    def __init__(self) -> None:
        super().__init__(_("All places have gone, and this date has no waiting list. Please choose another date."))


class AlreadyDone(ProgrammeError):
    """The step was taken before: nothing changed."""


class StepNotAllowed(ProgrammeError):
    """The table of states has no such step."""

    def __init__(self) -> None:
        super().__init__(_("That cannot be done any more: this booking has changed meanwhile."))


class UnknownCode(ProgrammeError):
    """No booking of this date has the code."""

    def __init__(self) -> None:
        super().__init__(_("We do not find this code for today. It has six letters and stands in our email to you."))
