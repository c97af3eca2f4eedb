"""A draft of another room is reviewed at /review/ like a page: here one that a test hands over."""

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.registries.advisors import Draft, DraftPlace, DraftProvider, DraftRefused, DraftView, draft_providers
from home.review.models import Remark, Review, Round
from tests.factories.accounts import UserFactory, holder_of, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/review/other/leaflet-7/"


class Room:
    """Another room with one leaflet."""

    def __init__(self):
        places = [DraftPlace("whole", "The whole leaflet", ""), DraftPlace("top", "Top", "Utilise the lift")]
        self.one = Draft(
            "leaflet-7", "Lifts", "Leaflet", "first", "/made/here/", places=places, views=[DraftView("On paper", "/x/")]
        )
        self.decided, self.put, self.refusal = [], [], ""

    def waiting(self):
        return [self.one] if self.one.is_waiting else []

    def draft(self, name):
        return self.one if name == "7" else None

    def decide(self, name, is_ready, words, by):
        self.decided.append((name, is_ready, words, by))
        self.one = dataclasses.replace(self.one, is_waiting=False)

    def put_in(self, name, place, old, new, by):
        if self.refusal:
            raise DraftRefused(self.refusal)
        self.put.append((place, old, new, by))

    def may_edit(self, name, user):
        return user.display_name == "Maker"


@pytest.fixture
def room(monkeypatch):
    room = Room()
    monkeypatch.setattr(draft_providers, "_entries", {})
    draft_providers.register(
        "leaflet", DraftProvider(room.waiting, room.draft, room.decide, room.put_in, room.may_edit)
    )
    return room


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


def say(client, **fields):
    given = {"act": "say", "remark-place": "top", "remark-text": "Use the lift", "remark-old_words": "", **fields}
    return client.post(ADDRESS, given)


def decide(client, act, **fields):
    return client.post(ADDRESS, {"act": act, "stamp": "first", **fields})


def test_it_waits_on_the_list_and_is_shown_in_its_own_view(signed_in, room):
    assert ADDRESS in signed_in.get(reverse("review")).text
    text = signed_in.get(ADDRESS).text
    assert 'src="/x/"' in text
    assert "Utilise the lift" in text


def test_everybody_else_finds_nothing(client, room):
    assert client.get(ADDRESS).status_code == 302
    for role in ("Editor", "Survey manager", "School lead"):
        assert sign_in(client, holder_of(role)).get(ADDRESS).status_code == 404
        assert decide(client, "ready").status_code == 404
    assert room.decided == []


def test_an_unknown_draft_is_not_found(signed_in, room):
    for key in ("leaflet-8", "leaflet-", "nothing-7", "leaflet"):
        assert signed_in.get(reverse("review_other", args=[key])).status_code == 404


def test_a_wording_is_kept_with_its_place_and_taken_over_by_one_who_makes_it(signed_in, advisor, room):
    assert say(signed_in, **{"remark-old_words": "Utilise"}).status_code == 303
    remark = Remark.objects.get()
    assert (remark.draft_key, remark.place, remark.kind, remark.author) == ("leaflet-7", "top", "wording", advisor)
    maker = holder_of("Survey manager", display_name="Maker")
    desk, address = sign_in(Client(), maker), reverse("draft_remarks", args=["leaflet-7"])
    assert "Take over this wording" in desk.get(address).text
    desk.post(address, {"act": "take-over", "remark": remark.pk})
    assert room.put == [("top", "Utilise", "Use the lift", maker)]
    remark.refresh_from_db()
    assert (remark.was_taken_over, remark.resolved_by) == (True, maker)
    assert Entry.objects.filter(action="review.wording_taken_over").exists()
    desk.post(address, {"act": "take-over", "remark": remark.pk})
    assert len(room.put) == 1


def test_what_cannot_be_taken_over_is_said_and_stays_open(signed_in, room):
    say(signed_in, **{"remark-old_words": "Utilise"})
    room.refusal = "That part has gone."
    desk = sign_in(Client(), holder_of("Survey manager", display_name="Maker"))
    address = reverse("draft_remarks", args=["leaflet-7"])
    answer = desk.post(address, {"act": "take-over", "remark": Remark.objects.get().pk}, follow=True)
    assert "That part has gone." in answer.text
    assert Remark.objects.get().resolved_at is None


def test_only_who_makes_it_reads_what_was_said(room):
    refused = sign_in(Client(), holder_of("Editor")).get(reverse("draft_remarks", args=["leaflet-7"]))
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))
    maker = sign_in(Client(), holder_of("Editor", display_name="Maker"))
    assert maker.get(reverse("draft_remarks", args=["leaflet-9"])).status_code == 404


def test_ready_tells_the_room_in_their_words(signed_in, advisor, room):
    assert decide(signed_in, "ready", public_words="We know these words.").url == reverse("review")
    assert room.decided == [("7", True, "We know these words.", advisor)]
    held = Round.objects.get()
    assert held.decision == "ready"
    assert held.closed_at is not None
    assert Entry.objects.filter(action="review.said_ready").exists()
    assert "Nothing waits" in signed_in.get(reverse("review")).text


def test_a_change_needs_a_word_on_what(signed_in, room):
    refused = decide(signed_in, "change")
    assert refused.status_code == 422
    assert "Say what should change" in refused.text
    assert room.decided == []
    say(signed_in)
    decide(signed_in, "change")
    assert [one[1] for one in room.decided] == [False]
    assert "Comments on the draft: 1" in room.decided[0][2]


def test_a_draft_changed_meanwhile_is_read_again_first(signed_in, room):
    room.one = dataclasses.replace(room.one, stamp="second")
    refused = decide(signed_in, "ready", note="My thought")
    assert refused.status_code == 422
    assert "changed while you were reading" in refused.text
    assert "My thought" in refused.text
    assert 'value="second"' in refused.text
    assert room.decided == []


def test_answers_are_kept_for_later_one_set_a_round(signed_in, advisor, room):
    for note in ("First", "Second"):
        signed_in.post(ADDRESS, {"act": "save", "note": note})
    assert Review.objects.get().note == "Second"
    assert "Second" in signed_in.get(ADDRESS).text


def test_a_decision_counts_once_and_what_was_typed_is_shown(signed_in, room):
    decide(signed_in, "ready")
    late = decide(signed_in, "change", note="A late thought")
    assert late.status_code == 409
    assert "A late thought" in late.text
    assert len(room.decided) == 1


def test_a_draft_taken_back_closes_its_round_without_a_decision(signed_in, room):
    signed_in.get(reverse("review"))
    room.one = dataclasses.replace(room.one, is_waiting=False)
    signed_in.get(reverse("review"))
    held = Round.objects.get()
    assert (held.decision, held.closed_at is not None) == ("", True)
    room.one = dataclasses.replace(room.one, is_waiting=True)
    signed_in.get(ADDRESS)
    assert Round.objects.count() == 2


def test_a_part_that_has_gone_is_said_and_the_words_stay(signed_in, room):
    answer = say(signed_in, **{"remark-place": "bottom", "remark-text": "My long thought"})
    assert answer.status_code == 422
    assert "That part has gone" in answer.text
    assert "My long thought" in answer.text


def test_nobody_takes_back_what_another_said(signed_in, room):
    say(signed_in)
    back = reverse("review_other_take_back", args=["leaflet-7", Remark.objects.get().pk])
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.post(back).status_code == 404
    nobody = Client()
    nobody.force_login(UserFactory())
    assert nobody.post(back).status_code == 404
    assert signed_in.post(back).status_code == 303
    assert not Remark.objects.exists()
