"""The `body` of a content file to the raw data of a StreamField."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from home.blocks import BodyBlock

from .errors import ContentError
from .reading import PageFile
from .richtext import PageId, to_plain_line, to_rich_text

_NAMESPACE = uuid.UUID("6e6f7465-7265-7370-6f6e-646572616964")


@dataclass(frozen=True)
class Finders:
    """What a body refers to, by name: each answers an id, or None for what does not exist."""

    page: PageId
    helpline: Callable[[str], int | None]
    picture: Callable[[Path, dict[str, Any]], int | None]
    film: Callable[[Path], int | None]


class BodyBuilder:
    """Makes the body of one page; every error names the file and the block."""

    def __init__(self, page: PageFile, finders: Finders, language: str = "en") -> None:
        self.page, self.finders, self.language = page, finders, language

    def build(self, blocks: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
        """Raw stream data: [{type, value, id}]. The same file gives the same ids."""
        return [self._block(number, block) for number, block in enumerate(blocks or [], start=1)]

    def _block(self, number: int, block: Any) -> dict[str, Any]:
        if not isinstance(block, dict) or len(block) != 1:
            raise ContentError(
                self.page.file, f"body[{number}]", "a block is one name with its value, like `- text: |`"
            )
        ((name, value),) = block.items()
        if name not in BodyBlock.base_blocks:
            known = ", ".join(BodyBlock.base_blocks)
            raise ContentError(self.page.file, f"body[{number}]", f"there is no block “{name}”; there are {known}")
        self.where = f"body[{number}].{name}"
        try:
            made = getattr(self, f"_{name}")(value)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ContentError(self.page.file, self.where, f"not as expected ({error!r})") from error
        return {"type": name, "value": made, "id": self._id(number, name)}

    def _id(self, *place: object) -> str:
        return str(uuid.uuid5(_NAMESPACE, "/".join([self.language, self.page.path, *map(str, place)])))

    def _items(self, values: list[Any]) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": value, "id": self._id(self.where, number)} for number, value in enumerate(values)
        ]

    def _rich(self, text: Any) -> str:
        return to_rich_text(text, self.finders.page) if text else ""

    def _page_id(self, path: str | None) -> int | None:
        return self.finders.page(str(path).removeprefix("page:").strip("/")) if path else None

    def _text(self, value: str) -> str:
        return self._rich(value)

    def _callout(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"tone": value.get("tone", "info"), "title": value["title"], "text": self._rich(value.get("text"))}

    def _do_dont(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": value.get("title", ""),
            "do": self._items([to_plain_line(line) for line in value.get("do", [])]),
            "dont": self._items([to_plain_line(line) for line in value.get("dont", [])]),
        }

    def _steps(self, value: dict[str, Any]) -> dict[str, Any]:
        items = [{"title": item["title"], "text": self._rich(item.get("text"))} for item in value["items"]]
        return {"title": value.get("title", ""), "items": self._items(items)}

    def _questions(self, value: dict[str, Any]) -> dict[str, Any]:
        items = [{"question": item["question"], "answer": self._rich(item["answer"])} for item in value["items"]]
        return {"title": value.get("title", ""), "items": self._items(items)}

    def _quote(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "text": to_plain_line(value["text"]),
            "attribution": value.get("attribution", ""),
            "is_young_voice": bool(value.get("is_young_voice", False)),
        }

    def _language_text(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"language": value["language"], "text": self._rich(value["text"])}

    def _contact(self, value: dict[str, Any]) -> dict[str, Any]:
        key = value.get("helpline")
        helpline = self.finders.helpline(key) if key else None
        if key and helpline is None:
            raise ContentError(self.page.file, self.where, f"there is no helpline “{key}” in helplines.yaml")
        made = {name: value.get(name, "") for name in ("name", "phone", "email", "hours")}
        return {"helpline": helpline, **made, "text": self._rich(value.get("text"))}

    def _image(self, value: dict[str, Any]) -> dict[str, Any]:
        file = self.page.folder / "pictures" / value["file"]
        picture = self.finders.picture(file, value)
        if picture is None:
            raise ContentError(self.page.file, self.where, f"there is no picture {file}")
        said = value.get("alt", "")
        image = {"image": picture, "alt_text": said, "decorative": not said}
        return {"image": image, "caption": value.get("caption", "")}

    def _video(self, value: dict[str, Any]) -> dict[str, Any]:
        file = self.page.folder / "films" / value["file"]
        film = self.finders.film(file)
        if film is None:
            raise ContentError(self.page.file, self.where, f"there is no film {file} with a .yaml beside it")
        return {"video": film, "caption": value.get("caption", "")}

    def _help_box(self, _value: Any) -> None:
        return None

    def _cards(self, value: dict[str, Any]) -> dict[str, Any]:
        items = []
        for item in value["items"]:
            page, url = self._page_id(item.get("page")), item.get("url", "")
            if page or url:  # A card that leads nowhere yet is left out.
                items.append({"title": item["title"], "text": item.get("text", ""), "page": page, "url": url})
        return {"title": value.get("title", ""), "items": self._items(items)}

    def _related(self, value: dict[str, Any]) -> dict[str, Any]:
        pages = [self._page_id(path) for path in value["pages"]]
        return {"title": value.get("title", ""), "pages": self._items([page for page in pages if page])}

    def _table(self, value: dict[str, Any]) -> dict[str, Any]:
        rows = [self._items([to_plain_line(cell) for cell in row]) for row in value["rows"]]
        return {
            "caption": value["caption"],
            "header": self._items([to_plain_line(cell) for cell in value.get("header", [])]),
            "rows": self._items(rows),
            "row_headers": bool(value.get("row_headers", True)),
        }

    def _chart(self, value: dict[str, Any]) -> dict[str, Any]:
        rows = [
            {"label": row["label"], "value": str(row["value"]), "display": str(row.get("display", ""))}
            for row in value["rows"]
        ]
        made = {name: value.get(name, "") for name in ("title", "caption", "unit", "source")}
        return {**made, "rows": self._items(rows)}
