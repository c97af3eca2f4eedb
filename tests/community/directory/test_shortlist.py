"""A shortlist in the address: added to, taken from, compared, asked about."""

import pytest

from tests.factories.listings import make_listing, stated

from .conftest import DIRECTORY

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def two(postcodes):
    make_listing(name="Kite Club", statements={"B1": [stated(level="seen")]})
    make_listing(name="Drum Group", activity={"cost_type": "paid", "cost_amount": "5.00", "cost_unit": "session"})


def test_results_offer_to_add_and_to_take_off_and_keep_the_search(client, two):
    page = text(client.get(f"{DIRECTORY}?age=9"))
    assert 'href="?age=9&amp;s=kite-club#c-kite-club"' in page
    page = text(client.get(f"{DIRECTORY}?age=9&s=kite-club"))
    assert 'href="?age=9&amp;s=kite-club,drum-group#c-drum-group"' in page
    assert 'href="?age=9&amp;s=#c-kite-club"' in page
    assert "Your shortlist: 1 club" in page
    assert 'name="s" value="kite-club"' in page


def test_a_listing_can_be_added_and_taken_off(client, two):
    page = text(client.get(f"{DIRECTORY}kite-club/?s=drum-group"))
    assert 'href="/en/clubs-near-you/kite-club/?s=drum-group,kite-club"' in page
    page = text(client.get(f"{DIRECTORY}kite-club/?s=drum-group,kite-club"))
    assert 'href="/en/clubs-near-you/kite-club/?s=drum-group"' in page


def test_side_by_side_in_the_order_of_the_list(client, two):
    page = text(client.get(f"{DIRECTORY}shortlist/?s=kite-club,drum-group"))
    assert page.index(">Kite Club</a>") < page.index(">Drum Group</a>")
    assert "£5 a session" in page
    assert "1 seen by us" in page
    assert "Ask them" in page
    assert "recommends them" in page
    for word in ("best", "winner", "recommended"):
        assert word not in page.lower().replace("recommends them", "")


def test_an_empty_list_says_how_to_fill_it(client, db):
    assert "Your shortlist is empty" in text(client.get(f"{DIRECTORY}shortlist/"))
    assert "Your shortlist is empty" in text(client.get(f"{DIRECTORY}questions/"))


@pytest.mark.parametrize(
    "typed", ["<script>,kite-club", "kite-club,kite-club", ",,kite-club", "kite-club," + "x" * 5_000]
)
def test_nonsense_in_the_list_is_left_out(client, two, typed):
    response = client.get(f"{DIRECTORY}shortlist/", {"s": typed})
    assert response.status_code == 200
    assert "Kite Club" in text(response)
    assert "<script>,kite" not in text(response)


def test_a_list_has_an_end(client, two):
    full = ",".join(f"club-{number}" for number in range(9))
    page = text(client.get(f"{DIRECTORY}?s={full}"))
    assert "Your shortlist: 6 clubs" in page
    assert "Add to shortlist" not in page
