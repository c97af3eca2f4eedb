"""Campaigns, as officers edit them."""

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from ..newsletter.models import Issue
from .models import Campaign

MOST_PAGES = 60
OFFERED = 40
"""The latest issues; of older ones those that the campaign has."""


class CampaignForm(forms.ModelForm):
    """Pages are named by their addresses, one a line, as one copies them from the browser."""

    addresses = forms.CharField(
        label=_("Pages"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One address a line, such as /en/topics/private-fostering/. Posters with QR codes hang on their pages."),
    )  # fmt: skip

    class Meta:
        model = Campaign
        fields = ["name", "aim", "starts_on", "ends_on", "courses", "issues"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "courses": forms.CheckboxSelectMultiple,
            "issues": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        offered = set(Issue.objects.order_by("-created_at").values_list("pk", flat=True)[:OFFERED])
        if self.instance.pk:
            offered |= set(self.instance.issues.values_list("pk", flat=True))
            self.initial["addresses"] = "\n".join(page.url or "" for page in self.instance.pages.all())
        issues = Issue.objects.defer("html", "text").filter(pk__in=offered).order_by("-created_at")
        cast(forms.ModelMultipleChoiceField, self.fields["issues"]).queryset = issues

    def clean_addresses(self) -> list[Page]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_PAGES:
            raise forms.ValidationError(_now("At most %(most)d pages.") % {"most": MOST_PAGES})
        found = {line: _page_at(line) for line in lines}
        unknown = [line for line, page in found.items() if page is None]
        if unknown:
            raise forms.ValidationError(
                _now("No page that is shown has this address: %(addresses)s") % {"addresses": ", ".join(unknown)[:500]}
            )
        return [page for page in found.values() if page is not None]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return data

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.pages.set(self.cleaned_data["addresses"])


def _page_at(address: str) -> Page | None:
    path = "/" + urlsplit(address).path.strip("/") + "/"
    slug = path.rstrip("/").rpartition("/")[2]
    return next((page for page in Page.objects.live().filter(slug=slug)[:50] if page.url == path), None)


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "outreach_campaigns"
    url_prefix = "outreach/campaigns"
    icon = "pick"
    menu_label = _("Campaigns")
    list_display = [
        "name", "starts_on", "ends_on",
        TitleColumn(
            "reach", label=_("Reach"), accessor=lambda campaign: _("How far it reached"),
            get_url=lambda campaign: reverse("outreach_campaign", args=[campaign.pk]),
        ),
    ]  # fmt: skip
    search_fields = ["name", "aim"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return CampaignForm
