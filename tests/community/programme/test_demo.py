"""The demonstration's programme: there once, believable, and nothing outside demo mode."""

import pytest
from django.db.models import Count
from django.utils import timezone

from community.demo.loading import load_demo_settings
from community.models import EvidenceCheck
from community.outreach.selectors.attendance import came_lately
from community.programme.demo.loading import load_demo_programme
from community.programme.models import Booking, Course, CourseDate
from community.programme.selectors.public import Wish, whats_on
from community.programme.selectors.reach import figures
from community.programme.services.evaluation import results_of
from community.quality.services.standard import load_all
from foundation.mail.models import OutgoingMessage

pytestmark = pytest.mark.django_db


def test_it_is_believable_and_loads_once(settings):
    settings.DEMO_MODE = True
    load_all(False)
    load_demo_settings()
    OutgoingMessage.objects.all().delete()
    assert load_demo_programme() == Course.objects.count() > 10
    people, dates = Booking.objects.count(), CourseDate.objects.count()
    assert load_demo_programme() == 0
    assert (Booking.objects.count(), CourseDate.objects.count()) == (people, dates)
    assert not OutgoingMessage.objects.exists()

    on = whats_on(Wish())
    assert on.found > 12
    forums = CourseDate.objects.filter(course__kind="forum", state="held").order_by("starts_at")
    attended = Booking.objects.filter(state="attended")
    each = attended.filter(date__in=forums).values("date").order_by()
    people = each.annotate(people=Count("pk"), places=Count("setting", distinct=True))
    assert (29, 17) in people.values_list("people", "places")
    came = came_lately(timezone.localdate())
    assert len(came.met) >= 17
    seen = EvidenceCheck.objects.filter(item__code="B3", note__startswith="Leading on", withdrawn_on__isnull=True)
    assert seen.exists()
    assert results_of(Course.objects.get(slug="safeguarding-basics"), "now").people == 14
    assert came.items["B5"]
    first, last = (timezone.localdate(date.starts_at) for date in (forums.first(), forums.last()))
    year = figures(since=first.replace(year=first.year - 2), until=last)
    assert year.people["forum"] > 100
    assert year.held["forum"] == 5
    until_then = attended.filter(setting__isnull=False, date__starts_at__date__lte=last)
    assert year.settings == until_then.values("setting").distinct().count()
    assert all(row.name.split()[-1] in {"Sample", "Specimen", "Placeholder", "Example", "Template", "Mockup", "Pattern",
               "Outline", "Sketch", "Draft"} for row in Booking.objects.all())  # fmt: skip


def test_a_real_register_gets_no_invention(settings):
    settings.DEMO_MODE = False
    assert load_demo_programme() == 0
    assert not Course.objects.exists()
