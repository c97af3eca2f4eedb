"""What the public pages tell the reports of the foundation."""

from datetime import date

from foundation.registries.review import DuePage

from .selectors.reviews import pages_due_for_review


def due_until(day: date) -> list[DuePage]:
    """Live pages whose check is due on that day or before, then those that have no day."""
    return [
        DuePage(page_id=row.page_id, title=row.title, owner_role=row.owner_role, due_on=row.review_due)
        for row in pages_due_for_review(on=day)
    ]
