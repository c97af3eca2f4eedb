"""A form page and its fields, as the documentation of Wagtail writes them."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class FormField(AbstractFormField):
    """One question."""

    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    """The page with the form, and the one that says thank you."""

    def __str__(self) -> str:
        return self.title
