"""Where staff edit who the partnership is and whom to call."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Helpline, Partner, School, Subgroup, Ward


class HelplineViewSet(SnippetViewSet):
    model = Helpline
    icon = "mobile-alt"
    menu_label = _("Helplines")
    list_display = ["name", "phone", "hours", "audience", "in_bar", "order"]
    list_filter = ["audience", "is_local", "in_bar"]
    list_export = ["key", "name", "phone", "sms", "email", "web", "hours", "audience"]
    ordering = ["order", "name"]
    copy_view_enabled = False


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    menu_label = _("Partners")
    list_display = ["name", "kind", "is_lead", "order"]
    list_filter = ["kind", "is_lead"]
    ordering = ["order", "name"]
    copy_view_enabled = False


class SubgroupViewSet(SnippetViewSet):
    model = Subgroup
    icon = "folder-open-inverse"
    menu_label = _("Subgroups")
    list_display = ["name", "chair_role", "meets", "order"]
    ordering = ["order", "name"]
    copy_view_enabled = False


class WardViewSet(SnippetViewSet):
    model = Ward
    icon = "site"
    menu_label = _("Wards")
    list_display = ["name"]
    ordering = ["name"]
    copy_view_enabled = False


class SchoolViewSet(SnippetViewSet):
    model = School
    icon = "home"
    menu_label = _("Schools")
    list_display = ["name", "phase", "ward", "is_active"]
    list_filter = ["phase", "is_active", "ward"]
    ordering = ["name"]
    copy_view_enabled = False


class PartnershipViewSetGroup(SnippetViewSetGroup):
    """Helplines first: they are what changes most and matters most."""

    items = (HelplineViewSet, PartnerViewSet, SubgroupViewSet, WardViewSet, SchoolViewSet)
    menu_label = _("Partnership")
    menu_icon = "group"
    menu_order = 300
