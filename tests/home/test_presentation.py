"""How pages are laid out, without a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from home import presentation


def block(kind, value=None):
    return Thing(block_type=kind, value=value if value is not None else {})


def line(key, audience="all", *, emergency=False, bar=False, local=False, phone="020 7946 0000"):
    return Thing(key=key, audience=audience, is_emergency=emergency, in_bar=bar, is_local=local, phone=phone)


CHILDLINE = line("childline", "child", bar=True)
EMERGENCY = line("emergency", emergency=True, bar=True)
OFFICE = line("office", local=True)
NIGHT = line("night", local=True)


def test_the_home_page_lifts_its_first_callout_and_its_first_cards():
    blocks = [
        block("text"),
        block("callout", {"a": 1}),
        block("cards", {"b": 1}),
        block("cards", {"b": 2}),
        block("callout"),
    ]
    parts = presentation.split_home(blocks)
    assert (parts.worried, parts.doors) == ({"a": 1}, {"b": 1})
    assert [one.block_type for one in parts.rest] == ["text", "cards", "callout"]


def test_the_worried_page_takes_only_what_opens_it_into_the_panel():
    blocks = [
        block("callout", {"tone": "warning"}),
        block("contact", {"helpline": OFFICE}),
        block("cards", {"items": []}),
        block("contact", {"helpline": NIGHT}),
        block("callout", {"tone": "warning"}),
    ]
    parts = presentation.split_worried(blocks)
    assert parts.helpline_keys == ["office"]
    assert parts.routes == {"items": []}
    assert [one.block_type for one in parts.rest] == ["contact", "callout"]


def test_a_contact_typed_by_hand_stays_in_the_text():
    parts = presentation.split_worried([block("contact", {"helpline": None, "name": "A friend"})])
    assert len(parts.rest) == 1


def test_the_emergency_number_comes_first_whatever_the_editors_order():
    assert presentation.first_helplines([OFFICE, CHILDLINE, EMERGENCY], 3) == [EMERGENCY, CHILDLINE, OFFICE]


def test_a_line_without_a_phone_is_no_number_to_call():
    assert presentation.first_helplines([line("web", phone="")], 3) == []


@pytest.mark.parametrize(
    ("reader", "keys"),
    [("child", ["emergency", "childline", "office"]), ("parent", ["emergency", "office", "night"])],
)
def test_each_way_in_has_its_own_numbers(reader, keys):
    lines = presentation.route_helplines([OFFICE, NIGHT, CHILDLINE, EMERGENCY], reader)
    assert [one.key for one in lines] == keys


def test_helplines_stand_under_whom_they_are_for():
    groups = presentation.helplines_by_reader(
        [CHILDLINE, OFFICE], {"all": "All", "child": "Under 19", "adult": "Adults"}
    )
    assert [(group.title, group.items) for group in groups] == [("All", [OFFICE]), ("Under 19", [CHILDLINE])]


@pytest.mark.parametrize(
    ("word", "letter"), [("Écoute", "E"), ("9 lives", "0-9"), ("«abuse»", "A"), ("শিশু", "শ"), ("—", "#")]
)
def test_a_word_is_looked_up_under_its_letter(word, letter):
    assert presentation.first_letter(word) == letter


@given(st.lists(st.text(max_size=20)))
def test_every_word_is_in_the_alphabet_once(words):
    groups = presentation.by_letter(words, lambda word: word)
    assert sorted(word for group in groups for word in group.items) == sorted(words)
    assert len({group.key for group in groups}) == len(groups)


def test_news_of_a_month_stays_together():
    news = [Thing(date=date(2026, 3, 18)), Thing(date=date(2026, 3, 2)), Thing(date=date(2026, 1, 5))]
    months = presentation.by_month(news, lambda item: item.date)
    assert [(month, len(items)) for month, items in months] == [(date(2026, 3, 1), 2), (date(2026, 1, 1), 1)]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("Call 0800 1111 now", 'Call <bdi dir="ltr">0800 1111</bdi> now'),
        ("+44 20 7974 3317", '<bdi dir="ltr">+44 20 7974 3317</bdi>'),
        ('<a href="tel:0800 1111">here</a>', '<a href="tel:0800 1111">here</a>'),
        ("In 2026 there were 12.", "In 2026 there were 12."),
    ],
)
def test_numbers_between_tags_keep_their_order(html, shown):
    assert presentation.with_steady_numbers(html) == shown


@pytest.mark.parametrize("text", ["999", "111", "0800 1111", "020 7974 3317", "+44 20 7974 3317", "116 123", "116123"])
def test_a_telephone_number_is_known(text):
    assert presentation.is_phone(text)


@pytest.mark.parametrize("text", ["2026", "44,000", "0", "Call 999", "12 345", ""])
def test_other_figures_are_no_telephone_numbers(text):
    assert not presentation.is_phone(text)


@pytest.mark.parametrize(
    ("value", "shown"), [(8583, "8,583"), ("26.0", "26"), ("4.50", "4.5"), (0, "0"), ("1E+3", "1,000")]
)
def test_figures_are_written_as_people_write_them(value, shown):
    assert presentation.written(value) == shown


class TestWhenAnEventIs:
    def test_in_london_time_and_plain_hours(self):
        when = presentation.when_of(datetime(2026, 7, 1, 17, 0, tzinfo=UTC), datetime(2026, 7, 1, 18, 30, tzinfo=UTC))
        assert (when.day, when.hours) == ("Wednesday 1 July 2026", "6pm – 7:30pm")

    def test_over_several_days_names_both(self):
        when = presentation.when_of(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), datetime(2026, 12, 3, 17, 0, tzinfo=UTC))
        assert when.day == "Tuesday 1 December 2026 – Thursday 3 December 2026"

    def test_midday_is_midday(self):
        assert presentation.hour(datetime(2026, 12, 1, 12, 0, tzinfo=UTC)) == "midday"

    def test_another_language_writes_hours_its_own_way(self):
        with translation.override("fr"):
            assert presentation.hour(datetime(2026, 12, 1, 17, 30, tzinfo=UTC)) == "17:30"

    def test_without_a_start_says_nothing(self):
        assert presentation.when_of(None, None).day == ""


def test_paper_leaves_out_what_only_works_on_a_screen():
    kept = presentation.printable([block("text"), block("help_box"), block("video"), block("steps")])
    assert [one.block_type for one in kept] == ["text", "steps"]
