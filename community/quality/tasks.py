"""Background tasks of the quality room."""

from django.contrib.auth import get_user_model
from django_tasks import task

from .services.republishing import republish_wording


@task()
def republish_wording_for(user_id: int) -> int:
    """Take the standard's present words into every page, in the name of the person who asked; how many pages changed."""
    by = get_user_model().objects.filter(pk=user_id).first()
    return republish_wording(by=by, is_dry_run=False).pages
