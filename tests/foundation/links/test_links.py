"""Links that sign somebody in: once, for a quarter of an hour, and never past the staff door."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from foundation.accounts.links.models import SignInLink
from foundation.accounts.links.services import (
    LinkDoesNotWork,
    LinkTooOld,
    LinkUsed,
    StaffUsePassword,
    forget_old_links,
    look_at_link,
    make_link,
    use_link,
)
from foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_table_does_not_hold_what_signs_in():
    link = make_link(email="someone@example.org")
    assert link.token not in str(SignInLink.objects.values().get())


def test_an_account_is_made_when_the_link_is_used_and_not_before():
    link = make_link(email="New.Person@Example.org")
    assert not User.objects.exists()
    person, _next = use_link(token=link.token)
    assert person.email == "new.person@example.org"
    assert not person.has_usable_password()


def test_looking_at_a_link_does_not_use_it_up():
    link = make_link(email="someone@example.org")
    look_at_link(link.token)
    look_at_link(link.token)
    use_link(token=link.token)
    with pytest.raises(LinkUsed):
        look_at_link(link.token)


def test_a_link_works_once():
    link = make_link(email="someone@example.org")
    use_link(token=link.token)
    with pytest.raises(LinkUsed):
        use_link(token=link.token)


def test_using_one_link_ends_the_others_of_the_mailbox():
    first, second = make_link(email="someone@example.org"), make_link(email="someone@example.org")
    use_link(token=second.token)
    with pytest.raises(LinkUsed):
        use_link(token=first.token)


def test_a_link_works_for_a_quarter_of_an_hour():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        link = make_link(email="someone@example.org")
        clock.shift(timedelta(minutes=14, seconds=59))
        look_at_link(link.token)
        clock.shift(timedelta(seconds=1))
        with pytest.raises(LinkTooOld):
            use_link(token=link.token)


def test_a_made_up_link_opens_nothing():
    with pytest.raises(LinkDoesNotWork):
        use_link(token="made-up")


def test_staff_do_not_come_in_by_a_link():
    officer = User.objects.create_user(email="officer@example.org")
    officer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    with pytest.raises(StaffUsePassword):
        use_link(token=make_link(email="officer@example.org").token)


def test_a_closed_account_stays_closed():
    User.objects.create_user(email="gone@example.org", is_active=False)
    with pytest.raises(LinkDoesNotWork):
        use_link(token=make_link(email="gone@example.org").token)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "x" * 301])
def test_a_link_leads_to_this_site_only(away):
    link = make_link(email="someone@example.org", next_path=away)
    assert use_link(token=link.token)[1] == ""


def test_links_are_forgotten_a_day_after_their_time():
    make_link(email="someone@example.org")
    assert forget_old_links() == 0
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(days=1, minutes=1))
    assert forget_old_links() == 1
