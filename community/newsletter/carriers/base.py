"""What every carrier answers. Whether a mail may have left is told apart with care: nothing is ever sent twice."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Outcome(Enum):
    """What became of one mail."""

    TAKEN = "taken"
    REFUSED = "refused"
    """For good. `Answer.is_about_address` says whether the address is at fault."""
    LATER = "later"
    """Not taken now; trying again later is allowed, because it surely did not leave."""
    UNSURE = "unsure"
    """It was handed over, and no answer came. It may have left, so it is not sent again."""


@dataclass(frozen=True)
class Answer:
    """The outcome with the server's number, never its words: they may quote the address."""

    outcome: Outcome
    code: str = ""
    is_about_address: bool = False


@dataclass(frozen=True)
class Mail:
    """One mail to one recipient."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    stop_url: str
    message_id: str
    list_id: str
    reply_to: str = ""


class CarrierAway(Exception):
    """The server cannot be reached, or sends everybody away. What was being sent surely did not leave."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Carrier(Protocol):
    """Opens once, carries many, closes."""

    def open(self) -> None:
        """
        Raises:
            CarrierAway.
        """

    def carry(self, mail: Mail) -> Answer:
        """
        Raises:
            CarrierAway: the mail surely did not leave.
        """

    def close(self) -> None:
        """Never fails."""
