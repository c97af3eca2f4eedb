"""What the registry and outreach hold under somebody's address, and when their account cannot be erased yet."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from foundation.registries.chores import Chore, chores
from foundation.registries.personal import AddressRule, OnErasure, erasure_guards, register_rules

from .directory.models import ListingReport
from .register.enums import OVER
from .register.models import Membership

DELETE, EMPTY, KEEP = OnErasure.DELETE, OnErasure.EMPTY, OnErasure.KEEP


def settings_with_nobody_else(person: Any) -> list[str]:
    """A listing that nobody could confirm, correct or close any more."""
    theirs = Membership.objects.filter(user=person).exclude(setting__state__in=OVER).select_related("setting")
    return [
        f"Nobody else looks after “{membership.setting}”. Close it, or invite somebody to it, first."
        for membership in theirs
        if not Membership.objects.filter(setting=membership.setting).exclude(user=person).exists()
    ]


def _forget_contact(contact: Any) -> None:
    from .newsletter.services.consents import forget

    forget(contact=contact)


def _forget_sender(article: Any) -> None:
    from .newsletter.services.articles import forget_sender

    forget_sender(article=article)


def _forget_booking(booking: Any) -> None:
    from .programme.services.forgetting import forget_person

    forget_person(booking=booking, by=None)


def connect() -> None:
    """Register the rules."""
    chores.register("community: forget old reports about listings", Chore(forget_old_reports))
    erasure_guards.register("community: settings with nobody else", settings_with_nobody_else)
    register_rules(
        AddressRule("community.Invitation.email", DELETE, "a way in"),
        AddressRule("community.ListingReport.reply_to", EMPTY, "where to answer; what was wrong with a listing stays"),
        AddressRule(
            "community.SafeguardingContact.work_email",
            KEEP,
            "whom to call about a child, until the setting names another",
        ),
        AddressRule("community.Setting.public_email", KEEP, "what a setting shows parents, until its owner changes it"),
        AddressRule("newsletter.Contact.email", DELETE, "a subscription", forget=_forget_contact),
        AddressRule("newsletter.Request.email", DELETE, "a subscription that was not confirmed"),
        AddressRule(
            "newsletter.Article.contact_email",
            EMPTY,
            "who sent an article; one that was accepted stays",
            forget=_forget_sender,
        ),
        AddressRule("newsletter.NewsletterSettings.reply_to", KEEP, "an office's address, not a person's"),
        AddressRule(
            "programme.Booking.email", EMPTY, "who came to a course; that somebody came stays", forget=_forget_booking
        ),
    )


REPLY_KEPT, REPORT_KEPT = timedelta(days=90), timedelta(days=365)


def forget_old_reports() -> int:
    """Of reports that are dealt with: the address 90 days after they came, the whole after a year; how many."""
    today = timezone.localdate()
    done = ListingReport.objects.filter(status=ListingReport.Status.DONE)
    deleted, _models = done.filter(received_on__lt=today - REPORT_KEPT).delete()
    emptied = done.filter(received_on__lt=today - REPLY_KEPT).exclude(reply_to="").update(reply_to="")
    return deleted + emptied
