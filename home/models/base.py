"""What every public page has: a summary, a body, an owner, review dates, its place in the site."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple, Textarea
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from home.addresses import address_under, language_of, root_of
from home.blocks import BodyBlock


class BasePage(Page):
    """The frame of all pages of the site. Each type says where it may stand, and what it is, in words for editors."""

    sensitive_default: ClassVar[bool] = False
    served_with: ClassVar[tuple[str, ...]] = ()
    """Foreign keys that the page's template needs, read together with it."""
    trail: list[Page]
    """Set by `home.routing`: the pages from the home page down to this one."""

    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("One or two short sentences. Shown on cards, in search results and when the page is shared."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    is_sensitive = models.BooleanField(
        _("a person may be watched while reading"),
        default=False,
        help_text=_("Shows the button that leaves this page at once, and the helplines."),
    )
    owner_role = models.CharField(
        _("looked after by"), max_length=120, blank=True, help_text=_("A role or a team, not a person's name.")
    )
    reviewed_on = models.DateField(_("checked on"), null=True, blank=True)
    review_due = models.DateField(_("next check by"), null=True, blank=True)
    social_image = models.ForeignKey(
        "media.SiteImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sources = models.TextField(
        _("where the facts come from"), blank=True, help_text=_("For editors only. One source on each line.")
    )
    translation_checked = models.BooleanField(
        _("a speaker of the language has checked this translation"), default=False
    )
    translated_at = models.DateTimeField(
        _("follows the English text of"),
        null=True,
        blank=True,
        help_text=_(
            "For translations. Empty: the moment of publishing. Readers are told if the English changes later."
        ),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", widget=Textarea(attrs={"rows": 2, "maxlength": 200})),
        FieldPanel("body"),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("social_image")]
    settings_panels = [
        MultiFieldPanel(
            [
                FieldPanel("owner_role"),
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
                FieldPanel("sources"),
            ],
            heading=_("Owner and checks"),
        ),
        FieldPanel("is_sensitive"),
        MultiFieldPanel([FieldPanel("translation_checked"), FieldPanel("translated_at")], heading=_("Translation")),
        *Page.settings_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=3),
        index.AutocompleteField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.pk and "is_sensitive" not in kwargs:
            self.is_sensitive = self.sensitive_default

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What every page template reads; the types add their lists."""
        from home.links import read_targets
        from home.selectors.frame import frame_of

        read_targets(self, request)
        return {**super().get_context(request, *args, **kwargs), **frame_of(self, request)}

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """As Wagtail's, without asking the URL resolver; several sites in one database go Wagtail's way."""
        root = root_of(self.url_path, request)
        if root is None:
            return super().get_url_parts(request)
        return root.site_id, root.root_url, address_under(root, self.url_path)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's. Routing has already seen whether any page on the way is closed, so most pages ask nothing."""
        trail = getattr(self, "trail", None)
        if trail and not any(page.is_restricted or page.alias_of_id for page in trail):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def is_translation(self) -> bool:
        """Whether this page stands in the tree of another language than the site's own."""
        return language_of(self.url_path) != settings.LANGUAGE_CODE

    @property
    def is_unchecked_translation(self) -> bool:
        """Whether readers must be told that nobody who speaks the language has checked the text."""
        return not self.translation_checked and self.is_translation


class ClassifiedPage(BasePage):
    """A page that is sorted by audience and topic."""

    audiences = ParentalManyToManyField("home.Audience", blank=True, verbose_name=_("audiences"))
    topics = ParentalManyToManyField("home.Topic", blank=True, verbose_name=_("topics"))

    settings_panels = [
        MultiFieldPanel(
            [
                FieldPanel("audiences", widget=CheckboxSelectMultiple),
                FieldPanel("topics", widget=CheckboxSelectMultiple),
            ],
            heading=_("Whom it is for, and what it is about"),
        ),
        *BasePage.settings_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields("audiences", [index.SearchField("name"), index.FilterField("slug")]),
        index.RelatedFields("topics", [index.SearchField("name"), index.FilterField("slug")]),
    ]

    class Meta:
        abstract = True
