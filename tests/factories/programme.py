"""Courses, dates and people for tests."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from community.programme.models import Booking, Course, CourseDate, Level


class LevelFactory(DjangoModelFactory):
    class Meta:
        model = Level
        django_get_or_create = ("code",)

    code = "level-3"
    name = "Level 3"
    explanation = "For leads."
    order = 3


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    title = factory.Sequence(lambda number: f"Invented course {number}")
    slug = factory.Sequence(lambda number: f"invented-course-{number}")
    kind = "training"
    summary = "What to do when you are worried."
    description = "You practise.\n\n- listening\n- writing it down"
    audiences = ["settings", "professionals"]


class DateFactory(DjangoModelFactory):
    class Meta:
        model = CourseDate

    course = factory.SubFactory(CourseFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=20))
    ends_at = factory.LazyAttribute(lambda date: date.starts_at + timedelta(hours=2))
    venue = "Invented Hall"
    address = "1 Invented Road\nNW5 1AA"
    capacity = 3
    state = "open"


class BookingFactory(DjangoModelFactory):
    class Meta:
        model = Booking

    date = factory.SubFactory(DateFactory)
    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"guest{number}@example.org")
    state = "booked"
    confirmed_at = factory.LazyFunction(timezone.now)
