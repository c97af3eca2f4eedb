"""The page of a setting, and the pages that ask for one thing each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.redirects import see_other

from ...errors import ChangedMeanwhile, RegistryError
from ..completeness import missing_sections
from ..enums import SettingState, VenueKind
from ..forms.base import RecordForm
from ..guide import can_wait, is_first_way, next_url, place_of, task_rows
from ..models import Setting
from ..pages import SETTING_PAGES, Page, page_after, pages_of
from ..preview import preview
from ..selectors.changes import changes_of, open_request, questions_for, still_refused
from ..selectors.history import history_of
from ..selectors.standing import standing_of
from ..services.records import save_fields
from ..services.sending import publish_what_may
from ..services.undoing import can_be_undone, mark_of, undo_change
from ..wording import label_of, value_words
from .area import go, member, show, typed
from .words import address_of, change_rows, clash_rows


@member
def setting_page(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Where it stands, what is asked, what can be done."""
    standing = standing_of(setting)
    missing = missing_sections(setting)
    is_first = setting.published_id is None
    request_now = open_request(setting)
    document = request_now.document if request_now else (setting.published.document if setting.published else {})
    changes = changes_of(setting)
    return show(
        request,
        "setting.html",
        setting,
        tasks=task_rows(setting, missing),
        later=can_wait(setting) if is_first and standing.is_editable else [],
        go_on=next_url(setting, after="") if is_first_way(setting) else "",
        left=len(missing),
        questions=[
            {"label": label_of(each.path, document), "reason": each.reason, "url": address_of(setting, each.path)}
            for each in questions_for(setting)
        ],
        refusals=_refusals(setting, document) if standing.is_on_the_register else [],
        unsent=change_rows(setting, changes.unsent),
        waiting=change_rows(setting, changes.waiting),
        is_first=is_first,
        end_reason=_end_reason(setting) if standing.state in ENDED else "",
    )


def _refusals(setting: Setting, document: dict[str, Any]) -> list[dict[str, Any]]:
    """What was not accepted and still stands in the working copy, with what it takes to undo it."""
    return [
        {
            "label": label_of(decision.path, document), "reason": decision.reason, "path": decision.path,
            "url": address_of(setting, decision.path), "seen": mark_of(change), "may_undo": can_be_undone(change),
            "old": value_words(change.path, change.old), "is_addition": change.is_addition,
        }
        for decision, change in still_refused(setting)
    ]  # fmt: skip


@member
@require_POST
def undo(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Put one field back to what parents see."""
    path, seen = request.POST.get("path", "")[:200], request.POST.get("seen", "")[:20]
    try:
        undo_change(setting=setting, path=path, seen=seen, by=request.user)
    except RegistryError as error:
        messages.error(request, str(error))
    else:
        publish_what_may(setting=setting, by=request.user)
        messages.success(request, _("Undone. It is as parents see it."))
    return go("setting", setting.pk)


ENDED = {SettingState.DECLINED, SettingState.OUT_OF_SCOPE, SettingState.REMOVED}


def _end_reason(setting: Setting) -> str:
    change = setting.state_changes.filter(to_state=setting.state, is_private=False).first()
    return change.reason if change else ""


@member
def edit(request: HttpRequest, setting: Setting, page: str) -> HttpResponse:
    """One page of the setting itself."""
    if page not in SETTING_PAGES:
        raise Http404
    current = SETTING_PAGES[page]
    form = current.form(typed(request), instance=get_object_or_404(Setting, pk=setting.pk))
    clashes: list[dict[str, Any]] = []
    if request.method == "POST":
        saved, clashes = save(request, setting, current, form)
        if saved:
            return _onward(request, setting, current)
    section = pages_of(current.section)
    is_first = is_first_way(setting)
    place = place_of(setting, page) if is_first else None
    return show(
        request, "edit.html", setting, form=form, page=None, current=current, clashes=clashes,
        cards=preview(setting, current.section), step=section.index(current) + 1, steps=1 if is_first else len(section),
        is_last=place is None if is_first else page_after(current) is None, place=place,
        status=_status(form, clashes),
    )  # fmt: skip


def _onward(request: HttpRequest, setting: Setting, page: Page) -> HttpResponse:
    is_first = is_first_way(setting)
    following = page_after(page, is_first=is_first)
    # Of what can wait most is not on the way; Ofsted is, for whoever has children under eight.
    if "back" in request.POST or (is_first and place_of(setting, page.key) is None):
        return go("setting", setting.pk)
    if following is not None:
        return go("edit", setting.pk, following.key)
    if is_first:
        return see_other(next_url(setting, after=page.key))
    return _after_section(setting, page)


def _after_section(setting: Setting, page: Page) -> HttpResponse:
    # The buildings come next, where nothing was said of them yet.
    unsaid = setting.venues.exclude(kind=VenueKind.ONLINE).filter(access_tags=[], access_text="")
    if page.key == "send" and unsaid.exists():
        return go("access", setting.pk)
    return go("setting", setting.pk)


def save(
    request: HttpRequest, setting: Setting, page: Page, form: RecordForm, part: models.Model | None = None
) -> tuple[bool, list[dict[str, Any]]]:
    """Try to save; whether it was saved, and the fields where somebody else saved something else meanwhile."""
    if not form.is_valid():
        return False, []
    try:
        save_fields(
            setting=setting, page=page.key, values=form.values, seen=form.seen, by=request.user, part=part,
            keep_theirs=form.keep_theirs,
        )  # fmt: skip
    except ChangedMeanwhile as clash:
        current = Setting.objects.get(pk=setting.pk) if part is None else type(part)._default_manager.get(pk=part.pk)
        form.renew_marks(current)
        return False, clash_rows(form, clash.theirs)
    except ValidationError:
        form.add_error(None, _("This does not fit together with what a colleague saved meanwhile. Please check it."))
        return False, []
    except ObjectDoesNotExist:
        form.add_error(
            None,
            _("A colleague removed this while you were working. What you typed is still here; copy what you need."),
        )
        return False, []
    except RegistryError as error:
        form.add_error(None, str(error))
        return False, []
    after_save(request, setting)
    return True, []


def after_save(request: HttpRequest, setting: Setting) -> None:
    """Put out what may go out at once, and say what happens to the rest."""
    publish_what_may(setting=setting, by=request.user)
    fresh = Setting.objects.select_related("published").get(pk=setting.pk)
    if standing_of(fresh).is_on_the_register and changes_of(fresh).unsent:
        messages.success(request, _("Saved. Some changes need us to look first: send them when you are ready."))
    else:
        messages.success(request, _("Saved."))


def _status(form: Any, clashes: list[Any]) -> int:
    if clashes:
        return 409
    return 422 if form.has_errors else 200


@member
def history(request: HttpRequest, setting: Setting) -> HttpResponse:
    """What happened, with the reasons."""
    document = setting.published.document if setting.published else {}
    rows = [
        {
            "at": each.at, "words": each.words, "reason": each.reason,
            "decisions": [
                {"label": label_of(one.path, one.request.document or document), "reason": one.reason}
                for one in each.decisions
            ],
        }
        for each in history_of(setting)
    ]  # fmt: skip
    return show(request, "history.html", setting, rows=rows)
