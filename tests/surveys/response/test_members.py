"""What members of a subgroup write, and what they never see of others."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import Page

from foundation.audit.models import Entry
from foundation.partnership.models import SubgroupMember
from surveys.response.models import Finding, Response
from surveys.response.services import add_finding, publish_finding, save_response
from tests.factories.accounts import UserFactory, holder_of, sign_in

pytestmark = pytest.mark.django_db


def filled(**more):
    """What the form of a response sends."""
    return {
        "will_do": "Ask for a course.", "who": "Health Subgroup", "due_on_day": "1", "due_on_month": "3",
        "due_on_year": "2030", **more,
    }  # fmt: skip


def test_a_member_records_a_finding_from_the_question_s_page(client, member, release, subgroup):
    client.force_login(member)
    question = reverse("subgroup_question", args=["health", "test", "autumn-2025", "SAFE"])
    add = reverse("subgroup_finding_add", args=["health", "test", "autumn-2025", "SAFE"])
    assert add in client.get(question).content.decode()
    answer = client.post(add, {"you_said": "One in three does not feel safe.", "why_it_matters": "They should."})
    finding = Finding.objects.get()
    assert (answer.status_code, finding.subgroup, finding.created_by) == (303, subgroup, member)
    assert finding.state == Finding.State.DRAFT
    assert Entry.objects.filter(action="surveys.finding_added").count() == 1
    assert "One in three" in client.get(question).content.decode()


def test_an_empty_finding_is_refused_and_what_was_typed_is_kept(client, member, release):
    client.force_login(member)
    add = reverse("subgroup_finding_add", args=["health", "test", "autumn-2025", "SAFE"])
    answer = client.post(add, {"you_said": "", "why_it_matters": "Because it hurts."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what children told us" in page
    assert "Because it hurts." in page
    assert not Finding.objects.exists()


def test_a_question_that_serves_another_subgroup_takes_no_finding(client, manager, release, other_subgroup):
    sign_in(client, manager)
    add = reverse("subgroup_finding_add", args=["online-safety", "test", "autumn-2025", "SAFE"])
    assert client.get(add).status_code == 404


@pytest.mark.parametrize("name", ["subgroup_finding", "subgroup_finding_edit", "subgroup_response_add"])
def test_another_subgroup_s_finding_does_not_exist(client, finding, other_subgroup, name):
    outsider = UserFactory()
    SubgroupMember.objects.create(user=outsider, subgroup=other_subgroup)
    client.force_login(outsider)
    assert client.get(reverse(name, args=["health", finding.pk])).status_code == 404
    assert client.get(reverse(name, args=["online-safety", finding.pk])).status_code == 404
    assert client.post(reverse(name, args=["online-safety", finding.pk]), {"you_said": "x"}).status_code in {404, 405}


def test_a_response_of_another_finding_does_not_exist(client, member, finding, subgroup, release):
    other = add_finding(subgroup=subgroup, release=release, question_code="SAFE", you_said="Another.", by=member)
    response = save_response(finding=other, will_do="Act.", who="Us", due_on=datetime.date(2030, 1, 1), by=member)
    client.force_login(member)
    assert client.get(reverse("subgroup_response", args=["health", finding.pk, response.pk])).status_code == 404
    assert client.get(reverse("subgroup_response", args=["health", other.pk, response.pk])).status_code == 200


def test_nobody_without_a_seat_comes_in(client, finding):
    address = reverse("subgroup_finding", args=["health", finding.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_an_administrator_reads_and_does_not_write(client, finding):
    sign_in(client, holder_of("Administrator"))
    assert client.get(reverse("subgroup_finding", args=["health", finding.pk])).status_code == 200
    assert client.get(reverse("subgroup_finding_edit", args=["health", finding.pk])).status_code == 404


def test_a_page_is_found_by_words_of_its_title(client, member, finding):
    home = Page.objects.get(depth=2)
    client.force_login(member)
    add = reverse("subgroup_response_add", args=["health", finding.pk])
    answer = client.post(add, filled(came_of_it=home.title))
    assert answer.status_code == 303
    assert Response.objects.get().page_id == home.pk


def test_words_that_no_title_has_are_refused_and_kept(client, member, finding):
    client.force_login(member)
    answer = client.post(
        reverse("subgroup_response_add", args=["health", finding.pk]), filled(came_of_it="no such page at all")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No public page has these words in its title" in page
    assert "no such page at all" in page
    assert "Ask for a course." in page


def test_an_address_elsewhere_is_kept_and_a_script_is_not(client, member, finding):
    client.force_login(member)
    add = reverse("subgroup_response_add", args=["health", finding.pk])
    assert client.post(add, filled(came_of_it="javascript:alert(1)")).status_code == 422
    assert client.post(add, filled(came_of_it="https://www.example.org/course")).status_code == 303
    assert Response.objects.get().link == "https://www.example.org/course"


def test_a_public_finding_keeps_its_words(client, member, manager, finding):
    publish_finding(finding=finding, by=manager)
    client.force_login(member)
    answer = client.post(reverse("subgroup_finding_edit", args=["health", finding.pk]), {"you_said": "Other words."})
    finding.refresh_from_db()
    assert answer.status_code == 422
    assert "This finding is public" in answer.content.decode()
    assert finding.you_said == "One in three does not feel safe."
