"""A register with a few postcodes, and nothing kept from the test before."""

import pytest
from django.core.cache import cache

from community.models import District
from tests.factories.community import PostcodeFactory
from tests.factories.listings import POINTS

DIRECTORY = "/en/clubs-near-you/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def postcodes(db):
    """Three postcodes and their districts; the middle of each is where its postcode is."""
    for code, (easting, northing) in POINTS.items():
        PostcodeFactory(code=code, easting=easting, northing=northing)
        District.objects.create(
            outward=code.split()[0], easting=easting, northing=northing, postcodes=1, in_area=1, outline="M0 0l5 5-5 5z"
        )
