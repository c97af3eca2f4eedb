"""The small numbers that stand in an array of answers. They never change their meaning."""

from enum import IntEnum

MAX_NUMBER = 999
"""The largest whole number that a question may ask for."""


class Missing(IntEnum):
    """Why there is no answer. Negative, so that no option and no number can be taken for one."""

    NO_ANSWER = -1
    PREFER_NOT_TO_SAY = -2
    NOT_ASKED = -3
    """Routed past, not for this year group, or not in the questionnaire that this pupil had."""


PICKED = 1
NOT_PICKED = 0
