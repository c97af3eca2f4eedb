"""What changes at once and an officer should look at: brought up once, in neutral words, and gone when it was seen."""

from datetime import time

import pytest
from django.urls import reverse

from community.models import Matter, Setting
from community.moderation.selectors.queue import waiting
from community.moderation.thresholds import Threshold, lines_crossed, prompts_for
from community.register.document import build_document
from community.register.services.records import add_part, remove_part, save_fields
from community.register.services.sending import publish_what_may
from foundation.audit.models import Entry
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.community import MembershipFactory, PersonFactory, SafeguardingContactFactory, SessionFactory
from tests.factories.listings import put_on_register, setting_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def listed(owner):
    setting = setting_of(owner)
    setting.activities.update(age_min=5, age_max=11)
    return put_on_register(setting)


@pytest.fixture
def officer(client):
    person = holder_of("Registry officer")
    give_authenticator(person)
    sign_in(client, person)
    return person


def queue(client):
    return client.get(reverse("community_queue")).content.decode()


def rename(listed, owner, **values):
    contact = listed.safeguarding_contacts.get()
    seen = dict.fromkeys(values, "")
    from community.register.merging import fingerprints

    seen = fingerprints(contact, values)
    save_fields(setting=listed, page="contact", values=values, seen=seen, by=owner, part=contact)


def end_at(listed, owner, hour):
    """Move the end of the one session, as its page does: it shows at once."""
    session = listed.activities.get().sessions.get()
    session.ends = hour
    session.save()
    publish_what_may(setting=listed, by=owner)


class TestAnotherContact:
    def test_an_officer_finds_it_in_the_queue_and_says_that_they_looked(self, client, officer, listed, owner):
        rename(listed, owner, name="Somebody Else")
        assert "another safeguarding contact" in queue(client)
        assert "Somebody Else" not in queue(client)
        page = reverse("community_record", args=[listed.pk])
        assert "Who is to be called about a child changed on" in client.get(page).content.decode()
        matter = Matter.objects.get()
        assert (
            "you have looked at it"
            in client.post(page, {"do": "seen", "matter": matter.pk}, follow=True).content.decode()
        )
        assert "another safeguarding contact" not in queue(client)
        matter.refresh_from_db()
        assert (matter.seen_by, matter.seen_at is not None) == (officer, True)

    def test_it_stands_in_the_audit_trail_who_changed_it_and_who_looked(self, client, officer, listed, owner):
        rename(listed, owner, name="Somebody Else")
        client.post(reverse("community_record", args=[listed.pk]), {"do": "seen", "matter": Matter.objects.get().pk})
        actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
        assert actions.index("community.bring_up") < actions.index("community.have_seen")

    def test_another_phone_of_the_same_person_brings_nothing_up(self, listed, owner):
        rename(listed, owner, phone="020 7946 0001")
        assert not Matter.objects.exists()

    def test_changing_it_twice_is_one_line(self, listed, owner):
        rename(listed, owner, name="Somebody Else")
        rename(listed, owner, name="A Third")
        assert Matter.objects.count() == 1

    def test_after_an_officer_looked_the_next_change_is_news(self, client, officer, listed, owner):
        rename(listed, owner, name="Somebody Else")
        client.post(reverse("community_record", args=[listed.pk]), {"do": "seen", "matter": Matter.objects.get().pk})
        rename(listed, owner, name="A Third")
        assert "another safeguarding contact" in queue(client)

    def test_a_deputy_who_is_added_is_told_too(self, listed, owner):
        deputy = SafeguardingContactFactory.build(setting=listed, role="deputy")
        add_part(setting=listed, part=deputy, page="contact", by=owner)
        assert Matter.objects.get().about == "contact"

    def test_where_nobody_is_left_the_queue_says_so(self, client, officer, listed, owner):
        remove_part(setting=listed, part=listed.safeguarding_contacts.get(), page="contact", by=owner)
        assert "nobody is named to call about a child" in queue(client)
        assert "Nobody is named now." in client.get(reverse("community_record", args=[listed.pk])).content.decode()

    def test_a_draft_has_no_officer_to_tell(self, owner):
        rename(setting_of(owner), owner, name="Somebody Else")
        assert not Matter.objects.exists()

    def test_a_colleague_who_was_quicker_is_named_by_a_word(self, client, officer, listed, owner):
        rename(listed, owner, name="Somebody Else")
        matter = Matter.objects.get()
        page = reverse("community_record", args=[listed.pk])
        client.post(page, {"do": "seen", "matter": matter.pk})
        assert client.post(page, {"do": "seen", "matter": matter.pk}).status_code == 404

    def test_an_officer_who_looks_after_the_setting_does_not_look_on_themselves(self, client, officer, listed, owner):
        MembershipFactory(setting=listed, user=officer)
        rename(listed, owner, name="Somebody Else")
        assert waiting(user=officer) == []
        client.post(reverse("community_record", args=[listed.pk]), {"do": "seen", "matter": Matter.objects.get().pk})
        assert Matter.objects.get().seen_at is None

    def test_a_number_of_another_record_is_not_found(self, client, officer, listed, owner):
        rename(listed, owner, name="Somebody Else")
        other = setting_of(owner)
        sent = {"do": "seen", "matter": Matter.objects.get().pk}
        assert client.post(reverse("community_record", args=[other.pk]), sent).status_code == 404


class TestLongerHours:
    def test_hours_that_grow_past_a_line_are_in_the_queue_in_neutral_words(self, client, officer, listed, owner):
        end_at(listed, owner, time(18, 30))
        html = queue(client)
        assert "longer hours with children under 8" in html
        assert not {"Ofsted", "illegal", "unregistered"} & set(html.split())
        record = client.get(reverse("community_record", args=[listed.pk])).content.decode()
        assert "The setting changed its hours or ages on" in record
        assert "Ask which exemption applies." in record

    def test_hours_that_stay_below_bring_nothing_up(self, listed, owner):
        end_at(listed, owner, time(17, 45))
        assert not Matter.objects.exists()

    def test_hours_that_were_long_when_officers_accepted_them_are_no_news(self, listed, owner):
        end_at(listed, owner, time(18, 30))
        Matter.objects.all().delete()
        end_at(listed, owner, time(19, 0))
        assert not Matter.objects.exists()

    def test_hours_that_are_short_again_need_not_be_looked_at(self, client, officer, listed, owner):
        end_at(listed, owner, time(18, 30))
        end_at(listed, owner, time(17, 0))
        assert "longer hours" not in queue(client)

    def test_a_session_added_at_once_counts(self, listed, owner):
        old = listed.activities.get().sessions.get()
        SessionFactory(activity=old.activity, venue=old.venue, weekday=old.weekday, starts=time(13), ends=time(15, 45))
        publish_what_may(setting=listed, by=owner)
        assert Matter.objects.get().about == "ofsted"

    def test_a_week_of_days_may_be_a_school(self, listed, owner):
        old = listed.activities.get().sessions.get()
        for day in range(5):
            SessionFactory(activity=old.activity, venue=old.venue, weekday=day, starts=time(9), ends=time(13))
        publish_what_may(setting=listed, by=owner)
        assert {matter.about for matter in Matter.objects.all()} == {"ofsted", "school"}

    def test_the_owner_sees_nothing_of_it(self, client, listed, owner):
        end_at(listed, owner, time(18, 30))
        client.force_login(owner)
        for page in ("", "history/"):
            html = client.get(f"/en/my-setting/{listed.pk}/{page}").content.decode()
            assert "longer hours" not in html.lower()
            assert "To look at" not in html

    def test_the_document_and_the_record_say_the_same(self, listed, owner):
        end_at(listed, owner, time(18, 30))
        fresh = Setting.objects.get(pk=listed.pk)
        assert lines_crossed(build_document(fresh)) == {each.threshold for each in prompts_for(fresh)}
        assert lines_crossed(build_document(fresh)) == {Threshold.OFSTED}

    def test_what_the_register_does_not_ask_is_said_beside_it(self, client, officer, listed, owner):
        end_at(listed, owner, time(18, 30))
        record = client.get(reverse("community_record", args=[listed.pk])).content.decode()
        assert "The register does not ask whether children stay overnight" in record


def test_the_queue_asks_as_often_for_many_as_for_few(officer, listed, owner, django_assert_num_queries):
    rename(listed, owner, name="Somebody Else")
    with django_assert_num_queries(4):
        waiting(user=officer)
    for _each in range(3):
        other = put_on_register(setting_of(owner))
        rename(other, owner, name="Somebody Else")
    with django_assert_num_queries(4):
        assert len(waiting(user=officer)) == 4
