"""Lists of contacts and segments in the admin, with Wagtail's own idioms."""

from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .models import Contact, Segment
from .selectors.contacts import in_segment
from .services.consents import forget
from .views.officer_forms import ContactForm, SegmentForm


class ContactIndexView(IndexView):
    """The list asks for consents once, not once a row."""

    def get_base_queryset(self) -> "QuerySet[Contact]":
        found: QuerySet[Contact] = super().get_base_queryset()
        return found.prefetch_related("consents")


class ContactDeleteView(DeleteView):
    """Deleting is forgetting: it stands in the trail, as a number."""

    def delete_action(self) -> None:
        forget(contact=self.object, by=self.request.user)


class ContactViewSet(ModelViewSet):
    model = Contact
    name = "newsletter_contacts"
    url_prefix = "newsletter/contacts"
    icon = "user"
    menu_label = _("Contacts")
    index_view_class = ContactIndexView
    delete_view_class = ContactDeleteView
    list_display = [
        "email", "organisation", Column("kind", label=_("Who"), accessor="get_kind_display", sort_key="kind"),
        TitleColumn(
            "agreed", label=_("Agreed to"), accessor="agreed_now",
            get_url=lambda contact: reverse("newsletter_consent", args=[contact.pk]),
        ),
        Column("suppressed", label=_("Not written to"), accessor="get_suppressed_why_display"),
    ]  # fmt: skip
    list_filter = ["kind", "agency", "ward", "suppressed_why"]
    search_fields = ["email", "name", "organisation"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return ContactForm


class SegmentDeleteView(DeleteView):
    """What an issue was written for stays; whoever tries reads why."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Issues were written for this segment, so it stays."))
            return redirect(self.index_url_name)
        return response


class SegmentViewSet(ModelViewSet):
    model = Segment
    name = "newsletter_segments"
    url_prefix = "newsletter/segments"
    icon = "list-ul"
    menu_label = _("Segments")
    delete_view_class = SegmentDeleteView
    list_display = [
        "name", Column("people", label=_("Contacts"), accessor=lambda segment: in_segment(segment).distinct().count()),
    ]  # fmt: skip
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return SegmentForm


class NewsletterViewSetGroup(ModelViewSetGroup):
    """Shown to those who may read contacts."""

    items = (ContactViewSet, SegmentViewSet)
    menu_label = _("Contacts")
    menu_icon = "group"
    menu_order = 262

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.view_contact"))
