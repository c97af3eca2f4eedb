"""Reading in the background, where there is a worker; at once where there is none."""

from django_tasks import task

from . import services


@task()
def read_document(document_id: int) -> None:
    """See `services.read_document`."""
    services.read_document(document_id=document_id)
