"""Nothing private of a record reaches a mail, a preview, the public document or a log line."""

import logging

import pytest
from django.test import Client

from community.models import Invitation, Setting
from community.register.document import build_document
from community.register.preview import cards_of, whole_preview
from foundation.accounts.links.models import SignInLink
from tests.factories.community import VenueFactory

from .conftest import AREA, link_in_mail, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_of_canaries(listed, owner):
    contact = listed.safeguarding_contacts.get()
    contact.name, contact.work_email = "Canary Contact", "canary@example.org"
    contact.phone = contact.mobile = "020 0000 canary"
    contact.trained_level = "Canary level"
    contact.save()
    VenueFactory(
        setting=listed, kind="home", name="Canary flat", address_lines="7 Canary Street", directions="canary tree",
        access_text="canary bell", postcode="NW5 1AA",
    )  # fmt: skip
    # Past the notices that a change of address sends: they name it to its owner.
    type(owner).objects.filter(pk=owner.pk).update(email="canary.owner@example.org")
    return listed


def test_no_preview_and_no_document_holds_a_canary(full_of_canaries):
    document = build_document(full_of_canaries)
    assert "canary" not in str([whole_preview(full_of_canaries), cards_of(document), document]).lower()


def test_no_mail_holds_a_canary_of_the_record(full_of_canaries):
    from community.register.services import colleagues
    from community.register.services import mails as written

    colleagues.invite(setting=full_of_canaries, email="new@example.org", role="editor", by=None)
    written.send_listed(setting=full_of_canaries)
    written.send_declined(setting=full_of_canaries, reason="It is a school.")
    written.send_taken_down(setting=full_of_canaries)
    assert len(mails()) == 4
    assert "canary" not in "".join(message.text + message.subject for message in mails()).lower()


def test_secrets_of_links_are_in_no_table_and_no_log_line(full_of_canaries, client, caplog, settings):
    settings.LOG_REQUESTS = True
    caplog.set_level(logging.INFO)
    client.post(f"{AREA}{full_of_canaries.pk}/colleagues/invite/", {"email": "new@example.org", "role": "editor"})
    invitation = link_in_mail()
    Client().get(invitation)
    page = Client().get(f"{AREA}sign-in/")
    Client().post(f"{AREA}sign-in/", {"email": "x@example.org", "token": page.context["form"].initial["token"]})
    link = link_in_mail()
    Client().get(link)
    secrets = [path.strip("/").rsplit("/", 1)[-1] for path in (invitation, link)]
    kept = str([*Invitation.objects.values(), *SignInLink.objects.values()])
    logged = " ".join(str(record.__dict__) for record in caplog.records if record.name == "foundation.requests")
    assert logged
    for secret in secrets:
        assert secret not in kept
        assert secret not in logged


def test_a_public_page_knows_nothing_of_the_owners_area(full_of_canaries):
    assert Setting.objects.get(pk=full_of_canaries.pk).published
    response = Client().get(f"{AREA}terms/")
    assert response.status_code == 200
    assert not response.cookies
