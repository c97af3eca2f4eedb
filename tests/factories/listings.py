"""Settings on the register, straight from a working record: published, listed, in the index."""

from datetime import time
from typing import Any

from django.utils import timezone

from community.directory.indexing import index_setting
from community.models import Setting, Snapshot
from community.moderation.services.publishing import publish
from community.register.document import build_document
from community.register.enums import SettingState

from .community import (
    ActivityFactory,
    MembershipFactory,
    SafeguardingContactFactory,
    SessionFactory,
    SettingFactory,
    VenueFactory,
)

POINTS = {
    "NW5 1AA": (529_011, 185_022),
    "NW1 1AA": (529_500, 183_500),
    "WC1H 9JE": (530_135, 182_795),
}


def make_listing(
    *,
    name: str = "Invented Club",
    postcode: str = "NW5 1AA",
    kind: str = "public",
    statements: dict[str, Any] | None = None,
    awards: list[dict[str, Any]] | None = None,
    activity: dict[str, Any] | None = None,
    session: dict[str, Any] | None = None,
    venue: dict[str, Any] | None = None,
    document: dict[str, Any] | None = None,
    **fields: Any,
) -> Setting:
    """A listed setting with one activity, one venue and one session on Wednesdays from 4pm to half past five."""
    easting, northing = POINTS[postcode]
    setting = SettingFactory(name=name, slug=fields.pop("slug", None) or name.lower().replace(" ", "-"), **fields)
    place = VenueFactory(
        setting=setting, kind=kind, postcode=postcode, easting=easting, northing=northing, **(venue or {})
    )
    what = ActivityFactory(setting=setting, **(activity or {}))
    when = {"weekday": 2, "starts": time(16, 0), "ends": time(17, 30), **(session or {})}
    SessionFactory(activity=what, venue=place, **when)
    return publish_as(setting, statements=statements, awards=awards, extra=document)


def publish_as(
    setting: Setting,
    *,
    statements: dict[str, Any] | None = None,
    awards: list[dict[str, Any]] | None = None,
    extra: dict[str, Any] | None = None,
) -> Setting:
    """Publish what the record says, list it, and draw it into the index."""
    whole = {
        **build_document(setting),
        "statements": statements or {},
        "awards": awards or [],
        "confirmed_on": timezone.localdate().isoformat(),
        **(extra or {}),
    }
    setting.published = Snapshot.objects.create(setting=setting, document=whole)
    setting.state = SettingState.LISTED
    setting.save()
    index_setting(setting_id=setting.pk)
    return setting


def put_on_register(setting: Setting) -> Setting:
    """Publish the record itself, as two officers would have left it."""
    publish(setting=setting, document=build_document(setting), by=None)
    setting.state = SettingState.LISTED
    setting.save()
    return setting


def setting_of(owner: Any) -> Setting:
    """A record with every section filled in, looked after by `owner`. It is a draft."""
    setting = SettingFactory(name="Invented Chess Club")
    MembershipFactory(setting=setting, user=owner)
    SessionFactory(activity__setting=setting)
    SafeguardingContactFactory(setting=setting)
    return setting


def stated(text: str = "A written policy", level: str = "told", **dates: Any) -> dict[str, Any]:
    """A statement as a document holds it."""
    return {"text": text, "level": level, "checked_on": "2026-09-01", "expires_on": None, **dates}
