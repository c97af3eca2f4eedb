"""The release job as a task of the worker."""

from django_tasks import task

from .models import Release
from .services import compute_release


@task()
def compute(release_id: int) -> None:
    """Compute one release; what goes wrong stands in its state and report."""
    compute_release(release=Release.objects.get(pk=release_id))
