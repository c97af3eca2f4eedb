"""How addresses find pages."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from foundation.cache.kept import forget_everything
from foundation.partnership.models import Navigation
from home.models import AudiencePage, InformationPage, NewsIndexPage, ResourcePage
from tests.factories.pages import a_home_page, a_page, a_version, with_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return a_home_page()


def test_a_page_three_levels_deep_answers_with_its_breadcrumb(client: Client, home):
    audience = a_page(AudiencePage, under=home, title="Parents", slug="parents")
    a_page(ResourcePage, under=audience, title="Choosing a club", slug="choosing-a-club")
    response = client.get("/en/parents/choosing-a-club/")
    assert response.status_code == 200
    assert [crumb["url"] for crumb in response.context["breadcrumbs"]] == ["/en/", "/en/parents/"]


@pytest.mark.parametrize("path", ["nothing/", "parents/nothing/", "parents/club/more/", "parents/x.ics"])
def test_a_path_without_a_page_is_not_found(client: Client, home, path: str):
    audience = a_page(AudiencePage, under=home, slug="parents")
    a_page(ResourcePage, under=audience, slug="club")
    assert client.get(f"/en/{path}").status_code == 404


def test_a_page_does_not_answer_under_another_pages_path(client: Client, home):
    first = a_page(InformationPage, under=home, slug="about")
    a_page(InformationPage, under=first, slug="vision")
    a_page(InformationPage, under=home, slug="other")
    assert client.get("/en/other/vision/").status_code == 404
    assert client.get("/en/vision/").status_code == 404


def test_a_draft_is_not_found_but_pages_below_it_are(client: Client, home):
    draft = a_page(InformationPage, under=home, slug="about", live=False)
    a_page(InformationPage, under=draft, slug="vision", title="Vision")
    assert client.get("/en/about/").status_code == 404
    response = client.get("/en/about/vision/")
    assert response.status_code == 200
    assert [crumb["url"] for crumb in response.context["breadcrumbs"]] == ["/en/"]


def test_a_page_never_answers_under_a_language_it_does_not_exist_in(client: Client, home):
    a_page(InformationPage, under=home, slug="about")
    assert client.get("/bn/about/").status_code == 404
    a_version(home, "bn")
    assert client.get("/bn/").status_code == 200
    assert client.get("/bn/about/").status_code == 404


def test_a_closed_page_and_what_is_below_it_ask_for_a_sign_in(client: Client, home):
    closed = a_page(InformationPage, under=home, slug="members")
    a_page(InformationPage, under=closed, slug="minutes")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/en/members/", "/en/members/minutes/"):
        response = client.get(path)
        assert response.status_code == 302
        assert "login" in response["Location"]
        assert "no-store" in response["Cache-Control"]


def test_a_closed_page_is_named_in_no_card_and_no_related_link(client: Client, home):
    """Chosen by an editor, before or after it was closed; closed itself, or below a page that is."""
    members = a_page(InformationPage, under=home, slug="members", title="Secret members")
    minutes = a_page(InformationPage, under=members, slug="minutes", title="Secret minutes")
    shown = a_page(InformationPage, under=home, slug="open", title="Open plans")
    about = a_page(InformationPage, under=home, slug="about")
    link = '<p>See <a linktype="page" id="{}">this</a> and <a linktype="page" id="{}">that</a>.</p>'
    with_body(
        about,
        ("related", {"title": "", "pages": [members.pk, minutes.pk, shown.pk]}),
        ("cards", {"title": "", "items": [
            {"title": "Card of secrets", "text": "", "page": minutes.pk, "url": ""},
            {"title": "Card of plans", "text": "", "page": shown.pk, "url": ""},
        ]}),
        ("text", link.format(minutes.pk, shown.pk)),
    )  # fmt: skip
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    text = client.get("/en/about/").text
    assert "ecret" not in text
    assert "minutes" not in text
    assert "Open plans" in text
    assert "Card of plans" in text
    assert text.count('href="/en/open/"') == 3


def test_a_closed_page_is_in_no_menu(client: Client, home):
    members = a_page(InformationPage, under=home, slug="members", title="Secret members")
    shown = a_page(InformationPage, under=home, slug="open", title="Open plans")
    links = [("link", {"page": page, "title": "", "url": ""}) for page in (members, shown)]
    Navigation.objects.create(site=Site.objects.get(), header=links)
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    text = client.get("/en/").text
    assert "Open plans" in text
    assert "Secret members" not in text


def test_a_closed_translation_is_not_offered(client: Client, home):
    about = a_page(InformationPage, under=home, slug="about")
    a_version(home, "bn")
    bengali = a_version(about, "bn")
    assert bengali.url in client.get("/en/about/").text
    PageViewRestriction.objects.create(page=bengali, restriction_type=PageViewRestriction.LOGIN)
    forget_everything()
    assert bengali.url not in client.get("/en/about/").text


def test_a_closed_page_is_in_no_list_and_in_no_sitemap(client: Client, home):
    about = a_page(InformationPage, under=home, slug="about")
    closed = a_page(InformationPage, under=about, slug="secret-plans", title="Secret plans")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    a_page(InformationPage, under=about, slug="open", title="Open plans")
    assert "Secret plans" not in client.get("/en/about/").text
    assert "Open plans" in client.get("/en/about/").text
    sitemap = client.get("/sitemap.xml").text
    assert "/en/about/open/" in sitemap
    assert "secret" not in sitemap


def test_routes_of_a_page_answer_below_it(client: Client, home):
    a_page(NewsIndexPage, under=home, slug="news")
    assert client.get("/en/news/feed/").status_code == 200
    assert client.get("/en/news/feeds/").status_code == 404


def test_the_short_address_leads_to_where_the_page_stands_now(client: Client, home):
    page = a_page(InformationPage, under=home, slug="about")
    assert client.get(f"/l/{page.pk}/")["Location"] == "/en/about/"
    page.slug = "about-us"
    page.save()
    assert client.get(f"/l/{page.pk}/")["Location"] == "/en/about-us/"
    assert client.get("/l/999999/").status_code == 404
    page.live = False
    page.save()
    assert client.get(f"/l/{page.pk}/").status_code == 404


def test_the_bare_address_leads_to_the_sites_own_language(client: Client, home):
    assert client.get("/")["Location"] == "/en/"


def test_links_in_text_lead_to_the_page_in_the_readers_language(client: Client, home):
    target = a_page(InformationPage, under=home, slug="about", title="About")
    bn_home = a_version(home, "bn")
    a_version(target, "bn", parent=bn_home)
    link = ("text", f'<p><a linktype="page" id="{target.pk}">About us</a></p>')
    with_body(home, link)
    with_body(bn_home, link)
    assert 'href="/en/about/"' in client.get("/en/").text
    assert 'href="/bn/about/"' in client.get("/bn/").text


def test_a_link_to_a_page_that_went_is_plain_words(client: Client, home):
    target = a_page(InformationPage, under=home, slug="about", live=False)
    links = f'<a linktype="page" id="{target.pk}">About us</a> <a linktype="page" id="99999">Gone</a>'
    with_body(home, ("text", f"<p>{links}</p>"))
    text = client.get("/en/").text
    assert "About us" in text
    assert 'href="/en/about/"' not in text


def test_a_slug_in_another_script_has_a_working_address(client: Client, home):
    page = a_page(InformationPage, under=home, slug="été", title="Help")
    address = page.get_url()
    assert address.isascii()
    assert client.get(address).status_code == 200
