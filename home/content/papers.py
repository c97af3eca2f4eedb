"""The file of a document page whose original we do not hold: the page's own text as a DOCX with real headings."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})


def write_paper(*, title: str, summary: str, blocks: list[dict[str, Any]], note: str) -> bytes:
    """A DOCX of a page's blocks, as its content file says them. Headings, lists and tables are marked as such."""
    paper = Document()
    paper.core_properties.title = title
    paper.core_properties.author = note
    paper.core_properties.language = "en-GB"
    paper.add_heading(title, level=0)
    if summary:
        paper.add_paragraph(summary)
    for block in blocks:
        ((name, value),) = block.items()
        _WRITERS.get(name, _write_nothing)(paper, value)
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _write_text(paper: Any, text: str) -> None:
    style, heading = None, 0
    for token in _markdown.parse(str(text)):
        if token.type == "heading_open":
            heading = min(int(token.tag[1]), 4)
        elif token.type == "bullet_list_open":
            style = "List Bullet"
        elif token.type == "ordered_list_open":
            style = "List Number"
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            style = None
        elif token.type == "inline":
            parts = token.children or []
            words = "".join(part.content or (" " if part.type == "softbreak" else "") for part in parts)
            if heading:
                paper.add_heading(words, level=max(heading - 1, 1))
                heading = 0
            else:
                paper.add_paragraph(words, style=style)


def _write_titled(paper: Any, value: dict[str, Any]) -> None:
    if value.get("title"):
        paper.add_heading(value["title"], level=2)
    if value.get("text"):
        _write_text(paper, value["text"])
    for item in value.get("items", []):
        paper.add_heading(item.get("title") or item.get("question") or "", level=3)
        _write_text(paper, item.get("text") or item.get("answer") or "")


def _write_lists(paper: Any, value: dict[str, Any]) -> None:
    for key, heading in (("do", "Do"), ("dont", "Don't")):
        if value.get(key):
            paper.add_heading(heading, level=3)
            for line in value[key]:
                paper.add_paragraph(line, style="List Bullet")


def _write_chart(paper: Any, value: dict[str, Any]) -> None:
    paper.add_heading(value["title"], level=3)
    paper.add_paragraph(value.get("caption", ""))
    unit = value.get("unit", "")
    rows = [
        [row["label"], str(row.get("display") or f"{row['value']}{'%' if unit == '%' else ' ' + unit}").strip()]
        for row in value["rows"]
    ]
    _table(paper, [], rows)
    if value.get("source"):
        paper.add_paragraph(f"Source: {value['source']}")


def _write_table(paper: Any, value: dict[str, Any]) -> None:
    paper.add_paragraph(value.get("caption", ""))
    _table(paper, value.get("header", []), value["rows"])


def _table(paper: Any, header: list[Any], rows: list[list[Any]]) -> None:
    lines = [header, *rows] if header else rows
    if not lines:
        return
    width = max(len(line) for line in lines)
    table = paper.add_table(rows=len(lines), cols=width)
    cells = table._cells
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            cells[number * width + place].text = str(cell)


def _write_nothing(_paper: Any, _value: Any) -> None:
    return


_WRITERS: dict[str, Callable[[Any, Any], Any]] = {
    "text": _write_text,
    "callout": _write_titled,
    "steps": _write_titled,
    "questions": _write_titled,
    "do_dont": _write_lists,
    "chart": _write_chart,
    "table": _write_table,
    "quote": lambda paper, value: paper.add_paragraph(f"“{value['text']}”"),
}
