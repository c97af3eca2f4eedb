"""Two people let the public see a finding; the public sees what both agreed to, and nothing else."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from foundation.audit.models import Entry
from foundation.cache.kept import forget_everything
from foundation.mail.models import OutgoingMessage
from foundation.registries.findings import findings_providers
from home.models import InformationPage
from surveys.response import reminders
from surveys.response.models import Finding
from surveys.response.services import (
    SamePerson,
    add_finding,
    check_response,
    publish_finding,
    save_response,
    withdraw_finding,
)
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db
SOON = datetime.date(2030, 1, 1)


def public(client, finding):
    return client.get(reverse("surveys:you_said_we_did_one", args=[finding.slug]))


def test_a_draft_is_nowhere_in_public(client, finding):
    assert public(client, finding).status_code == 404
    assert finding.you_said not in client.get(reverse("surveys:you_said_we_did")).content.decode()
    question = reverse("surveys:results_question", args=["test", "autumn-2025", "SAFE"])
    assert finding.you_said not in client.get(question).content.decode()
    assert not [one for giver in findings_providers for one in giver.findings_for("health")]


def test_a_published_finding_stands_on_every_page_that_it_belongs_to(client, finding, manager):
    publish_finding(finding=finding, by=manager)
    page = public(client, finding).content.decode()
    question = reverse("surveys:results_question", args=["test", "autumn-2025", "SAFE"])
    listed = reverse("surveys:you_said_we_did")
    assert listed in client.get(reverse("surveys:results")).content.decode()
    assert "67%" in page
    assert question in page
    own = reverse("surveys:you_said_we_did_one", args=[finding.slug])
    assert own in client.get(question).content.decode()
    assert own in client.get(reverse("surveys:you_said_we_did")).content.decode()
    told = [one for giver in findings_providers for one in giver.findings_for("health")]
    assert [(one.sentence, one.url) for one in told] == [(finding.you_said, own)]


def test_the_writer_does_not_publish(subgroup, release, manager):
    finding = add_finding(subgroup=subgroup, release=release, question_code="SAFE", you_said="Mine.", by=manager)
    with pytest.raises(SamePerson):
        publish_finding(finding=finding, by=manager)
    finding.refresh_from_db()
    assert finding.state == Finding.State.DRAFT


def test_a_survey_manager_publishes_in_the_admin_and_a_reason_withdraws(client, finding, manager):
    sign_in(client, manager)
    address = reverse("surveys_finding", args=[finding.pk])
    client.post(address, {"act": "publish"})
    assert public(client, finding).status_code == 200
    client.post(address, {"act": "withdraw", "reason": ""})
    assert public(client, finding).status_code == 200
    client.post(address, {"act": "withdraw", "reason": "The figure was corrected."})
    assert public(client, finding).status_code == 404
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"surveys.finding_published", "surveys.finding_withdrawn"} <= actions


def test_an_administrator_looks_and_publishes_nothing(client, finding):
    sign_in(client, holder_of("Administrator"))
    address = reverse("surveys_finding", args=[finding.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"act": "publish"}).status_code in {302, 403}
    finding.refresh_from_db()
    assert finding.state == Finding.State.DRAFT


def test_new_words_of_a_response_wait_for_a_second_reader(client, finding, manager, member):
    publish_finding(finding=finding, by=manager)
    home = Page.objects.get(depth=2)
    response = save_response(finding=finding, will_do="Ask for a course.", who="Us", due_on=SOON, page=home, by=member)
    assert "Ask for a course." not in public(client, finding).content.decode()
    with pytest.raises(SamePerson):
        check_response(response=response, by=member)
    check_response(response=response, by=manager)
    page = public(client, finding).content.decode()
    assert "Ask for a course." in page
    assert home.title in page


def test_a_page_that_is_no_longer_public_is_not_named(client, finding, manager, member):
    gone = Page(title="A page taken down", slug="taken-down", live=False)
    Page.objects.get(depth=2).add_child(instance=gone)
    save_response(finding=finding, will_do="Act.", who="Us", due_on=SOON, page=gone, by=member)
    publish_finding(finding=finding, by=manager)
    page = public(client, finding).content.decode()
    assert "Act." in page
    assert "A page taken down" not in page


def test_withdrawn_findings_owe_nothing_and_overdue_ones_are_told_on_mondays(finding, member, manager, monkeypatch):
    save_response(finding=finding, will_do="Late thing.", who="Us", due_on=datetime.date(2020, 1, 1), by=member)
    monday, tuesday = datetime.date(2026, 11, 23), datetime.date(2026, 11, 24)
    monkeypatch.setattr(timezone, "localdate", lambda *a: tuesday)
    assert reminders.remind_of_overdue() == 0
    monkeypatch.setattr(timezone, "localdate", lambda *a: monday)
    assert reminders.remind_of_overdue() == 1
    said = [*OutgoingMessage.objects.values_list("to", "text"), *((one.to[0], one.body) for one in mail.outbox)]
    assert [to for to, text in said if "Late thing." in text] == [member.email]
    publish_finding(finding=finding, by=manager)
    withdraw_finding(finding=finding, by=manager, reason="Wrong figure.")
    assert reminders.remind_of_overdue() == 0


def test_a_page_that_came_of_a_finding_names_it(client, finding, manager, member):
    home = Page.objects.get(depth=2)
    provider = next(one for one in findings_providers if one.findings_behind)
    save_response(finding=finding, will_do="Act.", who="Us", due_on=SOON, page=home, by=member)
    assert provider.findings_behind(home.translation_key) == []
    publish_finding(finding=finding, by=manager)
    forget_everything()
    assert [one.sentence for one in provider.findings_behind(home.translation_key)] == [finding.you_said]


def test_the_page_itself_leads_to_the_finding(client, finding, manager, member):
    page = a_page(InformationPage, under=a_home_page())
    save_response(finding=finding, will_do="Act.", who="Us", due_on=SOON, page=page, by=member)
    publish_finding(finding=finding, by=manager)
    forget_everything()
    shown = client.get(page.get_url()).content.decode()
    assert reverse("surveys:you_said_we_did_one", args=[finding.slug]) in shown
