"""Findings as the pages read them. The public sees published ones, and of their responses those that were checked."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from foundation.cache.kept import Kept
from foundation.partnership.models import Subgroup
from foundation.registries.findings import Finding as ForOtherRooms

from ..release.models import Release
from ..results.audiences import PUBLIC
from ..results.figures import items_of
from ..results.presenting import Chart, charts_for_everybody, question_text
from ..results.selectors import kept_figures, released
from .models import Finding, Response

_came_of_findings: Kept[frozenset[UUID]] = Kept(entries=1)


@dataclass(frozen=True)
class CameOfIt:
    """A page or an address that came of a finding."""

    title: str
    url: str
    is_ours: bool


def public_findings() -> "QuerySet[Finding]":
    """What everybody may read, newest first."""
    checked = Prefetch("responses", Response.objects.filter(is_checked=True), to_attr="shown_responses")
    return (
        Finding.objects.filter(state=Finding.State.PUBLISHED)
        .select_related("subgroup", "release__wave__survey")
        .prefetch_related(checked)
    )


def findings_of(subgroup: Subgroup) -> "QuerySet[Finding]":
    """Everything that a subgroup wrote, for the subgroup itself."""
    rows = Finding.objects.filter(subgroup=subgroup).select_related("release__wave__survey")
    return rows.prefetch_related("responses")


def standing_release(finding: Finding) -> Release | None:
    """The release whose figures the public sees beside a finding: the one that stands for its wave now."""
    return released().filter(wave=finding.release.wave_id).first()


def public_charts(finding: Finding) -> tuple[str, list[Chart], str]:
    """(question, charts, address of the question) as the public view shows them; empty where it shows none."""
    release = standing_release(finding)
    items = items_of(release, code=finding.question_code) if release and finding.question_code else []
    if release is None or not items:
        return "", [], ""
    figures = list(kept_figures(release, [item["key"] for item in items], audience=PUBLIC).values())
    charts = charts_for_everybody(figures) if any(figure.is_shown for figure in figures) else []
    address = reverse(
        "surveys:results_question", args=[release.wave.survey.key, release.wave.slug, finding.question_code]
    )
    return question_text(items[0] | {"row": None}), charts, address


def overdue(*, subgroup: Subgroup | None = None, today: datetime.date | None = None) -> "QuerySet[Response]":
    """Responses whose day has passed and that nobody said were done. Withdrawn findings are owed nothing."""
    rows = Response.objects.filter(done_on=None, due_on__lt=today or timezone.localdate())
    rows = rows.exclude(finding__state=Finding.State.WITHDRAWN).select_related("finding__subgroup").order_by("due_on")
    return rows.filter(finding__subgroup=subgroup) if subgroup else rows


def came_of_it(response: Response) -> list[CameOfIt]:
    """The page and the address that came of a finding; a page that is not public (any more) is left out."""
    found = []
    page = Page.objects.live().public().filter(pk=response.page_id).first() if response.page_id else None
    url = page.localized.get_url() if page else None
    if page and url:
        found.append(CameOfIt(page.localized.title, url, is_ours=True))
    if response.link:
        found.append(CameOfIt(response.link, response.link, is_ours=False))
    return found


def findings_for(subgroup_key: str) -> list[ForOtherRooms]:
    """For the subgroup's public page, newest first."""
    return [_told(one) for one in public_findings().filter(subgroup__key=subgroup_key)]


def findings_behind(translation_key: UUID) -> list[ForOtherRooms]:
    """For a page that came of findings: which ones. Its translations answer like the page itself."""
    if translation_key not in _came_of_findings.of("pages", _pages_that_came_of_findings):
        return []
    led = Q(responses__page__translation_key=translation_key, responses__is_checked=True)
    return [_told(one) for one in public_findings().filter(led).distinct()]


def _pages_that_came_of_findings() -> frozenset[UUID]:
    led = Response.objects.filter(is_checked=True, finding__state=Finding.State.PUBLISHED, page__isnull=False)
    return frozenset(led.values_list("page__translation_key", flat=True))


def finding_url(finding: Finding) -> str:
    """The public page of a finding."""
    return reverse("surveys:you_said_we_did_one", args=[finding.slug])


def _told(finding: Any) -> ForOtherRooms:
    done = [one.we_did for one in finding.shown_responses if one.we_did]
    wave = finding.release.wave
    as_of = wave.full_name_here
    if finding.published_on:
        as_of = f"{as_of} · {date_format(finding.published_on, 'j F Y')}"
    return ForOtherRooms(sentence=finding.you_said, url=finding_url(finding), response=" ".join(done), as_of=as_of)
