"""A lesson as its teacher sees it, and a wave as the school's lead sees it: small screen, keyboard, axe finds nothing."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from foundation.partnership.models import SchoolLead
from surveys.collection.models import Sealed
from surveys.collection.services import Receipt, receive
from surveys.fieldwork.links import link_of
from surveys.models import ClassSession, Option, Version, Wording
from surveys.questionnaire.services.versions import copy_version
from tests.axe import Axe
from tests.factories.accounts import UserFactory, give_authenticator, holder_of, sign_in
from tests.factories.fieldwork import prepared_session, running_wave

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1280)


@pytest.fixture
def screen(page, picture):
    """A page that is looked at wherever it comes: axe finds nothing, nothing is wider than the screen."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_default_timeout(10_000)

    def look(name, shown=page):
        for scheme in ("light", "dark"):
            shown.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(shown, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
            assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
            for width in WIDTHS:
                shown.set_viewport_size({"width": width, "height": 800})
                assert shown.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
                picture(shown, f"{name}-{width}-{scheme}")
        shown.emulate_media(color_scheme="light")
        shown.set_viewport_size({"width": 320, "height": 800})

    page.look = look
    page.set_viewport_size({"width": 320, "height": 800})
    yield page
    # The browser reports by itself that a form came back with its problems.
    assert [words for words in said if "status of 422" not in words] == []


def heading(page):
    return page.inner_text("h1")


def tab_to(page, selector):
    """Tab until there; a keyboard alone must reach everything."""
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def pupils_answer(session, numbers):
    session = ClassSession.objects.get(pk=session.pk)
    version = session.wave.versions.get().version.number
    return {
        receive(session=session, nonce=f"a-nonce-of-some-length-{number}", answers={"SLEEP": 1}, version=version)
        for number in numbers
    }


def test_a_teacher_opens_projects_watches_and_closes_a_class(screen, live_server):
    session = prepared_session()
    page = screen
    page.clock.install(time=timezone.now())
    page.goto(f"{live_server.url}{reverse('teacher_session', args=[link_of(session)])}")
    assert heading(page) == "Start your class"
    page.look("teacher-1-start")
    page.click("text=Open the class >> nth=-1")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter how many pupils take part, such as 28")
    page.look("teacher-2-problem")

    # From here with the keyboard alone.
    tab_to(page, "input[name=present]")
    page.keyboard.type("14")
    tab_to(page, "form.cs-form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your class is open")
    expect(page.locator(".cs-teach__number")).to_have_text("No answers have come in yet.")
    page.look("teacher-3-open")
    session.refresh_from_db()
    assert (session.state, session.present) == ("open", 14)
    assert page.inner_text(".cs-teach__words") == session.code.replace("-", " ")

    tab_to(page, "form[action='/t/board/'] button")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    board = opened.value
    board.wait_for_load_state()
    assert board.inner_text(".cs-board__words").split() == session.code.split("-")
    assert link_of(session) not in board.url + board.content()
    page.look("teacher-4-board", board)
    board.close()

    assert pupils_answer(session, range(12)) == {Receipt.STORED}
    page.clock.fast_forward(21_000)
    expect(page.locator(".cs-teach__number")).to_have_text("Between 11 and 15 answers have come in.")
    assert "12" not in page.inner_text(".cs-teach__count")

    tab_to(page, f"a[href$='{reverse('teacher_close', args=[link_of(session)])}']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Close the class?")
    page.look("teacher-5-close")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your class is closing")
    page.look("teacher-6-closing")
    assert pupils_answer(session, [12]) == {Receipt.STORED}, "answers on their way are taken for five minutes"

    ClassSession.objects.filter(pk=session.pk).update(closed_at=timezone.now() - timedelta(minutes=5, seconds=1))
    assert pupils_answer(session, [13]) == {Receipt.CLOSED}
    page.reload()
    expect(page.locator("h1")).to_have_text("Your class is over")
    assert "shuffled and sealed" in page.inner_text("main")
    page.look("teacher-7-sealed")
    session.refresh_from_db()
    assert (session.state, session.received, session.code, session.opened_at) == ("sealed", 13, None, None)
    assert page.context.cookies() == []


@pytest.fixture
def school(transactional_db):
    return running_wave().schools.get()


@pytest.fixture
def lead(screen, live_server, school):
    """The screen of somebody who looks after the school."""
    user, client = UserFactory(), Client()
    SchoolLead.objects.create(user=user, school=school.school)
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    screen.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    screen.goto(f"{live_server.url}{reverse('my_schools')}")
    return screen


def test_a_school_lead_prepares_classes_gives_out_links_and_prints_the_pack(lead, school, live_server):
    page = lead
    assert school.school.name in page.inner_text("main")
    page.look("lead-1-schools")
    page.click(f"text={school.school.name}")
    page.look("lead-2-school")
    page.click("text=Say who pupils can talk to")
    page.fill("[name=help_at_school]", "the school nurse, room 12")
    page.fill("[name=reply_to]", "the school office")
    page.look("lead-3-details")
    page.click("text=Save >> nth=-1")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Letters and cards carry these details now.")

    page.click("main >> text=Prepare classes >> nth=0")
    page.look("lead-4-prepare")
    page.select_option("[name=year_group]", "8")
    page.fill("[name=classes]", "8A, 28\n8B, 27\n8C")
    page.click("main button[type=submit] >> nth=-1")
    expect(page.locator("h1")).to_have_text("Teachers’ links")
    links = page.locator(".cs-tlinks__address").all_inner_texts()
    assert len(links) == 3
    page.look("lead-5-links")
    assert {session.label for session in ClassSession.objects.all()} == {"8A", "8B", "8C"}
    assert all(link.startswith(f"{live_server.url}/t/") for link in links)

    page.goto(f"{live_server.url}{reverse('school', args=[school.pk])}")
    page.look("lead-6-prepared")
    papers = page.locator(".cs-lead__papers a").evaluate_all("links => links.map(link => link.href)")
    assert len(papers) >= 5
    for number, address in enumerate(papers):
        page.goto(address)
        page.look(f"lead-7-paper-{number}")
        page.emulate_media(media="print")
        assert not page.locator(".cs-leaflet__back").is_visible()
        page.emulate_media(media="screen")
    cards = next(address for address in papers if "cards" in address)
    page.goto(cards)
    assert "the school nurse, room 12" in page.inner_text("main")


@pytest.mark.parametrize(
    ("language", "direction", "title"),
    [("ar", "rtl", "استبيان في صف طفلك"), ("bn", "ltr", "আপনার সন্তানের ক্লাসে একটি জরিপ")],
)
def test_the_letter_and_the_pupils_page_are_there_in_other_languages(
    lead, school, live_server, language, direction, title
):
    page = lead
    page.goto(f"{live_server.url}{reverse('school_paper', args=[school.pk, 'parents-letter'])}")
    page.click(f".cs-paper__languages a[lang={language}]")
    assert heading(page) == title
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language, direction]
    page.look(f"paper-letter-{language}")
    page.goto(f"{live_server.url}{reverse('school_paper', args=[school.pk, 'about-older'])}?l={language}")
    page.look(f"paper-older-{language}")


@pytest.fixture
def desk(screen, live_server):
    """The screen of a survey manager, of which the admin's own frame is not ours to judge."""
    client, person = Client(), holder_of("Survey manager")
    give_authenticator(person)
    sign_in(client, person)
    name = settings.SESSION_COOKIE_NAME
    screen.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return screen


def see(page, picture, name, words):
    """What our part of an admin screen looks like once these words stand in it: axe finds nothing in it."""
    expect(page.locator(".sq")).to_contain_text(words)
    page.wait_for_load_state()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = Axe().run(page, context=".sq", options=options).response["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.querySelector('.sq').scrollWidth") <= width, f"{name} at {width}"
            picture(page, f"{name}-{width}-{scheme}")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_survey_manager_brings_in_answers_on_paper(desk, school, live_server, picture, tmp_path):
    page, keyed = desk, tmp_path / "keyed.csv"
    page.goto(f"{live_server.url}{reverse('surveys_wave', args=[school.wave_id])}")
    see(page, picture, "manager-1-wave", "Answers from elsewhere")
    page.click("text=Answers on paper >> nth=-1")
    see(page, picture, "manager-2-paper", "1. Key them")
    with page.expect_download() as headings:
        page.click("text=table with the headings >> nth=0")
    columns = headings.value.path().read_text("utf-8-sig").strip()
    keyed.write_text(f"{columns}\n1,,1,1,1,7\n3,,1 9,,,x\n")
    page.select_option("[name=taking_part]", str(school.pk))
    page.set_input_files("[name=file]", keyed)
    page.click("text=Look through it")
    see(page, picture, "manager-3-mistakes", "Row 3, column SLEEP: “3” is no answer to this question.")
    assert page.input_value("[name=taking_part]") == str(school.pk)
    keyed.write_text(columns + "\n" + "1,,1,1,1,7\n" * 12)
    page.set_input_files("[name=file]", keyed)
    page.click("text=Look through it")
    see(page, picture, "manager-4-confirm", "Nothing is wrong")
    assert Sealed.objects.count() == 0
    page.click("text=Take in 12 pupils")
    expect(page.locator(".messages")).to_contain_text("Destroy the paper and the file now.")
    assert Sealed.objects.count() == 12


def test_a_survey_manager_reads_what_a_correction_changes(desk, school, live_server, picture):
    version = copy_version(version=school.wave.versions.get().version)
    Option.objects.filter(question__section__version=version, question__code="SLEEP", value=2).update(text="Not at all")
    Wording.objects.filter(version=version, key="question.SLEEP.option.2").update(english="Not at all", text="أبدا")
    Version.objects.filter(pk=version.pk).update(state="reviewed")
    page = desk
    page.goto(f"{live_server.url}{reverse('surveys_wave', args=[school.wave_id])}")
    page.click("text=See what changed")
    see(page, picture, "manager-5-correction", "tick those that mean the same")
    page.check("[name=same] >> nth=0")
    page.click("text=Ask this version from now on")
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    assert page.is_checked("[name=same] >> nth=0")
    see(page, picture, "manager-6-half", "this version cannot be asked")
    page.check("[name=same] >> nth=1")
    page.click("text=Ask this version from now on")
    expect(page.locator(".messages")).to_contain_text("From now on the corrected version is asked.")
    assert school.wave.versions.get(is_current=True).version == version
