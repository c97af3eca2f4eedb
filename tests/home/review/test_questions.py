"""Young Advisors ask a subgroup; question, day and answer are public once staff have read them."""

from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.cache import generation
from foundation.partnership.models import Subgroup, SubgroupMember
from foundation.registries.boundaries import boundary_providers
from home.review.models import PartnershipQuestion, TakeoverDay
from home.review.services.questions import answer, ask, publish_answer, put_to_group
from tests.factories.accounts import holder_of, sign_in
from tests.factories.pages import a_home_page

pytestmark = pytest.mark.django_db
PUBLIC = "/en/ask-the-partnership/"


@pytest.fixture
def group(db):
    a_home_page()
    return Subgroup.objects.create(key="quality", name="Quality Assurance")


@pytest.fixture
def signed_in(client, advisor):
    client.force_login(advisor)
    return client


@pytest.fixture
def question(group, advisor):
    return ask(subgroup=group, text="Why is it so slow?", why="We wait for months.", credited_as="Samphire", by=advisor)


@pytest.fixture
def desk(editor):
    return sign_in(Client(), editor)


@pytest.fixture
def member(group):
    person = holder_of("Subgroup member")
    SubgroupMember.objects.create(user=person, subgroup=group)
    client = Client()
    client.force_login(person)
    client.person = person
    return client


def at_desk(question):
    return reverse("young_advisors_question", args=[question.pk])


def seen_in(text):
    return unescape(text.split('name="seen" value="')[1].split('"')[0])


def in_form(member, address):
    return seen_in(member.get(address).text)


def public():
    generation.bump()
    return Client().get(PUBLIC).text


def put(desk, question, day=None):
    return desk.post(
        at_desk(question), {"act": "put", "due_on": (day or timezone.localdate() + timedelta(days=20)).isoformat()}
    )


def test_a_question_is_asked_and_nobody_reads_it_before_staff(signed_in, advisor, group):
    given = {"subgroup": group.pk, "text": "Why is it so slow?", "why": "", "credited_as": "Samphire"}
    assert signed_in.post(reverse("review_ask"), given).status_code == 303
    question = PartnershipQuestion.objects.get()
    assert (question.author, question.state) == (advisor, "sent")
    assert "Why is it so slow?" in signed_in.get(reverse("review")).text
    assert "Why is it so slow?" not in public()
    assert Entry.objects.filter(action="review.question_asked").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Write your question"),
        ({"text": "a" * 5_000}, "Please use 300 characters or fewer. You have 5000"),
        ({"subgroup": ""}, "Choose the group"),
        ({"subgroup": "99999"}, "Choose a group from the list"),
        ({"credited_as": "sam@example.org"}, "not an e-mail address"),
    ],
)
def test_bad_input_is_explained_and_kept(signed_in, group, fields, words):
    given = {"subgroup": group.pk, "text": "My long question", "why": "My reason", "credited_as": "", **fields}
    refused = signed_in.post(reverse("review_ask"), given)
    assert refused.status_code == 422
    assert words in refused.text
    assert "My reason" in refused.text
    assert not PartnershipQuestion.objects.exists()


def test_staff_put_it_to_the_group_with_a_day(desk, question):
    assert put(desk, question, date(2020, 1, 1)).status_code == 422
    assert desk.post(at_desk(question), {"act": "put", "due_on": "31/31"}).status_code == 422
    assert "Why is it so slow?" not in public()
    put(desk, question, date(2099, 3, 31))
    text = public()
    assert "Why is it so slow?" in text
    assert "Quality Assurance" in text
    assert "The answer is due by 31 March 2099." in text
    assert "Samphire" in text


def test_staff_who_do_not_put_it_say_why_and_the_young_advisor_reads_it(desk, question, signed_in):
    assert desk.post(at_desk(question), {"act": "decline", "because": " "}).status_code == 422
    desk.post(at_desk(question), {"act": "decline", "because": "It names a person."})
    assert "It names a person." in signed_in.get(reverse("review")).text
    assert "Why is it so slow?" not in public()


def test_one_of_the_group_answers_and_the_public_reads_it_once_staff_have(desk, question, member):
    put(desk, question)
    address = reverse("answer_question", args=[question.pk])
    assert address in member.get(reverse("asked_of_us")).text
    assert "Write the answer" in member.post(address, {"text": ""}).text
    member.post(address, {"text": "We have hired two people."})
    assert "two people" not in public()
    seen = desk.get(at_desk(question)).text.split('name="seen" value="')[1].split('"')[0]
    member.post(address, {"text": "We have hired three people.", "seen": in_form(member, address)})
    stale = desk.post(at_desk(question), {"act": "publish", "seen": seen.replace("&#x27;", "'")})
    assert "changed while you were reading" in stale.text
    question.refresh_from_db()
    desk.post(at_desk(question), {"act": "publish", "seen": question.answered_at.isoformat()})
    assert "We have hired three people." in public()
    late = member.post(address, {"text": "No, four."})
    assert late.status_code == 422
    assert "No, four." in late.text
    assert "four" not in public()


def test_two_of_a_group_who_answer_at_once_lose_nothing(desk, question, member):
    put(desk, question)
    address = reverse("answer_question", args=[question.pk])
    begun = in_form(member, address)
    member.post(address, {"text": "We have hired two people.", "seen": begun})
    late = member.post(address, {"text": "We are still looking.", "seen": begun})
    assert late.status_code == 422
    assert "A colleague has answered meanwhile" in late.text
    assert "We have hired two people." in late.text
    assert "We are still looking." in late.text
    question.refresh_from_db()
    assert question.answer == "We have hired two people."
    both = {"text": "Two are here, and we are looking for one more.", "seen": seen_in(late.text)}
    assert member.post(address, both).status_code == 303
    for nonsense in ("x", "2026-13-45T99:99", "1" * 500):
        assert member.post(address, {"text": "No", "seen": nonsense}).status_code == 422
        assert desk.post(at_desk(question), {"act": "publish", "seen": nonsense}).status_code == 422


def test_nobody_publishes_an_answer_of_their_own(desk, editor, question, group):
    SubgroupMember.objects.create(user=editor, subgroup=group)
    put(desk, question)
    question = answer(question=question, text="Soon.", seen=None, by=editor)
    refused = desk.post(at_desk(question), {"act": "publish", "seen": question.answered_at.isoformat()})
    assert "somebody else must publish it" in refused.text
    assert "Soon." not in public()


def test_another_group_and_another_role_find_nothing(desk, question, advisor):
    put(desk, question)
    other = Client()
    person = holder_of("Subgroup member")
    SubgroupMember.objects.create(user=person, subgroup=Subgroup.objects.create(key="other", name="Other"))
    address = reverse("answer_question", args=[question.pk])
    other.force_login(person)
    assert other.get(address).status_code == 404
    assert "Why is it so slow?" not in other.get(reverse("asked_of_us")).text
    for one in (advisor, holder_of("School lead")):
        other.force_login(one)
        assert other.get(address).status_code == 404
        assert other.get(reverse("asked_of_us")).status_code == 404
    refused = sign_in(Client(), holder_of("Survey manager")).get(at_desk(question))
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))


def test_a_late_answer_is_called_late_from_the_day_after(desk, question, member):
    put(desk, question, timezone.localdate() + timedelta(days=3))
    question.refresh_from_db()
    after = timezone.make_aware(
        timezone.datetime.combine(question.due_on + timedelta(days=1), timezone.datetime.min.time())
    )
    assert dict(boundary_providers.items())["review"](timezone.now()) == after
    assert "The answer is late" not in public()
    with time_machine.travel(after + timedelta(hours=1)):
        text = public()
        assert "The answer is late." in text
        member.force_login(member.person)
        assert "Overdue" in member.get(reverse("asked_of_us")).text


def test_staff_take_a_question_off_the_site_and_say_why(desk, question, signed_in):
    put(desk, question)
    desk.post(at_desk(question), {"act": "take-off", "because": "A school can be recognised."})
    assert "Why is it so slow?" not in public()
    assert "A school can be recognised." in signed_in.get(reverse("review")).text


def test_leaving_takes_the_name_off_the_question(desk, question, advisor):
    put(desk, question)
    assert "Samphire" in public()
    advisor.groups.clear()
    text = public()
    assert "Samphire" not in text
    assert "Asked by Young Advisors" in text


def test_ones_own_question_can_be_taken_back_until_it_is_public(desk, question, signed_in):
    back = reverse("review_ask_take_back", args=[question.pk])
    other = Client()
    other.force_login(holder_of("Young Advisor"))
    assert other.post(back).status_code == 404
    put(desk, question)
    assert "with the group already" in signed_in.post(back, follow=True).text
    PartnershipQuestion.objects.update(state="sent")
    signed_in.post(back)
    assert not PartnershipQuestion.objects.exists()


def test_hostile_markup_is_shown_as_words(group, advisor, editor):
    question = ask(subgroup=group, text="<script>alert(1)</script>", why="<img src=x>", credited_as="", by=advisor)
    question = put_to_group(question=question, due_on=date(2099, 1, 1), by=editor)
    question = answer(question=question, text="<b onclick=x>No</b>", seen=None, by=holder_of("Subgroup member"))
    publish_answer(question=question, seen=question.answered_at, by=editor)
    text = public()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "<b onclick" not in text


def test_the_public_page_sets_no_cookie_and_may_be_kept(question, desk):
    put(desk, question)
    answered = Client().get(PUBLIC)
    assert not answered.cookies
    assert "public" in answered["Cache-Control"]


def test_a_takeover_day_carries_the_name_of_the_group(signed_in, group, desk, question):
    assert "takeover day" not in signed_in.get(reverse("review_ask")).text
    days = reverse("young_advisors_days")
    assert desk.post(days, {"act": "name", "on": "", "group_name": "sam@example.org"}).status_code == 422
    today = timezone.localdate()
    desk.post(days, {"act": "name", "on": today.isoformat(), "group_name": "Camden Youth Council"})
    day = TakeoverDay.objects.get()
    assert f'value="{day.pk}" selected' in signed_in.get(reverse("review_ask")).text, "today's day is chosen already"
    for text, name in (("What do you do about knives?", ""), ("Who reads this?", "Noor")):
        given = {"subgroup": group.pk, "text": text, "why": "", "credited_as": name, "day": day.pk}
        assert signed_in.post(reverse("review_ask"), given).status_code == 303
    for one in PartnershipQuestion.objects.all():
        put(desk, one)
    text = public()
    assert f"Takeover day, {today:%-d %B %Y}" in text
    assert "Asked by Camden Youth Council" in text
    assert "Asked by Noor, Camden Youth Council" in text
    assert text.index("What do you do about knives?") < text.index("Other questions") < text.index("Why is it so slow?")
    desk.post(days, {"act": "drop", "day": day.pk})
    assert TakeoverDay.objects.exists(), "questions belong to it"


def test_a_takeover_day_that_is_over_takes_no_more_questions(signed_in, group, desk):
    past = TakeoverDay.objects.create(on=timezone.localdate() - timedelta(days=8), group_name="Youth Council")
    TakeoverDay.objects.create(on=timezone.localdate(), group_name="Others")
    given = {"subgroup": group.pk, "text": "Why?", "why": "", "credited_as": "", "day": past.pk}
    refused = signed_in.post(reverse("review_ask"), given)
    assert refused.status_code == 422
    assert "That day is over" in refused.text
    for nonsense in ("abc", "", "²"):
        assert desk.post(reverse("young_advisors_days"), {"act": "drop", "day": nonsense}).status_code == 404
    desk.post(reverse("young_advisors_days"), {"act": "drop", "day": past.pk})
    assert not TakeoverDay.objects.filter(pk=past.pk).exists()


def test_leaving_takes_the_first_name_and_leaves_the_group(signed_in, group, desk, advisor):
    day = TakeoverDay.objects.create(on=timezone.localdate(), group_name="Camden Youth Council")
    asked = ask(subgroup=group, text="Who reads this?", why="", credited_as="Noor", by=advisor, day=day)
    put(desk, asked)
    advisor.groups.clear()
    text = public()
    assert "Noor" not in text
    assert "Asked by Camden Youth Council" in text
