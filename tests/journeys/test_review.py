"""From a draft to the credit: a Young Advisor on a phone suggests, an editor takes over, a publisher publishes; a post and
a question go their ways. Every page of the Young Advisors' side is read by axe."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowPage

from foundation.accounts.role_setup import set_up_roles
from foundation.mail.models import OutgoingMessage
from foundation.partnership.models import Subgroup, SubgroupMember
from home.models import Audience, AudiencePage, ResourcePage
from home.review.models import PartnershipQuestion, Post
from home.review.selectors import waiting
from home.review.setup import WORKFLOW, set_up_review
from surveys.questionnaire.services.versions import take_step
from surveys.questionnaire.states import Act, Who
from tests.axe import Axe
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page, with_body
from tests.factories.questionnaire import every_kind_of_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 320


@pytest.fixture
def part(transactional_db: None) -> AudiencePage:
    home = a_home_page()
    set_up_roles()
    set_up_review()
    audience = Audience.objects.create(slug="young-people", name="Young people")
    part = a_page(AudiencePage, under=home, title="Young people", slug="young-people", audience=audience)
    WorkflowPage.objects.filter(page=part.page_ptr).delete()
    WorkflowPage.objects.create(workflow=Workflow.objects.get(name=WORKFLOW), page=part.page_ptr)
    return part


@pytest.fixture
def draft(part: AudiencePage) -> Any:
    made = a_page(ResourcePage, under=part, title="Staying safe online", live=False)
    made = with_body(made, ("text", "<h2>Passwords</h2><p>Utilise a secure <b>password</b> &amp; keep it.</p>"))
    editor = holder_of("Editor")
    made.save_revision(user=editor)
    made.get_workflow().start(made, editor)
    return made


def at_home(browser: Any, live_server: Any, person: Any, *, width: int = PHONE, **wishes: Any) -> Any:
    """A browser in which this person is signed in."""
    client = sign_in(Client(), person)
    context = browser.new_context(
        viewport={"width": width, "height": 1_700 if width > 1_000 else 800}, reduced_motion="reduce", **wishes
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def look(page: Any, picture: Any, name: str) -> None:
    """The page is no wider than the window, and axe finds nothing, light and dark."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("document.fonts.ready")
        picture(page, f"review-{name}-{width}-{scheme}")
        found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
        assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]] == [], name
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": width, "height": 800})


def test_a_wording_goes_from_a_phone_to_the_public_with_its_credit(
    browser: Any, live_server: Any, draft: Any, picture: Any
) -> None:
    phone = at_home(browser, live_server, holder_of("Young Advisor", display_name="Samphire"), java_script_enabled=True)
    phone.goto(f"{live_server.url}/review/")
    look(phone, picture, "list")
    phone.get_by_role("link", name="Staying safe online").click()
    assert phone.frame_locator("iframe").get_by_text("Utilise a secure").is_visible()
    phone.get_by_text("The words, part by part").click()
    look(phone, picture, "page")
    phone.get_by_role("link", name=re.compile("Say something about this")).last.click()
    phone.get_by_label("Which words?").fill("Utilise a secure")
    phone.get_by_label("Your comment, or your words instead").fill("Use a strong")
    phone.get_by_role("button", name="Save my comment").click()
    phone.get_by_text("Your comment is saved").wait_for()

    desk = at_home(browser, live_server, holder_of("Editor"), width=1280)
    desk.goto(f"{live_server.url}/admin/young-advisors/{draft.pk}/")
    desk.get_by_role("button", name="Take over this wording").click()
    desk.get_by_text("The wording stands in the draft now").wait_for()
    picture(desk, "review-desk-remarks-1280")
    desk.goto(f"{live_server.url}/admin/")
    assert "Staying safe online" in desk.content()
    picture(desk, "review-dashboard-1280")
    desk.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[draft.pk])}")
    desk.get_by_role("button", name="Toggle checks").click()
    assert desk.get_by_text("This site’s own checks").is_visible()
    picture(desk, "review-checks-1280")

    phone.get_by_label("What did Young Advisors change?").fill("We made the words ones that we use.")
    phone.get_by_label("Shown as").fill("Samphire")
    phone.get_by_role("button", name="It is ready for the next step").click()
    phone.get_by_text("It was changed while").or_(phone.get_by_text("The page was changed while")).first.wait_for()
    assert phone.frame_locator("iframe").get_by_text("Use a strong").is_visible()
    assert phone.get_by_label("Shown as").input_value() == "Samphire"
    phone.get_by_role("button", name="It is ready for the next step").click()
    phone.get_by_text("The page goes on to the people who publish").wait_for()
    desk.goto(f"{live_server.url}/admin/young-advisors/{draft.pk}/")
    desk.get_by_role("button", name="Show these words on the page").click()
    desk.get_by_text("Saved.").wait_for()

    office = at_home(browser, live_server, holder_of("Publisher"), width=1280)
    office.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[draft.pk])}")
    office.get_by_role("button", name="More actions").first.click()
    office.get_by_role("button", name="Approve and Publish", exact=True).click()
    office.wait_for_url(f"**/admin/pages/{draft.get_parent().pk}/")
    picture(office, "review-office-1280")
    draft.refresh_from_db()
    assert draft.live

    reader = browser.new_page(viewport={"width": PHONE, "height": 800})
    reader.goto(f"{live_server.url}/en/young-people/{draft.slug}/")
    picture(reader, "review-credit-320")
    assert reader.get_by_text("Use a strong").is_visible()
    assert reader.get_by_text("Reviewed by Young Advisors").is_visible()
    assert reader.get_by_text("We made the words ones that we use.").is_visible()
    assert reader.get_by_text("Samphire", exact=True).is_visible()
    assert reader.context.cookies() == []


def test_a_link_in_a_mail_signs_in_without_javascript(
    browser: Any, live_server: Any, part: AudiencePage, picture: Any, monkeypatch: Any
) -> None:
    written: list[str] = []

    def keep(*, text: str, **_more: Any) -> OutgoingMessage:
        written.append(text)
        return OutgoingMessage()

    monkeypatch.setattr("home.review.views.sign_in.queue_mail", keep)
    holder_of("Young Advisor", email="sam@example.org")
    page = browser.new_page(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    page.goto(f"{live_server.url}/review/")
    picture(page, "review-sign-in-320")
    page.get_by_label("Your e-mail address").fill("sam@example.org")
    page.get_by_role("button", name="Send me a link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    path = re.search(r"/review/sign-in/\S+/", written[0])
    assert path
    page.goto(live_server.url + path[0])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="What waits for you").wait_for()


def test_a_post_is_saved_as_it_is_written_and_goes_on_the_site(
    browser: Any, live_server: Any, part: AudiencePage, picture: Any
) -> None:
    phone = at_home(browser, live_server, holder_of("Young Advisor", display_name="Samphire"))
    phone.goto(f"{live_server.url}/review/")
    phone.get_by_role("button", name="Write something new").click()
    phone.get_by_label("Title").fill("Exams")
    phone.get_by_label("Your words").fill("They are hard.\n\n## Breathe\n\n- in\n- out")
    phone.get_by_text("Saved.", exact=True).wait_for()
    assert Post.objects.get().title == "Exams"
    look(phone, picture, "post-form")
    phone.get_by_label("Shown as").fill("Samphire")
    phone.get_by_role("button", name="Send it to the editors").click()
    phone.get_by_text("Sent. The editors read it").wait_for()
    phone.goto(f"{live_server.url}/review/posts/{Post.objects.get().pk}/")
    look(phone, picture, "post")

    desk = at_home(browser, live_server, holder_of("Publisher"), width=1280)
    desk.goto(f"{live_server.url}/admin/young-advisors/")
    picture(desk, "review-desk-1280")
    desk.get_by_role("link", name="Exams").first.click()
    picture(desk, "review-desk-post-1280")
    desk.get_by_role("button", name="Put it on the site now").click()
    desk.get_by_text("is on the site").wait_for()

    reader = browser.new_page(viewport={"width": PHONE, "height": 800})
    reader.goto(f"{live_server.url}/en/young-people/exams/")
    assert reader.get_by_role("heading", name="Breathe").is_visible()
    look(reader, picture, "post-public")


def test_a_question_gets_its_public_answer(browser: Any, live_server: Any, part: AudiencePage, picture: Any) -> None:
    group = Subgroup.objects.create(key="quality", name="Quality Assurance")
    member = holder_of("Subgroup member")
    SubgroupMember.objects.create(user=member, subgroup=group)
    phone = at_home(browser, live_server, holder_of("Young Advisor"), java_script_enabled=False)
    phone.goto(f"{live_server.url}/review/")
    phone.get_by_role("button", name="Ask a question").click()
    phone.get_by_role("button", name="Send my question").click()
    assert "There is a problem" in phone.content()
    phone.get_by_label("Who should answer?").select_option(label="Quality Assurance")
    phone.get_by_label("Your question").fill("Why does it take so long?")
    phone.get_by_role("button", name="Send my question").click()
    phone.get_by_text("Your question is sent").wait_for()
    phone.context.close()
    question = PartnershipQuestion.objects.get()

    desk = at_home(browser, live_server, holder_of("Editor"), width=1280)
    desk.goto(f"{live_server.url}/admin/young-advisors/questions/{question.pk}/")
    picture(desk, "review-desk-question-1280")
    desk.get_by_role("button", name="Make it public").click()
    desk.get_by_text("The question is public").wait_for()

    seat = at_home(browser, live_server, member)
    seat.goto(f"{live_server.url}/asked-by-young-advisors/")
    look(seat, picture, "asked")
    seat.get_by_role("link", name=re.compile("Answer")).click()
    look(seat, picture, "answer")
    seat.get_by_label("Your group’s answer").fill("We have hired two more people.")
    seat.get_by_role("button", name="Keep the answer").click()
    seat.get_by_text("once an editor has read it").wait_for()

    desk.goto(f"{live_server.url}/admin/young-advisors/questions/{question.pk}/")
    desk.get_by_role("button", name="Publish this answer").click()
    desk.get_by_text("The answer is public").wait_for()
    for width in (PHONE, 768, 1280):
        reader = browser.new_page(viewport={"width": width, "height": 800})
        reader.goto(f"{live_server.url}/en/ask-the-partnership/")
        assert reader.get_by_text("We have hired two more people.").is_visible()
        look(reader, picture, "ask")
        reader.goto(f"{live_server.url}/ar/ask-the-partnership/")
        assert reader.evaluate("document.documentElement.dir") == "rtl"
        look(reader, picture, "ask-ar")
        reader.close()


def test_a_questionnaire_is_read_as_pupils_will_and_decided_by_keyboard(
    browser: Any, live_server: Any, part: AudiencePage, picture: Any
) -> None:
    version = take_step(version=every_kind_of_question(), act=Act.SEND, who=Who.MANAGER)
    for width in (1280, 768, PHONE):
        phone = at_home(browser, live_server, holder_of("Young Advisor"), width=width)
        phone.goto(f"{live_server.url}/review/other/questionnaire-{version.pk}/")
        look(phone, picture, "questionnaire")
    assert phone.frame_locator("iframe").get_by_text("Nobody can know what you answer.").is_visible()
    note = phone.get_by_label("Anything else?")
    note.focus()
    phone.keyboard.type("Ask about phones too.")
    reached = []
    for _press in range(12):
        phone.keyboard.press("Tab")
        reached.append(phone.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))
        if reached[-1] == "Please change something first":
            break
    assert "It is ready for the next step" in reached
    phone.keyboard.press("Enter")
    phone.get_by_text("The people who make it see what you said").wait_for()
    version.refresh_from_db()
    assert version.state == "draft"
    assert waiting() == []
