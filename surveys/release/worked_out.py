"""What other parts of the room work out from a release's cells once, when it has passed the gate, to be noted in its report."""

from collections.abc import Callable
from typing import Any

from .models import Release

work_out: dict[str, Callable[[Release], Any]] = {}
"""Name in `Release.report` -> what to note there, as JSON; registered when the site starts."""
