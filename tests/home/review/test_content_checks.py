"""The editor's checks: words of links, reading level, numbers to call; and what the dashboard says."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from home.models import Audience, AudiencePage, ResourcePage
from home.review.content_checks import checks_of, is_empty_link, level_of, lix_of
from home.review.waiting import never_seen
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page, with_body

HARD = "Multidisciplinary safeguarding arrangements necessitate proportionate organisational considerations regarding "


@pytest.mark.parametrize("words", ["here", "Click here", "read more »", "https://example.org/x", "", "This link."])
def test_links_that_say_nothing(words):
    assert is_empty_link(words)


@pytest.mark.parametrize("words", ["Call a helpline", "Read more about bullying", "Your rights"])
def test_links_that_say_where_they_lead(words):
    assert not is_empty_link(words)


def test_lix_counts_words_in_a_sentence_and_long_words():
    # Forty words in four sentences, ten of them of more than six letters: 10 + 25.
    text = "one two three four five six seven safeguarding everybody, nobody. " * 4
    words = text.split()
    assert (len(words), sum(len(word.strip(",.")) > 6 for word in words)) == (40, 8)
    assert lix_of(text) == 10 + 20
    assert (level_of(30), level_of(60)) == ("easy", "very hard")
    assert lix_of("Too short to say.") is None


@pytest.fixture
def page(db):
    audience = Audience.objects.create(slug="young-people", name="Young people")
    part = a_page(AudiencePage, under=a_home_page(), title="Young people", slug="young", audience=audience)
    made = a_page(ResourcePage, under=part, title="Getting through it", summary="")
    made.audiences.set([audience])
    made.save()
    return made


def problems(page):
    return " ".join(checks_of(page).problems)


def test_an_empty_link_is_named(page):
    with_body(page, ("text", '<p>To get help <a href="/x/">click here</a>, or read <a href="/y/">Your rights</a>.</p>'))
    assert "“click here” does not say where it leads" in problems(page)
    assert "Your rights" not in problems(page)


def test_hard_words_for_young_people_are_named(page):
    with_body(page, ("text", f"<p>{HARD * 5}</p>"))
    assert "very hard to read" in problems(page)
    with_body(page, ("text", "<p>" + "We help you. You can call us. It is free. " * 5 + "</p>"))
    assert problems(page) == ""


def test_an_upsetting_subject_needs_numbers_to_call(page):
    with_body(page, ("text", "<p>If you think of self-harm, talk to somebody.</p>"))
    assert "“self-harm” and shows no numbers to call" in problems(page)
    with_body(page, ("text", "<p>If you think of self-harm, talk to somebody.</p>"), ("help_box", None))
    assert problems(page) == ""
    with_body(page, ("text", "<p>If you think of self-harm, talk to somebody.</p>"))
    page.is_sensitive = True
    assert problems(page) == ""


def test_the_editor_shows_them_in_the_panel_of_checks(page):
    with_body(page, ("text", f'<p>{HARD * 5} <a href="/x/">here</a></p>'))
    text = sign_in(Client(), holder_of("Editor")).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert "This site’s own checks" in text
    assert "“here” does not say where it leads" in text
    assert "Reading level (LIX)" in text
    assert "data-checks-panel" in text


def test_the_checks_read_what_is_typed_before_it_is_saved(page):
    with_body(page, ("text", "<p>Nothing to see.</p>"))
    desk = sign_in(Client(), holder_of("Editor"))
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    typed = querydict_from_html(editor, form_id="page-edit-form").dict()
    words = '<p>See <a href="https://example.org/x">here</a> about self-harm.</p>'
    typed |= nested_form_data({"body": streamfield([("text", rich_text(words))])})
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert desk.post(address, typed).json()["is_valid"]
    piece = desk.get(reverse("content_checks", args=[page.pk]))
    assert "“here” does not say where it leads" in piece.text
    assert "“self-harm” and shows no numbers" in piece.text
    assert "<html" not in piece.text
    assert "no-store" in piece["Cache-Control"]
    page.refresh_from_db()
    assert "self-harm" not in str(page.body)


def test_only_who_may_edit_reads_them(page, advisor):
    address = reverse("content_checks", args=[page.pk])
    assert sign_in(Client(), holder_of("Survey manager")).get(address).status_code in (302, 403)
    assert sign_in(Client(), advisor).get(address).status_code in (302, 403)


def test_a_translation_is_asked_for_the_numbers_of_its_original(page):
    with_body(page, ("text", "<p>x</p>"), ("help_box", None))
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    translated = page.copy_for_translation(arabic, copy_parents=True)
    with_body(translated, ("text", '<p><a href="/x/">اضغط هنا</a></p>'))
    found = checks_of(translated)
    assert not found.is_english
    assert found.lix is None
    assert "“اضغط هنا” does not say where it leads" in problems(translated)
    assert "The English page shows numbers to call" in problems(translated)
    with_body(translated, ("text", '<p><a href="/x/">حقوقك</a></p>'), ("help_box", None))
    assert problems(translated) == ""


def test_the_dashboard_says_what_waits_and_what_no_young_advisor_has_seen(page, advisor):
    front = sign_in(Client(), holder_of("Editor")).get(reverse("wagtailadmin_home")).text
    assert "No review was finished in the last year" in front
    assert "2 pages for young people that no Young Advisor has seen" in front
    page.young_advisor_reviews.create(author=advisor, decision="ready")
    assert [one.pk for one in never_seen()] == [page.get_parent().pk]
    assert (
        "Young Advisors</h2>"
        not in sign_in(Client(), holder_of("Survey manager")).get(reverse("wagtailadmin_home")).text
    )
