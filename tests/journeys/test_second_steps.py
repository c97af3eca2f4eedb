"""Passkeys and recovery codes in a real browser, with a key that the browser pretends to have."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, holder_of

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


def press_sign_in(laptop: Any) -> None:
    laptop.locator("form:has([name=code])").get_by_role("button").first.click()
