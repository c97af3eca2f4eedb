"""Officers, and settings that came more or less far."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Award, AwardScheme
from community.quality.services.standard import load_standard
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.community import MembershipFactory, PersonFactory, SettingFactory
from tests.factories.programme import BookingFactory, CourseFactory, DateFactory


@pytest.fixture
def officer(db):
    person = holder_of("Outreach officer", email="outreach@example.org")
    give_authenticator(person)
    return person


@pytest.fixture
def desk(client, officer):
    """The admin, signed in as an outreach officer."""
    return sign_in(client, officer)


def went(setting, *, kind="training", days_ago=30, counts=(), state="attended", for_leads=False, **booking):
    """Somebody of a setting came to something that counts towards these items of the standard."""
    moment = timezone.now() - timedelta(days=days_ago)
    course = CourseFactory(kind=kind, counts_as_help=list(counts), only_leads_count=for_leads)
    date = DateFactory(course=course, starts_at=moment, state="held")
    return BookingFactory(date=date, setting=setting, state=state, **booking)


@pytest.fixture
def three(db):
    """Three settings: one whom we reach in all ways but the listing, one trained too long ago, one of which we only know."""
    load_standard()
    near, far, known = (
        SettingFactory(name=f"Invented {word} Club", state="known") for word in ("Near", "Far", "Known")
    )
    MembershipFactory(setting=near, user=PersonFactory())
    went(near, counts=["B4"])
    went(near, kind="forum", days_ago=50)
    went(far, days_ago=900)
    scheme = AwardScheme.objects.create(code="invented", name="Invented award", issuer="Nobody")
    Award.objects.create(setting=near, scheme=scheme, level="Bronze")
    Award.objects.create(setting=far, scheme=scheme, expires_on=timezone.localdate() - timedelta(days=1))
    SettingFactory(name="Invented Gone Club", state="archived")
    return near, far, known
