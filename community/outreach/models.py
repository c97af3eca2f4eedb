"""What the community team writes down about its work with settings, and the campaigns that bring work together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Note(models.Model):
    """A visit, a call or a mentoring talk with a setting: facts about the work, never about a child or a concern."""

    class Kind(models.TextChoices):
        """How we met."""

        MENTORING = "mentoring", _("Mentoring towards an award")
        VISIT = "visit", _("Visit")
        CALL = "call", _("Call or mail")

    setting = models.ForeignKey("community.Setting", on_delete=models.CASCADE, related_name="outreach_notes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    happened_on = models.DateField(_("day"))
    text = models.TextField(
        _("what was agreed"), max_length=2_000,
        help_text=_("Nothing about a child, a family or a worry: those go to the safeguarding lead by phone."),
    )  # fmt: skip
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("outreach note")
        verbose_name_plural = _("outreach notes")
        indexes = [
            models.Index(fields=["next_on"], name="outreach_next_step", condition=Q(done_on=None) & ~Q(next_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened_on:%d.%m.%Y}"


class Campaign(models.Model):
    """Some weeks about one subject: its pages, dates and mails in one place, and how far they reached."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    aim = models.CharField(_("what should be different afterwards"), max_length=250)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    pages: "models.ManyToManyField[Page, models.Model]" = models.ManyToManyField(
        "wagtailcore.Page", blank=True, related_name="+", verbose_name=_("pages")
    )
    courses = models.ManyToManyField(
        "programme.Course", blank=True, related_name="+", verbose_name=_("forums, training, events")
    )
    issues = models.ManyToManyField(
        "newsletter.Issue", blank=True, related_name="+", verbose_name=_("newsletters and messages")
    )

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_its_start")
        ]

    def __str__(self) -> str:
        return self.name


CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like another one."""


def new_poster_code() -> str:
    """Five letters: few enough to type where a camera fails, and nothing secret hangs behind them."""
    return get_random_string(5, CODE_LETTERS)


class Poster(models.Model):
    """A printed sheet of a campaign in one place, with a code of its own: how often it was opened tells places apart, not
    people."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="posters")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page that it opens")
    )
    place = models.CharField(
        _("where it hangs"), max_length=80,
        help_text=_("A place that many people pass, such as a library. One sheet for each place tells you which one works."),
    )  # fmt: skip
    code = models.CharField(max_length=5, unique=True, default=new_poster_code, editable=False)

    class Meta:
        ordering = ["place", "pk"]
        default_permissions = ()
        verbose_name = _("poster")
        verbose_name_plural = _("posters")
        constraints = [models.UniqueConstraint(fields=["campaign", "page", "place"], name="one_poster_a_place")]

    def __str__(self) -> str:
        return self.place


class PosterCount(models.Model):
    """How often the codes of a poster were opened on a day: a number, without time, address or browser."""

    # No constraint in the database: a poster deleted between a scan and the write of its batch must not lose the batch.
    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, db_constraint=False, related_name="counts")
    day = models.DateField()
    opens = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["poster", "day"], name="one_count_a_poster_and_day")]

    def __str__(self) -> str:
        return f"poster {self.poster_id}, {self.day}: {self.opens}"
