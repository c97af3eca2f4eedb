"""The day of looking again at a concern reaches the safeguarding leads, and tells nobody else a thing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.clocks.services import run_clocks
from community.models import ConcernFlag
from community.moderation.services.concerns import close_concern, look_again_later
from foundation.audit.models import Entry
from tests.factories.accounts import give_authenticator, holder_of, sign_in
from tests.factories.community import PersonFactory, SettingFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 6, 30)


@pytest.fixture
def lead():
    return holder_of("Safeguarding lead")


@pytest.fixture
def flag():
    return make_flag()


def make_flag(**fields):
    setting = SettingFactory(name="Invented Karate Club")
    whole = {"raised_on": date(2026, 5, 30), "source": "visit", "category": "adult", "referred_to": "The desk of Zqx"}
    return ConcernFlag.objects.create(setting=setting, review_on=DAY, reference="Zqx-17", **{**whole, **fields})


def test_each_lead_gets_one_mail_on_the_day_and_not_before(lead, flag, mailoutbox):
    second = holder_of("Safeguarding lead")
    assert run_clocks(today=DAY - timedelta(days=1)).lead_mails == 0
    assert run_clocks(today=DAY).lead_mails == 2
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([lead.email, second.email])


def test_running_again_that_day_or_later_sends_nothing_more(lead, flag, mailoutbox):
    for day in (DAY, DAY, DAY + timedelta(days=1)):
        run_clocks(today=day)
    assert len(mailoutbox) == 1


def test_a_day_on_which_the_clocks_stood_is_made_up_for(lead, flag, mailoutbox):
    run_clocks(today=DAY + timedelta(days=3))
    assert len(mailoutbox) == 1


def test_all_that_is_due_is_one_mail_that_names_nothing(lead, flag, mailoutbox):
    make_flag(category="child")
    run_clocks(today=DAY)
    [mail] = mailoutbox
    text = " ".join([mail.subject, mail.body, *(part.content for part in mail.alternatives)])
    for secret in ("Invented", "Karate", "Zqx", "adult", "at risk", "suspen", flag.setting.slug, str(flag.setting.pk)):
        assert secret not in text
    assert reverse("community_concerns") in mail.body


def test_nobody_but_leads_is_reminded(flag, mailoutbox):
    for role in ("Registry officer", "Administrator", "Editor"):
        holder_of(role)
    PersonFactory(is_superuser=True, is_staff=True)
    gone = holder_of("Safeguarding lead")
    gone.is_active = False
    gone.save()
    assert run_clocks(today=DAY).lead_mails == 0
    assert mailoutbox == []


def test_a_lead_who_comes_later_hears_of_what_is_due(flag, mailoutbox):
    run_clocks(today=DAY)
    holder_of("Safeguarding lead")
    run_clocks(today=DAY + timedelta(days=1))
    assert len(mailoutbox) == 1


def test_what_is_closed_is_not_due(lead, flag, mailoutbox):
    close_concern(flag=flag, outcome="Nothing for the listing.", by=lead)
    run_clocks(today=DAY)
    assert mailoutbox == []


def test_another_day_is_another_reminder(lead, flag, mailoutbox):
    run_clocks(today=DAY)
    later = timezone.localdate() + timedelta(days=30)
    look_again_later(flag=flag, on=later, by=lead)
    run_clocks(today=later - timedelta(days=1))
    assert len(mailoutbox) == 1
    run_clocks(today=later)
    assert len(mailoutbox) == 2


def test_the_trail_has_it_for_leads_alone(lead, flag):
    run_clocks(today=DAY)
    entry = Entry.objects.get(action="community.concern_reminded")
    assert entry.facts == {"flags": 1, "mails": 1}


class TestTheScreen:
    @pytest.fixture
    def page(self, client, lead, flag):
        give_authenticator(lead)
        sign_in(client, lead)
        return reverse("community_concerns_of", args=[flag.setting_id])

    def test_the_lead_sets_another_day(self, client, page, flag):
        later = timezone.localdate() + timedelta(days=30)
        sent = {"do": "later", "flag": flag.pk, "on": later.isoformat()}
        assert "You will be reminded on that day" in client.post(page, sent, follow=True).content.decode()
        flag.refresh_from_db()
        assert (flag.review_on, flag.closed_on) == (later, None)

    @pytest.mark.parametrize("typed", ["", "soon", "2020-01-01", "2026-02-31"])
    def test_a_day_that_is_none_or_is_over_is_refused_in_words(self, client, page, flag, typed):
        html = client.post(page, {"do": "later", "flag": flag.pk, "on": typed}, follow=True).content.decode()
        assert "Choose a day that is still to come." in html
        flag.refresh_from_db()
        assert flag.review_on == DAY

    def test_a_closed_flag_gets_no_other_day(self, client, page, flag, lead):
        close_concern(flag=flag, outcome="Nothing.", by=lead)
        later = timezone.localdate() + timedelta(days=30)
        html = client.post(page, {"do": "later", "flag": flag.pk, "on": later}, follow=True).content.decode()
        assert "This flag is closed." in html

    def test_what_is_open_stands_before_what_is_closed(self, client, page, flag, lead):
        done = ConcernFlag.objects.create(
            setting=flag.setting, raised_on=date(2026, 6, 1), source="visit", category="premises", referred_to="Desk",
            review_on=DAY, closed_on=DAY, outcome="Mended.",
        )  # fmt: skip
        html = client.get(page).content.decode()
        assert html.index(f'aria-label="{flag}"') < html.index(f'aria-label="{done}"')
        assert reverse("community_record", args=[flag.setting_id]) in html
