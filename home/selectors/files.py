"""Files that a page offers, with what a reader wants to know before opening one."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_info

from .prepared import Prepared


@dataclass(frozen=True)
class ShownFile:
    """A file to download."""

    title: str
    url: str
    file_type: str
    size: int
    description: str
    language: str
    date: datetime | None


def shown_files(files: Any, request: HttpRequest | None) -> list[ShownFile]:
    """The files of a page (`attachments` or `files`), in their order. One query; none where a preview holds them."""
    shown = []
    for row in files.all() if files.is_deferring else _files(files.model).objects(page=files.instance.pk):
        document = row.document
        language = getattr(row, "language", "")
        shown.append(
            ShownFile(
                title=row.title or document.title,
                url=document.url,
                file_type=document.file_extension.upper(),
                size=document.file_size or 0,
                description=getattr(document, "summary", ""),
                language=get_language_info(language)["name_local"] if language else "",
                date=document.created_at,
            )
        )
    return shown


@cache
def _files(model: type[Any]) -> Prepared:
    """Without the text of each file, which is for search and may be a whole report."""
    rows = model._default_manager.select_related("document").defer("document__extracted_text")
    return Prepared(lambda page: rows.filter(page=page))
