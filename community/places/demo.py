"""What the demonstration needs of places: the postcodes of its area, and school terms."""

from pathlib import Path

import yaml

from .models import SchoolTerm
from .table import ensure_postcodes, import_postcodes

_TERMS = Path(__file__).parent / "data" / "terms.yaml"


def load_places(refresh: bool) -> int:
    """Load the shipped table where there is none (with `refresh` in any case), and the terms that are missing."""
    count = import_postcodes() if refresh else ensure_postcodes()
    for term in yaml.safe_load(_TERMS.read_text("utf-8")):
        _row, made = SchoolTerm.objects.get_or_create(
            name=term["name"], defaults={"first_day": term["first_day"], "last_day": term["last_day"]}
        )
        count += made
    return count
