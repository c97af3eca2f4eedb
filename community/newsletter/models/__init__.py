"""All tables of the newsletter."""

from .articles import Article, ArticlePicture
from .contacts import Consent, Contact, Request, Segment
from .deliveries import Delivery, LinkCount
from .issues import Issue, IssueItem, ServiceDecision
from .site_settings import NewsletterSettings

__all__ = [
    "Article",
    "ArticlePicture",
    "Consent",
    "Contact",
    "Delivery",
    "Issue",
    "IssueItem",
    "LinkCount",
    "NewsletterSettings",
    "Request",
    "Segment",
    "ServiceDecision",
]
