"""A page with a picture, from an editor's empty form to the public, with the admin's own widgets."""

import contextlib
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import TimeoutError as NotThere

from home.models import InformationPage
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page
from tests.foundation.media import files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_a_desk(browser: Any, live_server: Any, person: Any) -> Any:
    """A browser in which this person is signed in."""
    client = sign_in(Client(), person)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def test_an_editor_makes_a_page_with_a_picture_and_a_publisher_puts_it_before_the_public(
    browser: Any, live_server: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    home = a_home_page()
    editor, publisher = holder_of("Editor"), holder_of("Publisher")
    desk = at_a_desk(browser, live_server, editor)
    write_page(
        desk, f"{live_server.url}/admin/pages/add/home/informationpage/{home.pk}/", files.picture("JPEG", gps=True)
    )
    made = InformationPage.objects.get(title="Walking to school")
    assert not made.live
    assert (
        made.get_latest_revision_as_object().body[0].value["image"].contextual_alt_text == "Two children at a crossing"
    )
    assert Client().get(f"/en/{made.slug}/").status_code == 404

    desk.get_by_role("button", name="More actions").first.click()
    desk.get_by_role("button", name=re.compile("Submit to Moderators approval")).click()
    desk.wait_for_url(f"**/admin/pages/{home.pk}/")
    desk.goto(f"{live_server.url}/admin/")
    assert f"Sent by {editor}" in desk.content()
    desk.context.close()

    office = at_a_desk(browser, live_server, publisher)
    office.goto(f"{live_server.url}/admin/")
    office.get_by_role("link", name="Walking to school").first.click()
    office.get_by_role("button", name="More actions").first.click()
    office.get_by_role("button", name="Approve and Publish", exact=True).click()
    office.wait_for_url(f"**/admin/pages/{home.pk}/")
    office.context.close()

    made.refresh_from_db()
    assert made.live
    text = Client().get(f"/en/{made.slug}/").text
    assert "Two children at a crossing" in text
    assert 'alt="Two children at a crossing"' in text


def open_the_chooser(desk: Any) -> None:
    """Press until it opens: a press before the new block's script is there does nothing."""
    upload = desk.get_by_role("tab", name="Upload")
    for _press in range(6):
        desk.get_by_role("button", name="Choose an image").first.click()
        with contextlib.suppress(NotThere):
            upload.wait_for(timeout=8_000)
            break
    upload.click()


def write_page(desk: Any, address: str, picture: bytes) -> None:
    desk.goto(address)
    desk.locator("#id_title").fill("Walking to school")
    desk.locator("#id_summary").fill("Safe ways to walk.")
    desk.get_by_role("button", name="Insert a block").first.click()
    desk.get_by_role("option", name="Image").first.click()
    open_the_chooser(desk)
    desk.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})
    desk.locator("#id_image-chooser-upload-title").fill("A crossing")
    desk.get_by_role("button", name="Upload", exact=True).click()
    alt = desk.locator("[name$=alt_text]")
    alt.wait_for()
    alt.fill("Two children at a crossing")
    desk.get_by_role("button", name="Save draft").first.click()
    desk.wait_for_url(re.compile(r"/edit/"))
