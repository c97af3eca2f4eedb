"""A site with a contact page, a form page, and somebody who reads what comes in."""

from typing import Any

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page, Site

from foundation.forms.tokens import make_token
from foundation.partnership.models import PartnershipSettings
from home.models import HomePage
from home.models.contact import ContactPage
from home.models.forms import FormPage, FormPageField


@pytest.fixture
def home(db: None) -> HomePage:
    cache.clear()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    start = root.add_child(instance=HomePage(title="Home", slug="home", locale=Locale.get_default()))
    site, _made = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": start}
    )
    Site.clear_site_root_paths_cache()
    PartnershipSettings.objects.update_or_create(
        site=site, defaults={"name": "Partnership", "contact_email": "office@example.org"}
    )
    return start


@pytest.fixture
def contact_page(home: HomePage) -> ContactPage:
    return home.add_child(instance=ContactPage(title="Contact", slug="contact"))


@pytest.fixture
def form_page(home: HomePage) -> FormPage:
    made = FormPage(
        title="Training", slug="training", why_we_ask="To plan.", keep_days=10, notify_email="o@example.org"
    )
    made.form_fields = [
        FormPageField(label="Your club", field_type="singleline", required=True, sort_order=1),
        FormPageField(label="Which day", field_type="radio", choices="Monday\nFriday", required=True, sort_order=2),
    ]
    return home.add_child(instance=made)


@pytest.fixture
def letter(time_machine: Any) -> dict[str, str]:
    """A whole message, as a person who took a minute would send it."""
    time_machine.move_to("2026-11-22 10:00:00+00:00", tick=False)
    token = make_token("contact")
    time_machine.move_to("2026-11-22 10:01:00+00:00", tick=False)
    return {
        "about": "Something else",
        "name": "A Parent",
        "email": "parent@example.org",
        "message": "When is the next talk?",
        "token": token,
    }
