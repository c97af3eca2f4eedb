"""Forms that staff build: our look and our guards around Wagtail's form builder."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from foundation.forms.base import PlainFormMixin
from foundation.forms.limits import Limit
from foundation.forms.spam import TOKEN, TRAP, SignedFormMixin
from foundation.mail.services import queue_mail
from foundation.redirects import see_other

if TYPE_CHECKING:
    from home.models.forms import FormPage


def build_form_class(built: type[forms.Form], *, page: "FormPage") -> type[forms.Form]:
    """Wagtail's form of the staff's questions, with the token, the trap, the limit and our renderer."""

    class BuiltForm(SignedFormMixin, PlainFormMixin, built):  # type: ignore[misc, valid-type]
        form_name = f"form-page-{page.pk}"
        limit = Limit(f"form-{page.pk}", times=10, seconds=3_600)
        tries = Limit(f"form-{page.pk}-tries", times=60, seconds=3_600)

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            for wagtails_own in ("user", "page"):
                kwargs.pop(wagtails_own, None)
            super().__init__(*args, **kwargs)
            for field in self.fields.values():
                if isinstance(field, forms.EmailField):
                    field.widget.attrs.update(autocomplete="email", spellcheck="false", inputmode="email")

    return BuiltForm


def serve_form(request: HttpRequest, *, page: "FormPage") -> HttpResponse:
    """Show the form, or keep what was sent and go (303) to the thanks, so that reloading sends nothing twice."""
    if request.method != "POST":
        if "sent" in request.GET:
            return TemplateResponse(request, page.landing_page_template, page.get_context(request))
        return _show(request, page, page.get_form(request=request))
    form = page.get_form(request.POST, request.FILES, request=request)
    if not form.is_valid():
        return _show(request, page, form, status=429 if form.is_over_limit() else 200)
    if not form.is_spam:
        for ours in (TOKEN, TRAP):
            form.cleaned_data.pop(ours, None)
        page.process_form_submission(form)
        if page.notify_email:
            queue_mail(
                to=page.notify_email,
                subject=_("A new answer to: %(title)s") % {"title": page.title},
                text=_("Somebody filled in “%(title)s”. Sign in to the site to read it.") % {"title": page.title},
            )
    response = see_other(f"{page.get_url(request)}?sent=1")
    response.headers["Cache-Control"] = "no-store"
    return response


def forget_old_answers() -> int:
    """Delete the answers that their page no longer promises to keep; says how many."""
    from home.models.forms import FormPage

    return sum(page.answers_past_keeping().delete()[0] for page in FormPage.objects.all())


def _show(request: HttpRequest, page: "FormPage", form: forms.Form, *, status: int = 200) -> HttpResponse:
    context = {**page.get_context(request), "form": form, "form_has_errors": form.is_bound and not form.is_valid()}
    response = TemplateResponse(request, page.template, context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
