"""What the partnership is, as content that staff edit."""

from .bodies import Partner, School, Subgroup, Ward
from .helplines import Helpline
from .memberships import SchoolLead, SubgroupMember
from .site_settings import AlertBanner, Navigation, PartnershipSettings

__all__ = [
    "AlertBanner",
    "Helpline",
    "Navigation",
    "Partner",
    "PartnershipSettings",
    "School",
    "SchoolLead",
    "Subgroup",
    "SubgroupMember",
    "Ward",
]
