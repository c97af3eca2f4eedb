"""Who is in a segment, and who would get an issue."""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings as site
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Lower

from ...register.models import Membership, Setting
from ..enums import IssueKind, Purpose
from ..models import Consent, Contact, Delivery, Issue, Segment
from ..states import DeliveryState
from .issues import versions_of


def in_segment(segment: Segment | None) -> "QuerySet[Contact]":
    """The contacts of a segment, whatever they agreed to; None is everybody.

    Facts of the register count through the setting of the contact, and through the settings that the account with the
    contact's address looks after.
    """
    contacts = Contact.objects.all()
    if segment is None:
        return contacts
    if segment.kinds:
        contacts = contacts.filter(kind__in=segment.kinds)
    if segment.language:
        contacts = contacts.filter(language__in=_codes(segment.language))
    if segment.agencies:
        contacts = contacts.filter(agency__in=segment.agencies)
    wards = list(segment.wards.values_list("pk", flat=True))
    if wards:
        in_wards = _has_setting(Q(ward__in=wards) | Q(venues__ward__in=wards))
        contacts = contacts.filter(Q(ward__in=wards) | in_wards)
    if segment.setting_types:
        settings = Setting.objects.annotate(types_text=Cast("types", TextField())).filter(
            _holds_any("types_text", segment.setting_types)
        )
        contacts = contacts.annotate(types_text=Cast("setting_types", TextField())).filter(
            _holds_any("types_text", segment.setting_types) | _of_settings(settings)
        )
    if segment.stages:
        contacts = contacts.filter(_has_setting(Q(state__in=segment.stages)))
    if segment.is_list:
        chosen = segment.settings.order_by().values("pk")
        contacts = contacts.filter(_of_settings(Setting.objects.filter(pk__in=chosen)))
    if segment.looks_after_setting:
        contacts = contacts.filter(Exists(_memberships(Setting.objects.all())))
    return contacts


def recipients_of(issue: Issue) -> "QuerySet[Contact]":
    """Who gets this issue: of its segment, those who agree to its kind now.

    A service message also goes to those who agreed to nothing, once in a lifetime, and only where a decision on it is
    written down; it never goes to anybody who said that we should not write, or whose address is dead.
    """
    contacts = _readers_of_version(issue, in_segment(issue.segment))
    if issue.kind != IssueKind.SERVICE:
        return contacts.agreed_to(issue.kind)  # type: ignore[attr-defined]
    if not hasattr(issue, "decision"):
        return contacts.none()
    agrees = Consent.objects.filter(contact=OuterRef("pk"), withdrawn_at__isnull=True)
    took_back = Consent.objects.filter(contact=OuterRef("pk"), withdrawn_at__isnull=False)
    # Somebody who took everything back has said what they want; a first message is for people who never were asked.
    never_asked = Q(service_message_at__isnull=True) & ~Exists(took_back)
    return contacts.reachable().filter(Exists(agrees) | never_asked)  # type: ignore[attr-defined]


def _readers_of_version(issue: Issue, contacts: "QuerySet[Contact]") -> "QuerySet[Contact]":
    """An issue in several languages is an issue with versions. A version is for those who read its language, the first one
    for everybody else; who is down for another one of them already, such as before they changed their language, gets
    none."""
    alike = list(versions_of(issue))
    if len(alike) < 2:
        return contacts
    if issue.version_of_id:
        contacts = contacts.filter(language__in=_codes(issue.language_code))
    else:
        theirs = [code for each in alike if each.pk != issue.pk for code in _codes(each.language_code)]
        contacts = contacts.exclude(language__in=theirs)
    others = [each.pk for each in alike if each.pk != issue.pk]
    left = [DeliveryState.LEFT_OUT, DeliveryState.REFUSED, DeliveryState.GIVEN_UP]
    down = Delivery.objects.filter(contact=OuterRef("pk"), issue__in=others).exclude(state__in=left)
    return contacts.exclude(Exists(down))


def _codes(language: str) -> list[str]:
    """How contacts who read a language have it written down. Who subscribed before there was a choice, or was brought in,
    reads the site's own."""
    return [language, ""] if language == site.LANGUAGE_CODE else [language]


def consent_counts() -> dict[str, int]:
    """How many people agree to each thing now and can be reached, for the cockpit; `contacts` is all that we hold."""
    active = Consent.objects.filter(withdrawn_at__isnull=True, contact__suppressed_at__isnull=True)
    rows = dict(active.values_list("purpose").annotate(number=Count("pk")).order_by())
    return {"contacts": Contact.objects.count(), **{purpose: rows.get(purpose, 0) for purpose in Purpose.values}}


def contacts_of_settings(setting_ids: Any) -> "QuerySet[Contact]":
    """Contacts who run one of these settings, by the contact's own setting or by their account; for messages to a list."""
    return Contact.objects.filter(_of_settings(Setting.objects.filter(pk__in=setting_ids)))


def _has_setting(rule: Q) -> Q:
    return _of_settings(Setting.objects.filter(rule))


def _of_settings(settings: "QuerySet[Setting]") -> Q:
    return Q(setting__in=settings.values("pk")) | Q(Exists(_memberships(settings)))


def _memberships(settings: "QuerySet[Setting]") -> "QuerySet[Membership]":
    return (
        Membership.objects.filter(setting__in=settings.values("pk"), user__is_active=True)
        .annotate(address=Lower("user__email"))
        .filter(address=OuterRef("email"))
    )


def _holds_any(column: str, values: list[str]) -> Q:
    """Any of the values in a list that is kept as JSON: the same on every database."""
    return reduce(or_, (Q(**{f"{column}__contains": f'"{value}"'}) for value in values))
