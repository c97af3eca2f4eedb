"""Notes and a campaign of the demonstration, on its invented settings."""

from datetime import timedelta

from django.conf import settings as site
from django.utils import timezone
from wagtail.models import Page

from foundation.accounts.models import User

from ..newsletter.models import Issue
from ..programme.models import Course
from ..register.enums import SettingState
from ..register.models import Setting
from .models import Campaign, Note, Poster, PosterCount

NOTES = (
    (
        Note.Kind.VISIT,
        -40,
        "We looked at the building together. The sign-in book is new.",
        "Send the first aid dates",
        12,
    ),
    (
        Note.Kind.MENTORING,
        -75,
        "Second talk about the bronze award. Recruitment is next.",
        "Read the recruitment folder",
        26,
    ),
    (
        Note.Kind.CALL,
        -9,
        "They have a new hall from January and will change it in the register.",
        "Look at the venue",
        -2,
    ),
    (Note.Kind.MENTORING, -160, "First talk. The trustees want somebody trained in each room.", "", None),
)
POSTERS = (("Library, by the door", 6), ("Sports centre, changing rooms", 2), ("Health centre, waiting room", 0))
"""Where they hang, and how often each was opened on a day of the first weeks."""
CAMPAIGN = "Private fostering: somebody else's child at home?"


def load_demo_outreach(refresh: bool = False) -> int:
    """Add what is missing; how many notes. Nothing outside demo mode."""
    if not site.DEMO_MODE or Note.objects.exists():
        return 0
    today = timezone.localdate()
    officer = User.objects.filter(email="outreach-officer@example.org").first()
    places = Setting.objects.filter(state=SettingState.LISTED).order_by("created_at", "name")[: len(NOTES)]
    for setting, (kind, day, text, step, by) in zip(places, NOTES, strict=False):
        Note.objects.create(
            setting=setting, kind=kind, happened_on=today + timedelta(days=day), text=text, next_step=step,
            next_on=today + timedelta(days=by) if by is not None else None, by=officer,
        )  # fmt: skip
    campaign, is_new = Campaign.objects.get_or_create(
        name=CAMPAIGN,
        defaults={
            "aim": "People who meet families know what private fostering is, and tell the council.",
            "starts_on": today - timedelta(days=60),
            "ends_on": today + timedelta(days=30),
        },
    )
    if is_new:
        campaign.pages.set(Page.objects.live().filter(slug__startswith="private-fostering")[:10])
        campaign.courses.set(Course.objects.filter(slug="private-fostering"))
        campaign.issues.set(Issue.objects.order_by("-created_at")[:1])
        _posters(campaign)
    return Note.objects.count()


def _posters(campaign: Campaign) -> None:
    page = campaign.pages.order_by("path").first()
    for place, opens in POSTERS if page else ():
        poster = Poster.objects.create(campaign=campaign, page=page, place=place)
        if opens:
            PosterCount.objects.bulk_create(
                PosterCount(poster=poster, day=campaign.starts_on + timedelta(days=day), opens=opens)
                for day in range(0, 40, 20 if opens < 5 else 5)
            )
