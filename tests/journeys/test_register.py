"""A club registers on a small phone without JavaScript: from an e-mail address to "sent", every page read by axe."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.axe import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTH = 320


@pytest.fixture
def lists(transactional_db: None) -> None:
    from community.models import ListEntry, Postcode

    for kind, code, label in (
        ("language", "en", "English"), ("language", "bn", "Bengali"), ("category", "football", "Football"),
        ("send", "quiet-room", "A quiet room"), ("access", "step-free", "No steps"),
    ):  # fmt: skip
        ListEntry.objects.update_or_create(kind=kind, code=code, defaults={"label": label})
    Postcode.objects.update_or_create(
        code="NW5 1AA",
        defaults={
            "outward": "NW5",
            "easting": 529011,
            "northing": 185022,
            "latitude": 51.55,
            "longitude": -0.14,
            "in_area": True,
        },
    )


class Phone:
    """A phone that looks at each page it comes to."""

    def __init__(self, page: Any, address: str, twin: Any) -> None:
        self.page, self.address, self.twin, self.count = page, address, twin, 0
        self.page.set_default_timeout(10_000)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def press(self, name: str) -> None:
        """A button or a link, by its words."""
        button = self.page.get_by_role("button", name=name, exact=True)
        (button if button.count() else self.page.get_by_role("link", name=name, exact=True)).first.click()
        self.look()

    def fill(self, **fields: str) -> None:
        for label, text in fields.items():
            self.page.locator(f"[name={label}]").first.fill(text)

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label, exact=True).first.check()

    def sees(self, text: str) -> None:
        assert text in self.page.inner_text("main"), self.page.inner_text("main")

    def look(self) -> None:
        self.count += 1
        # axe is a script: a twin with scripts is given the very same bytes.
        html = self.page.content()
        self.twin.unroute_all()
        self.twin.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self.twin.goto(self.page.url)
        wide = self.twin.evaluate("document.documentElement.scrollWidth")
        assert wide <= WIDTH, f"{self.page.url} is {wide} wide"
        if folder := os.environ.get("SCREENSHOTS"):
            path = re.sub(r"[0-9a-f-]{36}", "x", self.page.url.split("/my-setting/")[-1])
            name = re.sub(r"[^a-z0-9]+", "-", path)[:40].strip("-")
            end = self.twin.evaluate("document.querySelector('main').getBoundingClientRect().bottom") + 60
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": end}
            self.twin.screenshot(path=Path(folder) / f"{self.count:02}-{name}.png", clip=clip)
        found = Axe().run(self.twin, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"


@pytest.fixture
def phone(browser: Any, live_server: Any, lists: None) -> Any:
    size = {"width": WIDTH, "height": 640}
    context = browser.new_context(viewport=size, java_script_enabled=False)
    # So tall that nothing hides below the bar of numbers, which axe would count against what it covers.
    with_scripts = browser.new_context(viewport={"width": WIDTH, "height": 6_000})
    yield Phone(context.new_page(), live_server.url, with_scripts.new_page())
    context.close()
    with_scripts.close()


def link_in_mail(subject: str) -> str:
    from django.core import mail

    found = [message for message in mail.outbox if subject in message.subject]
    return re.search(r"http://[^/\s]+(/\S+)", found[-1].body)[1]


def test_a_club_registers_on_a_phone(phone: Phone) -> None:
    from community.models import Setting

    phone.go("/en/my-setting/")
    phone.fill(email="club@example.org")
    phone.press("Send me a link")
    phone.sees("Look into your mailbox")
    phone.go(link_in_mail("link to sign in"))
    phone.press("Sign in")
    phone.fill(name="Invented Football Club")
    phone.press("Begin")
    phone.sees("Choose at least one kind of setting")
    phone.choose("Sport")
    phone.fill(summary="Football and homework help after school.")
    phone.press("Begin")

    phone.choose("Club or association with a committee")
    phone.press("Save and go on")
    phone.sees("Somebody has to be there")
    phone.fill(staff_paid="1", staff_volunteers="2")
    phone.press("Save and go on")

    phone.fill(name="Under-11 football", age_min="11", age_max="8")
    phone.press("Save and go on")
    phone.sees("below the youngest")
    phone.fill(age_min="8", age_max="11")
    phone.press("Save and go on")
    phone.choose("Paid")
    phone.fill(cost_amount="£4.50")
    phone.page.locator("[name=cost_unit]").select_option("session")
    phone.press("Save and go on")

    phone.choose("Community building, library or leisure centre")
    phone.fill(name="Invented Hall", address_lines="1 Invented Road", postcode="nw51aa")
    phone.press("Save and go on")

    phone.choose("Monday")
    phone.page.locator("[name=starts]").fill("17:00")
    phone.page.locator("[name=ends]").fill("16:00")
    phone.press("Save and go on")
    phone.sees("before or when it starts")
    phone.page.locator("[name=ends]").fill("18:00")
    phone.press("Save and add another time")
    phone.choose("Thursday")
    phone.press("Save and go back")
    phone.sees("Can wait until you are listed")

    phone.press("Go on")
    phone.choose("Bengali")
    phone.press("Save and go on")
    phone.fill(public_phone="020 7946 0000")
    phone.press("Save and go on")
    phone.sees("Each time they look, it is written down")
    phone.choose("Designated safeguarding lead")
    phone.fill(name="Canary Contact")
    phone.press("Save and go on")
    phone.sees("Check and send")

    phone.press("Invented Football Club")
    phone.press("Special educational needs and disability (SEND)")
    phone.choose("A quiet room")
    phone.press("Save")
    phone.press("Under-11 football: how it is run")
    phone.choose("Yes")
    phone.press("Save")
    phone.press("Invented Hall: finding it and getting in")
    phone.choose("No steps")
    phone.press("Save")
    phone.press("Check and send")
    assert "Canary" not in phone.page.inner_text("main")
    phone.press("Send")
    phone.sees("Tick the box to accept the terms")
    phone.choose("I may speak for this setting, what I wrote is true, and I accept the terms.")
    phone.press("Send")
    phone.sees("Sent. Thank you.")

    setting = Setting.objects.get()
    assert setting.state == "submitted"
    assert setting.terms_version
    assert sorted(setting.activities.get().sessions.values_list("weekday", flat=True)) == [0, 3]
    assert setting.safeguarding_contacts.get().phone == "020 7946 0000"
    assert sorted(setting.languages) == ["bn", "en"]
    assert setting.venues.get().easting == 529011


@pytest.fixture
def listed(lists: None) -> Any:
    """A listed setting with two people, a question, a change that waits and one that was not sent."""
    from community.models import FieldDecision
    from community.moderation.services.publishing import publish
    from community.moderation.services.submissions import send_edits
    from community.register.document import build_document
    from community.register.services import colleagues
    from tests.factories.community import MembershipFactory, SafeguardingContactFactory, SessionFactory, SettingFactory

    setting = SettingFactory(name="Invented Chess Club", languages=["en", "bn"])
    owner = MembershipFactory(setting=setting, user__email="owner@example.org").user
    MembershipFactory(setting=setting, user__email="a.colleague.with.a.long.address@example.org", role="editor")
    SessionFactory(activity__setting=setting)
    SafeguardingContactFactory(setting=setting)
    publish(setting=setting, document=build_document(setting), by=None)
    setting.state, setting.confirm_due = "listed", "2027-05-01"
    setting.summary = "Chess for everybody from 6 to 16, with a small tournament at the end of each term."
    setting.save()
    request = send_edits(setting=setting, by=owner)
    assert request
    FieldDecision.objects.create(
        request=request, path="summary", verdict="ask", reason="Your youngest players are 8. Is 6 right?"
    )
    request.status = "asked"
    request.save()
    colleagues.invite(setting=setting, email="new@example.org", role="editor", by=owner)
    return setting, owner


def test_a_listed_setting_is_looked_after_on_a_phone(phone: Phone, listed: Any) -> None:
    from django.test import Client

    from community.models import Setting
    from community.register.services.confirmations import confirmation_url

    setting, owner = listed
    session = Client()
    session.force_login(owner)
    phone.page.context.add_cookies(
        [{"name": "sessionid", "value": session.cookies["sessionid"].value, "url": phone.address}]
    )
    home = f"/en/my-setting/{setting.pk}/"
    phone.go("/en/my-setting/")
    phone.sees("1 question waits for you")
    phone.press("Invented Chess Club")
    phone.sees("Is 6 right?")
    for path in ("changes/", "history/", "colleagues/", "close/", "shut/", "edit/notice/", "costs/", "safeguarding/"):
        phone.go(home + path)
    phone.go(f"{home}colleagues/leave/")
    phone.go(f"{home}activities/{setting.activities.get().pk}/remove/")
    phone.go(f"{home}sessions/add/dates/")
    phone.go("/en/my-setting/terms/")

    phone.go(f"{home}edit/words/")
    Setting.objects.filter(pk=setting.pk).update(summary="What a colleague wrote.")
    phone.fill(summary="What I wrote.")
    phone.press("Save and go back")
    phone.sees("A colleague changed this while you were writing")
    phone.page.get_by_label("Theirs: What a colleague wrote.").check()
    phone.press("Save and go back")
    phone.sees("What a colleague wrote.")

    phone.go(home)
    phone.press("Hide the page now")
    phone.sees("Hidden by you")
    phone.press("Show the page again")
    path = confirmation_url(setting=setting, person=owner).split("//", 1)[1]
    phone.go("/" + path.split("/", 1)[1])
    phone.sees("This is what parents see")
    phone.press("Nothing has changed")
    phone.sees("Your details are confirmed")
    phone.go("/en/my-setting/sign-in/made-up/")
    phone.sees("This link does not work any more")
