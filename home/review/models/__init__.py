"""What Young Advisors say, write and ask, and how it was answered."""

from ..workflow import PublishersTask, YoungAdvisorsTask
from .mails import WeeklyMail
from .posts import Post, PostRemark
from .questions import PartnershipQuestion, TakeoverDay
from .reviews import LONGEST_REMARK, Remark, Reply, Review
from .rounds import Round

__all__ = [
    "LONGEST_REMARK",
    "PartnershipQuestion",
    "Post",
    "PostRemark",
    "PublishersTask",
    "Remark",
    "Reply",
    "Review",
    "Round",
    "TakeoverDay",
    "WeeklyMail",
    "YoungAdvisorsTask",
]
