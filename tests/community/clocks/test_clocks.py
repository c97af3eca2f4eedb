"""What the calendar does, and that it does nothing twice."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from community.clocks.services import run_clocks
from community.models import (
    ChecklistItem,
    EvidenceCheck,
    EvidenceFile,
    Reminder,
    SelfAssessment,
    Snapshot,
    StandardVersion,
)
from community.moderation.services.concerns import allow_telling, close_concern, raise_concern
from tests.factories.community import MembershipFactory, PersonFactory, SettingFactory

pytestmark = pytest.mark.django_db(transaction=True)
DUE = date(2026, 6, 30)


@pytest.fixture
def listed():
    setting = SettingFactory(name="Invented Club", confirm_due=DUE)
    setting.published = Snapshot.objects.create(setting=setting, document={"name": setting.name})
    setting.state = "listed"
    setting.save()
    MembershipFactory(setting=setting, user__email="owner@example.org")
    return setting


def subjects():
    return [message.subject for message in mail.outbox]


@pytest.mark.parametrize(("days_before", "mails"), [(31, 0), (30, 1), (20, 1), (14, 1), (3, 1), (0, 1), (-27, 1)])
def test_a_reminder_goes_out_when_its_day_has_come(listed, days_before, mails):
    assert run_clocks(today=DUE - timedelta(days=days_before)).confirm_reminders == mails
    assert len(mail.outbox) == mails


def test_four_reminders_in_all_and_none_twice(listed):
    for days_before in range(40, -28, -1):
        run_clocks(today=DUE - timedelta(days=days_before))
        run_clocks(today=DUE - timedelta(days=days_before))
    assert sorted(Reminder.objects.values_list("days_before", flat=True)) == [0, 3, 14, 30]
    assert len(mail.outbox) == 4


def test_days_on_which_the_clocks_stood_are_made_up_for_by_one_mail(listed):
    run_clocks(today=DUE + timedelta(days=5))
    assert len(mail.outbox) == 1
    assert "confirmed by 30 June 2026" in mail.outbox[0].body


def test_a_listing_lapses_after_four_weeks_and_not_a_day_before(listed):
    run_clocks(today=DUE + timedelta(days=27))
    listed.refresh_from_db()
    assert listed.state == "listed"
    assert run_clocks(today=DUE + timedelta(days=28)).lapsed == 1
    listed.refresh_from_db()
    assert listed.state == "lapsed"
    assert run_clocks(today=DUE + timedelta(days=29)).lapsed == 0


def test_whoever_must_not_know_of_a_suspension_gets_the_usual_mails(listed):
    raise_concern(
        setting=listed, by=PersonFactory(), raised_on=DUE, source="visit", category="adult", referred_to="Officer",
        listing_decision="suspend", review_on=DUE,
    )  # fmt: skip
    run_clocks(today=DUE)
    assert len(mail.outbox) == 1
    run_clocks(today=DUE + timedelta(days=28))
    listed.refresh_from_db()
    assert (listed.state, listed.state_before_suspension) == ("suspended", "lapsed")
    assert any("Not shown until you confirm" in subject for subject in subjects())


def test_whoever_was_told_of_a_suspension_is_not_asked_to_confirm_while_it_lasts(listed):
    flag = raise_concern(
        setting=listed, by=PersonFactory(), raised_on=DUE, source="visit", category="adult", referred_to="Officer",
        listing_decision="suspend", review_on=DUE,
    )  # fmt: skip
    allow_telling(flag=flag, by=PersonFactory())
    close_concern(flag=flag, outcome="Nothing further.", by=PersonFactory())
    told = subjects()
    assert ["not shown at the moment" in subject for subject in told] == [True]
    run_clocks(today=DUE)
    run_clocks(today=DUE + timedelta(days=28))
    assert subjects() == told


def test_one_mail_tells_of_all_the_evidence_that_runs_out(listed):
    standard = StandardVersion.objects.create(code="t", title="T", in_force_from=DUE)
    for code in ("A5", "A6"):
        item = ChecklistItem.objects.create(standard=standard, code=code, area="A", question=f"{code}?", basis="law")
        EvidenceCheck.objects.create(
            setting=listed, item=item, level="seen", checked_on=DUE, expires_on=DUE + timedelta(days=400)
        )
    day = DUE + timedelta(days=375)
    listed.confirm_due = day + timedelta(days=90)
    listed.save()
    assert run_clocks(today=day).evidence_reminders == 1
    assert run_clocks(today=day).evidence_reminders == 0
    assert "A5?" in mail.outbox[-1].body
    assert "A6?" in mail.outbox[-1].body


def test_a_file_is_deleted_on_its_day_and_the_fact_stays(listed):
    standard = StandardVersion.objects.create(code="t", title="T", in_force_from=DUE)
    item = ChecklistItem.objects.create(standard=standard, code="A6", area="A", question="Insured?", basis="law")
    EvidenceCheck.objects.create(setting=listed, item=item, level="seen", checked_on=DUE)
    file = EvidenceFile.objects.create(
        setting=listed, item=item, original_name="certificate.pdf", content_type="application/pdf", purge_after=DUE,
        file=ContentFile(b"%PDF-", name="x"), status="accepted",
    )  # fmt: skip
    storage, name = file.file.storage, file.file.name
    run_clocks(today=DUE - timedelta(days=1))
    assert storage.exists(name)
    assert run_clocks(today=DUE).files_deleted == 1
    assert not storage.exists(name)
    file.refresh_from_db()
    assert (file.status, file.original_name) == ("purged", "")
    assert EvidenceCheck.objects.filter(setting=listed).exists()


def test_the_command_says_what_it_did(listed):
    out = StringIO()
    listed.confirm_due = date(2020, 1, 1)
    listed.save()
    call_command("run_clocks", stdout=out)
    assert "Lapsed: 1." in out.getvalue()


def test_whoever_was_told_of_a_suspension_hears_nothing_of_other_dates_while_it_lasts(listed):
    standard = StandardVersion.objects.create(code="t", title="T", in_force_from=DUE, is_current=True)
    item = ChecklistItem.objects.create(standard=standard, code="A6", area="A", question="Insured?", basis="law")
    EvidenceCheck.objects.create(setting=listed, item=item, level="seen", checked_on=DUE, expires_on=DUE)
    SelfAssessment.objects.create(setting=listed, standard=standard, submitted_at=timezone.now(), expires_on=DUE)
    flag = raise_concern(
        setting=listed, by=PersonFactory(), raised_on=DUE, source="visit", category="adult", referred_to="Officer",
        listing_decision="suspend", review_on=DUE,
    )  # fmt: skip
    run = run_clocks(today=DUE - timedelta(days=20))
    assert (run.assess_reminders, run.evidence_reminders) == (1, 1), "silence would tell of the suspension"
    allow_telling(flag=flag, by=PersonFactory())
    run = run_clocks(today=DUE)
    assert (run.confirm_reminders, run.assess_reminders, run.evidence_reminders) == (0, 0, 0)


@pytest.mark.parametrize(("days", "is_deleted"), [(90, False), (92, True)])
def test_a_file_that_nobody_will_decide_on_any_more_goes_too(listed, days, is_deleted):
    standard = StandardVersion.objects.create(code="t", title="T", in_force_from=DUE)
    item = ChecklistItem.objects.create(standard=standard, code="A6", area="A", question="Insured?", basis="law")
    file = EvidenceFile.objects.create(
        setting=listed, item=item, original_name="certificate.pdf", content_type="application/pdf",
        file=ContentFile(b"%PDF-", name="x"),
    )  # fmt: skip
    listed.state, listed.state_since = "archived", timezone.make_aware(datetime(2026, 6, 30, 12))
    listed.save()
    run_clocks(today=DUE + timedelta(days=days))
    file.refresh_from_db()
    assert (file.status == "purged") is is_deleted
