"""Weekly mails: to Young Advisors when something waits, to editors on what waits on whom. Never two in a week."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.mail.models import OutgoingMessage
from foundation.partnership.models import Subgroup, SubgroupMember
from foundation.registries.chores import chores
from home.models import Audience, AudiencePage, ResourcePage
from home.review.models import Post, WeeklyMail
from home.review.services.mails import tell_what_waits
from home.review.services.questions import ask, put_to_group
from home.review.waiting import pace, what_waits
from tests.factories.accounts import holder_of
from tests.factories.pages import a_home_page, a_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def written(monkeypatch):
    found = []

    def keep(*, to, subject, text, **_more):
        found.append((to, subject, text))
        return OutgoingMessage(to=to, subject=subject, text=text)

    monkeypatch.setattr("home.review.services.mails.queue_mail", keep)
    return found


def test_nothing_waits_and_nobody_is_written_to(advisor, editor, written):
    assert tell_what_waits() == 0
    assert written == []


def test_young_advisors_and_editors_are_told_once_a_week(advisor, editor, round_, written):
    holder_of("Young Advisor", email="gone@example.org", is_active=False)
    holder_of("Survey manager", email="manager@example.org")
    assert tell_what_waits() == 2
    assert {to for to, _subject, _text in written} == {"private@example.org", editor.email}
    young = next(text for to, _subject, text in written if to == "private@example.org")
    assert "Staying safe online" in young
    assert "/review/" in young
    assert "@" not in young
    desk = next(text for to, _subject, text in written if to == editor.email)
    assert "Young Advisors:" in desk
    assert "/admin/young-advisors/" in desk
    for _again in range(3):
        assert tell_what_waits() == 0
    assert len(written) == 2


def test_the_next_week_brings_the_next_mail_and_old_weeks_are_forgotten(advisor, round_, written):
    tell_what_waits()
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert tell_what_waits() == 2
    with time_machine.travel(timezone.now() + timedelta(weeks=20)):
        tell_what_waits()
        assert WeeklyMail.objects.values("week").distinct().count() == 1


def test_it_is_a_daily_chore(advisor, round_, written):
    chore = dict(chores.items())["review: tell what waits, once a week"]
    assert chore.is_daily
    assert chore.run() == 2


def test_a_group_that_has_not_answered_is_reminded_weekly(advisor, editor, written):
    group = Subgroup.objects.create(key="quality", name="Quality Assurance")
    member = holder_of("Subgroup member", email="member@example.org")
    SubgroupMember.objects.create(user=member, subgroup=group)
    question = ask(subgroup=group, text="Why so slow?", why="", credited_as="", by=advisor)
    tell_what_waits()
    assert "member@example.org" not in {to for to, _subject, _text in written}
    put_to_group(question=question, due_on=timezone.localdate() + timedelta(days=3), by=editor)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        tell_what_waits()
        text = next(text for to, _subject, text in written if to == "member@example.org")
        assert "Why so slow? (Quality Assurance, OVERDUE" in text
        assert "/asked-by-young-advisors/" in text
        assert tell_what_waits() == 0


def test_the_author_of_a_post_is_told_that_editors_ask_for_a_change(advisor, written):
    holder_of("Young Advisor", email="other@example.org")
    Post.objects.create(author=advisor, title="Exams", state="change", answered_at=timezone.now())
    tell_what_waits()
    young = {to: text for to, _subject, text in written if to in ("private@example.org", "other@example.org")}
    assert list(young) == ["private@example.org"]
    assert "ask you to change something in what you wrote:\n\n- Exams" in young["private@example.org"]


def test_who_is_an_editor_and_sits_on_a_group_gets_both_in_one_mail(advisor, editor, written):
    group = Subgroup.objects.create(key="quality", name="Quality Assurance")
    SubgroupMember.objects.create(user=editor, subgroup=group)
    question = ask(subgroup=group, text="Why so slow?", why="", credited_as="", by=advisor)
    put_to_group(question=question, due_on=timezone.localdate() + timedelta(days=3), by=editor)
    tell_what_waits()
    ((_to, _subject, text),) = [one for one in written if one[0] == editor.email]
    assert "\n\nQuality Assurance:\n- Why so slow?" in text
    assert "/admin/young-advisors/" in text
    assert "/asked-by-young-advisors/" in text


def test_the_weekly_mail_of_editors_counts_pages_that_want_a_look(editor, written):
    home = a_home_page()
    audience = Audience.objects.create(slug="young-people", name="Young people")
    part = a_page(AudiencePage, under=home, title="Young people", slug="young-people", audience=audience)
    due = timezone.localdate() - timedelta(days=1)
    a_page(ResourcePage, under=part, title="Exams", review_due=due)
    tell_what_waits()
    ((_to, _subject, text),) = written
    assert "whose check is due: 1" in text
    assert "that no Young Advisor has seen: " in text


def test_what_waits_says_on_whom_and_since_when(advisor, round_):
    Post.objects.create(author=advisor, title="Exams", state="sent", sent_at=timezone.now() - timedelta(days=9))
    rows = [(one.on, one.title, one.days) for one in what_waits()]
    assert rows == [("Editors", "Exams", 9), ("Young Advisors", "Staying safe online", 0)]


def test_how_long_reviews_take_is_counted_from_decisions(advisor, round_):
    assert pace() is None
    round_.started_at = timezone.now() - timedelta(days=4)
    round_.save()
    round_.approve(user=advisor)
    found = pace()
    assert (found.reviews, found.median_days, found.longest_days) == (1, 4.0, 4)
