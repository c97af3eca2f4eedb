"""The site's addresses, and a form as Wagtail takes one in: its form builder, its validation, its submission row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from wagtail.contrib.forms.forms import FormBuilder
from wagtail.contrib.forms.models import AbstractFormField, FormSubmission
from wagtail.models import Page

from cscp.urls import handler400, handler403, handler404, handler500
from cscp.urls import urlpatterns as site_urls
from home.models import FormPageField

__all__ = ["handler400", "handler403", "handler404", "handler500"]

QUESTIONS = 60


def fields() -> list[AbstractFormField]:
    """Sixty questions with four options each, as rows of a form page; not saved, so that nothing else shows them."""
    return [
        FormPageField(
            label=f"Question {number}", clean_name=f"q{number}", field_type="radio", required=False, choices="1,2,3,4"
        )
        for number in range(QUESTIONS)
    ]


@csrf_exempt
def wagtail_form(request: HttpRequest) -> HttpResponse:
    """What `AbstractForm.serve` does with a POST: build the form, check it, save a submission."""
    page: Any = Page.objects.filter(depth=2).first()
    form = FormBuilder(fields()).get_form_class()(request.POST)
    if not form.is_valid():
        return HttpResponse("invalid", status=400)
    FormSubmission.objects.create(form_data=form.cleaned_data, page=page)
    return HttpResponse("ok")


urlpatterns = [path("benchmark/wagtail-form/", wagtail_form), *site_urls]
