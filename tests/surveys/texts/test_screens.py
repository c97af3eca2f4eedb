"""Who sees a text, and that nobody else does: on no page, in no log, in no mail."""

import datetime
import logging

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from foundation.mail.models import OutgoingMessage
from surveys.collection.models import TextAnswer
from surveys.fieldwork.enums import WaveState
from surveys.texts import reminders
from surveys.texts.models import TextDecision
from surveys.texts.selectors import themes_of, to_five
from surveys.texts.services import add_theme, decide
from tests.factories.accounts import holder_of, sign_in

pytestmark = pytest.mark.django_db
SECRET = "Wombat in the canteen says Luca"
State = TextAnswer.State


@pytest.fixture
def text(write):
    return write(SECRET)[0]


def one(text):
    return reverse("surveys_text", args=[text.pk])


def public(wave):
    return reverse("surveys:in_their_words", args=["shout-out", wave.slug])


def settle(texts, moderators, outcome=State.PUBLISHED, themes=()):
    for text in texts:
        for moderator in moderators:
            decide(text_id=text.pk, by=moderator, outcome=outcome, themes=themes)


def test_a_moderator_reads_and_decides(client, text, moderators, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(client, moderators[0])
    queue = client.get(reverse("surveys_texts")).content.decode()
    assert one(text) in queue
    assert "Wombat" not in queue
    page = client.get(one(text))
    assert "Wombat" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(one(text), {"outcome": State.DELETED}).status_code == 302
    assert TextDecision.objects.get().outcome == State.DELETED
    assert one(text) not in client.get(reverse("surveys_texts")).content.decode()
    assert "Wombat" not in caplog.text


def test_the_second_reader_does_not_see_what_the_first_said_until_they_differ(client, text, moderators):
    decide(text_id=text.pk, by=moderators[0], outcome=State.EDITED, edited_text="Platypus in the canteen")
    sign_in(client, moderators[1])
    assert "Platypus" not in client.get(one(text)).content.decode()
    client.post(one(text), {"outcome": State.PUBLISHED})
    page = client.get(one(text)).content.decode()
    assert "What you two said" in page
    assert "Platypus" in page


def test_what_was_typed_is_kept_when_it_is_refused(client, text, moderators):
    sign_in(client, moderators[0])
    answer = client.post(one(text), {"outcome": "", "edited_text": "Platypus"})
    assert answer.status_code == 422
    assert "Choose what happens to the text." in answer.content.decode()
    assert "Platypus" in answer.content.decode()


@pytest.mark.parametrize("role", ["Survey manager", "Administrator", "Safeguarding lead", "Editor", "Publisher"])
def test_no_other_role_opens_the_queue_or_a_text(client, text, role):
    sign_in(client, holder_of(role))
    for address in (reverse("surveys_texts"), one(text)):
        answer = client.get(address)
        assert answer.status_code in {302, 403}
        assert "Wombat" not in answer.content.decode()
    assert client.post(one(text), {"outcome": State.PUBLISHED}).status_code in {302, 403}
    assert not TextDecision.objects.exists()


def test_not_even_a_superuser_without_the_role(client, text):
    sign_in(client, holder_of("Administrator", is_superuser=True))
    assert client.get(one(text)).status_code in {302, 403}


def test_safeguarding_reads_only_what_was_passed_on(client, text, write, moderators):
    other = write("Another text")[0]
    settle([text], moderators, State.PRIVATE)
    sign_in(client, holder_of("Safeguarding lead"))
    private = reverse("surveys_private_text", args=[text.pk])
    assert private in client.get(reverse("surveys_private_texts")).content.decode()
    assert "Wombat" in client.get(private).content.decode()
    assert client.get(reverse("surveys_private_text", args=[other.pk])).status_code == 302
    client.post(private, {"act": "referred"})
    text.refresh_from_db()
    assert text.text == ""


def test_a_moderator_does_not_come_back_to_a_private_text(client, text, moderators):
    settle([text], moderators, State.PRIVATE)
    sign_in(client, moderators[0])
    assert client.get(one(text)).status_code == 302
    assert client.get(reverse("surveys_private_text", args=[text.pk])).status_code in {302, 403}


def test_nothing_is_public_below_ten_writers_or_while_the_wave_is_open(client, wave, write, moderators):
    texts = write(SECRET, *(f"Wish {number}" for number in range(8)))
    settle(texts, moderators)
    wave.state = WaveState.CLOSED
    wave.save()
    assert client.get(public(wave)).status_code == 404
    settle(write("The tenth"), moderators, State.DELETED)
    assert "Wombat" in client.get(public(wave)).content.decode()
    wave.state = WaveState.OPEN
    wave.save()
    assert client.get(f"{public(wave)}?again").status_code == 404


def test_public_words_are_those_that_two_agreed_on(client, wave, write, moderators):
    settle(write(*(f"Wish {number}" for number in range(10))), moderators)
    settle(write("Kept from everybody"), moderators, State.PRIVATE)
    waiting = write("Not read yet")[0]
    decide(text_id=waiting.pk, by=moderators[0], outcome=State.PUBLISHED)
    wave.state = WaveState.RELEASED
    wave.save()
    page = client.get(public(wave)).content.decode()
    assert "Wish 7" in page
    assert "Kept from everybody" not in page
    assert "Not read yet" not in page


def test_a_theme_counts_what_both_named_rounded_to_five(wave, write, moderators):
    theme = add_theme(wave=wave, question_code="BETTER", name="Parks", by=moderators[0])
    rare = add_theme(wave=wave, question_code="BETTER", name="Toilets", by=moderators[0])
    settle(write(*(f"Park {number}" for number in range(8))), moderators, themes=[theme])
    settle(write(*(f"Toilet {number}" for number in range(4))), moderators, themes=[rare])
    for text in write(*(f"Half {number}" for number in range(5))):
        decide(text_id=text.pk, by=moderators[0], outcome=State.PUBLISHED, themes=[theme])
        decide(text_id=text.pk, by=moderators[1], outcome=State.PUBLISHED)
    assert themes_of(wave, "BETTER") == [{"name": "Parks", "writers": 10}]


def test_numbers_to_five():
    assert [to_five(number) for number in (0, 4, 5, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


def test_moderators_hear_of_waiting_texts_on_working_days_and_not_what_they_say(text, wave, moderators, monkeypatch):
    saturday, monday = datetime.date(2026, 11, 21), datetime.date(2026, 11, 23)
    monkeypatch.setattr(timezone, "localdate", lambda *a: saturday)
    assert reminders.remind_of_texts() == 0
    monkeypatch.setattr(timezone, "localdate", lambda *a: monday)
    assert reminders.remind_of_texts() == 2
    said = [*OutgoingMessage.objects.values_list("to", "text"), *((sent.to[0], sent.body) for sent in mail.outbox)]
    assert {to for to, _text in said} == {moderator.email for moderator in moderators}
    assert "Wombat" not in str(said)
    wave.state = WaveState.CLOSED
    wave.save()
    assert reminders.remind_of_texts() == 0


def test_a_theme_gets_another_name_and_keeps_its_count(client, wave, write, moderators):
    theme = add_theme(wave=wave, question_code="BETTER", name="Parks", by=moderators[0])
    other = add_theme(wave=wave, question_code="BETTER", name="Toilets", by=moderators[0])
    settle(write(*(f"Park {number}" for number in range(10))), moderators, themes=[theme])
    sign_in(client, moderators[0])
    where = reverse("surveys_themes", args=[wave.pk, "BETTER"])
    assert client.post(where, {"theme": theme.pk, "name": " Green   places "}).status_code == 302
    assert themes_of(wave, "BETTER") == [{"name": "Green places", "writers": 10}]
    refused = client.post(where, {"theme": theme.pk, "name": "toilets"})
    assert refused.status_code == 422
    assert "There is a theme of this name." in refused.content.decode()
    assert f'id="theme-{theme.pk}" name="name" maxlength="120" value="toilets"' in refused.content.decode()
    assert client.post(where, {"theme": other.pk, "name": " "}).status_code == 422
    assert client.post(where, {"theme": "9" * 30, "name": "x"}).status_code == 404
    theme.refresh_from_db()
    assert theme.name == "Green places"


def test_the_pages_of_results_lead_to_what_was_written_once_there_is_something(client, wave, write, moderators):
    home, link = reverse("surveys:results"), f'href="{public(wave)}"'
    settle(write(*(f"Wish {number}" for number in range(10))), moderators)
    assert link not in client.get(home).content.decode()
    wave.state = WaveState.CLOSED
    wave.save()
    assert link in client.get(f"{home}?again").content.decode()
    TextAnswer.objects.update(state=State.DELETED)
    assert link not in client.get(f"{home}?gone").content.decode()
