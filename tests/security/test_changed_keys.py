"""A key is changed: what lies encrypted is encrypted anew, and the old key can go without taking anything with it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.accounts import demo, secrets
from foundation.audit.models import Entry
from foundation.audit.verification import verify
from surveys.collection.models import TextAnswer
from surveys.collection.texts import locked, opened
from surveys.demo.fieldwork import how_to_answer
from surveys.demo.questionnaire import load_demo_questionnaire
from surveys.fieldwork.links import link_of
from surveys.fieldwork.models import ClassSession
from surveys.release.models import Release, ReleaseTruth
from surveys.release.storage import PURPOSE
from surveys.secrecy import decrypt, encrypt
from surveys.texts.models import TextDecision
from tests.factories.accounts import SECRET, UserFactory, give_authenticator
from tests.surveys.release.waves import closed_wave

pytestmark = pytest.mark.django_db
OLD, NEW = "the-key-of-yesterday", "the-key-of-today"


@pytest.fixture
def old_key(settings):
    settings.SECRET_KEY, settings.SECOND_FACTOR_KEY, settings.AUDIT_KEY = OLD, "", ""
    return settings


@pytest.fixture
def lived_in(old_key):
    """One row of everything that is encrypted."""
    person = UserFactory()
    give_authenticator(person)
    codes = RecoveryCodes.activate(person).generate_codes()
    wave = closed_wave()
    text = TextAnswer.objects.create(
        wave_id=wave.pk, phase="secondary", question_code="Q", text=locked("A quieter hall.")
    )
    TextDecision.objects.create(
        text_id=text.pk, moderator=person, outcome="edited", edited_text=locked("A quiet hall.")
    )
    release = Release.objects.create(wave=wave, number=1)
    ReleaseTruth.objects.create(release=release, sealed=encrypt(b"true counts", purpose=PURPOSE))
    return person, codes


def everything_opens(person, codes):
    assert secrets.decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"]) == SECRET
    assert RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).generate_codes() == codes
    assert opened(TextAnswer.objects.get().text) == "A quieter hall."
    assert opened(TextDecision.objects.get().edited_text) == "A quiet hall."
    assert decrypt(ReleaseTruth.objects.get().sealed, purpose=PURPOSE) == b"true counts"
    assert verify().entries > 0


def test_after_it_the_old_key_can_go(lived_in, settings, capsys):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    everything_opens(*lived_in)

    call_command("renew_encryption")

    assert "second factors and recovery codes: 2 encrypted anew" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    everything_opens(*lived_in)
    assert Entry.objects.get(action="security.encryption_renewed").facts["unreadable"] == 0


def test_without_it_everything_would_go_with_the_old_key(lived_in, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []
    with pytest.raises(InvalidToken):
        everything_opens(*lived_in)


def test_what_no_key_opens_is_said_and_left_as_it_is(lived_in, settings):
    before = TextAnswer.objects.get().text
    settings.SECRET_KEY = NEW
    with pytest.raises(CommandError, match="Add the key"):
        call_command("renew_encryption")
    assert TextAnswer.objects.get().text == before


def test_a_demonstration_whose_key_was_lost_starts_again_with_new_links_and_second_factors(settings):
    """A database that was carried to another checkout, or a `var/secret_key` that was deleted."""
    settings.SECRET_KEY, settings.SECOND_FACTOR_KEY = OLD, ""
    call_command("setup_roles", verbosity=0)
    demo.load()
    load_demo_questionnaire()
    assert any("/t/" in line for line in how_to_answer("http://127.0.0.1:8000"))

    settings.SECRET_KEY = NEW
    demo.load()
    lines = how_to_answer("http://127.0.0.1:8000")

    assert {secrets.decrypt(each.data["secret"]) for each in Authenticator.objects.all()} == {demo.SECRET}
    live = ClassSession.objects.get(label="The class that is open")
    assert link_of(live)
    assert any(f"/t/{link_of(live)}/" in line for line in lines)
