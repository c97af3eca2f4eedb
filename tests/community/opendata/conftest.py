"""A small register of many sorts."""

from datetime import time

import pytest

from community.models import AwardScheme, ListEntry
from tests.factories.community import PostcodeFactory
from tests.factories.listings import make_listing, stated


def get(client, address, **headers):
    """An answer that must be 200."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200, (address, response.content[:300])
    return response


def walk(client, address, *, per_page=50):
    """The items of all pages, with what every page says about itself checked."""
    joint = "&" if "?" in address else "?"
    items, number = [], 1
    while True:
        page = get(client, f"{address}{joint}per_page={per_page}&page={number}").json()
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert page["empty"] == (not page["contents"])
        assert page["total_pages"] == -(-page["total_items"] // per_page)
        assert page["first_page"] == (number == 1)
        assert page["last_page"] == (number >= page["total_pages"])
        items += page["contents"]
        if page["last_page"]:
            assert len(items) == page["total_items"]
            assert len({item["id"] for item in items}) == len(items)
            return items
        assert page["size"] == per_page
        number += 1


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch, request):
    if "throttle" not in request.fixturenames:
        monkeypatch.setattr("community.opendata.answers.is_within", lambda *_args: True)


@pytest.fixture
def throttle():
    """For tests of the throttle itself; everywhere else it is out of the way."""


@pytest.fixture
def lists(db):
    for kind, code, label in (
        ("language", "en", "English"), ("language", "bn", "Bengali"), ("category", "football", "Football"),
        ("send", "quiet-room", "A quiet room"), ("access", "step-free", "No steps"),
    ):  # fmt: skip
        ListEntry.objects.update_or_create(kind=kind, code=code, defaults={"label": label})
    AwardScheme.objects.get_or_create(
        code="invented-mark", defaults={"name": "Invented Mark", "issuer": "Invented Body"}
    )
    for code, easting, northing in (
        ("NW5 1AA", 529_011, 185_022),
        ("NW1 1AA", 529_500, 183_500),
        ("WC1H 9JE", 530_135, 182_795),
    ):
        PostcodeFactory(code=code, easting=easting, northing=northing)


@pytest.fixture
def many(lists):
    """Eleven listings: halls, a home, online, shut for now, free and paid, single dates, awards and statements."""
    made = [
        make_listing(
            name=f"Invented Club {number}", languages=["bn", "en"] if number % 2 else ["en"],
            website="https://club.example.org/" if number % 3 == 0 else "",
            activity={"age_min": number, "age_max": number + 5, "categories": ["football"]},
        )
        for number in range(5, 12)
    ]  # fmt: skip
    made.append(make_listing(name="Home Tutor", kind="home", types=["tuition"], activity={"mode": "one-to-one"}))
    made.append(make_listing(name="Online Maths", kind="online", types=["tuition"], postcode="NW1 1AA"))
    made.append(
        make_listing(
            name="Shut For August", temporarily_closed=True, notice="Back in September.", postcode="WC1H 9JE",
            charity_number="1234567", public_phone="020 7946 0000", send_tags=["quiet-room"],
            venue={"access_tags": ["step-free"], "access_text": "Ring the bell.", "address_lines": "1 Invented Road\nLondon"},
            statements={"B1": [stated(), stated(level="seen", expires_on="2020-01-01")]},
            awards=[
                {"scheme": "invented-mark", "name": "Invented Mark", "issuer": "Invented Body", "level": "Gold",
                 "issued_on": "2026-01-01", "expires_on": "2099-01-01", "url": ""},
            ],
        )
    )  # fmt: skip
    made.append(
        make_listing(
            name="Half-term Dance", types=["arts"], activity={"cost_type": "paid", "cost_amount": "4.50", "cost_unit": "session",
                      "season": "holiday"},
            session={"weekday": None, "dates": ["2099-02-16", "2099-02-17"], "season": "holiday", "starts": time(10), "ends": time(12)},
        )
    )  # fmt: skip
    return made
