"""Files that no address leads to: they leave the house through a view that has asked who wants them."""

from typing import NoReturn

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """A folder outside everything that is served. Only the site's own user may read it."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(
            location=location or str(settings.PRIVATE_ROOT),
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def url(self, name: str | None) -> NoReturn:
        """There is none.

        Raises:
            ValueError: always, so that a template that asks for one fails its test.
        """
        raise ValueError("A private file has no address.")


def private_storage() -> Storage:
    """Where private files are kept: the storage named "private", which a deployment may put elsewhere."""
    return storages["private"]
