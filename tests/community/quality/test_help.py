"""Behind every "not yet" there is a template or a guide."""

import pytest
from wagtail.models import Page, Site

from community.models import ChecklistItem
from community.quality.help import help_links
from community.quality.services.assessments import begin_assessment, submit_assessment
from community.quality.services.standard import load_all
from tests.community.quality.test_assessment import answer_all, url

pytestmark = pytest.mark.django_db


def test_every_item_of_the_standard_names_a_guide_and_who_publishes_it():
    load_all(False)
    for item in ChecklistItem.objects.all():
        (link,) = [each for each in help_links([item])[item.code] if not each.is_ours]
        assert link.url.startswith("https://"), item.code
        assert ":" in link.words, item.code
        assert item.help_page, item.code


@pytest.fixture
def own_page(standard):
    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=Page(title="Model policy", slug="model-policy"))
    standard.items.update(
        help_page="model-policy", help_name="Invented Body: a guide", help_url="https://guide.example/"
    )
    return page


def test_the_question_and_the_plan_lead_to_our_page_and_to_the_guide(client, setting, own_page):
    begin_assessment(setting=setting, by=None)
    page = client.get(url("standard_question", setting, "A1")).content.decode()
    assert "Our page: Model policy" in page
    assert 'href="https://guide.example/"' in page
    answer_all(setting, A1="not-yet", B1="not-yet")
    submit_assessment(setting=setting, by=None)
    plan = client.get(url("standard_plan", setting)).content.decode()
    assert plan.count("Invented Body: a guide") == plan.count("Our page: Model policy") == 2


def test_a_page_that_is_not_live_has_no_link(client, setting, own_page):
    own_page.unpublish()
    begin_assessment(setting=setting, by=None)
    page = client.get(url("standard_question", setting, "A1")).content.decode()
    assert "Model policy" not in page
    assert "Invented Body: a guide" in page
