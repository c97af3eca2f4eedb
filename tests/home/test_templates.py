"""What the pages say and how: markup, sensitive pages, cookies, what is left out."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.core.cache import caches
from django.template.loader import get_template

from foundation.partnership.models import Helpline, Partner, Subgroup
from foundation.registries import findings as findings_registry
from foundation.registries.findings import Finding, FindingsProvider
from home.blocks import BodyBlock
from home.models import (
    Audience,
    AudiencePage,
    GlossaryPage,
    GlossaryTerm,
    HelplinesPage,
    InformationPage,
    PartnershipPage,
    ResourcePage,
    SubgroupPage,
    Topic,
    TopicIndexPage,
    TopicPage,
    WorriedPage,
)
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page, a_version, with_body

pytestmark = pytest.mark.django_db

INLINE = re.compile(rb"<[^>]+\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(src=|application/ld\+json))")


@pytest.fixture
def home():
    for cache in caches.all():
        cache.clear()
    Helpline.objects.create(key="emergency", name="Emergency", phone="999", is_emergency=True, in_bar=True, order=1)
    Helpline.objects.create(key="child", name="Childline", phone="0800 1111", audience="child", in_bar=True, order=2)
    Helpline.objects.create(key="office", name="The office", phone="020 7946 0000", is_local=True, order=3)
    return a_home_page()


@pytest.fixture
def get(client, settings):
    settings.PAGE_CACHE = False

    def read(page, query=""):
        answer = client.get((page if isinstance(page, str) else page.url) + query)
        assert answer.status_code == 200
        return answer

    return read


NOTHING_TYPED = {"name": "", "phone": "", "email": "", "hours": "", "text": ""}


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("name", BodyBlock().child_blocks)
def test_every_block_has_a_template_of_its_own(name):
    template = BodyBlock().child_blocks[name].meta.template
    assert template == f"home/blocks/{name}.html"
    assert get_template(template)


RICH = '<p>Call <a href="tel:999">999</a>.</p>'
ALL_BLOCKS = [
    ("text", "<h2>A heading</h2><p>Words</p>"),
    ("callout", {"tone": "warning", "title": "Mind", "text": RICH}),
    ("do_dont", {"title": "", "do": ["This"], "dont": ["That"]}),
    ("steps", {"title": "Steps", "items": [{"title": "One", "text": RICH}]}),
    ("questions", {"title": "", "items": [{"question": "Why?", "answer": RICH}]}),
    ("quote", {"text": "They listened", "attribution": "A pupil", "is_young_voice": True}),
    ("language_text", {"language": "ar", "text": "<p>مرحبا</p>"}),
    ("contact", {"helpline": None, "name": "A group", "phone": "020 7946 0001", "email": "", "hours": "", "text": ""}),
    ("help_box", None),
    (
        "table",
        {"caption": "Times", "header": ["Who", "Call"], "rows": [["Childline", "0800 1111"]], "row_headers": True},
    ),
    (
        "chart",
        {
            "title": "Most agree",
            "caption": "115 asked",
            "unit": "people",
            "rows": [
                {"label": "Yes", "value": "8583", "display": ""},
                {"label": "No", "value": "12", "display": "a few"},
            ],
            "source": "",
        },
    ),
    ("cards", {"title": "", "items": [{"title": "Out", "text": "", "page": None, "url": "https://example.org/"}]}),
]


class TestBlocks:
    @pytest.fixture
    def answer(self, home, get):
        return get(with_body(a_page(InformationPage, under=home), *ALL_BLOCKS))

    def test_all_are_drawn_without_inline_style_or_script(self, answer):
        assert not INLINE.search(answer.content)
        for words in ("A heading", "Mind", "This", "One", "Why?", "They listened", "A group", "Childline", "Out"):
            assert words in text_of(answer)

    def test_figures_have_commas_units_and_the_editors_own_words(self, answer):
        assert "8,583 people" in text_of(answer)
        assert "a few" in text_of(answer)
        assert "a few people" not in text_of(answer)

    def test_a_number_in_a_table_can_be_called(self, answer):
        assert b'<a class="cs-phone" href="tel:08001111"><bdi dir="ltr">0800 1111</bdi></a>' in answer.content

    def test_a_passage_in_another_language_says_so(self, answer):
        assert b'lang="ar" dir="rtl"' in answer.content

    def test_headings_never_skip_a_level(self, answer):
        levels = [int(level) for level in re.findall(rb"<h([1-6])[ >]", answer.content.split(b"</main>")[0])]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_an_editor_types_is_text_not_markup(home, get):
    page = with_body(
        a_page(InformationPage, under=home, title="<b>Bold</b>", summary="<script>x</script>"),
        ("quote", {"text": "<img src=x onerror=y>", "attribution": "", "is_young_voice": False}),
        ("table", {"caption": "c", "header": ["<i>"], "rows": [["<u>cell</u>"]], "row_headers": False}),
    )
    content = get(page).content
    for hostile in (b"<b>Bold", b"<script>x", b"<img src=x", b"<u>cell"):
        assert hostile not in content


class TestSensitivePages:
    def test_have_the_exit_and_the_numbers(self, home, get):
        answer = get(a_page(InformationPage, under=home, is_sensitive=True))
        assert b"cs-exit" in answer.content
        assert b'id="help-box"' in answer.content

    def test_show_the_numbers_once_where_the_editor_put_them(self, home, get):
        page = with_body(a_page(InformationPage, under=home, is_sensitive=True), ("help_box", None))
        assert get(page).content.count(b'class="cs-helplines"') == 1

    def test_others_have_neither(self, home, get):
        answer = get(a_page(InformationPage, under=home))
        assert b"cs-exit" not in answer.content
        assert b'class="cs-helplines"' not in answer.content


class TestWorried:
    def test_numbers_come_before_everything_else_in_main(self, home, get):
        page = with_body(
            a_page(WorriedPage, under=home, title="Worried?"),
            ("callout", {"tone": "warning", "title": "In danger now?", "text": "<p>Ask for the police.</p>"}),
            ("contact", {"helpline": Helpline.objects.get(key="office").pk, **NOTHING_TYPED}),
            ("text", "<p>What happens then.</p>"),
        )  # fmt: skip
        main = get(page).content.decode().split('id="main-content"')[1]
        order = [
            "In danger now?",
            "tel:999",
            "tel:02079460000",
            "tel:08001111",
            "Ask for the police.",
            "What happens then.",
        ]
        places = [main.index(words) for words in order]
        assert places == sorted(places)

    def test_all_helplines_are_reached_by_anchors(self, home, get):
        worried = a_page(WorriedPage, under=home)
        content = get(a_page(HelplinesPage, under=worried)).content
        assert b'href="#child"' in content
        assert b'id="child"' in content
        assert content.index(b'id="all"') < content.index(b'id="child"')


class TestAudience:
    def test_lists_only_guides_that_its_cards_do_not_lead_to(self, home, get):
        audience = Audience.objects.create(slug="parents", name="Parents", colour="peach")
        parents = a_page(AudiencePage, under=home, audience=audience)
        shown = a_page(ResourcePage, under=parents, title="On a card")
        a_page(ResourcePage, under=parents, title="Not on a card")
        card = {"title": "The card", "text": "", "page": shown.pk, "url": ""}
        with_body(AudiencePage.objects.get(pk=parents.pk), ("cards", {"title": "Start here", "items": [card]}))
        words = text_of(get(parents))
        assert "Not on a card" in words
        assert "On a card" not in words.replace("Not on a card", "")

    def test_cards_wear_its_colour(self, home, get):
        audience = Audience.objects.create(slug="parents", name="Parents", colour="peach")
        parents = a_page(AudiencePage, under=home, audience=audience)
        card = {"title": "Out", "text": "", "page": None, "url": "https://example.org/"}
        with_body(parents, ("cards", {"title": "Start", "items": [card]}))
        assert b"cs-card--peach" in get(parents).content


def test_a_card_of_a_hidden_page_is_left_out(home, get):
    hidden = a_page(InformationPage, under=home, title="Hidden", live=False)
    card = {"title": "To the hidden", "text": "", "page": hidden.pk, "url": ""}
    page = with_body(a_page(InformationPage, under=home), ("cards", {"title": "", "items": [card]}))
    assert "To the hidden" not in text_of(get(page))


class TestLanguages:
    def test_a_page_in_english_only_says_so(self, home, get):
        assert "This page is in English only." in text_of(get(a_page(InformationPage, under=home)))

    def test_a_translated_page_does_not(self, home, get):
        page = a_page(InformationPage, under=home)
        a_version(page, "bn", parent=a_version(home, "bn"))
        assert "This page is in English only." not in text_of(get(page))

    def test_an_unchecked_leaflet_says_so(self, home, get):
        audience = a_page(AudiencePage, under=home)
        leaflet = a_page(ResourcePage, under=audience)
        there = a_version(audience, "ar", parent=a_version(home, "ar"))
        version = a_version(leaflet, "ar", parent=there)
        assert b"cs-unchecked" in get(version).content
        assert b'dir="rtl"' in get(version).content
        version.translation_checked = True
        version.save()
        assert b"cs-unchecked" not in get(version).content


class TestResource:
    def test_credits_young_advisors_only_where_it_is_true(self, home, get):
        audience = a_page(AudiencePage, under=home)
        plain = a_page(ResourcePage, under=audience)
        made = a_page(
            ResourcePage, under=audience, young_advisors_credit="Wrote it", young_advisors_date=date(2026, 9, 1)
        )
        assert b"cs-credit" not in get(plain).content
        assert "Made with Young Advisors Wrote it September 2026" in text_of(get(made))

    def test_offers_a_code_a_print_sheet_and_a_warning_before_sharing(self, home, get):
        page = a_page(ResourcePage, under=a_page(AudiencePage, under=home), is_sensitive=True)
        answer = get(page)
        assert b'class="cs-qr__code"' in answer.content
        assert f'href="{page.url}print/"'.encode() in answer.content
        assert "Sharing sends this link from your phone" in text_of(answer)

    def test_its_print_sheet_has_numbers_and_no_menus(self, home, get):
        page = with_body(a_page(ResourcePage, under=a_page(AudiencePage, under=home)), ("help_box", None))
        answer = get(page.url + "print/")
        assert b"cs-leaflet__lines" in answer.content
        assert b"cs-header" not in answer.content
        assert b'class="cs-helplines"' not in answer.content
        assert not INLINE.search(answer.content)


class TestPartnership:
    def test_names_who_leads_and_each_groups_chair(self, home, get):
        Partner.objects.create(key="council", name="The council", is_lead=True, lead_role="A director")
        Partner.objects.create(key="charity", name="A charity")
        page = a_page(PartnershipPage, under=home)
        group = Subgroup.objects.create(key="qa", name="Quality", chair_role="A head of quality", meets="Every term")
        a_page(SubgroupPage, under=page, subgroup=group, title="Quality group")
        words = text_of(get(page))
        for said in ("The council", "A director", "A charity", "Quality group", "A head of quality", "Every term"):
            assert said in words

    def test_a_group_without_findings_says_what_will_stand_there(self, home, get):
        group = Subgroup.objects.create(key="qa", name="Quality")
        page = a_page(SubgroupPage, under=a_page(PartnershipPage, under=home), subgroup=group)
        assert "No figures here yet." in text_of(get(page))

    def test_a_group_shows_what_was_found_and_what_it_did(self, home, get, monkeypatch):
        found = Finding(sentence="Three in four feel safe.", url="/somewhere/", response="Asked the bus company.")
        giver = FindingsProvider(findings_for=lambda key: [found] if key == "qa" else [])
        monkeypatch.setattr(findings_registry.findings_providers, "_entries", {"test": giver})
        group = Subgroup.objects.create(key="qa", name="Quality")
        page = a_page(SubgroupPage, under=a_page(PartnershipPage, under=home), subgroup=group)
        assert "Three in four feel safe. We did: Asked the bus company." in text_of(get(page))


def test_the_glossary_links_to_each_word(home, get):
    GlossaryTerm.objects.create(term="Child in need", abbreviation="CIN", meaning="A child who needs help.")
    content = get(a_page(GlossaryPage, under=home)).content
    assert b'id="term-child-in-need"' in content
    assert b'href="#letter-C"' in content


def test_topics_stand_under_their_letters(home, get):
    index = a_page(TopicIndexPage, under=home)
    for name in ("Bullying", "Anger"):
        topic = Topic.objects.create(slug=name.lower(), name=name)
        a_page(TopicPage, under=index, title=name, topic=topic)
    content = get(index).content
    assert content.index(b'id="letter-A"') < content.index(b'id="letter-B"')


class TestWhoMayBeHere:
    def test_the_public_gets_no_cookie_and_no_userbar(self, home, get):
        answer = get(home)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert b"wagtail-userbar" not in answer.content

    def test_an_editor_gets_the_userbar(self, home, client, settings):
        settings.PAGE_CACHE = False
        sign_in(client, holder_of("Editor"))
        assert b"wagtail-userbar" in client.get(home.url).content
