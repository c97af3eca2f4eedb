"""The demonstration's programme: there once, believable, and nothing outside demo mode."""

import pytest

from community.demo.loading import load_demo_settings
from community.models import EvidenceCheck
from community.programme.demo.loading import load_demo_programme
from community.programme.models import Booking, Course, CourseDate
from community.programme.selectors.public import Wish, whats_on
from community.programme.selectors.reach import figures, last_came, last_forums, settings_credited, settings_that_came
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
    forums = last_forums()
    assert [(forum.people, forum.settings) for forum in forums if forum.people == 29] == [(29, 17)]
    assert len(settings_that_came(kind="forum")) >= 17
    seen = EvidenceCheck.objects.filter(item__code="B3", note__startswith="Leading on", withdrawn_on__isnull=True)
    assert seen.exists()
    assert results_of(Course.objects.get(slug="safeguarding-basics"), "now").people == 14
    first_forum = min(forum.day for forum in forums)
    assert settings_credited(item_code="B5", since=first_forum)
    year = figures(since=first_forum.replace(year=first_forum.year - 2), until=forums[0].day)
    assert year.people["forum"] > 100
    assert year.held["forum"] == 5
    assert year.settings == len(last_came())
    assert all(row.name.split()[-1] in {"Sample", "Specimen", "Placeholder", "Example", "Template", "Mockup", "Pattern",
               "Outline", "Sketch", "Draft"} for row in Booking.objects.all())  # fmt: skip


def test_a_real_register_gets_no_invention(settings):
    settings.DEMO_MODE = False
    assert load_demo_programme() == 0
    assert not Course.objects.exists()
