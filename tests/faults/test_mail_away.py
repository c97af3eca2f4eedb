"""The mail server is away: nobody is told that something failed which did not, and nothing is lost."""

from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from foundation.mail import services
from foundation.mail.models import OutgoingMessage
from foundation.mail.services import queue_mail, send_due_messages
from foundation.partnership.models import PartnershipSettings
from home.models import ContactPage
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


def away(_message):
    raise SMTPServerDisconnected("the server is away")


def test_somebody_who_writes_is_thanked_and_their_words_arrive_later(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    home = a_home_page()
    page = a_page(ContactPage, under=home, slug="contact")
    partnership = PartnershipSettings.for_site(home.get_site())
    partnership.contact_email = "office@example.org"
    partnership.save()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        form = client.get(page.url).context["form"]
        clock.shift(10)
        about = next(value for value, _words in form.fields["about"].choices if value)
        words = "A long story of mine."
        typed = {
            "token": form.initial["token"],
            "about": about,
            "name": "Ola",
            "email": "ola@example.org",
            "message": words,
        }
        with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
            broken.setattr(services, "_send", away)
            answer = client.post(page.url, typed)
        assert answer.status_code == 303, answer.context["form"].errors
        waiting = OutgoingMessage.objects.get()
        assert "A long story of mine." in waiting.text
        assert waiting.last_error == "SMTPServerDisconnected"

        clock.shift(120)
        call_command("housekeeping")

    assert ["A long story of mine." in str(message.body) for message in mail.outbox] == [True]
    assert not OutgoingMessage.objects.exists()


def test_a_message_that_no_server_can_take_holds_up_no_other(monkeypatch):
    def picky(message):
        if "broken" in message.to:
            raise ValueError("a header cannot hold this")
        mail.outbox.append(message)

    monkeypatch.setattr(services, "_send", picky)
    for to in ("broken@example.org", "office@example.org"):
        OutgoingMessage.objects.create(to=to, subject="Hello", text="Text")

    assert send_due_messages() == 1
    assert [message.to for message in mail.outbox] == ["office@example.org"]
    assert OutgoingMessage.objects.get().last_error == "ValueError"


def test_what_waits_is_not_lost_when_the_program_is_started_again():
    queue_mail(to="office@example.org", subject="Hello", text="Text")
    OutgoingMessage.objects.update(next_try_at=timezone.now())
    assert send_due_messages() == 1
