"""The list before a launch, for Administrators."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..moderation.permissions import STANDARD
from ..officers import OfficerView
from .listing import chapters
from .services import confirm, take_back


class LaunchView(OfficerView):
    """What a person must have looked at. POST keeps, or takes back, one word."""

    permission = STANDARD
    template_name = "community/launch/list.html"
    page_title = gettext_lazy("Before launch")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = chapters()
        left = sum(chapter.left for chapter in found)
        total = sum(len(chapter.matters) for chapter in found)
        return self.render_to_response(self.get_context_data(chapters=found, left=left, total=total))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("key", "")[:160]
        if request.POST.get("do") == "take_back":
            self.try_or_say(lambda: take_back(key=key, by=self.user), _("It is on the list again."))
        else:
            seen = request.POST.get("fingerprint", "")
            self.try_or_say(lambda: confirm(key=key, fingerprint=seen, by=self.user), _("Kept."))
        return HttpResponseRedirect(f"{reverse('community_launch')}#{slugify(key)}")
