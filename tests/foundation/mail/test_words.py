"""What a stranger typed carries no link into a mail to somebody else's mailbox."""

import pytest
from django.core import mail

from community.newsletter.services.articles import take_in
from community.programme.services.bookings import Person, ask_for_place, book_for_setting
from community.register.services.colleagues import invite
from foundation.mail.services import send_due_messages
from foundation.mail.words import unlinked
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.programme import DateFactory


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("St. Mary’s Chess Club", "St. Mary’s Chess Club"),
        ("J.R. Adams-O’Neill, B.Sc.", "J.R. Adams-O’Neill, B. Sc."),
        ("You won: https://evil.example/a?b=c", "You won: evil. example/a?b=c"),
        ("HTTPS:///evil.example", "evil. example"),
        ("www.evil.example and mailto:x@evil.example", "www. evil. example and x at evil. example"),
        ("192.0.2.1/win", "192.0.2.1/win"),
    ],
)
def test_no_part_of_it_is_an_address_any_more(typed, sent):
    assert unlinked(typed) == sent


@pytest.mark.django_db
def test_an_invitation_to_a_setting_leads_nowhere_but_to_the_site():
    """Anybody can begin a draft, call it what they like, and invite any address to it."""
    setting = SettingFactory(name="You won a prize: https://evil.example/win")
    owner = MembershipFactory(setting=setting).user
    invite(setting=setting, email="victim@example.org", role="editor", by=owner)
    send_due_messages()
    (sent,) = [one for one in mail.outbox if one.to == ["victim@example.org"]]
    for part in (sent.body, sent.alternatives[0].content, sent.subject):
        assert "evil.example" not in part
    assert "You won a prize: evil. example/win" in sent.body


@pytest.mark.django_db
def test_a_booking_and_an_article_in_the_name_of_somebody_else_lead_nowhere_either():
    bait, victim = "You won: https://evil.example/win", "victim@example.org"
    setting = SettingFactory(name=bait)
    ask_for_place(date=DateFactory(), person=Person(bait, victim, "", ""))
    book_for_setting(
        date=DateFactory(),
        person=Person("Ola", victim, "", "", setting=setting),
        by=MembershipFactory(setting=setting).user,
    )
    take_in(title=bait, text="Words.", organisation="A club", link="", contact_name="Ola", contact_email=victim)
    send_due_messages()
    sent = [one for one in mail.outbox if one.to == [victim]]
    assert len(sent) == 3
    for one in sent:
        assert "evil. example" in one.body
        assert "evil.example" not in one.body + one.subject + one.alternatives[0].content
