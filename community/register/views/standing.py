"""Check and send, hide and show, shut for now, confirm, close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.own_pages import private

from ...errors import NotComplete, RegistryError
from ..completeness import missing_sections
from ..forms.doors import SendForm, ShutForm
from ..guide import CHECK, is_first_way, place_of, task_rows
from ..models import Setting
from ..preview import cards_of, whole_preview
from ..selectors.changes import changes_of
from ..selectors.standing import standing_of
from ..services import confirmations, sending, standing
from .area import go, member, owner, show, typed
from .words import change_rows


@member
def check(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Everything once more as parents will see it, the terms, and send."""
    form = SendForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            sending.send_first(setting=setting, by=request.user, has_accepted=form.cleaned_data["accept"])
        except NotComplete:
            pass  # what is missing is listed on the page
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            return go("sent", setting.pk)
    missing = missing_sections(setting)
    left = [task for task in task_rows(setting, missing) if not task["is_done"]]
    return show(
        request, "check.html", setting, form=form, left=left, cards=whole_preview(setting),
        version=sending.TERMS_VERSION, place=place_of(setting, CHECK) if is_first_way(setting) else None,
        status=422 if form.has_errors else 200,
    )  # fmt: skip


@member
def sent(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Thanks, and what happens next."""
    return show(request, "sent.html", setting)


@member
def changes(request: HttpRequest, setting: Setting) -> HttpResponse:
    """What was changed and needs a look by the partnership; POST sends it."""
    if request.method == "POST":
        try:
            sending.send_changes(setting=setting, by=request.user)
        except RegistryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Sent. Parents see your page as it was until we have looked at the changes."))
        return go("setting", setting.pk)
    return show(request, "changes.html", setting, rows=change_rows(setting, changes_of(setting).unsent))


@member
@require_POST
def withdraw(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Take a record back that nobody has looked at yet."""
    return _do(request, setting, "withdraw", _("You have taken it back. Change it and send it again."))


@member
@require_POST
def hide(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Out of public, at once."""
    return _do(request, setting, "hide", _("Your page is hidden. Parents cannot find it."))


@member
@require_POST
def show_again(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Back into public, at once."""
    return _do(request, setting, "show", _("Your page is shown again."))


@member
@require_POST
def confirm(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Nothing has changed."""
    return _do(request, setting, "confirm", _("Thank you. Your details are confirmed."))


def _do(request: HttpRequest, setting: Setting, act: str, words: str) -> HttpResponse:
    try:
        getattr(standing, act)(setting=setting, by=request.user)
    except RegistryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return go("setting", setting.pk)


@member
def shut(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Shut for now, or open again: parents see it at once."""
    first = {"is_shut": "yes", "reopens_on": setting.reopens_on} if setting.is_shut_now else {"is_shut": "no"}
    form = ShutForm(typed(request), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            standing.shut_for_now(
                setting=setting, is_shut=form.cleaned_data["is_shut"], reopens_on=form.cleaned_data["reopens_on"],
                by=request.user,
            )  # fmt: skip
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. Parents see it now."))
            return go("setting", setting.pk)
    return show(request, "shut.html", setting, form=form, status=422 if form.has_errors else 200)


@owner
def close(request: HttpRequest, setting: Setting) -> HttpResponse:
    """Close for good: asks once more."""
    if request.method == "POST":
        return _do(request, setting, "close", _("The setting is closed. Thank you for what you did for children."))
    return show(request, "close.html", setting)


@private
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the reminder mail, without signing in: GET shows what is public now, POST confirms it."""
    try:
        if request.method == "POST":
            due = confirmations.confirm_by_link(token)
            response = show(request, "confirmed.html", due=date_format(due, "j F Y"))
        else:
            confirmation = confirmations.look_at_confirmation(token)
            document = confirmation.setting.published.document if confirmation.setting.published else {}
            response = show(
                request, "confirm_by_link.html", document=document, cards=cards_of(document),
                link_setting=confirmation.setting, state=standing_of(confirmation.setting).state,
            )  # fmt: skip
    except confirmations.ConfirmationDoesNotWork as why:
        is_done = isinstance(why, confirmations.AlreadyConfirmed)
        response = show(request, "confirm_dead.html", is_done=is_done, status=200 if is_done else 410)
    return response
