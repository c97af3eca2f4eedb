"""Two people at one form: what each changed is kept; where both changed the same field, the second chooses."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import models

from ..errors import ChangedMeanwhile

Values = dict[str, Any]


def fingerprint(value: Any) -> str:
    """A short mark of a value, the same for values that mean the same."""
    text = json.dumps(_normal(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fingerprints(instance: models.Model, fields: Iterable[str]) -> dict[str, str]:
    """What a form shows when it is opened: field -> mark. It travels in the form, and comes back with what was typed."""
    return {name: fingerprint(getattr(instance, name)) for name in fields}


def merged(
    *, current: models.Model, mine: Mapping[str, Any], seen: Mapping[str, str], keep_theirs: Iterable[str] = ()
) -> Values:
    """What is to be written of `mine`, given what stands in the database now and what the person saw.

    Raises:
        ChangedMeanwhile: both changed a field, to different values, and nobody has chosen yet. `theirs` has what stands.
    """
    keep = set(keep_theirs)
    to_write: Values = {}
    theirs: Values = {}
    for name, value in mine.items():
        stands = getattr(current, name)
        before, now, wanted = seen.get(name, ""), fingerprint(stands), fingerprint(value)
        if wanted == now or name in keep:
            continue
        if before == now:
            to_write[name] = value
        elif wanted != before:
            theirs[name] = stands
    if theirs:
        raise ChangedMeanwhile(theirs)
    return to_write


def _normal(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return sorted(str(item) for item in value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value
