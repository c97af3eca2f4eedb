"""Index work in the background, where there is a worker; at once where there is none."""

from django_tasks import task

from . import services


@task()
def index_page(page_id: int) -> None:
    """See `services.index_page`."""
    services.index_page(page_id=page_id)


@task()
def index_pages_below(page_id: int) -> None:
    """See `services.index_pages_below`."""
    services.index_pages_below(page_id=page_id)


@task()
def index_document(document_id: int) -> None:
    """See `services.index_document`."""
    services.index_document(document_id=document_id)
