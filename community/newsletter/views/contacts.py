"""Officers look after contacts: what each agreed to, lists brought in, a file taken out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit import services as audit
from foundation.exports.csv import csv_response

from ...bringing_in import BringInView
from ...tables import Rows
from ..enums import Purpose
from ..models import Contact, Segment
from ..selectors.contacts import in_segment
from ..services.consents import forget, never_write, take_back, write_down
from ..services.importing import HEADINGS, ContactRun, check_contacts, import_contacts, read_contacts
from ..states import How
from .base import NewsletterView
from .issues import number_of
from .officer_forms import ConsentForm


class ConsentView(NewsletterView):
    """What one contact agreed to, when and how; and what staff may write down for them."""

    template_name = "community/newsletter/admin/consent.html"
    page_title = gettext_lazy("What they agreed to")
    here = "contacts"

    @cached_property
    def contact(self) -> Contact:
        return get_object_or_404(Contact, pk=self.kwargs["contact_id"])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("newsletter_contacts:index"), "label": _("Contacts")}]

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self._show(ConsentForm())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        do, contact, by = request.POST.get("do"), self.contact, self.user
        if do == "agree":
            return self._write_down()
        acts = {
            "stop": (lambda: take_back(contact=contact, how=How.STAFF, by=by), _("They get nothing more.")),
            "never": (lambda: never_write(contact=contact, how=How.STAFF, by=by), _("Nobody writes to them again.")),
        }
        if do == "forget":
            forget(contact=contact, by=by)
            messages.success(request, _("Deleted, with all that was known about them."))
            return redirect("newsletter_contacts:index")
        if do in acts:
            self.try_or_say(*acts[do])
        return redirect("newsletter_consent", contact.pk)

    def _write_down(self) -> HttpResponse:
        form = ConsentForm(self.request.POST)
        if form.is_valid() and self.try_or_say(
            lambda: write_down(contact=self.contact, by=self.user, **form.cleaned_data), _("Written down.")
        ):
            return redirect("newsletter_consent", self.contact.pk)
        return self._show(form, status=422)

    def _show(self, form: ConsentForm, status: int = 200) -> HttpResponse:
        context = {
            "contact": self.contact,
            "consents": self.contact.consents.select_related("recorded_by"),
            "form": form,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)


class ImportContactsView(BringInView, NewsletterView):
    """A list of contacts."""

    template_name = "community/newsletter/admin/import.html"
    page_title = gettext_lazy("Bring in contacts")
    here = "import"
    kept_as = "newsletter-import"
    columns = HEADINGS
    refused_status = 422

    def read(self, name: str, content: bytes) -> Rows:
        return read_contacts(name=name, content=content)

    def check(self, rows: Rows) -> ContactRun:
        return check_contacts(rows)

    def bring_in(self, rows: Rows) -> ContactRun:
        return import_contacts(rows=rows, source=self._source, by=self.user)

    def done(self, run: ContactRun) -> HttpResponse:
        messages.success(self.request, _("The list is in."))
        messages.info(
            self.request,
            _("%(made)d contacts are new; %(agreed)d agreed to something, the others get nothing.")
            % {"made": run.made, "agreed": run.agreed},
        )
        return redirect("newsletter_contacts:index")

    @property
    def _source(self) -> str:
        return self.request.POST.get("source", "")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(source=self._source, **context)


class ExportContactsView(NewsletterView):
    """A segment as a file that no spreadsheet can be tricked with. Who took it is written down."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        number = number_of(request.POST.get("segment"))
        segment = get_object_or_404(Segment, pk=number) if number else None
        contacts = in_segment(segment).select_related("ward").prefetch_related("consents").distinct()
        audit.record(
            action="newsletter.exported", actor=self.user, subject=segment or "", facts={"number": contacts.count()}
        )
        header = [_("E-mail"), _("Name"), _("Organisation"), _("Who"), _("Agency"), _("Ward"), _("May be written to")]
        header += [f"{purpose.value}, {_('agreed on')}" for purpose in Purpose]
        return csv_response(
            name=f"contacts-{timezone.localdate()}", header=header, rows=(_row(contact) for contact in contacts)
        )


def _row(contact: Contact) -> list[object]:
    given = {consent.purpose: consent for consent in contact.consents.all() if consent.withdrawn_at is None}
    days = [timezone.localdate(given[each].given_at).isoformat() if each in given else "" for each in Purpose.values]
    return [
        contact.email, contact.name, contact.organisation, contact.get_kind_display(), contact.get_agency_display(),
        contact.ward.name if contact.ward else "", _("no") if contact.suppressed_at or not given else _("yes"), *days,
    ]  # fmt: skip
