"""Subscribing: a link to the mailbox first, the same answer for everybody, and stopping as easy as starting."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.newsletter.links import preferences_token, stop_token
from community.newsletter.models import Contact, Request
from community.newsletter.services.bouncing import count_bounce
from community.newsletter.services.keeping import forget_what_is_past
from foundation.audit.models import Entry
from tests.community.newsletter.conftest import make_contact

pytestmark = pytest.mark.django_db
FORM = "/en/newsletter/subscribe/"


@pytest.fixture
def reader():
    return Client()


def typed(reader, **values):
    """The form as somebody fills it in after a while."""
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        page = reader.get(FORM).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return {"email": "new@example.org", "purposes": ["newsletter"], "token": token, "website_address": "", **values}


def subscribe(reader, capture, **values):
    with capture(execute=True):
        return reader.post(FORM, typed(reader, **values))


def link_in(message):
    return urlsplit(next(line for line in message.body.splitlines() if line.startswith("http"))).path


def test_from_the_form_by_the_link_to_the_list(reader, django_capture_on_commit_callbacks):
    response = subscribe(
        reader,
        django_capture_on_commit_callbacks,
        email=" New@Example.org",
        kind="parent",
        purposes=["newsletter", "training"],
    )
    assert (response.status_code, response.url) == (303, "/en/newsletter/subscribe/mailbox/")
    assert not Contact.objects.exists(), "nothing is on the list before the click"
    path = link_in(mail.outbox[0])
    page = reader.get(path)
    assert b"Yes, send it to me" in page.content
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not Contact.objects.exists(), "a scanner that opens links agrees to nothing"
    assert b"You are on the list" in reader.post(path).content
    contact = Contact.objects.get()
    assert (contact.email, contact.kind) == ("new@example.org", "parent")
    given = {consent.purpose: consent for consent in contact.consents.all()}
    assert set(given) == {"newsletter", "training"}
    assert "community newsletter" in given["newsletter"].words, "what they read is kept with the consent"
    assert (given["newsletter"].how, given["newsletter"].given_at.date()) == ("link", timezone.now().date())
    assert Entry.objects.filter(action="newsletter.agreed").count() == 1
    reader.post(path)
    assert contact.consents.count() == 2, "pressing twice does no more"
    assert not reader.cookies


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(reader, django_capture_on_commit_callbacks):
    make_contact("known@example.org", "newsletter")
    found = []
    for address in ("known@example.org", "unknown@example.org"):
        response = subscribe(reader, django_capture_on_commit_callbacks, email=address)
        headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
        found.append((response.status_code, response.url, headers, response.content))
    assert found[0] == found[1]
    bodies = [re.sub(r"confirm/\S+", "", message.body) for message in mail.outbox]
    assert bodies[0] == bodies[1]
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_an_address_gets_so_many_links_an_hour_and_the_answer_stays_the_same(
    reader, django_capture_on_commit_callbacks
):
    found = {subscribe(reader, django_capture_on_commit_callbacks).url for _each in range(8)}
    assert found == {"/en/newsletter/subscribe/mailbox/"}
    assert len(mail.outbox) == 5


def test_a_link_that_is_too_old_or_made_up_says_so(reader, django_capture_on_commit_callbacks):
    subscribe(reader, django_capture_on_commit_callbacks)
    path = link_in(mail.outbox[0])
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        for response in (reader.get(path), reader.post(path), reader.post("/en/newsletter/confirm/nothing/")):
            assert response.status_code == 404
            assert b"does not work any more" in response.content
        forget_what_is_past()
    assert not Contact.objects.exists()
    assert not Request.objects.exists(), "the address is forgotten"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "no address"}, b"Type an email address like name@example.com"),
        ({"purposes": []}, b"Choose at least one"),
        ({"token": "wrong"}, b"We could not check this form"),
    ],
)
def test_a_mistake_is_said_in_words_and_what_was_typed_stays(reader, values, words):
    response = reader.post(FORM, typed(reader, kind="parent", **values))
    assert response.status_code == 422
    assert words in response.content
    assert b'value="parent" id="id_kind_2"' in response.content or b"checked" in response.content
    assert b"<title>Error: " in re.sub(rb"\s+", b" ", response.content).replace(b"<title> ", b"<title>")
    assert not Request.objects.exists()


def test_a_robot_in_the_trap_is_thanked_and_nothing_happens(reader, django_capture_on_commit_callbacks):
    response = subscribe(reader, django_capture_on_commit_callbacks, website_address="https://spam.example")
    assert response.status_code == 303
    assert not Request.objects.exists()
    assert mail.outbox == []


def test_preferences_show_as_little_as_will_do_and_change_what_comes(reader):
    contact = make_contact("person@example.org", "newsletter", name="Canary Name", organisation="Canary Works")
    path = f"/en/newsletter/preferences/{preferences_token(contact.key)}/"
    page = reader.get(path).content.decode()
    assert "p•••@example.org" in page
    assert "person@example.org" not in page
    assert "Canary" not in page
    response = reader.post(path, {"purposes": ["bulletin"]})
    assert response.status_code == 303
    assert b"Saved" in reader.get(response.url).content
    now = contact.consents.filter(withdrawn_at=None).values_list("purpose", "how")
    assert list(now) == [("bulletin", "preferences")]
    ended = contact.consents.get(purpose="newsletter")
    assert ended.withdrawn_how == "preferences"
    assert ended.withdrawn_at is not None
    assert reader.post(path, {"purposes": ["nonsense"]}).status_code == 200
    assert contact.consents.filter(withdrawn_at=None).count() == 1
    assert not reader.cookies


def test_the_link_of_one_person_opens_nothing_of_another(reader):
    first, second = make_contact("one@example.org", "newsletter"), make_contact("two@example.org", "newsletter")
    token = preferences_token(first.key)
    forged = token.replace(first.key, second.key)
    assert reader.get(f"/en/newsletter/preferences/{forged}/").status_code == 404
    assert reader.post(f"/en/newsletter/stop/newsletter/{token}/").status_code == 404, "a link is good for one thing"
    assert reader.post(f"/en/newsletter/stop/bulletin/{stop_token(first.key, 'newsletter')}/").status_code == 404
    assert second.consents.get().withdrawn_at is None


def test_somebody_may_have_everything_deleted(reader):
    contact = make_contact("person@example.org", "newsletter", name="Somebody")
    path = f"/en/newsletter/preferences/{preferences_token(contact.key)}/forget/"
    assert b"Yes, delete it" in reader.get(path).content
    assert Contact.objects.exists()
    assert b"It is deleted" in reader.post(path).content
    assert not Contact.objects.exists()
    assert "person@example.org" not in str(list(Entry.objects.values()))


def test_a_used_link_does_not_bring_back_who_had_everything_deleted(reader, django_capture_on_commit_callbacks):
    subscribe(
        reader, django_capture_on_commit_callbacks, email="new@example.org", kind="parent", purposes=["newsletter"]
    )
    path = link_in(mail.outbox[0])
    reader.post(path)
    contact = Contact.objects.get()
    reader.post(f"/en/newsletter/preferences/{preferences_token(contact.key)}/forget/")
    assert reader.post(path).status_code in {404, 410}
    assert not Contact.objects.exists()


def test_a_dead_address_works_again_once_its_mailbox_has_clicked(reader, settings, django_capture_on_commit_callbacks):
    from community.newsletter.models import Delivery
    from tests.community.newsletter.conftest import make_issue

    settings.NEWSLETTER_MOST_BOUNCES = 1
    contact = make_contact("new@example.org", "newsletter")
    count_bounce(delivery=Delivery.objects.create(issue=make_issue(), contact=contact))
    assert not Contact.objects.agreed_to("newsletter").exists()
    page = reader.get(f"/en/newsletter/preferences/{preferences_token(contact.key)}/")
    assert b"came back" in page.content
    subscribe(reader, django_capture_on_commit_callbacks)
    reader.post(link_in(mail.outbox[0]))
    assert Contact.objects.agreed_to("newsletter").exists()


@pytest.mark.parametrize("language", ["bn", "ar"])
def test_the_pages_stand_in_other_languages_too(reader, language):
    assert reader.get(f"/{language}/newsletter/subscribe/").status_code == 200
    assert reader.get("/newsletter/").url == "/en/newsletter/"
