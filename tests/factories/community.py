"""Settings and what hangs on them, with plainly invented names."""

from datetime import time

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from community.models import Activity, Membership, Postcode, SafeguardingContact, Session, Setting, Venue


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda number: f"person{number}@example.org")


class PostcodeFactory(DjangoModelFactory):
    class Meta:
        model = Postcode
        django_get_or_create = ("code",)

    code = "NW5 1AA"
    outward = factory.LazyAttribute(lambda row: row.code.split()[0])
    easting = 529_011
    northing = 185_022
    latitude = 51.55
    longitude = -0.14
    in_area = True


class SettingFactory(DjangoModelFactory):
    class Meta:
        model = Setting
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Invented Club {number}")
    slug = factory.Sequence(lambda number: f"invented-club-{number}")
    types = ["sport"]
    summary = "Games after school."
    legal_form = "association"
    languages = ["en"]
    public_email = "hello@example.org"

    class Params:
        complete = factory.Trait(
            activity=factory.RelatedFactory("tests.factories.community.SessionFactory", "activity__setting"),
            contact=factory.RelatedFactory("tests.factories.community.SafeguardingContactFactory", "setting"),
        )


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    setting = factory.SubFactory(SettingFactory)
    kind = "public"
    name = "Invented Hall"
    address_lines = "1 Invented Road"
    postcode = "NW5 1AA"
    easting = 529_011
    northing = 185_022


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    setting = factory.SubFactory(SettingFactory)
    name = "Football"
    age_min = 8
    age_max = 12
    cost_type = "free"


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    activity = factory.SubFactory(ActivityFactory)
    venue = factory.SubFactory(VenueFactory, setting=factory.SelfAttribute("..activity.setting"))
    weekday = 2
    starts = time(16, 0)
    ends = time(17, 30)


class SafeguardingContactFactory(DjangoModelFactory):
    class Meta:
        model = SafeguardingContact

    setting = factory.SubFactory(SettingFactory)
    role = "dsl"
    name = "Canary Contact-Name"
    phone = "020 0000 0000"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    setting = factory.SubFactory(SettingFactory)
    user = factory.SubFactory(PersonFactory)
