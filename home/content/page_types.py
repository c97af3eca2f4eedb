"""The types of pages in content files, and the keys that only some of them have."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from foundation.registries.demo import working_day
from home import models
from home.models import Audience, BasePage, Topic

from .reading import PageFile
from .richtext import to_rich_text

MODELS: dict[str, type[BasePage]] = {
    "home": models.HomePage,
    "worried": models.WorriedPage,
    "worried_route": models.WorriedRoutePage,
    "helplines": models.HelplinesPage,
    "audience": models.AudiencePage,
    "topic_index": models.TopicIndexPage,
    "topic": models.TopicPage,
    "resource": models.ResourcePage,
    "document_index": models.DocumentIndexPage,
    "document": models.DocumentPage,
    "news_index": models.NewsIndexPage,
    "news": models.NewsPage,
    "event_index": models.EventIndexPage,
    "event": models.EventPage,
    "information": models.InformationPage,
    "partnership": models.PartnershipPage,
    "subgroup": models.SubgroupPage,
    "glossary": models.GlossaryPage,
    "contact": models.ContactPage,
    "form": models.FormPage,
}

COMMON = {
    "type", "title", "order", "in_menu", "summary", "audiences", "topics", "sensitive", "owner_role", "reviewed_on",
    "review_due", "sources", "body", "translations", "slug", "seo_title",
}  # fmt: skip
EXTRA: dict[str, set[str]] = {
    "home": {"hero"},
    "audience": {"hero"},
    "resource": {"kind", "young_advisors", "file"},
    "document": {"kind", "version", "published_on", "superseded_by", "file"},
    "news": {"date"},
    "event": {"starts_at", "ends_at", "place", "online"},
    "subgroup": {"subgroup"},
    "worried_route": {"reader"},
    "contact": {"subjects", "thanks_title", "thanks_text"},
    "form": {"why_we_ask", "notify_email", "keep_days", "thanks_title", "thanks_text", "questions"},
}


def extra_fields(page: PageFile) -> dict[str, Any]:
    """The fields of a page's own type. Raises KeyError, ValueError or a DoesNotExist for what cannot be read."""
    maker = _MAKERS.get(page.values["type"])
    return maker(page) if maker else {}


def as_date(value: Any) -> date | None:
    """A date of a file: a day, or `{days: -3}` from today."""
    if value in (None, ""):
        return None
    if isinstance(value, dict):
        return timezone.localdate() + timedelta(days=int(value["days"]))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def as_moment(value: Any) -> datetime | None:
    """A moment of a file: "2026-12-01 18:00", or `{days: 21, time: "18:00"}` from today (or the next working day), in the
    site's time zone."""
    if value in (None, ""):
        return None
    if isinstance(value, dict):
        day = working_day(timezone.localdate() + timedelta(days=int(value["days"])))
        moment = datetime.combine(day, time.fromisoformat(str(value.get("time", "09:00"))))
    elif isinstance(value, datetime):
        moment = value
    else:
        moment = datetime.fromisoformat(str(value))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _hero(page: PageFile) -> dict[str, Any]:
    hero = page.values.get("hero") or {}
    return {"hero_heading": hero.get("heading", ""), "hero_lead": hero.get("lead", "")}


def _audience(page: PageFile) -> dict[str, Any]:
    slug = (page.values.get("audiences") or [page.slug])[0]
    return {**_hero(page), "audience": Audience.objects.filter(slug=slug, locale__language_code="en").first()}


def _topic(page: PageFile) -> dict[str, Any]:
    topics = {topic.slug: topic for topic in Topic.objects.filter(locale__language_code="en")}
    first = (page.values.get("topics") or [""])[0]
    return {"topic": topics.get(page.slug) or topics.get(first)}


def _resource(page: PageFile) -> dict[str, Any]:
    young = page.values.get("young_advisors") or {}
    return {
        "kind": page.values.get("kind", "guidance"),
        "young_advisors_credit": young.get("credit", ""),
        "young_advisors_date": as_date(young.get("date")),
    }


def _document(page: PageFile) -> dict[str, Any]:
    return {
        "kind": page.values.get("kind", "policy"),
        "version": str(page.values.get("version", "")),
        "published_on": as_date(page.values.get("published_on")),
    }


def _event(page: PageFile) -> dict[str, Any]:
    starts_value = page.values.get("starts_at")
    starts = as_moment(starts_value)
    ends = as_moment(page.values.get("ends_at"))
    if ends is None and starts is not None and isinstance(starts_value, dict) and starts_value.get("hours"):
        ends = starts + timedelta(hours=float(starts_value["hours"]))
    return {
        "starts_at": starts,
        "ends_at": ends,
        "place": page.values.get("place", ""),
        "online_link": page.values.get("online", ""),
    }


def _subgroup(page: PageFile) -> dict[str, Any]:
    from foundation.partnership.models import Subgroup

    key = page.values.get("subgroup", page.slug)
    found = Subgroup.objects.filter(key=key).first()
    if found is None:
        raise ValueError(f"there is no subgroup “{key}” in subgroups.yaml")
    return {"subgroup": found}


def _contact(page: PageFile) -> dict[str, Any]:
    fields: dict[str, Any] = {"thanks_title": page.values.get("thanks_title", "")}
    fields["thanks_text"] = to_rich_text(page.values.get("thanks_text", ""), lambda _path: None)
    if page.values.get("subjects"):
        fields["subjects"] = "\n".join(page.values["subjects"])
    return fields


def _form(page: PageFile) -> dict[str, Any]:
    return {
        "why_we_ask": page.values["why_we_ask"],
        "notify_email": page.values.get("notify_email", ""),
        "keep_days": int(page.values.get("keep_days", 90)),
        "thanks_title": page.values.get("thanks_title", ""),
        "thanks_text": to_rich_text(page.values.get("thanks_text", ""), lambda _path: None),
    }


_MAKERS: dict[str, Callable[[PageFile], dict[str, Any]]] = {
    "home": _hero,
    "audience": _audience,
    "topic": _topic,
    "resource": _resource,
    "document": _document,
    "news": lambda page: {"date": as_date(page.values.get("date")) or timezone.localdate()},
    "event": _event,
    "subgroup": _subgroup,
    "worried_route": lambda page: {"reader": page.values.get("reader", page.slug)},
    "contact": _contact,
    "form": _form,
}
