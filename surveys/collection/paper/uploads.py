"""A file that is read and never written: Django would put a large one into a folder for temporary files."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

from .keying import LARGEST_FILE


class InMemoryOnly(MemoryFileUploadHandler):
    """Keeps a file in memory; one that is too big is dropped, and `is_too_big` says so."""

    is_too_big = False
    _size = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._size += len(raw_data)
        if self._size > LARGEST_FILE:
            self.is_too_big = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
