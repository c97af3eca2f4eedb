"""Which sections a record needs before it can be sent, and which of them are still empty."""

from ..errors import NotComplete
from .enums import ContactRole
from .models import Session, Setting

SECTIONS = ("about", "activities", "venues", "sessions", "costs", "access", "contacts", "safeguarding")


def missing_sections(setting: Setting, *, stop: bool = False) -> list[str]:
    """The keys of the sections that still miss something that is needed, in the order of the task list.

    Raises:
        NotComplete: where `stop` and something is missing.
    """
    activities = list(setting.activities.all())
    checks = {
        "about": bool(setting.name and setting.types and setting.summary and setting.legal_form),
        "activities": bool(activities),
        "venues": setting.venues.exists(),
        "sessions": Session.objects.filter(activity__setting=setting).exists(),
        "costs": bool(activities) and all(activity.cost_type for activity in activities),
        "access": bool(setting.languages),
        "contacts": bool(setting.public_email or setting.public_phone or setting.website),
        "safeguarding": setting.safeguarding_contacts.filter(
            role__in=[ContactRole.LEAD, ContactRole.RESPONSIBLE]
        ).exists(),
    }
    missing = [section for section in SECTIONS if not checks[section]]
    if missing and stop:
        raise NotComplete(missing)
    return missing
