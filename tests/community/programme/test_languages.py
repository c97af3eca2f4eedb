"""Pages of the programme in Bengali and Arabic hold no English of ours but what is marked as English."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.programme import links
from tests.factories.programme import BookingFactory, DateFactory, LevelFactory
from tests.home.test_translated_pages import ENGLISH, Reader

pytestmark = pytest.mark.django_db
OURS = {"Safeguarding children partnership", "Safeguarding children"}
"""The partnership's own name, which stays as it is."""


@pytest.mark.parametrize("code", ["bn", "ar"])
def test_no_english_is_left_over(course, code):
    course.level = LevelFactory()
    course.cost = 12
    course.save()
    date = DateFactory(course=course, note="Bring a pen.", access="A lift.", led_by="", mode="both")
    DateFactory(course=course, state="planned")
    over = DateFactory(course=course, starts_at=timezone.now() - timedelta(days=3), state="held")
    root = f"/{code}/whats-on/"
    booked = links.booking_token(BookingFactory(date=date, name="আ"))
    waits = links.booking_token(BookingFactory(date=date, name="আ", state="waiting"))
    came = links.booking_token(BookingFactory(date=over, name="আ", state="attended", certificate_code="ABCDEFGHJK"))
    evaluation = links.evaluation_token(course, "now")
    paths = [
        "", "?kind=campaign", f"{course.slug}/", f"{course.slug}/{date.pk}/book/", f"{course.slug}/{date.pk}/book/sent/",
        f"{course.slug}/{over.pk}/book/", f"booking/{booked}/", f"booking/{booked}/?said=again", f"booking/{waits}/",
        f"booking/{came}/", "booking/x/", f"evaluate/{evaluation}/", "evaluate/thanks/", "here/thanks/",
        f"booking/{came}/certificate/", "certificate/?number=ABCDEFGHJK",
    ]  # fmt: skip
    for path in paths:
        reader = Reader(code)
        # A title can hold no mark of its language.
        reader.feed(re.sub("<title>.*?</title>", "", Client().get(root + path).content.decode(), flags=re.DOTALL))
        left = [said for said in reader.said if ENGLISH.search(said) and said not in OURS]
        assert left == [], path
