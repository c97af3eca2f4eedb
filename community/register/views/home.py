"""The settings of a person, beginning a new one, and the terms."""

from django.http import HttpRequest, HttpResponse

from ...errors import RegistryError
from ..forms.doors import StartForm
from ..models import Setting
from ..selectors.changes import questions_for
from ..selectors.standing import standing_of
from ..services.records import start as start_record
from ..services.sending import TERMS_VERSION
from .area import go, private, show, signed_in, typed


@signed_in
def my_settings(request: HttpRequest) -> HttpResponse:
    """Everything that the person looks after, and what is asked of them."""
    settings = Setting.objects.of_member(request.user).select_related("published").order_by("name")
    rows = [
        {"setting": setting, "standing": standing_of(setting), "questions": len(questions_for(setting))}
        for setting in settings
    ]
    return show(request, "my_settings.html", rows=rows)


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """The name of a new setting, and off to its list of tasks."""
    form = StartForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            setting = start_record(name=form.cleaned_data["name"], by=request.user)
        except RegistryError as error:
            form.add_error(None, str(error))
        else:
            return go("setting", setting.pk)
    return show(request, "start.html", form=form, status=422 if form.has_errors else 200)


@private
def terms(request: HttpRequest) -> HttpResponse:
    """What a setting agrees to when it registers."""
    return show(request, "terms.html", version=TERMS_VERSION)
