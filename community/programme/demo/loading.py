"""Loads the programme of the demonstration: what is coming, what was held, and who came from the demonstration's settings."""

import random
from datetime import date as Day
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings as site
from django.db import transaction
from django.utils import timezone

from foundation.accounts.models import User
from foundation.registries.demo import working_day

from ...register.enums import SettingState
from ...register.models import Setting
from ..enums import BookingState, DateState, Mode, Via
from ..models import Booking, Course, CourseDate, Level, Remark, Round, Tally
from ..models.bookings import new_certificate_code, new_code
from ..services.counting import count_attendance
from ..services.evaluation import QUESTIONS, invite

FILE = Path(__file__).with_name("programme.yaml")
Entry = dict[str, Any]
_NOT_THERE = {SettingState.REMOVED, SettingState.DECLINED, SettingState.OUT_OF_SCOPE, SettingState.ARCHIVED}


def load_demo_programme(refresh: bool = False) -> int:
    """Add what is missing; how many courses were made. Nothing outside demo mode. No mail is sent."""
    if not site.DEMO_MODE:
        return 0
    words: Entry = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    there = set(Course.objects.values_list("slug", flat=True))
    missing = [entry for entry in words["courses"] if entry["slug"] not in there]
    if not missing:
        return 0
    with transaction.atomic():
        maker = _Maker(words)
        for entry in missing:
            maker.make(entry)
    return len(missing)


class _Maker:
    """Draws people by lot, the same ones each time."""

    def __init__(self, words: Entry) -> None:
        self.words = words
        self.lot = random.Random(7)  # noqa: S311 - nothing here is a secret
        self.today: Day = timezone.localdate()
        self.levels = {
            row["code"]: Level.objects.get_or_create(code=row["code"], defaults=row)[0] for row in words["levels"]
        }
        self.officer = User.objects.filter(email="outreach-officer@example.org").first()
        self.settings = list(Setting.objects.exclude(state__in=_NOT_THERE).order_by("created_at", "name")[:40])
        self.number = 0

    def make(self, entry: Entry) -> None:
        """A course with its dates and people."""
        months = entry.get("certificate")
        course = Course.objects.create(
            slug=entry["slug"], title=entry["title"], kind=entry["kind"], summary=entry["summary"],
            description=entry.get("description", ""), audiences=entry["audiences"],
            level=self.levels.get(entry.get("level", "")), gives_certificate=bool(months), certificate_months=months,
            counts_as_seen=entry.get("seen", []), counts_as_help=entry.get("help", []),
            only_leads_count=entry.get("leads_only", False), cost=entry.get("cost"),
            cost_note=entry.get("cost_note", ""),
        )  # fmt: skip
        for row in entry["dates"]:
            self._make_date(course, row)

    def _make_date(self, course: Course, row: Entry) -> None:
        hour = float(row["hour"])
        day = working_day(self.today + timedelta(days=row["when"]))
        starts_at = timezone.make_aware(datetime.combine(day, time(int(hour), int(hour % 1 * 60))))
        came = row.get("came")
        mode = row.get("mode", Mode.PLACE)
        place = self.words["places"].get(row.get("at", ""), {})
        date = CourseDate.objects.create(
            course=course, starts_at=starts_at, ends_at=starts_at + timedelta(hours=row["hours"]), mode=mode,
            venue=place.get("venue", ""), address=place.get("address", ""), access=place.get("access", ""),
            near=place.get("near", ""), address_is_private=bool(place.get("near")),
            online_link="https://meet.example.org/demonstration" if mode != Mode.PLACE else "",
            capacity=row.get("places", max(came[0] if came else 0, 20)), note=row.get("note", ""),
            led_by=row.get("led_by", ""), finished_at=starts_at + timedelta(hours=3) if came else None,
            state=DateState.HELD if came else row.get("state", DateState.OPEN),
        )  # fmt: skip
        if came:
            self._people(date, came[0], came[1], BookingState.ATTENDED)
            self._people(date, 2, 0, BookingState.ABSENT)
        self._people(date, row.get("booked", 0), min(row.get("booked", 0), 9), BookingState.BOOKED)
        self._people(date, row.get("waiting", 0), 0, BookingState.WAITING)
        if "rated" in row:
            self._rate(course, row["rated"])
        if came:
            invite(course=course, stage="now", people=came[0])

    def _people(self, date: CourseDate, people: int, places: int, state: str) -> None:
        """People with plainly invented names; the first ones from so many settings, then round again."""
        chosen, came = self._from(places), state == BookingState.ATTENDED
        for number in range(people):
            setting = chosen[number % len(chosen)] if chosen and (number < len(chosen) or came) else None
            booking = self._person(date, setting, state)
            booking.is_lead = setting is not None and number < len(chosen)
            booking.save()
            if came and setting is not None:
                count_attendance(booking=booking, by=self.officer)

    def _from(self, places: int) -> list[Setting]:
        """So many settings; the first of the demonstration are there each time, for their owner to look at."""
        if not places:
            return []
        some = self.settings[4:]
        return [*self.settings[:3], *self.lot.sample(some, min(max(places - 3, 0), len(some)))][:places]

    def _person(self, date: CourseDate, setting: Setting | None, state: str) -> Booking:
        self.number += 1
        name = f"{self.lot.choice(self.words['first'])} {self.lot.choice(self.words['last'])}"
        came = state == BookingState.ATTENDED
        past = date.ends_at < timezone.now()
        booked = min(date.starts_at, timezone.now()) - timedelta(days=self.lot.randint(3, 12))
        return Booking(
            date=date, name=name, email=f"guest-{self.number}@example.org", setting=setting, state=state,
            organisation="" if setting else self.lot.choice(["Invented School", "Invented Health Team", "Invented Youth Project"]),
            via=Via.OWNER if setting else Via.PUBLIC, code=new_code(), created_at=booked, confirmed_at=booked,
            thanked_at=date.ends_at if came else None, asked_later_at=date.ends_at if came else None,
            reminded_week=booked if past else None, reminded_day=booked if past else None,
            certificate_code=new_certificate_code() if came and date.course.gives_certificate else None,
        )  # fmt: skip

    def _rate(self, course: Course, people: int) -> None:
        """What they thought, as it would have been counted."""
        row, _made = Round.objects.get_or_create(course=course, stage="now")
        if row.shown:
            return
        row.shown = people
        row.save(update_fields=["shown"])
        for question in QUESTIONS["now"]:
            left = people
            for value, _words in question.answers[:2]:
                number = left if value == question.answers[1][0] else round(people * 0.7)
                Tally.objects.create(round=row, question=question.key, answer=value, shown=number)
                left -= number
        Remark.objects.bulk_create(Remark(round=row, text=text, is_shown=True) for text in self.words["remarks"])
