"""The public statements of a setting: for each item of the standard how it is known, since when, until when."""

from typing import Any

from ..register.models import Setting
from .models import Award, ChecklistItem, EvidenceCheck


def public_statements(setting: Setting) -> dict[str, Any]:
    """Item code -> its statements from the weakest to the strongest, with their dates; items never public are left out.

    Expiry is stored with each statement and applied when it is read (`holding`), so that a thing drops at midnight by
    itself.
    """
    strength = [EvidenceCheck.Level.TOLD, EvidenceCheck.Level.SEEN, EvidenceCheck.Level.VISITED]
    statements: dict[str, Any] = {}
    checks = (
        EvidenceCheck.objects.filter(setting=setting, withdrawn_on__isnull=True)
        .exclude(item__public_statement="")
        .select_related("item")
    )
    for check in sorted(checks, key=lambda each: (strength.index(EvidenceCheck.Level(each.level)), each.checked_on)):
        statements.setdefault(check.item.code, []).append(
            {
                "text": check.item.public_statement,
                "level": check.level,
                "checked_on": check.checked_on.isoformat(),
                "expires_on": check.expires_on.isoformat() if check.expires_on else None,
            }
        )
    return statements


def public_awards(setting: Setting) -> list[dict[str, Any]]:
    """Awards that an officer has checked. Whether one still runs is asked when it is read, as for statements."""
    return [
        {
            "scheme": award.scheme.code,
            "name": award.scheme.name,
            "issuer": award.scheme.issuer,
            "level": award.level,
            "issued_on": award.issued_on.isoformat() if award.issued_on else None,
            "expires_on": award.expires_on.isoformat() if award.expires_on else None,
            "url": award.url,
        }
        for award in Award.objects.filter(setting=setting, verified_on__isnull=False)
        .select_related("scheme")
        .order_by("scheme__name", "pk")
    ]


def items_in_standard() -> int:
    """How many things the current edition asks for, of anybody. Which of them apply to one setting is not public."""
    return ChecklistItem.objects.filter(standard__is_current=True).count()
