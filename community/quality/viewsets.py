"""The standard, the awards, the pick-lists and school terms, as administrators and officers edit them."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from ..places.viewsets import SchoolTermViewSet
from ..register.models import ListEntry
from .forms.officers import EditionForm, ItemForm
from .models import AwardScheme, ChecklistItem, StandardVersion


class KeepsWhatIsUsed(DeleteView):
    """What answers, checks or awards hang on is not deleted; whoever tries reads why."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _now("Settings have answers or awards that need this, so it stays."))
            return redirect(self.index_url_name)
        return response


class EditionViewSet(ModelViewSet):
    model = StandardVersion
    name = "community_editions"
    url_prefix = "registry/standard/editions"
    icon = "clipboard-list"
    menu_label = _("Editions")
    list_display = [
        "title", "code", "in_force_from", "is_current",
        TitleColumn(
            "use", label=_("Use"), accessor=lambda edition: _("Copy, or make current"),
            get_url=lambda edition: reverse("community_edition", args=[edition.pk]),
        ),
    ]  # fmt: skip
    copy_view_enabled = False
    delete_view_class = KeepsWhatIsUsed
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return EditionForm


class ItemViewSet(ModelViewSet):
    model = ChecklistItem
    name = "community_items"
    url_prefix = "registry/standard/items"
    icon = "list-ul"
    menu_label = _("Items")
    list_display = ["code", "question", "basis", "standard"]
    list_filter = ["standard", "area", "basis"]
    search_fields = ["code", "question"]
    search_backend_name = None
    copy_view_enabled = False
    delete_view_class = KeepsWhatIsUsed

    def get_form_class(self, for_update: bool = False) -> Any:
        return ItemForm


class AwardSchemeViewSet(ModelViewSet):
    model = AwardScheme
    name = "community_award_schemes"
    url_prefix = "registry/standard/awards"
    icon = "pick"
    menu_label = _("Award schemes")
    list_display = ["name", "issuer", "lasts_months", "is_active"]
    form_fields = ["code", "name", "issuer", "levels", "lasts_months", "url", "is_active"]
    copy_view_enabled = False
    delete_view_class = KeepsWhatIsUsed


class ListEntryViewSet(ModelViewSet):
    model = ListEntry
    name = "community_lists"
    url_prefix = "registry/lists"
    icon = "list-ol"
    menu_label = _("Pick-lists")
    list_display = ["label", "kind", "code", "order", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["label", "code", "same_as"]
    search_backend_name = None
    form_fields = ["kind", "code", "label", "same_as", "order", "is_active"]
    copy_view_enabled = False
    delete_view_class = KeepsWhatIsUsed


class StandardViewSetGroup(ModelViewSetGroup):
    items = (EditionViewSet, ItemViewSet, AwardSchemeViewSet, ListEntryViewSet, SchoolTermViewSet)
    menu_label = _("Standard, lists")
    menu_icon = "clipboard-list"
    menu_order = 255
