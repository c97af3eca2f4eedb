"""Who may put a translation in front of the public: wagtail-localize asks only whether somebody may translate."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView


class CarefulUpdateTranslationsView(UpdateTranslationsView):
    """Bringing translations up to date is an editor's work, "publish immediately" is not: it would publish whatever
    the editor has typed into them."""

    def get_form(self) -> UpdateTranslationsForm:
        form = super().get_form()
        if not self._may_publish():
            form.fields["publish_translations"].disabled = True
        return form

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("publish_translations") and not self._may_publish():
            raise PermissionDenied
        return super().post(request, **kwargs)

    def _may_publish(self) -> bool:
        """Whether every page that would be published is the person's to publish."""
        translations = self.object.translations.filter(enabled=True).select_related("source", "target_locale")
        return all(self._may_publish_one(translation) for translation in translations)

    def _may_publish_one(self, translation: Any) -> bool:
        target = translation.get_target_instance()
        return not isinstance(target, Page) or target.permissions_for_user(self.request.user).can_publish()
