"""Bringing in past attendance from a CSV or XLSX file: first a dry run, then for real.

Every row becomes somebody who came; nobody is written to. Dates may stand as Excel keeps them.
"""

import re
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime, time, timedelta
from typing import Any

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.audit import services as audit

from ..moderation.duplicates import folded
from ..register.models import Setting
from ..tables import CellError, Rows, passes, read_table, starts_a_formula
from .enums import BookingState, DateState, Kind, Mode, Via
from .errors import ProgrammeError
from .forms.public import one_line
from .models import Booking, Course, CourseDate
from .models.bookings import key_of_email, new_certificate_code
from .services.bookings import _free_code
from .services.counting import count_attendance

COLUMNS = ("course", "date", "name", "email", "organisation", "setting", "lead")
_EXCEL_DAY_0 = Day(1899, 12, 30)
_YES = {"yes", "y", "true", "1", "x"}
_HOUR = time(10)


@dataclass
class Row:
    """One attendance, understood."""

    course: str
    day: Day
    name: str
    email: str
    organisation: str
    setting: Setting | None
    is_lead: bool


@dataclass
class ImportRun:
    """What an import would do, or did."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    already_known: list[tuple[int, str]] = field(default_factory=list)
    unknown_settings: list[tuple[int, str]] = field(default_factory=list)
    new_courses: list[str] = field(default_factory=list)
    made: int = 0


def read_day(text: str) -> Day | None:
    """A day as people and spreadsheets write it: 2024-03-05, 5/3/2024, 5 March 2024, or Excel's own number."""
    text = text.strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _EXCEL_DAY_0 + timedelta(days=int(float(text)))
    text = text.removesuffix(" 00:00:00").split("T")[0]
    for pattern in (
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%d/%m/%y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%d %B %Y",
        "%d %b %Y",
        "%Y-%m-%d %H:%M:%S",
    ):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def read_attendance(*, name: str, content: bytes) -> Rows:
    """The rows of a file.

    Raises:
        RegistryError: it cannot be read, or has no column "name".
    """
    return read_table(name=name, content=content, columns=COLUMNS)


def check_rows(rows: Rows) -> ImportRun:
    """A dry run: what would be made, what is wrong where, who is known already. Writes nothing."""
    run = ImportRun()
    settings = {folded(each.name): each for each in Setting.objects.only("name", "state").order_by("-created_at")}
    courses = {folded(title): title for title in Course.objects.values_list("title", flat=True)}
    seen = _known_keys()
    for number, values in rows:
        row, errors = _check_row(number, values, settings, run)
        if row is None:
            run.errors.extend(errors)
            continue
        title = folded(row.course)
        if title not in courses:
            courses[title] = row.course
            run.new_courses.append(row.course)
        row.course = courses[title]
        key = _key(row.course, row.day, row.name, row.email)
        by_name = _key(row.course, row.day, row.name, "")
        if key in seen or (not row.email and by_name in seen):
            run.already_known.append((number, row.name))
            continue
        seen |= {key, by_name}
        run.rows.append(row)
    return run


def _known_keys() -> set[tuple[str, Day, str]]:
    keys: set[tuple[str, Day, str]] = set()
    came = Booking.objects.filter(state=BookingState.ATTENDED, forgotten_at__isnull=True)
    for title, starts_at, name, email in came.values_list("date__course__title", "date__starts_at", "name", "email"):
        day = timezone.localdate(starts_at)
        keys |= {_key(title, day, name, email), _key(title, day, name, "")}
    return keys


def _key(title: str, day: Day, name: str, email: str) -> tuple[str, Day, str]:
    return folded(title), day, key_of_email(email) or folded(name)


def _check_row(
    number: int, values: dict[str, str], settings: dict[str, Setting], run: ImportRun
) -> tuple[Row | None, list[CellError]]:
    errors: list[CellError] = []
    for column, text in values.items():
        if starts_a_formula(text):
            errors.append(CellError(number, column, _("This looks like a formula. Type it as plain text.")))
    for column, most in (("course", 120), ("name", 100), ("organisation", 120)):
        if column != "organisation" and not values.get(column):
            errors.append(CellError(number, column, _("This cell is empty.")))
        elif len(values.get(column, "")) > most:
            errors.append(CellError(number, column, _("At most %(most)d characters.") % {"most": most}))
    day = read_day(values.get("date", ""))
    if day is None:
        errors.append(CellError(number, "date", _("Type the day like 5 March 2024 or 05/03/2024.")))
    elif day > timezone.localdate():
        errors.append(CellError(number, "date", _("This day has not come yet.")))
    email = values.get("email", "")
    if email and not passes(validate_email, email):
        errors.append(CellError(number, "email", _("Enter an e-mail address, like name@example.org.")))
    if errors or day is None:
        return None, errors
    name_of_setting = values.get("setting", "")
    setting = settings.get(folded(name_of_setting)) if name_of_setting else None
    if name_of_setting and setting is None:
        run.unknown_settings.append((number, name_of_setting))
    organisation = values.get("organisation", "") or ("" if setting else name_of_setting)
    return Row(
        one_line(values["course"]), day, one_line(values["name"]), email, one_line(organisation)[:120], setting,
        values.get("lead", "").casefold() in _YES,
    ), []  # fmt: skip


@transaction.atomic
def import_attendance(*, rows: Rows, by: Any) -> ImportRun:
    """Write down everybody of a file, or nobody. What it counts towards is counted, as far as it has not run out.

    Raises:
        ProgrammeError: a row has an error; run the dry run to see where.
    """
    run = check_rows(rows)
    if run.errors:
        raise ProgrammeError(_("Nothing was imported: mend the errors first."))
    dates: dict[tuple[str, Day], CourseDate] = {}
    for row in run.rows:
        date = dates.get((row.course, row.day)) or _date_of(row)
        dates[row.course, row.day] = date
        booking = Booking(
            date=date, name=row.name, email=row.email, organisation=row.organisation, setting=row.setting,
            is_lead=row.is_lead and row.setting is not None, state=BookingState.ATTENDED, via=Via.IMPORTED,
            code=_free_code(date), booked_by=by, confirmed_at=date.starts_at, thanked_at=timezone.now(),
            certificate_code=new_certificate_code() if date.course.gives_certificate else None,
        )  # fmt: skip
        booking.save()
        count_attendance(booking=booking, by=by)
        run.made += 1
    for date in dates.values():
        came = date.bookings.count()
        if date.capacity < came:
            CourseDate.objects.filter(pk=date.pk).update(capacity=came)
    audit.record(action="programme.import_attendance", actor=by, facts={"made": run.made, "dates": len(dates)})
    return run


def _date_of(row: Row) -> CourseDate:
    """The date of a row: one that is known for that day, else a new one that is over."""
    course = Course.objects.filter(title=row.course).first() or Course.objects.create(
        title=row.course, slug=_free_slug(row.course), kind=Kind.TRAINING, summary=row.course, is_offered=False
    )
    start = timezone.make_aware(datetime.combine(row.day, _HOUR))
    midnight = start.replace(hour=0)
    same_day = course.dates.filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    found = same_day.filter(state=DateState.HELD).first()
    return found or CourseDate.objects.create(
        course=course, starts_at=start, ends_at=start + timedelta(hours=2), mode=Mode.PLACE, state=DateState.HELD,
        capacity=1, finished_at=timezone.now(),
    )  # fmt: skip


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70] or "course"
    taken = set(Course.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
