"""Draws Django forms with govuk-frontend's markup; set on a form class, never globally, so the admin keeps its look."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.template import loader

from .widgets import DateParts

_DJANGO = "django/forms/"
_OURS = "govforms/"
# The ones that have a template of ours; every other widget is Django's markup with govuk-frontend's classes.
_OWN_WIDGETS = frozenset(
    f"{_DJANGO}widgets/{name}.html"
    for name in ("radio", "checkbox_select", "checkbox", "password", "clearable_file_input")
)


class GovBoundField(BoundField):
    """A field that knows its govuk-frontend classes, what it is described by and where an error should lead."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        base = _base_class(widget)
        if base:
            classes = [
                base,
                f"{base}--error" if self.errors else "",
                _extra_class(widget),
                widget.attrs.get("class", ""),
            ]
            built["class"] = " ".join(filter(None, classes))
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            built.pop("aria-invalid", None)  # a single choice cannot be invalid; the group is described by the error
        if self.max_characters:
            built["class"] += " govuk-js-character-count"
        if isinstance(widget, Input | forms.Textarea):
            # A browser that cuts a pasted text short loses words without saying so; the server says so instead.
            built["maxlength"] = False
        return built

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is not None and self.max_characters:
            described = f"{described} {self.auto_id}-info".strip()
        return described

    @property
    def max_characters(self) -> int | None:
        """The limit that is counted down under a text area; None for every other field."""
        widget = self.field.widget
        is_area = isinstance(widget, forms.Textarea) and not widget.is_hidden
        return getattr(self.field, "max_length", None) if is_area else None

    @property
    def error_target(self) -> str:
        """The id of the control that the error summary leads to: the first one of a group."""
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label belongs after the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_trap(self) -> bool:
        """Whether the field is there for robots only and must not be seen, reached or read aloud."""
        return str(self.field.widget.attrs.get("tabindex", "")) == "-1"


class GovRenderer(DjangoTemplates):
    """Looks in `templates/govforms/` first, then in Django's own templates."""

    form_template_name = f"{_OURS}form.html"
    field_template_name = f"{_OURS}field.html"
    bound_field_class = GovBoundField

    def get_template(self, template_name: str) -> Any:
        if template_name in _OWN_WIDGETS:
            return loader.get_template(template_name.replace(_DJANGO, _OURS, 1))
        if template_name.startswith(_DJANGO):
            return super().get_template(template_name)
        return loader.get_template(template_name)


def dress(form: forms.BaseForm) -> forms.BaseForm:
    """Give a form of somebody else's (a library's) our renderer; to be called before it is drawn."""
    form.renderer = GovRenderer()
    form.bound_field_class = GovBoundField
    form.use_required_attribute = False
    form.label_suffix = ""
    form.__dict__["_bound_fields_cache"] = {}  # fields that were already bound would keep Django's own class
    return form


def summary_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of a form in the order of its fields: {"text", "target"}; target is "" where there is none."""
    found = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for bound in form:
        hidden = bound.is_hidden or getattr(bound, "is_trap", False)
        target = "" if hidden else getattr(bound, "error_target", bound.id_for_label)
        found += [{"text": str(text), "target": target} for text in bound.errors]
    return found


def _base_class(widget: forms.Widget) -> str:
    if widget.is_hidden or isinstance(
        widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple | DateParts
    ):
        return ""
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    return "govuk-input" if isinstance(widget, Input) else ""


def _extra_class(widget: forms.Widget) -> str:
    return (
        "govuk-password-input__input govuk-js-password-input-input" if isinstance(widget, forms.PasswordInput) else ""
    )
