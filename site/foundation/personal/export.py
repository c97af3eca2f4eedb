"""A file with all that is held about one person, to be given to them: to read, and for machines."""

import io
import json
import zipfile
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from foundation.audit.services import record

from .holdings import Holding, holdings_of


def export_person(*, email: str, person: Any = None, by: Any = None) -> bytes:
    """A zip with `everything.html` and `everything.json`. That it was made is written to the trail."""
    holdings = holdings_of(email=email, person=person)
    record(
        action="accounts.data_exported",
        actor=by,
        subject=person if person is not None else "",
        facts={"tables": len(holdings), "rows": sum(len(each.rows) for each in holdings)},
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.html", _page(email, holdings))
        packed.writestr("everything.json", _plain(email, holdings))
    return out.getvalue()


def _page(email: str, holdings: list[Holding]) -> str:
    return render_to_string(
        "personal/everything.html",
        {
            "email": email,
            "made_at": timezone.localtime(),
            "about": [each for each in holdings if each.is_about],
            "done": [each for each in holdings if not each.is_about],
        },
    )


def _plain(email: str, holdings: list[Holding]) -> str:
    tables = [
        {"table": each.label, "found_by": each.how, "about_the_person": each.is_about, "rows": each.rows}
        for each in holdings
    ]
    whole = {"email": email, "made_at": timezone.now().isoformat(timespec="seconds"), "tables": tables}
    return json.dumps(whole, ensure_ascii=False, indent=1)
