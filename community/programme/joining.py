"""What joining brings a setting, for the landing page of people who run one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.registries.joining import JoiningBenefit

AUDIENCE = "clubs"
"""The slug of the audience that every partnership's site begins with for people who run settings."""


def benefits(audience: str) -> list[JoiningBenefit]:
    """Training, being found, a poster and a plan, somebody to ask."""
    if audience != AUDIENCE:
        return []
    return [
        JoiningBenefit(
            title=_("Free training and forums"),
            text=_("What your people come to counts in your safeguarding standard, and you see it in one list."),
            url=f"{reverse('community:whats_on')}?audience=settings",
        ),
        JoiningBenefit(
            title=_("Parents find you"),
            text=_("Your page shows what you do to keep children safe, and how it is known."),
            url=reverse("community:directory"),
        ),
        JoiningBenefit(
            title=_("A plan, first steps and a poster"),
            text=_("Answer the standard for yourselves. It ends in a plan with templates, and a poster for your door."),
            url=reverse("community:my_settings"),
        ),
        JoiningBenefit(
            title=_("Somebody to ask"),
            text=_("The community team knows you by name, visits if you like, and meets you at each forum."),
            url=reverse("community:start"),
        ),
    ]
