"""Starts the release job where it does not hold up a page: in the worker, or in a process of its own."""

import subprocess
import sys

from django.conf import settings
from django.db import transaction

from ..errors import SurveyError
from .enums import ReleaseState
from .models import Release
from .tasks import compute


def start(release: Release) -> None:
    """Compute a release in the background. The page shows its progress from the database.

    Raises:
        SurveyError: it is computed already, or has passed.
    """
    if release.state in {ReleaseState.READY, ReleaseState.RELEASED, ReleaseState.REPLACED}:
        raise SurveyError("This release has passed the gate already.")
    if not settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend"):
        transaction.on_commit(lambda: compute.enqueue(release_id=release.pk), robust=True)
        return
    # Without a worker: a process of its own, so that a release of minutes neither blocks the site nor dies with a page.
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "release", "--id", str(release.pk)]
    transaction.on_commit(
        lambda: subprocess.Popen(  # noqa: S603 - our own interpreter, our own command, a number
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ),
        robust=True,
    )
