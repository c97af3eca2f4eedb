"""Rows for `benchmarks.outreach`: settings that came more or less far, and who came to what, put down in bulk."""

import random
from datetime import timedelta
from typing import Any

ITEMS = ("A5", "B1", "B3", "B4", "B9", "B11", "C3")
STATES = ("known", "known", "draft", "submitted", "listed", "listed", "listed", "lapsed", "hidden", "archived")
TYPES: tuple[list[str], ...] = (["sport"], ["tuition", "language"], ["faith"], ["arts", "music"], ["youth-club"], [])
LANGUAGES: tuple[list[str], ...] = ([], ["bn"], ["so", "ar"], ["so"], ["bn", "so", "ar"])
YEARS = 4
DATES = 400


def fill(settings: int, came: int) -> None:
    """So many settings in every state, with owners, self-assessments, awards and notes; so many people of theirs who came
    to forums, courses and briefings of four years, every other one counted towards an item of the standard."""
    lot = random.Random(3)
    keys = _settings(lot, settings)
    _lives(lot, keys)
    _attendances(lot, keys, came)


def _settings(lot: random.Random, number: int) -> list[Any]:
    from django.db.models import OuterRef
    from django.utils import timezone

    from community.models import ListEntry, Setting
    from community.register.models import Snapshot
    from foundation.partnership.models import Ward

    wards = Ward.objects.bulk_create(Ward(name=f"Invented ward {number}") for number in range(20))
    known = set(ListEntry.objects.filter(kind="language").values_list("code", flat=True))
    ListEntry.objects.bulk_create(
        ListEntry(kind="language", code=code, label=code) for code in ("bn", "so", "ar") if code not in known
    )
    today = timezone.localdate()
    rows = Setting.objects.bulk_create(
        (
            Setting(
                name=f"Invented Club {each}", slug=f"invented-{each}", state="known", description="We meet after school. " * 30,
                types=lot.choice(TYPES), languages=lot.choice(LANGUAGES), staff_paid=lot.choice([None, 1, 3, 9]),
                ward=lot.choice([None, *wards]), confirm_due=today + timedelta(days=lot.randint(-90, 365)),
            )
            for each in range(number)
        ),
        batch_size=1_000,
    )  # fmt: skip
    Snapshot.objects.bulk_create((Snapshot(setting=row, document={}) for row in rows), batch_size=1_000)
    Setting.objects.update(published=Snapshot.objects.filter(setting=OuterRef("pk")).values("pk")[:1])
    keys = [row.pk for row in rows]
    for start in range(0, number, 50):
        Setting.objects.filter(pk__in=keys[start : start + 50]).update(state=lot.choice(STATES))
    return keys


def _lives(lot: random.Random, keys: list[Any]) -> None:
    from django.utils import timezone

    from community.models import Award, AwardScheme, SelfAssessment
    from community.outreach.models import Note
    from community.quality.models import StandardVersion
    from community.quality.services.standard import load_standard
    from community.register.models import Membership
    from foundation.accounts.models import User

    now, today = timezone.now(), timezone.localdate()
    people = User.objects.bulk_create(User(email=f"owner{each}@example.org") for each in range(200))
    Membership.objects.bulk_create(
        (Membership(setting_id=key, user=lot.choice(people)) for key in keys if lot.random() < 0.6), batch_size=1_000
    )
    load_standard()
    standard = StandardVersion.objects.get(is_current=True)
    SelfAssessment.objects.bulk_create(
        (
            SelfAssessment(
                setting_id=key, standard=standard, submitted_at=now - timedelta(days=back),
                expires_on=today + timedelta(days=365 - back),
            )
            for key in keys if lot.random() < 0.5 for back in (lot.randint(0, 300), lot.randint(400, 900))
        ),
        batch_size=1_000,
    )  # fmt: skip
    scheme = AwardScheme.objects.create(code="bench", name="Invented award", issuer="Nobody")
    Award.objects.bulk_create(
        (
            Award(setting_id=key, scheme=scheme, expires_on=today + timedelta(days=lot.randint(-300, 600)))
            for key in keys if lot.random() < 0.2
        ),
        batch_size=1_000,
    )  # fmt: skip
    Note.objects.bulk_create(
        (
            Note(
                setting_id=key, kind="visit", happened_on=today - timedelta(days=40), text="x", next_step="Call",
                next_on=today + timedelta(days=lot.randint(-20, 90)),
            )
            for key in lot.sample(keys, len(keys) // 10)
        ),
        batch_size=1_000,
    )  # fmt: skip


def _attendances(lot: random.Random, keys: list[Any], came: int) -> None:
    from django.utils import timezone

    from community.programme.models import Booking, Course, CourseDate, Credit

    now, dates = timezone.now(), []
    for number in range(DATES):
        kind = ("training", "forum", "briefing")[number % 3]
        course = Course.objects.create(
            title=f"Course {number}",
            slug=f"course-{number}",
            kind=kind,
            summary="x",
            counts_as_seen=[ITEMS[number % 7]],
        )
        start = now - timedelta(days=lot.randint(1, 365 * YEARS))
        dates.append(
            CourseDate.objects.create(
                course=course, starts_at=start, ends_at=start + timedelta(hours=2), capacity=300, state="held"
            )
        )
    bookings = Booking.objects.bulk_create(
        (
            Booking(
                date=lot.choice(dates), name="Somebody", email=f"somebody{number}@example.org", setting_id=lot.choice(keys),
                state="attended", code=f"c{number:05}"[-6:],
            )
            for number in range(came)
        ),
        batch_size=2_000,
    )  # fmt: skip
    Credit.objects.bulk_create(
        (Credit(booking=one, item_code=one.date.course.counts_as_seen[0]) for one in bookings[::2]), batch_size=2_000
    )
