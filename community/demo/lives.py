"""What happened to each demonstration setting, told through the services, so that history and audit trail are real."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ..directory.models import Listing
from ..directory.services import ask_for_club, report_listing
from ..moderation.models import ChangeRequest, ConcernFlag, FieldDecision
from ..moderation.services.concerns import raise_concern
from ..moderation.services.publishing import republish
from ..moderation.services.records import add_note, assign, set_watch
from ..moderation.services.steps import take_step
from ..moderation.services.submissions import conclude, decide_fields, open_changes, send_edits, submit_first
from ..moderation.states import Act, Who
from ..quality.models import AwardScheme, ChecklistItem, EvidenceCheck
from ..quality.services.awards import add_award, verify_award
from ..quality.services.evidence import record_check
from ..register.models import Setting
from .people import Cast
from .records import Entry, day_from_today

Verdict = FieldDecision.Verdict
_END_OF_REVIEW = {"submitted", "in_review", "proposed", "changes_requested", "declined", "out_of_scope"}


def live(setting: Setting, entry: Entry, *, number: int, cast: Cast, by: Any) -> None:
    """Bring a new record to where its entry says it stands."""
    state = entry.get("state", "listed")
    if state == "draft":
        return
    submit_first(setting=setting, by=by)
    if state == "submitted":
        return
    take_step(setting=setting, act=Act.TAKE_UP, by=cast.officer, who=Who.OFFICER)
    setting.refresh_from_db()
    if state in _END_OF_REVIEW:
        _end_review(setting, entry, state, cast)
        return
    _state_what_is_known(setting, entry, cast, by)
    _decide(setting, cast.officer, Who.OFFICER)
    _decide(setting, cast.lead, Who.LEAD)
    setting.refresh_from_db()
    _confirmed(setting, days_ago=(number * 37) % 170, by=by)
    _leave_the_list(setting, state, cast, by)


def _state_what_is_known(setting: Setting, entry: Entry, cast: Cast, by: Any) -> None:
    """ "A1=seen:200" is: item A1, seen by us, good for 200 days more."""
    items = {item.code: item for item in ChecklistItem.objects.filter(standard__is_current=True)}
    for part in filter(None, (each.strip() for each in entry.get("known", "").split(","))):
        code, _, rest = part.partition("=")
        level, _, days = rest.partition(":")
        if code not in items:
            continue
        facts = {
            "setting": setting, "item": items[code], "level": level, "checked_on": day_from_today(-40),
            "expires_on": day_from_today(int(days)) if days else None,
        }  # fmt: skip
        if level == EvidenceCheck.Level.TOLD:
            EvidenceCheck.objects.create(by=by, **facts)
        else:
            record_check(by=cast.officer, note="Looked at with the setting.", **facts)
    if award := entry.get("award"):
        scheme = AwardScheme.objects.filter(code=award[0]).first()
        if scheme is not None:
            named = add_award(
                setting=setting, scheme=scheme, level=award[1], reference=f"DEMO-{setting.slug[-4:]}",
                issued_on=day_from_today(-100), expires_on=day_from_today(award[2]) if award[2] else None, url="", by=by,
            )  # fmt: skip
            verify_award(award=named, is_right=True, by=cast.officer)


def _decide(setting: Setting, by: Any, who: Who) -> None:
    """One person reads every field, accepts it and concludes."""
    request = ChangeRequest.objects.get(setting=setting, status__in=["waiting", "proposed"])
    verdicts = {change.path: (Verdict.ACCEPT.value, "") for change in open_changes(request)}
    request = decide_fields(request=request, verdicts=verdicts, by=by, seen_version=request.version)
    conclude(request=request, by=by, who=who, seen_version=request.version)


def _end_review(setting: Setting, entry: Entry, state: str, cast: Cast) -> None:
    if state == "proposed":
        _decide(setting, cast.officer, Who.OFFICER)
    elif state == "changes_requested":
        request = ChangeRequest.objects.get(setting=setting, status="waiting")
        paths = [change.path for change in open_changes(request)]
        asked = next(path for path in paths if path.startswith("activities."))
        verdicts = dict.fromkeys(paths, (Verdict.ACCEPT.value, ""))
        verdicts[asked] = (Verdict.ASK.value, entry["ask"])
        request = decide_fields(request=request, verdicts=verdicts, by=cast.officer, seen_version=request.version)
        conclude(request=request, by=cast.officer, who=Who.OFFICER, seen_version=request.version)
    elif state == "declined":
        take_step(setting=setting, act=Act.DECLINE, by=cast.officer, who=Who.OFFICER, reason=entry["reason"])
    elif state == "out_of_scope":
        take_step(setting=setting, act=Act.SAY_OUT_OF_SCOPE, by=cast.officer, who=Who.OFFICER, reason=entry["reason"])


def _confirmed(setting: Setting, *, days_ago: int, by: Any) -> None:
    """Confirmations lie at different times, so that some are due soon."""
    setting.confirmed_at = timezone.now() - timedelta(days=days_ago)
    setting.confirm_due = day_from_today(182 - days_ago)
    setting.save(update_fields=["confirmed_at", "confirm_due", "updated_at"])
    republish(setting=setting, by=by)


def _leave_the_list(setting: Setting, state: str, cast: Cast, by: Any) -> None:
    if state == "hidden":
        take_step(setting=setting, act=Act.HIDE, by=by, who=Who.OWNER)
    elif state == "lapsed":
        Setting.objects.filter(pk=setting.pk).update(confirm_due=day_from_today(-30))
        take_step(setting=setting, act=Act.LAPSE, by=None, who=Who.CLOCK, reason="Not confirmed in time.")
    elif state == "archived":
        take_step(setting=setting, act=Act.CLOSE, by=by, who=Who.OWNER)
    elif state == "removed":
        take_step(
            setting=setting,
            act=Act.REMOVE,
            by=cast.officer,
            who=Who.OFFICER,
            reason="It was not the setting that it said.",
        )
    elif state == "suspended":
        raise_concern(
            setting=setting, by=cast.lead, raised_on=day_from_today(-2), source=ConcernFlag.Source.PROFESSIONAL,
            category=ConcernFlag.Category.PRACTICE, referred_to="The designated officer", reference="DEMO-0001",
            listing_decision=ConcernFlag.ListingDecision.SUSPEND, review_on=day_from_today(12),
        )  # fmt: skip


def everyday_work(settings: dict[str, Setting], cast: Cast) -> None:
    """What gathers on officers' desks: notes, watches, an edit that waits, reports, and clubs that were missed."""
    club, football, school = (
        settings["The Green Door Youth Club"],
        settings["Copper Beech Football"],
        settings["Seesaw After School"],
    )
    add_note(setting=club, text="Met the team at the forum. They would like a visit in spring.", by=cast.officer)
    add_note(setting=settings["Stepping Stones Karate"], text="Heard of at the forum; no address yet.", by=cast.officer)
    assign(setting=club, to=cast.officer, by=cast.lead)
    set_watch(setting=football, by=cast.officer, on=True)
    football.summary = "Football for everybody, whatever you can do, and now with a team for beginners."
    football.save(update_fields=["summary", "updated_at"])
    send_edits(setting=football, by=cast.owner)
    for setting, topic, detail in (
        (school, "out-of-date", "It costs 16 pounds now."),
        (club, "contact", "The phone rings for ever."),
    ):
        listing = Listing.objects.filter(pk=setting.pk).first()
        if listing is not None:
            report_listing(listing=listing, topic=topic, detail=detail)
    for name, where in (
        ("Robin Street Gymnastics", "near the canal"),
        ("Robin Street Gymnastics", ""),
        ("Aunty Plum's Reading Room", "Gospel Oak"),
    ):
        ask_for_club(name=name, where=where)
