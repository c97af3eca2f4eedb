"""Passkeys and recovery codes in a real browser, with a key that the browser pretends to have."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from foundation.accounts.links.services import make_link
from tests.factories.accounts import PASSWORD, holder_of
from tests.factories.pages import a_home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def laptop(browser: Any) -> Any:
    """A browser with a fingerprint reader that always knows its owner. Passkeys need a name, so no bare address."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def go(laptop: Any, live_server: Any, path: str) -> None:
    laptop.goto(f"{live_server.url.replace('127.0.0.1', 'localhost')}{path}")


def give_password(laptop: Any, live_server: Any, email: str) -> None:
    go(laptop, live_server, "/accounts/login/")
    laptop.locator("[name=login]").fill(email)
    laptop.locator("[name=password]").fill(PASSWORD)
    laptop.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_opens_the_admin_and_a_recovery_code_does_once(laptop: Any, live_server: Any) -> None:
    editor = holder_of("Editor")
    give_password(laptop, live_server, editor.email)
    go(laptop, live_server, "/admin/")
    laptop.wait_for_url("**/accounts/enrol/")

    go(laptop, live_server, "/accounts/2fa/webauthn/add/")
    laptop.locator("[name=name]").fill("My laptop")
    laptop.locator("[name=passwordless]").check()
    laptop.get_by_role("button", name="Add", exact=True).click()
    laptop.wait_for_url("**/recovery-codes/")
    codes = laptop.locator("main textarea").input_value().split()
    assert len(codes) == len(set(codes)) == 10
    laptop.locator("main").get_by_role("button", name="Go to the admin").click()
    expect(laptop.get_by_text("My drafts")).to_be_visible()

    laptop.context.clear_cookies()
    go(laptop, live_server, "/accounts/login/")
    laptop.get_by_role("button", name="Sign in with a passkey").click()
    laptop.wait_for_url("**/admin/")

    laptop.context.clear_cookies()
    give_password(laptop, live_server, editor.email)
    laptop.locator("[name=code]").fill(codes[0])
    press_sign_in(laptop)
    laptop.wait_for_url("**/admin/")

    laptop.context.clear_cookies()
    give_password(laptop, live_server, editor.email)
    laptop.locator("[name=code]").fill(codes[0])
    press_sign_in(laptop)
    expect(laptop.get_by_text("Incorrect code").first).to_be_visible()
    go(laptop, live_server, "/admin/")
    assert "/admin/" not in laptop.url.split("?")[0]


def test_a_young_advisor_adds_a_passkey_after_a_link_and_comes_in_with_it_alone(laptop: Any, live_server: Any) -> None:
    a_home_page()
    person = holder_of("Young Advisor", email="sam@example.org")
    person.set_unusable_password()
    person.save()
    link = make_link(email=person.email, next_path="/review/passkeys/")
    go(laptop, live_server, f"/review/sign-in/{link.token}/")
    laptop.get_by_role("button", name="Sign in").click()
    laptop.get_by_text("You have none yet").wait_for()
    laptop.get_by_label("What do you call this phone").fill("My phone")
    laptop.get_by_role("button", name="Add a passkey").click()
    expect(laptop.locator("article", has_text="My phone")).to_be_visible()

    laptop.get_by_role("link", name="Review", exact=True).first.click()
    laptop.get_by_role("button", name="Sign out").click()
    laptop.get_by_role("link", name="Sign in with a passkey instead").click()
    laptop.get_by_role("button", name="Sign in").click()
    laptop.get_by_role("heading", name="What waits for you").wait_for()

    go(laptop, live_server, "/review/passkeys/")
    laptop.get_by_role("button", name="Take it away").click()
    laptop.get_by_text("You have none yet").wait_for()
    assert not Authenticator.objects.filter(user=person).exists()


def press_sign_in(laptop: Any) -> None:
    laptop.locator("form:has([name=code])").get_by_role("button").first.click()
