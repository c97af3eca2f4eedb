"""The directory in Bengali and Arabic."""

import pytest
from django.utils import translation

from community.directory.facts import distance_in_words
from community.directory.shared_words import SHARED_WORDS
from community.quality.models import EvidenceCheck
from community.register.enums import Mode, Places, Season, SettingType, VenueKind, Weekday, Who
from tests.factories.listings import make_listing, stated

pytestmark = pytest.mark.django_db


def test_labels_of_other_rooms_are_named_for_the_catalogues():
    with translation.override("en"):
        shown = {
            str(label)
            for choices in (SettingType, Weekday, Season, Who, Mode, Places, VenueKind, EvidenceCheck.Level)
            for label in choices.labels
        }
    elsewhere = {"All year", "Everybody", "Online"}
    assert shown - elsewhere <= set(SHARED_WORDS)


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [
        ("bn", "ltr", ["আপনি কী খুঁজছেন?", "ক্লাব খুঁজুন", "আমার সন্তানের ক্লাব এখানে নেই"]),
        ("ar", "rtl", ["عمّ تبحث؟", "ابحث عن نوادٍ", "نادي طفلي ليس هنا"]),
    ],
)
def test_the_search_speaks_the_language_of_its_address(client, language, direction, words):
    page = client.get(f"/{language}/clubs-near-you/").content.decode()
    assert f'dir="{direction}"' in page
    for each in words:
        assert each in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("bn", ["বুধবার", "আমরা এটি দেখেছি", "পরিদর্শন করে না"]), ("ar", ["الأربعاء", "رأينا ذلك", "لا يفتشه أحد"])],
)
def test_a_listing_says_how_things_are_known_in_the_language(client, language, words):
    make_listing(statements={"B1": [stated("A written policy", "seen")]})
    page = client.get(f"/{language}/clubs-near-you/invented-club/").content.decode()
    for each in words:
        assert each in page
    assert "A written policy" in page


@pytest.mark.parametrize(("language", "words"), [("bn", "প্রায় 2 মাইল"), ("ar", "نحو 2 ميل")])
def test_how_far_a_home_is_speaks_the_language_too(language, words):
    with translation.override(language):
        assert distance_in_words(3_200, is_rough=True) == words


def test_what_clubs_wrote_keeps_its_own_direction_side_by_side(client):
    make_listing(summary="24 games for children with SEND.")
    page = client.get("/ar/clubs-near-you/shortlist/?s=invented-club").content.decode()
    assert "<bdi>24 games for children with SEND.</bdi>" in page
