"""What people type and paste into a record: words, ages, postcodes, prices."""

import pytest

from community.models import Venue

from .writing import save, url

pytestmark = pytest.mark.django_db


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
