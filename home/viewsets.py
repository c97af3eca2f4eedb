"""Where staff edit what sorts pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Audience, GlossaryTerm, Topic


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Audiences")
    list_display = ["name", "slug", "colour", "order"]
    ordering = ["order", "name"]
    copy_view_enabled = False


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
    copy_view_enabled = False


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    list_display = ["term", "abbreviation"]
    ordering = ["term"]
    search_fields = ["term", "abbreviation", "meaning"]
    list_export = ["term", "abbreviation", "meaning"]
    copy_view_enabled = False


class SortingViewSetGroup(SnippetViewSetGroup):
    """Audiences, topics and the glossary."""

    items = (AudienceViewSet, TopicViewSet, GlossaryViewSet)
    menu_label = _("Topics and words")
    menu_icon = "tag"
    menu_order = 310
