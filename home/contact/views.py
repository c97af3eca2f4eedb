"""The contact form: shown, checked, sent, thanked for."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from foundation.partnership.models import PartnershipSettings
from foundation.redirects import see_other

from .forms import ContactForm
from .services import NobodyToWriteTo, send_contact_message

if TYPE_CHECKING:
    from home.models.contact import ContactPage

TEMPLATE = "home/contact_page.html"
SENT_TEMPLATE = "home/contact_page_sent.html"


def contact(request: HttpRequest, *, page: "ContactPage") -> HttpResponse:
    """Show the form, or take what was sent; after sending the reader goes (303) to a page of its own, so that
    reloading sends nothing twice."""
    partnership = PartnershipSettings.for_request(request)
    subjects = page.subject_list()
    if request.method != "POST":
        return _show(
            request, page, ContactForm(subjects=subjects, request=request), is_open=bool(partnership.contact_email)
        )
    form = ContactForm(request.POST, subjects=subjects, request=request)
    if not form.is_valid():
        return _show(request, page, form, status=429 if form.is_over_limit() else 200)
    if not form.is_spam:
        try:
            send_contact_message(
                to=partnership.contact_email,
                site_name=partnership.name,
                about=form.cleaned_data["about"],
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                message=form.cleaned_data["message"],
            )
        except NobodyToWriteTo:
            form.add_error(None, _("We cannot take messages just now. Please call us instead."))
            return _show(request, page, form, status=503)
    # A robot that fell into the trap is thanked like everybody, and learns nothing.
    response = see_other(f"{page.get_url(request)}{page.reverse_subpage('sent')}")
    response.headers["Cache-Control"] = "no-store"
    return response


def sent(request: HttpRequest, *, page: "ContactPage") -> HttpResponse:
    """Thanks, and what happens next."""
    return TemplateResponse(request, SENT_TEMPLATE, page.get_context(request))


def _show(
    request: HttpRequest, page: "ContactPage", form: ContactForm, *, status: int = 200, is_open: bool = True
) -> HttpResponse:
    context = {
        **page.get_context(request),
        "form": form,
        "form_is_open": is_open,
        "form_has_errors": form.is_bound and not form.is_valid(),
    }
    response = TemplateResponse(request, TEMPLATE, context, status=status)
    # Not kept by us, for the token must be young; but the reader's own browser may, so that going back loses nothing.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
