"""What other rooms have for the readers of an audience's landing page."""

from typing import TYPE_CHECKING

from foundation.registries.joining import JoiningBenefit, joining_providers

if TYPE_CHECKING:
    from home.models.audiences import AudiencePage


def joining_benefits(page: "AudiencePage") -> list[JoiningBenefit]:
    """What joining the register brings; empty on pages that are not for people who run settings."""
    if page.audience is None:
        return []
    return [benefit for provider in joining_providers for benefit in provider.benefits(page.audience.slug)]
