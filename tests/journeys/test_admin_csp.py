"""The admin works under its policy: about thirty screens in a browser, and not one violation but the one we know."""

import time

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from foundation.accounts import demo
from foundation.accounts.models import User
from foundation.media.models import SiteImage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = [
    "/admin/",
    "/admin/account/",
    "/admin/pages/",
    "/admin/pages/{home}/",
    "/admin/pages/{home}/edit/",
    "/admin/pages/{home}/add_subpage/",
    "/admin/pages/{home}/history/",
    "/admin/pages/{home}/privacy/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/images/multiple/add/",
    "/admin/images/{image}/",
    "/admin/documents/",
    "/admin/documents/add/",
    "/admin/documents/multiple/add/",
    "/admin/media/",
    "/admin/media/video/add/",
    "/admin/snippets/",
    "/admin/snippets/partnership/helpline/",
    "/admin/snippets/partnership/helpline/add/",
    "/admin/settings/partnership/alertbanner/",
    "/admin/settings/partnership/navigation/",
    "/admin/settings/partnership/partnershipsettings/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/redirects/",
    "/admin/redirects/add/",
    "/admin/workflows/list/",
    "/admin/workflows/add/",
    "/admin/collections/",
    "/admin/locales/",
    "/admin/reports/audit/",
    "/admin/reports/site-history/",
    "/admin/reports/workflow/",
    "/accounts/2fa/",
]


def is_known(violation):
    """Jcrop asks whether the browser knows touch by setting an attribute; nothing depends on the answer."""
    return violation.startswith("script-src-attr inline") and "jcrop" in violation.lower()


WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', e => window.violations.push(
  [e.effectiveDirective, e.blockedURI, (e.sourceFile || '') + ':' + e.lineNumber, e.sample].join(' ')));
"""


@pytest.fixture
def administrator(page, live_server):
    """Signed in as a newcomer would: with what the demonstration's own pages show."""
    call_command("load_demo_users", verbosity=0)
    page.add_init_script(WATCH)
    page.goto(f"{live_server.url}/admin/")
    page.fill("input[name=login]", "administrator@example.org")
    page.fill("input[name=password]", demo.PASSWORD)
    page.click("form:not([id]) button:text-is('Sign in')")
    page.fill("input[name=code]", page.inner_text("#demo-code"))
    page.click("button:text-is('Sign in')")
    page.wait_for_url(f"{live_server.url}/admin/")
    return page


def test_thirty_screens_break_no_rule(administrator, live_server):
    home = Page.objects.filter(depth=2).first()
    image = SiteImage.objects.create(title="A picture", file=get_test_image_file())
    elsewhere = []
    administrator.on(
        "request", lambda r: None if r.url.startswith((live_server.url, "data:", "blob:")) else elsewhere.append(r.url)
    )
    started, found = time.monotonic(), {}
    for screen in SCREENS:
        address = screen.format(home=home.pk, image=image.pk)
        response = administrator.goto(live_server.url + address, wait_until="load")
        assert response.status == 200, address
        violations = [v for v in administrator.evaluate("window.violations") if not is_known(v)]
        if violations:
            found[address] = violations
    assert found == {}
    assert elsewhere == []
    assert time.monotonic() - started < 60


def test_fields_that_start_from_inline_elements_work(administrator, live_server):
    administrator.goto(f"{live_server.url}/admin/settings/partnership/alertbanner/")
    administrator.click("input[name=starts_at]")
    administrator.wait_for_selector(".xdsoft_datetimepicker", state="visible")
    administrator.goto(f"{live_server.url}/admin/settings/partnership/navigation/")
    administrator.click("[data-streamfield-stream-container] button.c-sf-add-button")
    assert administrator.evaluate("window.violations") == []


def test_a_second_browser_needs_a_code_of_its_own(administrator, browser, live_server):
    other = browser.new_context().new_page()
    other.goto(f"{live_server.url}/admin/")
    assert reverse("account_login") in other.url
    assert User.objects.filter(is_demo=True).exists()
