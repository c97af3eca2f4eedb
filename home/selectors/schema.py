"""What a page says of itself to machines, in the words of schema.org."""

from typing import Any

from foundation.partnership.models import PartnershipSettings

_TYPES = {
    "HomePage": "WebSite",
    "NewsPage": "NewsArticle",
    "EventPage": "Event",
    "ResourcePage": "Article",
    "DocumentPage": "DigitalDocument",
    "ContactPage": "ContactPage",
    "InformationPage": "WebPage",
}


def structured_data(
    page: Any, *, partnership: PartnershipSettings | None, url: str, breadcrumbs: list[dict[str, str]], root_url: str
) -> dict[str, Any]:
    """The JSON-LD of a page. No query: everything comes from the page and its frame."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(type(page).__name__, "WebPage"),
        "name": page.title,
        "description": page.search_description or page.summary,
        "url": url,
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    if partnership and partnership.name:
        data["publisher"] = {"@type": "GovernmentOrganization", "name": partnership.name}
    _add_dates(data, page)
    if breadcrumbs:
        data["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": crumb["title"], "item": root_url + crumb["url"]}
                for place, crumb in enumerate(breadcrumbs, start=1)
            ],
        }
    return {key: value for key, value in data.items() if value not in ("", None)}


def _add_dates(data: dict[str, Any], page: Any) -> None:
    kind = data["@type"]
    if kind == "NewsArticle":
        data["headline"] = page.title
        data["datePublished"] = page.date.isoformat()
    elif kind == "Event" and page.starts_at:
        data["startDate"] = page.starts_at.isoformat()
        if page.ends_at:
            data["endDate"] = page.ends_at.isoformat()
        places: list[dict[str, str]] = []
        if page.place:
            places.append({"@type": "Place", "name": page.place, "address": page.place})
        if page.online_link:
            places.append({"@type": "VirtualLocation", "url": page.online_link})
        data["location"] = places
        data["eventAttendanceMode"] = "https://schema.org/" + (
            "MixedEventAttendanceMode"
            if len(places) > 1
            else "OnlineEventAttendanceMode"
            if page.online_link
            else "OfflineEventAttendanceMode"
        )
    elif kind == "DigitalDocument" and page.published_on:
        data["datePublished"] = page.published_on.isoformat()
