"""Writing a record: one page at a time, two people at once, and whatever people type or paste."""

import json
import re

import pytest

from community.models import Activity, SafeguardingContact, Session, Setting, Venue
from foundation.audit.models import Entry
from tests.factories.community import ActivityFactory, MembershipFactory, PersonFactory, SessionFactory, VenueFactory

from .conftest import AREA, fields_of

pytestmark = pytest.mark.django_db


def url(setting, path=""):
    return f"{AREA}{setting.pk}/{path}"


def save(client, address, **changed):
    """Open a page, change some answers, save."""
    sent = {**fields_of(client.get(address)), **changed}
    return client.post(address, sent)


def test_a_registration_begins_with_its_name_and_belongs_to_whoever_began_it(client, owner):
    response = client.post(f"{AREA}start/", {"name": "Invented Drama Club"})
    setting = Setting.objects.get()
    assert response["Location"] == url(setting)
    assert setting.state == "draft"
    assert setting.memberships.get().user == owner


@pytest.mark.parametrize("name", ["Win money at www.bad.example", "See https://bad.example", "write me@bad.example"])
def test_a_name_carries_no_address_into_mails(client, draft, name):
    assert client.post(f"{AREA}start/", {"name": name}).status_code == 422
    assert save(client, url(draft, "edit/name/"), name=name).status_code == 422


def test_the_page_of_a_setting_asks_the_database_few_questions(client, listed, django_assert_max_num_queries):
    for number in range(5):
        ActivityFactory(setting=listed, name=f"Activity {number}")
    client.get(url(listed))
    with django_assert_max_num_queries(24):
        client.get(url(listed))


def test_a_known_name_gets_the_usual_answer_and_the_usual_kind_of_address(client, draft):
    Setting.objects.create(name="Known Madrassah", slug="known-madrassah", state="known")
    answers = []
    for name in ("Known Madrassah", "Unheard Madrassah"):
        response = client.post(f"{AREA}start/", {"name": name}, follow=True)
        answers.append(response.content.decode().replace(name, "").replace(str(response.context["setting"].pk), ""))
        assert response.context["setting"].slug.rsplit("-", 1)[0] == name.lower().replace(" ", "-")
    tokens = [re.sub(r'value="\w{64}"', "", each) for each in answers]
    assert tokens[0] == tokens[1]


def test_a_save_writes_its_page_and_nothing_else(client, draft):
    response = save(client, url(draft, "edit/words/"), summary="Chess for everybody.")
    assert response.status_code == 303
    before, after = draft, Setting.objects.get(pk=draft.pk)
    assert after.summary == "Chess for everybody."
    changed = {
        field.name for field in Setting._meta.fields if getattr(before, field.name) != getattr(after, field.name)
    }
    assert changed == {"summary", "version", "updated_at"}
    entry = Entry.objects.filter(action="community.save").latest("sequence")
    assert entry.facts == {"page": "words", "fields": ["summary"]}


def test_saving_without_a_change_writes_nothing(client, draft):
    version = draft.version
    save(client, url(draft, "edit/words/"))
    draft.refresh_from_db()
    assert draft.version == version


class TestTwoPeople:
    """The second sees what changed, loses nothing, and chooses."""

    @pytest.fixture
    def colleague(self, draft, sign_in):
        return sign_in(MembershipFactory(setting=draft).user)

    def clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, summary="Their summary.")
        return page, client.post(page, {**mine, "summary": "My summary.", "description": "My long words."})

    def test_the_second_sees_both_and_nothing_is_written(self, client, colleague, draft):
        _page, response = self.clash(client, colleague, draft)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Their summary." in html
        assert "My summary." in html
        assert "My long words." in html
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("Their summary.", "")

    def test_the_second_can_keep_mine(self, client, colleague, draft):
        page, response = self.clash(client, colleague, draft)
        client.post(page, {**fields_of(response), "keep-summary": "mine"})
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("My summary.", "My long words.")

    def test_the_second_can_keep_theirs(self, client, colleague, draft):
        page, response = self.clash(client, colleague, draft)
        client.post(page, {**fields_of(response), "keep-summary": "theirs"})
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("Their summary.", "My long words.")

    def test_different_fields_do_not_clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, description="Their description.")
        assert client.post(page, {**mine, "summary": "My summary."}).status_code == 303
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("My summary.", "Their description.")

    def test_the_same_change_twice_is_no_clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, summary="Chess.")
        assert client.post(page, {**mine, "summary": "Chess."}).status_code == 303

    def test_something_removed_meanwhile_does_not_lose_what_was_typed(self, client, colleague, draft):
        activity = draft.activities.get()
        page = url(draft, f"activities/{activity.pk}/basics/")
        mine = fields_of(client.get(page))
        colleague.post(url(draft, f"activities/{activity.pk}/remove/"))
        response = client.post(page, {**mine, "description": "Words I typed."})
        assert response.status_code == 409
        assert "Words I typed." in response.content.decode()


class TestTyped:
    """What people type and paste."""

    WORD = (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
        '<p class="MsoNormal" style="mso-margin-top-alt:auto">“Smart” quotes &amp; a dash – stay<o:p></o:p></p>'
        "<style>p.MsoNormal {color:red}</style><p>\uf0b7\tA\u00a0bullet\x07\u200b</p>"
    )

    def test_word_rubbish_becomes_plain_words_and_smart_quotes_stay(self, client, draft):
        save(client, url(draft, "edit/words/"), description=self.WORD)
        draft.refresh_from_db()
        assert draft.description == "“Smart” quotes & a dash – stay\n• A bullet"

    @pytest.mark.parametrize("text", ["ages < 5 and > 3", "a<b", "2 <3 4", "AT&T", "5 & 6"])
    def test_words_that_only_look_like_markup_stay(self, client, draft, text):
        save(client, url(draft, "edit/words/"), description=text)
        draft.refresh_from_db()
        assert draft.description == text

    def test_a_script_is_taken_out(self, client, draft):
        save(client, url(draft, "edit/words/"), summary="Chess<script>alert(1)</script> club")
        draft.refresh_from_db()
        assert draft.summary == "Chess club"

    def test_ten_thousand_characters_are_too_many_and_are_kept_on_the_page(self, client, draft):
        text = "word " * 2_000
        response = save(client, url(draft, "edit/words/"), description=text)
        assert response.status_code == 422
        html = response.content.decode()
        assert "4000 is the most" in html
        assert text.strip() in html

    def test_a_name_of_one_line_stays_on_one_line(self, client, draft):
        save(client, url(draft, "edit/name/"), name="Chess\r\n\tClub")
        draft.refresh_from_db()
        assert draft.name == "Chess Club"

    @pytest.mark.parametrize(
        ("youngest", "oldest", "words"),
        [
            ("11", "8", "below the youngest"),
            ("8", "99", "up to 25"),
            ("-1", "8", "below 0"),
            ("ten", "11", "in numbers"),
        ],
    )
    def test_impossible_ages(self, client, draft, youngest, oldest, words):
        page = url(draft, f"activities/{draft.activities.get().pk}/basics/")
        response = save(client, page, age_min=youngest, age_max=oldest)
        assert response.status_code == 422
        assert words in response.content.decode()

    @pytest.mark.parametrize(
        ("postcode", "words"),
        [("NW5", "does not look like a postcode"), ("ZZ99 9ZZ", "We do not know the postcode ZZ99 9ZZ")],
    )
    def test_postcodes_that_are_wrong_or_unknown(self, client, draft, postcode, words):
        response = client.post(
            url(draft, "venues/add/"), {"kind": "public", "name": "Hall", "postcode": postcode, "seen": "{}"}
        )
        assert response.status_code == 422
        assert words in response.content.decode()

    def test_an_unknown_postcode_is_taken_when_the_person_says_it_is_right(self, client, draft):
        typed = {"kind": "public", "name": "Far Hall", "postcode": "zz99 9zz", "postcode_is_right": "on", "seen": "{}"}
        response = client.post(url(draft, "venues/add/"), typed, follow=True)
        venue = Venue.objects.get(name="Far Hall")
        assert (venue.postcode, venue.easting) == ("ZZ99 9ZZ", None)
        assert "We do not know where ZZ99 9ZZ is" in response.content.decode()

    def test_a_known_postcode_brings_its_place(self, client, draft):
        client.post(
            url(draft, "venues/add/"), {"kind": "public", "name": "Near Hall", "postcode": "nw5 1aa", "seen": "{}"}
        )
        assert Venue.objects.get(name="Near Hall").northing == 185_022

    def test_a_home_shows_its_district_alone(self, client, draft):
        typed = {"kind": "home", "address_lines": "7 Canary Street", "postcode": "NW5 1AA", "seen": "{}"}
        client.post(url(draft, "venues/add/"), typed)
        preview = client.get(url(draft, "venues/")).context["cards"]
        assert "Canary" not in str(preview)
        assert "NW5 1AA" not in str([card for card in preview if "home" in card.title.lower()])

    def test_a_price_with_its_sign_is_read(self, client, draft):
        activity = draft.activities.get()
        save(
            client, url(draft, f"activities/{activity.pk}/cost/"), cost_type="paid", cost_amount="£1,004.50",
            cost_unit="term",
        )  # fmt: skip
        activity.refresh_from_db()
        assert str(activity.cost_amount) == "1004.50"

    def test_a_price_that_is_missing_is_asked_for(self, client, draft):
        response = save(client, url(draft, f"activities/{draft.activities.get().pk}/cost/"), cost_type="paid")
        assert response.status_code == 422


class TestSessions:
    """Days and times."""

    def add(self, client, setting, way="weekly", **changed):
        typed = {
            "activity": setting.activities.first().pk, "venue": setting.venues.first().pk, "days": ["0"],
            "starts": "16:00", "ends": "17:00", "season": "term", **changed,
        }  # fmt: skip
        return client.post(url(setting, f"sessions/add/{way}/"), typed)

    def test_monday_to_friday_makes_five(self, client, draft):
        Session.objects.all().delete()
        assert self.add(client, draft, days=["week"]).status_code == 303
        assert list(Session.objects.values_list("weekday", flat=True)) == [0, 1, 2, 3, 4]

    @pytest.mark.parametrize(
        ("typed", "stored"), [("4pm", "16:00"), ("4.30 pm", "16:30"), ("16.15", "16:15"), ("9", "09:00")]
    )
    def test_times_as_people_type_them(self, client, draft, typed, stored):
        Session.objects.all().delete()
        self.add(client, draft, starts=typed, ends="23:00")
        assert Session.objects.get().starts.strftime("%H:%M") == stored

    @pytest.mark.parametrize("typed", ["25:00", "16:75", "13pm", "noon", ""])
    def test_impossible_times(self, client, draft, typed):
        response = self.add(client, draft, starts=typed)
        assert response.status_code == 422
        assert "16:00" in response.content.decode()

    @pytest.mark.parametrize("ends", ["15:00", "16:00"])
    def test_a_session_that_ends_before_it_starts(self, client, draft, ends):
        response = self.add(client, draft, ends=ends)
        assert "before or when it starts" in response.content.decode()
        assert Session.objects.count() == 1

    def test_the_same_session_twice(self, client, draft):
        self.add(client, draft)
        response = self.add(client, draft)
        assert "told us about this one already: Monday 16:00" in response.content.decode()
        assert Session.objects.count() == 2

    def test_the_same_time_in_another_season_is_another_session(self, client, draft):
        self.add(client, draft)
        assert self.add(client, draft, season="holiday").status_code == 303

    def test_single_dates_once_each_and_in_order(self, client, draft):
        self.add(client, draft, "dates", dates=["15/2/2027", "2027-02-14", "15/2/2027", ""])
        assert Session.objects.get(weekday=None).dates == ["2027-02-14", "2027-02-15"]

    @pytest.mark.parametrize(
        ("typed", "words"),
        [("31/2/2027", "is not a date"), ("1/1/2020", "is in the past"), ("1/1/2099", "too far away")],
    )
    def test_dates_that_cannot_be(self, client, draft, typed, words):
        response = self.add(client, draft, "dates", dates=[typed])
        assert response.status_code == 422
        assert words in response.content.decode()

    def test_a_last_day_before_the_first(self, client, draft):
        days = {
            f"{name}_{part}": value
            for name, day in (("valid_from", "5"), ("valid_to", "4"))
            for part, value in (("day", day), ("month", "9"), ("year", "2027"))
        }
        assert "last day is before" in self.add(client, draft, **days).content.decode()

    def test_a_changed_session_is_checked_too(self, client, draft):
        session = Session.objects.get()
        page = url(draft, f"sessions/{session.pk}/time/")
        assert save(client, page, ends="09:00").status_code == 422
        assert save(client, page, ends="18:30").status_code == 303
        session.refresh_from_db()
        assert session.ends.hour == 18

    def test_another_settings_place_cannot_be_chosen(self, client, draft):
        assert self.add(client, draft, venue=VenueFactory().pk).status_code == 422


def test_a_place_where_sessions_happen_stays(client, draft):
    venue = draft.venues.get()
    response = client.post(url(draft, f"venues/{venue.pk}/remove/"))
    assert response.status_code == 422
    assert Venue.objects.filter(pk=venue.pk).exists()


def test_an_activity_goes_with_its_sessions(client, draft):
    client.post(url(draft, f"activities/{draft.activities.get().pk}/remove/"))
    assert not Activity.objects.exists()
    assert not Session.objects.exists()


def test_reading_a_safeguarding_contact_is_recorded(client, draft):
    before = Entry.objects.filter(action="community.read_restricted").count()
    client.get(url(draft, "safeguarding/"))
    client.get(url(draft, f"safeguarding/{draft.safeguarding_contacts.get().pk}/contact/"))
    assert Entry.objects.filter(action="community.read_restricted").count() == before + 2


def test_one_contact_a_role(client, draft):
    typed = {"role": "dsl", "name": "Another", "phone": "020 7946 0000", "seen": json.dumps({})}
    assert client.post(url(draft, "safeguarding/add/"), typed).status_code == 422
    assert SafeguardingContact.objects.count() == 1


def test_the_preview_shows_what_was_saved_and_no_private_fact(client, draft):
    save(client, url(draft, "edit/words/"), summary="Chess for everybody.")
    for page in (
        "edit/name/",
        "activities/",
        "venues/",
        "sessions/",
        "costs/",
        "edit/languages/",
        "edit/contact/",
        "check/",
    ):
        response = client.get(url(draft, page), follow=True)
        preview = str(response.context["cards"])
        assert "Canary" not in preview
    assert "Chess for everybody." in str(client.get(url(draft, "check/")).context["cards"])


def test_a_record_that_was_sent_cannot_be_changed_but_taken_back(client, draft):
    client.post(url(draft, "check/"), {"accept": "on"})
    draft.refresh_from_db()
    assert draft.state == "submitted"
    response = save(client, url(draft, "edit/words/"), summary="Too late.")
    assert response.status_code == 422
    assert "Too late." in response.content.decode()
    client.post(url(draft, "take-back/"))
    assert save(client, url(draft, "edit/words/"), summary="In time.").status_code == 303


def test_sending_keeps_which_terms_were_accepted(client, draft, owner):
    assert client.post(url(draft, "check/"), {}).status_code == 422
    client.post(url(draft, "check/"), {"accept": "on"})
    draft.refresh_from_db()
    assert draft.terms_version == "2026-11"
    assert draft.terms_accepted_by == owner


def test_an_unfinished_record_is_not_sent_and_says_what_is_left(client, draft):
    Session.objects.all().delete()
    response = client.post(url(draft, "check/"), {"accept": "on"})
    assert "Sessions: days and times" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_many_drafts_are_enough(client, owner):
    for number in range(10):
        client.post(f"{AREA}start/", {"name": f"Club {number}"})
    assert client.post(f"{AREA}start/", {"name": "Club 11"}).status_code == 422
    assert Setting.objects.count() == 10


def test_a_setting_belongs_to_several_people_and_a_person_to_several_settings(client, draft, owner):
    MembershipFactory(user=owner)
    MembershipFactory(setting=draft, user=PersonFactory())
    assert len(client.get(AREA).context["rows"]) == 2


def test_parts_of_another_setting_are_not_reached_through_ones_own(client, draft):
    other = ActivityFactory()
    assert client.get(url(draft, f"activities/{other.pk}/basics/")).status_code == 404
    assert client.get(url(draft, f"sessions/{SessionFactory().pk}/time/")).status_code == 404
    assert client.get(url(draft, "activities/not-a-uuid/basics/")).status_code == 404
