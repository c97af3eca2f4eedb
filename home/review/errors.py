"""What cannot be done, in words for the person who tried."""


class ReviewError(Exception):
    """Its text may be shown."""


class AlreadyDecided(ReviewError):
    """The round is over."""


class PageChanged(ReviewError):
    """The draft is not the one that was read."""


class OwnDraft(ReviewError):
    """Nobody decides on what they wrote."""


class NothingToChange(ReviewError):
    """A change was asked for, and no word on what."""


class NoNextStep(ReviewError):
    """Their decision would publish the page: the workflow is not as it should be."""


class CannotTakeOver(ReviewError):
    """The wording cannot be put in by itself."""


class CannotReply(ReviewError):
    """Nothing was written, or too much."""


class NotNow(ReviewError):
    """It stands somewhere else in its way."""


class SavedElsewhere(ReviewError):
    """Two tabs, or two phones."""
