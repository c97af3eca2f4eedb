"""What staff may set about the newsletter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="mail", order=40)
class NewsletterSettings(BaseSiteSetting):
    """Who the newsletter comes from, and whether clicks are counted."""

    sender_name = models.CharField(
        _("name of the sender"), max_length=80, blank=True, help_text=_("Empty: the partnership's short name.")
    )
    reply_to = models.EmailField(_("answers go to"), blank=True)
    about = models.TextField(
        _("what the newsletter is"), blank=True, max_length=300,
        help_text=_("One or two sentences at the top of the archive and of the form."),
    )  # fmt: skip
    count_clicks = models.BooleanField(
        _("count how often each link is followed"), default=False,
        help_text=_("By all readers together, for each issue. Nobody is followed; there is no picture that reports opening."),
    )  # fmt: skip

    panels = [FieldPanel("sender_name"), FieldPanel("reply_to"), FieldPanel("about"), FieldPanel("count_clicks")]

    class Meta:
        verbose_name = _("newsletter")
