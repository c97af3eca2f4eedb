"""The newsletter's part of the demonstration: invented contacts, two issues that went out, a draft, articles that wait."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from foundation.partnership.models import Ward
from foundation.registries.newsletter import newsletter_pieces

from .models import Article, ArticlePicture, Contact, Issue, Segment
from .rendering import letter_of
from .services.consents import agree
from .services.issues import add_article, add_own, add_piece, start_issue
from .states import ArticleState, How, IssueState

FILE = Path(__file__).with_name("demo.yaml")
PICTURE = Path(__file__).with_name("demo_picture.png")


@transaction.atomic
def load_demo_newsletter(refresh: bool = False) -> int:
    """Add what is missing; nothing outside demo mode. Nothing is sent: everybody here is invented."""
    if not settings.DEMO_MODE:
        return 0
    written: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    made = sum(_contact(entry) for entry in written["contacts"])
    made += sum(_segment(entry) for entry in written["segments"])
    if Article.objects.exists() or Issue.objects.exists():
        return made
    articles = [_article(entry) for entry in written["articles"]]
    for entry in written["issues"]:
        _issue(entry, articles)
    return made + len(articles) + len(written["issues"])


def _contact(entry: dict[str, Any]) -> int:
    ward = Ward.objects.filter(name=entry.get("ward", "")).first()
    contact, is_new = Contact.objects.get_or_create(
        email=entry["email"],
        defaults={
            "name": entry.get("name", ""), "organisation": entry.get("organisation", ""), "kind": entry["kind"],
            "agency": entry.get("agency", ""), "ward": ward, "setting_types": entry.get("types", []),
            "source": entry.get("source", "Demonstration"),
        },
    )  # fmt: skip
    if is_new and entry.get("agreed"):
        at = timezone.now() - timedelta(days=entry.get("days", 100))
        agree(contact=contact, purposes=entry["agreed"], how=How.LINK, words="Demonstration", at=at)
    return int(is_new)


def _segment(entry: dict[str, Any]) -> int:
    _segment, is_new = Segment.objects.get_or_create(
        name=entry["name"], defaults={name: value for name, value in entry.items() if name != "name"}
    )
    return int(is_new)


def _article(entry: dict[str, Any]) -> Article:
    article = Article.objects.create(
        title=entry["title"], text=entry["text"].strip(), organisation=entry["organisation"], link=entry.get("link", ""),
        contact_name="Demo sender", contact_email="sender@example.org", state=entry["state"],
        decided_at=timezone.now() if entry["state"] != ArticleState.WAITING else None,
    )  # fmt: skip
    if entry.get("picture"):
        picture = ContentFile(PICTURE.read_bytes(), name="picture.png")
        ArticlePicture.objects.create(article=article, file=picture, description=entry["picture"])
    return article


def _issue(entry: dict[str, Any], articles: list[Article]) -> None:
    issue = start_issue(
        kind=entry["kind"], title=entry["title"], subject=entry["subject"], by=None, intro=entry["intro"].strip()
    )
    for item in entry["items"]:
        add_own(issue=issue, title=item["title"], text=item["text"].strip(), url=item.get("url", ""))
    for number in entry.get("articles", []):
        add_article(issue=issue, article=articles[number])
    if entry.get("from_the_site"):
        pieces = [piece for provider in newsletter_pieces for piece in provider.find("", 1)]
        for piece in pieces:
            add_piece(issue=issue, key=piece.key)
    if "days_ago" not in entry:
        return
    issue.refresh_from_db()
    letter = letter_of(issue).in_language()
    at = timezone.now() - timedelta(days=entry["days_ago"])
    issue.state, issue.html, issue.text = IssueState.SENT, letter.html, letter.text
    issue.started_at = issue.prepared_at = issue.published_at = at
    issue.finished_at, issue.totals = at + timedelta(minutes=9), entry["totals"]
    issue.save()
