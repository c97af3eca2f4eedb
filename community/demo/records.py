"""A working record from one entry of `settings.yaml`: what its owner would have typed."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from foundation.partnership.models import Ward

from ..register.enums import ContactRole, VenueKind
from ..register.models import Activity, PeopleCheckSummary, Postcode, SafeguardingContact, Session, Setting, Venue
from ..register.services.records import new_slug, start

Entry = dict[str, Any]
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TERMS_VERSION = "demo"


def write_record(entry: Entry, *, number: int, by: Any) -> Setting:
    """The setting with its venue, activity, sessions and contact, as a draft of nobody's yet."""
    setting = start(name=entry["name"], by=by)
    setting.memberships.all().delete()  # joined at the end, so that loading sends nobody any mail
    paid, volunteers = entry.get("staff", [3, number % 5])
    register, urn = entry.get("ofsted", ["none", ""])
    values = {
        "types": entry["types"],
        "summary": entry["text"],
        "description": f"{entry['text']} Come and see us before you decide.",
        "legal_form": entry.get("legal", "association"),
        "ofsted_register": register,
        "ofsted_urn": urn,
        "established": 2000 + number % 25,
        "faith_tradition": entry.get("faith", ""),
        "staff_paid": paid,
        "staff_volunteers": volunteers,
        "languages": entry["languages"],
        "send_tags": entry.get("send", []),
        "public_email": f"hello@{entry['name'].lower().replace(' ', '-')}.example.org",
        "public_phone": f"020 7946 {number + 1:04}",
        "website": f"https://{entry['name'].lower().replace(' ', '-')}.example.org/" if number % 3 else "",
        "notice": entry.get("notice", ""),
        "temporarily_closed": entry.get("shut", False),
        "ward": _ward(entry),
        "terms_version": _TERMS_VERSION,
        "terms_accepted_at": timezone.now(),
        "terms_accepted_by": by,
    }
    for name, value in values.items():
        setattr(setting, name, value)
    setting.save()
    _write_parts(setting, entry, number)
    return setting


def write_known(entry: Entry) -> Setting:
    """A record that the partnership keeps of a setting that has not come yet."""
    return Setting.objects.create(
        name=entry["name"], slug=new_slug(entry["name"]), types=entry["types"], ward=_ward(entry), state="known"
    )


def _write_parts(setting: Setting, entry: Entry, number: int) -> None:
    point = Postcode.objects.filter(code=entry["postcode"]).first()
    is_hall = entry["at"] not in {VenueKind.HOME, VenueKind.ONLINE}
    venue = Venue.objects.create(
        setting=setting,
        kind=entry["at"],
        name=f"{entry['name'].split()[0]} Hall" if is_hall else "",
        address_lines="" if entry["at"] == VenueKind.ONLINE else f"{number + 1} Invented Street\nLondon",
        postcode=entry["postcode"],
        easting=point.easting if point else None,
        northing=point.northing if point else None,
        ward=_ward(entry),
        access_tags=entry.get("access", ["step-free"] if is_hall and number % 3 == 0 else []),
        directions="The door is beside the bakery." if is_hall and number % 4 == 0 else "",
    )
    youngest, oldest = entry["ages"]
    activity = Activity.objects.create(
        setting=setting,
        name=entry["name"],
        description=entry["text"],
        categories=[entry["what"]],
        age_min=youngest,
        age_max=oldest,
        who=entry.get("who", "all"),
        season=entry.get("season", "term"),
        mode=entry.get("mode", "group"),
        parents_can_stay=entry.get("stay"),
        ratio_adults=1,
        ratio_children=8,
        concessions="Half price for brothers and sisters" if number % 5 == 0 else "",
        tax_free_childcare=entry.get("taxfree", False),
        holiday_food_programme=entry.get("haf", False),
        booking_how="Send us an e-mail.",
        places=["yes", "waiting", "ask", "no"][number % 4],
        food=entry.get("food", ""),
        **_cost(entry["cost"]),
    )
    for when in entry["when"].split(","):
        Session.objects.create(activity=activity, venue=venue, season=activity.season, **_when(when.strip()))
    SafeguardingContact.objects.create(
        setting=setting,
        role=ContactRole.LEAD,
        name=f"Demo Contact {number + 1}",
        work_email=f"safeguarding-{number + 1}@example.org",
        phone=f"020 7946 {500 + number:04}",
        trained_level="Level 3",
        trained_on=timezone.localdate() - timedelta(days=200),
        expires_on=timezone.localdate() + timedelta(days=530),
        show_role_publicly=number % 2 == 0,
    )
    people = (setting.staff_paid or 0) + (setting.staff_volunteers or 0)
    PeopleCheckSummary.objects.create(
        setting=setting, people=people, in_regulated_activity=people, checked_at_right_level=people,
        oldest_check_on=timezone.localdate() - timedelta(days=700), as_of=timezone.localdate(),
    )  # fmt: skip


def _ward(entry: Entry) -> Ward | None:
    return Ward.objects.get_or_create(name=entry["ward"])[0] if entry.get("ward") else None


def _cost(text: Any) -> dict[str, Any]:
    """ "8 session", "free" or "donation"."""
    words = str(text).split()
    if len(words) == 1:
        return {"cost_type": words[0]}
    return {"cost_type": "paid", "cost_amount": Decimal(words[0]), "cost_unit": words[1]}


def _when(text: str) -> dict[str, Any]:
    """ "WE 16:00-17:30", or "+85 10:00-15:00" for a single date so many days from today."""
    match = re.fullmatch(r"(\S+) (\d\d:\d\d)-(\d\d:\d\d)", text)
    if match is None:
        raise ValueError(text)
    times = {"starts": time.fromisoformat(match[2]), "ends": time.fromisoformat(match[3])}
    if match[1].startswith("+"):
        return {**times, "dates": [day_from_today(int(match[1])).isoformat()]}
    return {**times, "weekday": _DAYS.index(match[1])}


def day_from_today(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
