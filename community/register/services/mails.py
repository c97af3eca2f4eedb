"""What owners get by mail. A mail names the setting and says what to do; it never holds a private fact of the record."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from foundation.mail.html import html_of
from foundation.mail.services import queue_mail
from foundation.mail.words import unlinked
from foundation.partnership.models import PartnershipSettings

from ...moderation.models import ChangeRequest, FieldDecision
from ..models import Invitation, Setting
from ..selectors.changes import leading
from ..wording import label_of


def send_sign_in_link(*, email: str, token: str) -> None:
    """The link that signs in. To an address nobody knows it goes too: using it makes the account."""
    send(to=email, subject=_("Your link to sign in"), template="sign_in", link=address("community:open_link", token))


def send_use_your_password(*, email: str) -> None:
    """Staff asked for a link: they sign in with password and second factor."""
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("account_login")
    send(to=email, subject=_("Sign in with your password"), template="use_your_password", link=link)


def send_invitation(*, invitation: Invitation, token: str) -> None:
    """To look after a setting."""
    send(
        to=invitation.email,
        subject=_("You are asked to look after a record"),
        template="invitation",
        link=address("community:open_invitation", token),
        setting_name=unlinked(invitation.setting.name),
        until=invitation.expires_at,
    )


def send_questions(*, request: ChangeRequest) -> None:
    """Officers ask something. The questions themselves wait behind the sign-in; the mail says what they are about."""
    asked = leading(request.decisions.filter(verdict=FieldDecision.Verdict.ASK))
    labels = sorted({label_of(decision.path, request.document) for decision in asked})
    to_members(request.setting, subject=_("We have questions about your record"), template="questions", labels=labels)


def send_listed(*, setting: Setting) -> None:
    """The setting is on the register."""
    to_members(setting, subject=_("Your setting is listed"), template="listed", public=True)


def send_declined(*, setting: Setting, reason: str) -> None:
    """The setting is not listed: why, and the right of review."""
    to_members(setting, subject=_("Your setting is not listed"), template="declined", reason=reason)


def send_removed(*, setting: Setting, reason: str) -> None:
    """The partnership took it off the register: why, and the right of review."""
    to_members(setting, subject=_("Your setting is not on the register any more"), template="removed", reason=reason)


def send_closed(*, setting: Setting, reason: str) -> None:
    """The partnership closed the record."""
    to_members(setting, subject=_("We have closed your record"), template="closed", reason=reason)


def send_shown_again(*, setting: Setting) -> None:
    """A suspension of which its owners were told is over."""
    to_members(setting, subject=_("Your page is shown again"), template="shown_again")


def send_opened_again(*, setting: Setting, is_review: bool, reason: str) -> None:
    """The partnership looks again at what it had decided, or opened a closed record."""
    subject = _("We look at your record again") if is_review else _("Your record is open again")
    to_members(setting, subject=subject, template="opened_again", is_review=is_review, reason=reason)


def send_merged(*, person: Any, closed: Setting, into: Setting) -> None:
    """Two records were of one setting: where this person's went."""
    if person.is_active:
        send(
            to=person.email, subject=_("Two records of one setting: %(name)s") % {"name": into.name}, template="merged",
            link=address("community:setting", into.pk), closed_name=closed.name, setting_name=into.name,
        )  # fmt: skip


def send_joined(*, person: Any, setting: Setting, came: int) -> None:
    """By a merging, others look after this person's setting too. Who they are stands behind the sign-in."""
    if person.is_active:
        send(
            to=person.email, subject=_("More people look after your record: %(name)s") % {"name": setting.name},
            template="joined", link=address("community:colleagues", setting.pk), setting_name=setting.name, came=came,
        )  # fmt: skip


def send_decided(*, request: ChangeRequest) -> None:
    """Officers decided on an edit."""
    refused = request.decisions.filter(verdict=FieldDecision.Verdict.REFUSE).exists()
    to_members(request.setting, subject=_("Your changes"), template="changes", has_refusals=refused)


def send_taken_down(*, setting: Setting) -> None:
    """Neutral words, for whoever has made sure that the setting may be told (`moderation`)."""
    to_members(setting, subject=_("Your page is not shown at the moment"), template="taken_down")


def to_members(setting: Setting, *, subject: str, template: str, **context: Any) -> None:
    link = address("community:setting", setting.pk)
    for membership in setting.memberships.select_related("user"):
        if membership.user.is_active:
            send(
                to=membership.user.email, subject=f"{subject}: {setting.name}", template=template, link=link,
                setting_name=setting.name, **context,
            )  # fmt: skip


def send(*, to: str, subject: str, template: str, **context: Any) -> None:
    name = partnership_name()
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"email/community/{template}.txt", {"partnership": name, **context}).strip() + "\n"
        whole_subject = f"{name}: {subject}"
        html = html_of(text, subject=whole_subject, language=settings.LANGUAGE_CODE)
    queue_mail(to=to, subject=whole_subject, text=text, html=html)


def partnership_name() -> str:
    """Who writes: the partnership's short name, as in the admin."""
    site = Site.objects.filter(is_default_site=True).first()
    partnership = PartnershipSettings.for_site(site) if site else None
    return (partnership and (partnership.short_name or partnership.name)) or settings.WAGTAIL_SITE_NAME


def address(name: str, *args: object) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
