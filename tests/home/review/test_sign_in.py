"""Young Advisors sign in by a link that works once; they reach /review/ and nothing else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.links.models import SignInLink
from foundation.accounts.models import User
from foundation.mail.models import OutgoingMessage
from foundation.partnership.models import School, Subgroup
from tests.factories.accounts import UserFactory, holder_of
from tests.security.addresses import admin_addresses

pytestmark = pytest.mark.django_db
DOOR = "/review/sign-in/"
LEADS_TO_OUR_DOOR = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")


@pytest.fixture(autouse=True)
def written(monkeypatch):
    """Mails as they are queued: (to, text)."""
    found = []

    def keep(*, to, subject, text, **_more):
        found.append((to, text))
        return OutgoingMessage(to=to, subject=subject, text=text)

    monkeypatch.setattr("home.review.views.sign_in.queue_mail", keep)
    return found


def ask(client, email, **more):
    page = client.get(DOOR, more).text
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    return client.post(DOOR, {"email": email, "token": token, **more})


def link_in(written):
    return re.search(r"https?://[^/]+(/review/sign-in/\S+/)", written[-1][1]).group(1)


def test_a_link_signs_in_once_and_leads_on(client, advisor, written):
    assert ask(client, "Private@example.org", next="/review/questions/").url == reverse("review_sign_in_sent")
    assert written[-1][0] == "private@example.org"
    address = link_in(written)
    assert "Press the button" in client.get(address).text
    assert client.get(reverse("review")).status_code == 302
    assert client.post(address).url == "/review/questions/"
    assert client.get(reverse("review")).status_code == 200
    again = Client().post(address)
    assert again.status_code == 410
    assert "used already" in again.text


def test_a_link_is_too_old_after_a_quarter_of_an_hour(client, advisor, written):
    ask(client, "private@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = client.post(link_in(written))
    assert answer.status_code == 410
    assert "too old" in answer.text


def test_a_broken_link_says_so(client, db):
    answer = client.get("/review/sign-in/nonsense/")
    assert answer.status_code == 410
    assert "broken in two" in answer.text


def test_the_answer_is_the_same_for_everybody_and_only_young_advisors_get_a_mail(client, advisor, written):
    UserFactory(email="owner@example.org")
    holder_of("Editor", email="staff@example.org")
    holder_of("Young Advisor", email="both@example.org").groups.add(*User.objects.get(email="staff@example.org").groups.all())  # fmt: skip
    answers = {
        ask(Client(), email).url
        for email in ("private@example.org", "owner@example.org", "staff@example.org", "nobody@example.org", "both@example.org")
    }  # fmt: skip
    assert answers == {reverse("review_sign_in_sent")}
    assert [to for to, _text in written] == ["private@example.org", "", "", "", ""]
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_who_left_gets_no_link_and_an_old_one_opens_nothing(client, advisor, written):
    ask(client, "private@example.org")
    address = link_in(written)
    advisor.groups.clear()
    client.post(address)
    assert client.get(reverse("review")).status_code == 404
    ask(Client(), "private@example.org")
    assert written[-1][0] == ""
    advisor.is_active = False
    advisor.save()
    SignInLink.objects.update(used_at=None)
    assert Client().post(address).status_code == 410


def test_a_wrong_address_is_explained_and_kept(client, db):
    answer = ask(client, "not an address")
    assert answer.status_code == 422
    assert "such as name@example.org" in answer.text
    assert "not an address" in answer.text


def test_a_link_leads_to_this_site_only(client, advisor, written):
    ask(client, "private@example.org", next="https://elsewhere.example/")
    assert client.post(link_in(written)).url == reverse("review")


def test_a_form_sent_after_the_session_ended_shows_what_was_typed(client, advisor, round_):
    answer = client.post(
        reverse("review_page", args=[round_.pk]), {"act": "save", "note": "My long thought"}, headers={"origin": "http://testserver"}
    )  # fmt: skip
    assert answer.status_code == 403
    assert "My long thought" in answer.text
    assert DOOR in answer.text


def test_signing_out_ends_the_session(client, advisor):
    client.force_login(advisor)
    assert client.post(reverse("review_sign_out")).url == DOOR
    assert client.get(reverse("review")).status_code == 302


def test_a_young_advisor_reaches_no_address_of_the_admin(client, advisor):
    client.force_login(advisor)
    addresses = [address for address in admin_addresses().values() if address not in LEADS_TO_OUR_DOOR]
    assert len(addresses) > 200
    assert {client.get(address).status_code for address in addresses} == {403}


def test_nor_what_belongs_to_other_roles(client, advisor):
    School.objects.create(name="Hillside", phase="secondary")
    Subgroup.objects.create(key="quality", name="Quality Assurance")
    client.force_login(advisor)
    assert client.get(reverse("asked_of_us")).status_code == 404
    assert client.get(reverse("subgroup_results", args=["quality"])).status_code == 404
    assert "Quality Assurance" not in client.get(reverse("my_subgroups")).text
    assert "Hillside" not in client.get(reverse("my_schools")).text
