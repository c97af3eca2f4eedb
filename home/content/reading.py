"""Reads the folder: one YAML file for each page, lists of records beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .errors import ContentError

INDEX = "_index"
# The C loader reads two hundred files in a second instead of eight; it is there wherever PyYAML's wheel is.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class PageFile:
    """A page as its file says it. `path` is its place below the home page, such as "young-people/online"."""

    path: str
    file: Path
    values: dict[str, Any]
    folder: Path = Path()

    @property
    def slug(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def parent_path(self) -> str:
        return self.path.rsplit("/", 1)[0] if "/" in self.path else ""

    @property
    def sort_key(self) -> tuple[int, Any, str]:
        """Parents first, then the order that the file gives, then the name."""
        depth = 0 if self.path == "" else self.path.count("/") + 1
        return depth, self.values.get("order", 1_000), self.path


def read_yaml(file: Path) -> Any:
    """The content of a YAML file. Raises ContentError with the line where it cannot be read."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise ContentError(file, where, f"this is not valid YAML ({getattr(error, 'problem', error)})") from error


def read_records(folder: Path, name: str) -> list[Any]:
    """The list in `name`.yaml; empty where there is no such file."""
    file = folder / f"{name}.yaml"
    if not file.exists():
        return []
    records = read_yaml(file) or []
    if not isinstance(records, list):
        raise ContentError(file, "", "a list is expected: each entry on a line that starts with a dash")
    return records


def read_pages(folder: Path) -> list[PageFile]:
    """Every page of the folder, parents before children. Raises ContentError for a page without a type or title."""
    pages = []
    for file in sorted((folder / "pages").rglob("*.yaml")):
        parts = list(file.relative_to(folder / "pages").with_suffix("").parts)
        if parts[-1] == INDEX:
            parts.pop()
        values = read_yaml(file)
        if not isinstance(values, dict):
            raise ContentError(file, "", "a page is a list of keys with values, such as `title: Staying safe`")
        for key in ("type", "title"):
            if not values.get(key):
                raise ContentError(file, key, "every page needs one")
        pages.append(PageFile("/".join(parts), file, values, folder))
    return sorted(pages, key=lambda page: page.sort_key)
