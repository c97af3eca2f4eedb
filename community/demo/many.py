"""Thousands of listed settings in bulk, for benchmarks: rows and snapshots without their history."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from foundation.partnership.models import Ward

from ..directory.bulk import insert_objects
from ..directory.indexing import rebuild
from ..places.table import ensure_postcodes
from ..register.document import DOCUMENT_VERSION
from ..register.enums import CostType, CostUnit, Mode, SettingState, SettingType, VenueKind
from ..register.models import Activity, ListEntry, Postcode, Session, Setting, Snapshot, Venue
from ..register.models.snapshots import document_hash
from ..register.places import middle_of_district
from .lists import load_lists

_CHUNK = 1_000
_FIRST = (
    "Amber",
    "Brook",
    "Cedar",
    "Dove",
    "Ember",
    "Fern",
    "Gable",
    "Hazel",
    "Iris",
    "Jade",
    "Kestrel",
    "Lark",
    "Moss",
    "Nettle",
)
_SECOND = ("Lane", "Court", "Hill", "Green", "Yard", "Gate", "Wharf", "Row", "Square", "Mews")
_TEXT = (
    "We meet after school and play games before we work. Everybody helps to cook and nobody has to be good at it. "
    "Parents can come and see a session. We have a garden and borrow books from the library next door."
)
_WORDS = _TEXT.split()
_STATEMENTS = (
    ("A1", "Has a health and safety policy"),
    ("B1", "Has a safeguarding policy"),
    ("C1", "The people who need a DBS check have one"),
)


@transaction.atomic
def make_many(*, number: int, seed: int = 1) -> int:
    """So many listed settings over the whole table of postcodes, each with one to three activities and places."""
    ensure_postcodes()
    load_lists()
    maker = _Maker(random.Random(seed), seed)  # noqa: S311 - nothing here is a secret
    for start in range(0, number, _CHUNK):
        maker.make([start + each for each in range(min(_CHUNK, number - start))])
    return rebuild()


class _Maker:
    """Draws settings by lot and writes them chunk by chunk."""

    def __init__(self, lot: random.Random, seed: int) -> None:
        self.lot, self.seed = lot, seed
        self.postcodes = list(Postcode.objects.filter(in_area=True).order_by("code"))
        self.wards = list(Ward.objects.order_by("name"))
        self.middles: dict[str, tuple[int, int] | None] = {}
        self.codes = {
            kind: list(ListEntry.objects.filter(kind=kind).order_by("code").values_list("code", flat=True))
            for kind in ("category", "language", "send", "access")
        }
        self.today = timezone.localdate()

    def make(self, numbers: list[int]) -> None:
        settings, venues, activities, sessions, snapshots = [], [], [], [], []
        for number in numbers:
            setting, places, doings, times = self._draw(number)
            document = self._document(setting, places, doings, times)
            snapshots.append(Snapshot(setting=setting, document=document, sha256=document_hash(document)))
            settings.append(setting)
            venues += places
            activities += doings
            sessions += times
        insert_objects(Setting, settings)
        insert_objects(Venue, venues)
        insert_objects(Activity, activities)
        insert_objects(Session, sessions)
        insert_objects(Snapshot, snapshots)
        newest = Snapshot.objects.filter(setting=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        Setting.objects.filter(pk__in=[each.pk for each in settings]).update(
            published=Subquery(newest), state=SettingState.LISTED
        )

    def _id(self) -> UUID:
        return UUID(int=self.lot.getrandbits(128), version=4)

    def _some(self, kind: str, most: int) -> list[str]:
        return sorted(self.lot.sample(self.codes[kind], self.lot.randint(0, most)))

    def _draw(self, number: int) -> tuple[Setting, list[Venue], list[Activity], list[Session]]:
        lot = self.lot
        name = f"{lot.choice(_FIRST)} {lot.choice(_SECOND)} {lot.choice(['Club', 'School', 'Tuition', 'Sports', 'Arts'])} {number}"
        confirmed = self.today - timedelta(days=lot.randint(0, 200))
        setting = Setting(
            id=self._id(), slug=f"made-{self.seed}-{number}", name=name, summary=" ".join(lot.sample(_WORDS, 12)),
            description=" ".join(lot.choices(_WORDS, k=120)), types=sorted(lot.sample(SettingType.values, lot.randint(1, 2))),
            legal_form="association", languages=sorted({"en", *self._some("language", 3)}), send_tags=self._some("send", 2),
            public_email=f"made-{number}@example.org", confirm_due=confirmed + timedelta(days=182),
            confirmed_at=timezone.make_aware(datetime.combine(confirmed, time(12))),
        )  # fmt: skip
        places = [self._venue(setting) for _each in range(lot.randint(1, 2))]
        doings = [self._activity(setting, name) for _each in range(lot.randint(1, 3))]
        times = [self._session(doing, lot.choice(places)) for doing in doings for _each in range(lot.randint(1, 3))]
        return setting, places, doings, times

    def _venue(self, setting: Setting) -> Venue:
        row = self.lot.choice(self.postcodes)
        kind = self.lot.choices([VenueKind.PUBLIC, VenueKind.SCHOOL, VenueKind.HOME, VenueKind.ONLINE], [6, 2, 2, 1])[0]
        return Venue(
            id=self._id(), setting=setting, kind=kind, name="Invented Hall", address_lines="1 Invented Road\nLondon",
            postcode="" if kind == VenueKind.ONLINE else row.code, easting=row.easting, northing=row.northing,
            ward=self.lot.choice(self.wards) if self.wards else None, access_tags=self._some("access", 2),
        )  # fmt: skip

    def _activity(self, setting: Setting, name: str) -> Activity:
        lot = self.lot
        youngest = lot.randint(3, 14)
        cost = lot.choice(CostType.values)
        return Activity(
            id=self._id(), setting=setting, name=f"{name} session", description=" ".join(lot.choices(_WORDS, k=30)),
            categories=self._some("category", 2), age_min=youngest, age_max=youngest + lot.randint(1, 6),
            who=lot.choice(["all", "all", "all", "girls", "boys"]), season=lot.choice(["term", "holiday", "all-year"]),
            mode=lot.choice(Mode.values), parents_can_stay=lot.choice([True, False, None]), cost_type=cost,
            cost_amount=lot.randint(2, 40) if cost == CostType.PAID else None,
            cost_unit=lot.choice(CostUnit.values) if cost == CostType.PAID else "",
        )  # fmt: skip

    def _session(self, activity: Activity, venue: Venue) -> Session:
        start = self.lot.randint(9, 19)
        return Session(
            id=self._id(), activity=activity, venue=venue, weekday=self.lot.randint(0, 6), starts=time(start),
            ends=time(start + 1, 30), season=activity.season,
        )  # fmt: skip

    def _document(
        self, setting: Setting, places: list[Venue], doings: list[Activity], times: list[Session]
    ) -> dict[str, Any]:
        """As `register.document.build_document` has it, without its queries; a test holds the two together."""
        from ..register import document as public

        return {
            "version": DOCUMENT_VERSION, "id": str(setting.pk), "slug": setting.slug, "name": setting.name,
            "types": setting.types, "summary": setting.summary, "description": setting.description, "established": None,
            "faith_tradition": "", "size": "", "languages": setting.languages,
            "legal": {"form": setting.legal_form, "name": "", "charity_number": "", "company_number": ""},
            "ofsted": {"register": "", "urn": ""}, "send": {"tags": setting.send_tags, "text": ""},
            "contact": {"email": setting.public_email, "phone": "", "website": ""},
            "notice": {"text": "", "temporarily_closed": False, "reopens_on": None}, "roles": [],
            "venues": {str(each.pk): self._public_venue(each) for each in places},
            "activities": {str(each.pk): _plain(public._activity(each)) for each in doings},
            "sessions": {str(each.pk): public._session(each) for each in times},
            "statements": self._statements(), "awards": [],
            "confirmed_on": timezone.localdate(setting.confirmed_at).isoformat() if setting.confirmed_at else None,
        }  # fmt: skip

    def _public_venue(self, venue: Venue) -> dict[str, Any]:
        from ..register import document as public

        if venue.kind != VenueKind.HOME:
            return public._venue(venue)
        if venue.outward not in self.middles:
            self.middles[venue.outward] = middle_of_district(venue.outward)
        easting, northing = self.middles[venue.outward] or (None, None)
        return {
            "kind": venue.kind, "outward": venue.outward, "easting": easting, "northing": northing,
            "access": sorted(venue.access_tags), "ward": "", "name": "", "address": [], "postcode": "",
            "access_text": "", "directions": "",
        }  # fmt: skip

    def _statements(self) -> dict[str, Any]:
        on: date = self.today - timedelta(days=30)
        last = self.today + timedelta(days=self.lot.randint(1, 300))
        return {
            code: [
                {
                    "text": text, "level": self.lot.choice(["told", "seen", "visited"]),
                    "checked_on": on.isoformat(), "expires_on": last.isoformat(),
                }
            ]
            for code, text in _STATEMENTS
        }  # fmt: skip


def _plain(activity: dict[str, Any]) -> dict[str, Any]:
    """A cost drawn as a whole number, as the database would give it back."""
    amount = activity["cost_amount"]
    return {**activity, "cost_amount": f"{amount:.2f}" if isinstance(amount, int) else amount}
