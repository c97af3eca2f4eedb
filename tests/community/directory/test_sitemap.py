"""The sitemap holds what is on the register at this moment."""

import pytest

from community.directory.sitemap import public_addresses
from community.models import Setting
from tests.factories.listings import make_listing

pytestmark = pytest.mark.django_db


def test_only_public_settings_are_in_the_sitemap(client):
    make_listing(name="Kite Club")
    gone = make_listing(name="Was Here")
    Setting.objects.filter(pk=gone.pk).update(state="suspended")
    paths = [entry.path for entry in public_addresses()]
    assert paths == ["/en/clubs-near-you/", "/en/clubs-near-you/what-listing-means/", "/en/clubs-near-you/kite-club/"]
    page = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/en/clubs-near-you/kite-club/" in page
    assert "was-here" not in page


def test_fixed_addresses_are_reserved():
    from community.directory.urls import RESERVED_SLUGS, ROOT, localized_urlpatterns

    fixed = {str(each.pattern).removeprefix(ROOT).split("/")[0] for each in localized_urlpatterns} - {"", "<str:slug>"}
    assert fixed <= set(RESERVED_SLUGS)
