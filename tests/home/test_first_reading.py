"""What people stumbled over when they first read the site."""

from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from home.models import Audience, AudiencePage, DocumentPage, Topic, TopicIndexPage, TopicPage
from tests.factories.pages import a_home_page, a_page, with_body

PAGES = Path(__file__).parents[2] / "home/content/camden/pages"


@pytest.fixture
def start(db):
    return a_home_page()


def test_a_document_without_a_file_says_that_the_page_is_all(client: Client, start):
    document = a_page(DocumentPage, under=start, title="A plan")
    text = client.get(document.url).text
    assert "We publish this as a page, not as a file" in text
    assert "The whole document" not in text


def test_an_audience_is_offered_no_topic_twice_and_no_list_of_twenty(client: Client, start):
    audience = Audience.objects.create(slug="young-people", name="Young people")
    index = a_page(TopicIndexPage, under=start, title="Topics")
    topics = [
        a_page(TopicPage, under=index, title=title, topic=Topic.objects.create(slug=f"t{number}", name=title))
        for number, title in enumerate(["Feelings", "Bullying", *(f"Other {n}" for n in range(18))])
    ]
    for topic in topics:
        topic.audiences.set([audience])
        topic.save()
    landing = a_page(AudiencePage, under=start, title="Young people", audience=audience)
    cards = [
        {"title": "Bullying", "text": "", "page": index.pk, "url": ""},
        {"title": "How you feel", "text": "", "page": topics[0].pk, "url": ""},
    ]
    with_body(landing, ("cards", {"title": "", "items": cards}))
    text = client.get(landing.url).text
    assert text.count(f'href="{topics[0].url}"') == 1
    assert f'href="{topics[1].url}"' not in text
    assert text.count(">Other ") == 6
    assert "All topics" in text


def test_the_home_page_and_the_menu_lead_to_the_clubs(client: Client, start):
    text = client.get("/en/").text
    menu = text[text.index('class="cs-menu__panel"') :] if 'class="cs-menu__panel"' in text else ""
    assert f'href="{reverse("community:directory")}"' in text
    assert text.count("Find a club or class") == (2 if menu else 1)


def test_a_directory_without_clubs_does_not_blame_what_nobody_asked(client: Client, start):
    address = reverse("community:directory")
    assert "No club is listed here yet" in client.get(address).text
    assert "No club fits all of that" in client.get(address, {"q": "chess"}).text


@pytest.mark.parametrize("code", ["bn", "ar"])
def test_every_language_has_doors_that_lead_to_pages_in_it(code: str):
    home = yaml.safe_load((PAGES / "_index.yaml").read_text(encoding="utf-8"))["translations"][code]
    doors = next(block["cards"] for block in home["body"] if "cards" in block)
    assert len(doors["items"]) >= 4
    for door in doors["items"]:
        file = PAGES / f"{door['page']}.yaml"
        words = yaml.safe_load((file if file.exists() else PAGES / door["page"] / "_index.yaml").read_text("utf-8"))
        assert code in words["translations"], door["page"]


def test_the_bengali_heading_speaks_politely():
    home = yaml.safe_load((PAGES / "_index.yaml").read_text(encoding="utf-8"))
    assert "থাকো" not in home["translations"]["bn"]["hero"]["heading"]


def test_parents_are_shown_the_number_to_call_once():
    body = yaml.safe_load((PAGES / "parents/_index.yaml").read_text(encoding="utf-8"))["body"]
    assert len([block for block in body if "contact" in block or "help_box" in block]) == 1
