"""Courses and levels, as officers edit them."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from .forms.officers import CourseForm
from .models import Course, Level


class KeepsWhatIsUsed(DeleteView):
    """What dates hang on is not deleted; whoever tries reads what to do instead."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            words = _now("Dates or courses hang on this, so it stays. Untick “shown to the public” instead.")
            messages.error(self.request, words)
            return redirect(self.index_url_name)
        return response


class CourseViewSet(ModelViewSet):
    model = Course
    name = "programme_courses"
    url_prefix = "programme/courses"
    icon = "form"
    menu_label = _("Courses and forums")
    list_display = ["title", "kind", "level", "is_offered"]
    list_filter = ["kind", "level", "is_offered"]
    search_fields = ["title", "summary"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = KeepsWhatIsUsed

    def get_form_class(self, for_update: bool = False) -> Any:
        return CourseForm


class LevelViewSet(ModelViewSet):
    model = Level
    name = "programme_levels"
    url_prefix = "programme/levels"
    icon = "list-ol"
    menu_label = _("Levels")
    list_display = ["name", "code", "order"]
    form_fields = ["code", "name", "explanation", "order"]
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = KeepsWhatIsUsed
