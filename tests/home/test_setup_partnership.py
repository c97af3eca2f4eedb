"""An empty site for another partnership."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from foundation.partnership.models import Helpline, PartnershipSettings, Subgroup, Ward
from home.content.starting import STARTER, make_plan, start_partnership
from home.models import SubgroupPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(
        {
            "name": "Exampleshire Safeguarding Children Partnership",
            "area": "Exampleshire",
            "front_door_phone": "01234 567890",
            "wards": ["North", "South"],
            "subgroups": ["Quality group", {"name": "Learning group", "purpose": "Plans **training**."}],
        }
    )


def test_a_new_partnership_has_every_starting_page(plan, client: Client):
    start_partnership(plan=plan)
    for path in ("", "worried/", "worried/helplines/", "young-people/", "topics/", "documents/", "news/", "events/",
                 "about/", "about/partnership/", "glossary/", "contact/", "privacy/", "accessibility/"):  # fmt: skip
        assert client.get(f"/en/{path}").status_code == 200, path
    assert PartnershipSettings.for_site(Site.objects.get()).area == "Exampleshire"
    assert Ward.objects.count() == 2
    assert set(SubgroupPage.objects.values_list("slug", flat=True)) == {"quality-group", "learning-group"}
    assert "Exampleshire" in client.get("/en/").text


def test_nothing_of_camden_is_in_a_new_site(plan, client: Client):
    start_partnership(plan=plan)
    addresses = [page.get_url() for page in Page.objects.filter(depth__gte=2).specific()]
    for address in addresses:
        assert "camden" not in client.get(address).text.lower(), address
    for file in STARTER.rglob("*"):
        assert file.is_dir() or "camden" not in file.read_text().lower(), file
    assert not Helpline.objects.filter(is_local=True).exists()


def test_a_second_run_overwrites_nothing(plan):
    start_partnership(plan=plan)
    settings = PartnershipSettings.objects.get()
    settings.front_door_phone = "01234 000000"
    settings.save()
    Subgroup.objects.filter(key="quality-group").update(meets="Monthly")
    before = list(Page.objects.values_list("pk", "title"))
    assert start_partnership(plan=plan) == 0
    assert PartnershipSettings.objects.get().front_door_phone == "01234 000000"
    assert Subgroup.objects.get(key="quality-group").meets == "Monthly"
    assert list(Page.objects.values_list("pk", "title")) == before


def test_a_file_with_an_unknown_key_is_refused(tmp_path: Path):
    file = tmp_path / "partnership.yaml"
    file.write_text("name: X\nphone: 1\n")
    with pytest.raises(CommandError, match="phone"):
        call_command("setup_partnership", file=file)
    assert not PartnershipSettings.objects.filter(name="X").exists()


def test_a_partnership_needs_a_name(tmp_path: Path):
    file = tmp_path / "partnership.yaml"
    file.write_text("area: X\n")
    with pytest.raises(CommandError, match="name"):
        call_command("setup_partnership", file=file)
