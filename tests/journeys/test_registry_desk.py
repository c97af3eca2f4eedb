"""The officers' screens of the registry, read by axe: narrow and wide, light and dark, with all that unfolds open."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import ChecklistItem, ConcernFlag, EvidenceFile, Lead, ListingReport, Setting
from community.moderation.services.records import add_note
from community.moderation.services.steps import propose_step, take_step
from community.moderation.services.submissions import decide_fields, open_changes, submit_first
from community.moderation.states import Act, Who
from community.register.services.records import add_part
from community.register.services.sending import publish_what_may, send_changes
from tests.axe import Axe
from tests.factories.accounts import holder_of, sign_in
from tests.factories.community import PersonFactory, SafeguardingContactFactory
from tests.factories.listings import put_on_register, setting_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHEET = (
    "name,types,email\nInvented Harp Club,music,harp@example.org\n=1+1,music,\n"
    "Invented Drum Club,drumming,not an address\nInvented Chess Club,other,\n"
)


@pytest.fixture
def desk(browser: Any, live_server: Any, lead: Any) -> Any:
    client = sign_in(Client(), lead)
    context = browser.new_context(viewport={"width": 1_280, "height": 900}, reduced_motion="reduce")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def lead(transactional_db: None) -> Any:
    return holder_of("Safeguarding lead", email="lead@example.org")


@pytest.fixture
def registry(lead: Any) -> dict[str, Setting]:
    """One record of each kind that the screens can show, with long names and nothing left out."""
    from community.quality.services.standard import load_standard

    load_standard()
    colleague = holder_of("Registry officer", email="a.colleague.with.a.long.address@example.org")
    first = setting_of(PersonFactory())
    request = submit_first(setting=first, by=first.memberships.get().user)
    take_step(setting=first, act=Act.TAKE_UP, by=colleague, who=Who.OFFICER)
    verdicts = {change.path: ("accept", "") for change in open_changes(request)}
    verdicts["summary"] = ("ask", "Which games do you mean, and for which ages?")
    decide_fields(request=request, verdicts=verdicts, by=colleague, seen_version=1)
    return {"first": first, "listed": listed(colleague), "down": taken_down(colleague)}


def listed(colleague: Any) -> Setting:
    """With an edit that waits, hours that grew, another contact, notes, a report and a file."""
    owner = PersonFactory()
    setting = setting_of(owner)
    setting.name = "The Invented Supplementary School of Bengali Language, Mathematics and Drama in Somers Town"
    setting.activities.update(age_min=5)
    setting = put_on_register(setting)
    setting.description = "Long words. " * 80
    setting.website = "https://www.an-invented-address-without-any-break-in-it.example.org/a/long/way/down/"
    setting.save()
    setting.venues.update(postcode="NW1 1AA")
    setting.activities.get().sessions.update(ends=time(19, 0))
    add_part(
        setting=setting, part=SafeguardingContactFactory.build(setting=setting, role="deputy"), page="contact", by=owner
    )
    publish_what_may(setting=setting, by=owner)
    send_changes(setting=setting, by=owner)
    add_note(setting=setting, text="Rang them.\nThey move in spring.", by=colleague)
    ListingReport.objects.create(setting=setting, topic="contact", detail="No answer.", reply_to="p@example.org")
    Lead.objects.create(name="Invented Harp Club", where="Kilburn", web="https://example.org/harp", asks=3)
    item = ChecklistItem.objects.first()
    EvidenceFile.objects.create(
        setting=setting, item=item, original_name="policy.pdf", content_type="application/pdf", size=9
    )
    return setting


def taken_down(colleague: Any) -> Setting:
    setting = put_on_register(setting_of(PersonFactory()))
    take_step(setting=setting, act=Act.SUSPEND, by=colleague, who=Who.OFFICER, reason="Looked into.")
    propose_step(setting=setting, act=Act.LIFT, by=colleague, who=Who.OFFICER, reason="All is well.")
    for closed_on in (None, date(2026, 2, 1)):
        ConcernFlag.objects.create(
            setting=setting, raised_on=date(2026, 1, 5), source="visit", category="practice", raised_by=colleague,
            referred_to="The designated officer of the borough", reference="REF-17", outcome="Nothing for the listing.",
            review_on=timezone.localdate() - timedelta(days=1), closed_on=closed_on,
        )  # fmt: skip
    return setting


def faults_of(desk: Any, name: str, picture: Any, scheme: str) -> list[str]:
    width = desk.viewport_size["width"]
    for more in desk.locator("main details").all():
        more.evaluate("element => { element.open = true }")
    found = Axe().run(desk, context="main", options={"runOnly": {"type": "tag", "values": TAGS}})
    faults = [f"{name} {width}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in found.response["violations"]]
    wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        faults.append(f"{name} {width}: {wide} px too wide")
    picture(desk, f"registry-{name}-{width}-{scheme}")
    return faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_screen_is_wider_than_the_phone(
    desk: Any, live_server: Any, registry: dict[str, Setting], scheme: Any, picture: Any
) -> None:
    key = {name: [setting.pk] for name, setting in registry.items()}
    screens = {
        "queue": reverse("community_queue"), "records": reverse("community_records"),
        "review-first": reverse("community_review", args=key["first"]),
        "review-edit": reverse("community_review", args=key["listed"]),
        "record": reverse("community_record", args=key["listed"]) + "?like=invented",
        "restricted": reverse("community_record", args=key["listed"]) + "?show=restricted",
        "record-down": reverse("community_record", args=key["down"]),
        "concerns": reverse("community_concerns"), "concerns-of": reverse("community_concerns_of", args=key["down"]),
        "told": reverse("community_told"), "import": reverse("community_import"),
        "evidence": reverse("community_evidence"), "quality": reverse("community_quality", args=key["listed"]),
    }  # fmt: skip
    faults = []
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for width in (320, 1_280):
        desk.set_viewport_size({"width": width, "height": 900})
        for name, path in screens.items():
            assert desk.goto(f"{live_server.url}{path}").status == 200, path
            faults += faults_of(desk, name, picture, scheme)
        # What refuses, and what a dry run says.
        desk.goto(f"{live_server.url}{screens['concerns-of']}")
        desk.get_by_role("button", name="Keep", exact=True).click()
        desk.locator(".w-field__errors .error-message").first.wait_for()
        faults += faults_of(desk, "concerns-refused", picture, scheme)
        desk.goto(f"{live_server.url}{screens['import']}")
        desk.locator("input[type=file]").set_input_files(
            {"name": "known.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
        )
        desk.locator("main form:has(input[type=file]) button[type=submit]").click()
        desk.get_by_text("What would happen").wait_for()
        faults += faults_of(desk, "import-dry-run", picture, scheme)
    assert faults == []
