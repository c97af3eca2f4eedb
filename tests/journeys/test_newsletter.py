"""Subscribe, receive, unsubscribe on a small phone without JavaScript; an issue from draft to archive; both with a real
mail server. Every page read by axe, and the mail itself looked at."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.axe import Axe
from tests.journeys.looks import TAGS, a_phone, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = "/en/newsletter/"


@pytest.fixture
def post(settings: Any) -> Any:
    """A real mail server on this machine."""
    from tests.community.newsletter.smtp_server import SmtpServer

    server = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def phone(browser: Any) -> Any:
    with a_phone(browser, width=320) as page:
        yield page
        assert page.context.cookies() == [], "no page for the public sets a cookie"


@pytest.fixture
def desk(browser: Any, live_server: Any, transactional_db: None) -> Any:
    """An outreach officer's browser, signed in, without JavaScript."""
    from django.conf import settings
    from django.test import Client

    from tests.factories.accounts import holder_of, sign_in

    client = sign_in(Client(), holder_of("Outreach officer", email="outreach@example.org"))
    context = browser.new_context(viewport={"width": 1_280, "height": 900}, java_script_enabled=False)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}]
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def link_in(message: Any, words: str) -> str:
    """The path of the link of a mail that holds these words."""
    text = message.get_body(("plain",)).get_content()
    return next(urlsplit(found).path for found in re.findall(r"https?://\S+", text) if words in found)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def open_step(page: Any, name: str) -> None:
    page.locator("summary", has_text=name).first.click()


def test_subscribe_receive_an_issue_and_stop(
    phone: Any, desk: Any, live_server: Any, post: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("community.newsletter.forms.SubscribeForm.token_rules", _any_age())

    # A reader subscribes; nothing comes before the click in the mailbox.
    phone.goto(live_server.url + ROOT)
    phone.get_by_role("link", name="Get it by email").click()
    assert phone.locator("input[type=checkbox]:checked").count() == 0, "nothing is ticked beforehand"
    phone.get_by_label("Your email address").fill("reader@example.org")
    phone.get_by_label("The community newsletter, once a term").check()
    press(phone, "Send me the link")
    assert "Look into your mailbox" in phone.inner_text("h1")
    assert post.recipients() == ["reader@example.org"]
    phone.goto(live_server.url + link_in(post.messages()[-1], "/confirm/"))
    press(phone, "Yes, send it to me")
    assert "You are on the list" in phone.inner_text("h1")

    # An officer writes an issue, puts it in order, looks at it, tries it, and sends it.
    desk.goto(f"{live_server.url}/admin/newsletter/")
    desk.get_by_role("link", name="New issue").click()
    desk.get_by_label("Title").fill("Spring news")
    desk.get_by_label("Subject of the mail").fill("What is on in spring")
    desk.get_by_label("First words").fill("Hello, everybody.")
    press(desk, "Start")
    for title in ("Second thing", "First thing"):
        open_step(desk, "Own text")
        desk.locator("[name=own-title]").fill(title)
        desk.locator("[name=own-text]").fill(f"All about the {title.lower()}.")
        desk.locator("form:has([name=own-title]) button").click()
    desk.get_by_role("button", name=re.compile(r"Up\s*: First thing")).click()
    assert desk.locator("ol.cs-letters-desk__items strong").all_inner_texts() == ["First thing", "Second thing"]
    press(desk, "Send a test to me")
    assert post.recipients()[-1] == "outreach@example.org"
    assert "1 person gets it." in desk.inner_text("main")
    open_step(desk, "Send it now")
    press(desk, "Send it to 1 person")
    assert "Taken by the mail server" in desk.inner_text("main")

    # The reader has it, once; it stands in the archive; one press stops the next.
    mine = [
        message for to, message in zip(post.recipients(), post.messages(), strict=True) if to == "reader@example.org"
    ]
    assert [message["Subject"] for message in mine][1:] == ["What is on in spring"]
    text = mine[-1].get_body(("plain",)).get_content()
    assert text.index("First thing") < text.index("Second thing")
    phone.goto(live_server.url + link_in(mine[-1], "/issues/"))
    assert "Spring news" in phone.inner_text("h1")
    phone.goto(live_server.url + ROOT)
    assert "Spring news" in phone.inner_text("main")
    phone.goto(live_server.url + link_in(mine[-1], "/stop/"))
    press(phone, "Yes, stop them")
    assert "We have stopped these mails" in phone.inner_text("h1")
    desk.goto(f"{live_server.url}/admin/newsletter/new/")
    desk.get_by_label("Title").fill("Summer news")
    desk.get_by_label("Subject of the mail").fill("Summer")
    desk.get_by_label("First words").fill("Hello again.")
    press(desk, "Start")
    assert "0 people get it." in desk.inner_text("main")


def test_the_mail_reads_well_narrow_and_wide_light_and_dark(browser: Any, db: None, picture: Any) -> None:
    from community.newsletter.rendering import PREFERENCES, STOP, letter_of
    from community.newsletter.services.issues import add_own
    from tests.community.newsletter.conftest import make_issue

    issue = make_issue(
        intro="Hello, **everybody**.\n\n- one\n- two\n\nhttps://example.org/a-very-long-address/" + "x" * 60
    )
    add_own(issue=issue, title="Donaudampfschifffahrtsgesellschaftskapitän" * 2, text="Words. " * 40, url="/en/")
    html = letter_of(issue).html.replace(STOP, "#").replace(PREFERENCES, "#")
    for width in (320, 600):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 4_000}, color_scheme=scheme)
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.set_content(html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert asked == [], "a mail loads nothing"
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS[:-1]}})
            assert [each["id"] for each in found.response["violations"]] == []
            picture(page, f"mail-{width}-{scheme}")
            context.close()
    # Programmes that drop the style element still show dark words on a light ground.
    plain = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    page = browser.new_page(viewport={"width": 320, "height": 4_000})
    page.set_content(plain)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS[:-1]}})
    assert [each["id"] for each in found.response["violations"]] == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_phone(
    browser: Any, live_server: Any, scheme: str, db: None
) -> None:
    from community.newsletter.links import preferences_token, stop_token
    from community.newsletter.services.dispatch import start_sending
    from tests.community.newsletter.conftest import make_contact, make_issue

    contact = make_contact("reader@example.org", "newsletter")
    start_sending(issue=make_issue(), by=None)
    token = preferences_token(contact.key)
    paths = {
        "archive": "", "issue": "issues/autumn-news/", "subscribe": "subscribe/", "asked": "subscribe/mailbox/",
        "dead": "confirm/nothing/", "stop": f"stop/newsletter/{stop_token(contact.key, 'newsletter')}/",
        "preferences": f"preferences/{token}/?saved=1", "forget": f"preferences/{token}/forget/",
        "article": "articles/", "thanks": "articles/thanks/",
    }  # fmt: skip
    addresses = {name: f"{live_server.url}{ROOT}{path}" for name, path in paths.items()}
    assert faults_of(browser, addresses, scheme=scheme) == []


def test_axe_finds_nothing_at_the_desk(desk: Any, live_server: Any) -> None:
    from community.newsletter.models import Article
    from community.newsletter.services.dispatch import start_sending
    from tests.community.newsletter.conftest import make_contact, make_issue

    contact = make_contact("reader@example.org", "newsletter")
    gone, draft = make_issue(), make_issue("service", title="A service message")
    start_sending(issue=gone, by=None)
    article = Article.objects.create(
        title="T", text="Words", organisation="O", contact_name="C", contact_email="c@example.org"
    )
    faults = []
    for path in (
        "", "new/", f"issues/{gone.pk}/", f"issues/{draft.pk}/", f"issues/{draft.pk}/items/{draft.items.get().pk}/",
        f"issues/{draft.pk}/preview/", "articles/", f"articles/{article.pk}/", f"consent/{contact.pk}/", "import/",
        "contacts/", "segments/new/",
    ):  # fmt: skip
        # Axe needs scripts, which this browser does not run on the page itself.
        context = desk.context.browser.new_context(viewport={"width": 1_280, "height": 6_000})
        context.add_cookies(desk.context.cookies())
        page = context.new_page()
        answer = page.goto(f"{live_server.url}/admin/newsletter/{path}")
        assert answer.status == 200, path
        found = Axe().run(page, context="main", options={"runOnly": {"type": "tag", "values": TAGS[:-1]}})
        faults += [f"{path}: {each['id']} {each['nodes'][0]['html'][:140]}" for each in found.response["violations"]]
        context.close()
    assert faults == []


def _any_age() -> Any:
    from foundation.forms.tokens import TokenRules

    return TokenRules(earliest=0)
