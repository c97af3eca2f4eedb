"""The settings of a person, beginning a new one, and the terms."""

from django.http import HttpRequest, HttpResponse

from foundation.accounts.own_pages import private
from foundation.redirects import see_other

from ...errors import RegistryError
from ..forms.doors import StartForm
from ..guide import BEGINNING, next_url, steps_at_first
from ..models import Setting
from ..selectors.changes import questions_for
from ..selectors.standing import standing_of
from ..services.records import start as start_record
from ..services.sending import TERMS_VERSION
from .area import go, show, signed_in, typed


@signed_in
def my_settings(request: HttpRequest) -> HttpResponse:
    """Everything that the person looks after, and what is asked of them; whoever looks after nothing begins."""
    settings = Setting.objects.of_member(request.user).select_related("published").order_by("name")
    rows = [
        {"setting": setting, "standing": standing_of(setting), "questions": len(questions_for(setting))}
        for setting in settings
    ]
    if not rows:
        return go("start")
    return show(request, "my_settings.html", rows=rows)


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """What a new setting is, and off to the first page that asks for more."""
    form = StartForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            setting = start_record(**form.cleaned_data, by=request.user)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            return see_other(next_url(setting, after=BEGINNING[-1]))
    has_others = Setting.objects.of_member(request.user).exists()
    return show(
        request, "start.html", form=form, has_others=has_others, place=(1, steps_at_first()),
        status=422 if form.has_errors else 200,
    )  # fmt: skip


@private
def terms(request: HttpRequest) -> HttpResponse:
    """What a setting agrees to when it registers."""
    return show(request, "terms.html", version=TERMS_VERSION)
