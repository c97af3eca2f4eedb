"""Shows the sign-in library's forms in the look of the site."""

from django import forms, template
from django.conf import settings
from django.utils.safestring import SafeString

from foundation.accounts import demo
from foundation.accounts.models import User

register = template.Library()


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """Whether the field is one tick box."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def control(field: forms.BoundField) -> SafeString:
    """The field's control with our classes, told to a screen reader together with its hint and its error."""
    described = [f"{field.auto_id}-hint"] * bool(field.help_text) + [f"{field.auto_id}-error"] * bool(field.errors)
    if is_checkbox(field):
        classes = "govuk-checkboxes__input"
    else:
        classes = "govuk-input" + (" govuk-input--error" if field.errors else "")
        if field.field.widget.attrs.get("autocomplete") == "one-time-code":
            classes += " govuk-input--width-10 govuk-input--extra-letter-spacing"
    attrs: dict[str, str | bool] = {"class": classes, "placeholder": False}
    if field.field.widget.attrs.get("autocomplete") == "one-time-code":
        attrs |= {"inputmode": "numeric", "spellcheck": "false"}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.simple_tag(takes_context=True)
def demo_code(context: template.Context) -> str:
    """The code that opens the second door of the demonstration; "" outside it, and for real people."""
    if not settings.DEMO_MODE:
        return ""
    form = context.get("form")
    person = getattr(form, "user", None)
    return demo.free_code(person) if isinstance(person, User) and person.is_demo else ""


@register.simple_tag
def demo_people() -> list[demo.DemoPerson]:
    """Who can be tried, in demo mode only."""
    return demo.people() if settings.DEMO_MODE and demo.demo_accounts_exist() else []


@register.simple_tag
def demo_password() -> str:
    """The password of the demo people, in demo mode only."""
    return demo.PASSWORD if settings.DEMO_MODE else ""
