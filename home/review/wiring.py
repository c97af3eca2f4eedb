"""Connects the review to the rest of the site: the daily chores, the sitemap, the day on which an answer becomes late."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import YOUNG_ADVISOR
from foundation.registries.areas import Area, areas
from foundation.registries.boundaries import boundary_providers
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.personal import erasure_steps
from foundation.registries.sitemaps import SitemapEntry, sitemap_providers
from foundation.registries.welcomes import welcomes


def connect() -> None:
    """Once."""
    from .demo import load_demo_questions

    demo_parts.register("review-questions", DemoPart(load=load_demo_questions))
    chores.register("review: tell what waits, once a week", Chore(_tell))
    chores.register("review: forget what was never sent", Chore(_forget_unsent))
    boundary_providers.register("review", _next_boundary)
    sitemap_providers.register("review", _addresses)
    welcomes.register(YOUNG_ADVISOR.name, _welcome)
    areas.register("review", Area(_review_title, _review_url, _is_young_advisor))
    erasure_steps.register("review: drafts that nobody else has seen", _forget_drafts)


def _review_title() -> str:
    return _("Young Advisors: what waits for you")


def _review_url() -> str:
    return reverse("review")


def _is_young_advisor(user: User) -> bool:
    from .selectors import is_young_advisor

    return is_young_advisor(user)


def _welcome(person: Any) -> None:
    from .services.mails import welcome

    welcome(person=person)


def _tell() -> int:
    from .services.mails import tell_what_waits

    return tell_what_waits()


def _forget_unsent() -> int:
    from .services.unsent import forget_unsent

    return forget_unsent()


def _forget_drafts(person: Any) -> None:
    from .services.leaving import forget_drafts

    forget_drafts(person=person)


def _next_boundary(now: datetime.datetime) -> datetime.datetime | None:
    """The midnight after the next day on which an answer is due: from then on the page says that it is late."""
    from .selectors import public_questions

    today = timezone.localdate(now)
    waiting = public_questions().filter(answer_published_at__isnull=True, due_on__gte=today)
    due = waiting.order_by("due_on").values_list("due_on", flat=True).first()
    if due is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(due + datetime.timedelta(days=1), datetime.time()))


def _addresses() -> list[SitemapEntry]:
    from django.conf import settings

    from .selectors import public_questions

    newest = public_questions().values_list("published_at", flat=True).first()
    return [SitemapEntry(f"/{settings.LANGUAGE_CODE}/ask-the-partnership/", newest)] if newest else []
