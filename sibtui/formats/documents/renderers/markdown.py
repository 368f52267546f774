"""The renderer of GitHub Markdown.

Texts are escaped so that not only GitHub, but also pandoc and other viewers show them unchanged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import (
    DEEPEST,
    FieldList,
    LinkList,
    Paragraph,
    Quotation,
    Section,
    TableBlock,
    TableCell,
)
from sibtui.model.table import as_text
from sibtui.model.text import line_in_file, superscript

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sibtui.formats.documents.model import Block, Document
    from sibtui.model.table import Value

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPES = str.maketrans(_ENTITIES | {mark: "\\" + mark for mark in "\\`*_{}[]#|~^$"})
# GitHub turns a bare address into a link in which escapes are visible. An entity for its punctuation prevents that.
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)


def render(document: Document) -> str:
    """Return the document as Markdown. Links work in all viewers that support HTML anchors."""
    targets = document.targets
    return "\n\n".join(part for block in document.blocks for part in _block(block, 1, targets)) + "\n"


def escape(text: str) -> str:
    """Return the text on one line, escaped for use in the middle of a line or in a table cell."""
    return _ADDRESS.sub(lambda match: f"&#{ord(match[0])};", line_in_file(text).translate(_ESCAPES))


def paragraph(text: str) -> str:
    """Return the text on one line, escaped for use at the start of a line.

    Without the escapes, the text might begin a list, or make the line above it a heading.
    """
    escaped = escape(text)
    start = re.match(r"\d*(?=[-+=.)])", escaped)
    return escaped if start is None else f"{start[0]}\\{escaped[start.end() :]}"


def _lines(text: str) -> str:
    """Return the text as one Markdown paragraph that keeps its line breaks."""
    return "\\\n".join(map(paragraph, text.strip("\n").split("\n")))


def _in_cell(text: str) -> str:
    """Return the text for a table cell. Each line break becomes a slash, as in quotations of poems.

    `<br>` is not used, because it works only on GitHub: pandoc drops raw HTML and joins the words before and after it.
    """
    return " / ".join(escape(line) for line in text.split("\n") if line.strip())


def _block(block: Block, level: int, targets: Collection[str]) -> Iterator[str]:
    """Yield the Markdown paragraphs of a block. If the block is a section, `level` is the level of its heading.

    `targets` are the anchors (names for links) to which a link leads. Other anchors are not written.
    """
    match block:
        case Section():
            level += block.depth
            back = f" [↑](#{block.back})" if block.back else ""
            anchor = _anchor(block.anchor) if block.anchor in targets else ""
            yield f"{'#' * min(level, DEEPEST)} {anchor}{escape(block.title)}{back}"
            for inner in block.blocks:
                yield from _block(inner, level + 1, targets)
        case Paragraph(text):
            yield _lines(text)
        case FieldList(fields):
            yield from (f"*{escape(label)}:* {_lines(text)}" for label, text in fields)
        case Quotation():
            yield _quotation(block)
        case LinkList(items):
            yield "\n".join(f"{at}. [{escape(text)}](#{anchor})" for at, (text, anchor) in enumerate(items, 1))
        case TableBlock():
            yield from _table(block)


def _quotation(block: Quotation) -> str:
    remark = "\n".join(line for line in block.remark.split("\n") if line.strip())
    reference = _lines(f"— {block.reference}\n{remark}")
    return "\n".join(f"> {line}".rstrip() for line in f"{_lines(block.words)}\n\n{reference}".split("\n"))


def _table(table: TableBlock) -> Iterator[str]:
    if table.title.strip():
        yield f"**{escape(table.title)}**"
    aligned = ["---:" if number else "---" for number in table.numeric]
    if table.style == "marks":
        aligned[1:] = [":---:"] * (len(aligned) - 1)
    rows: list[Iterable[str]] = [map(escape, table.noted_columns), aligned]
    for heading, row in table.after_headings():
        if heading:
            rows.append([f"*{escape(heading)}*", *[""] * (len(row) - 1)])
        rows.append(map(_cell, row))
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    for number, text in table.notes.items():
        yield f"{superscript(number)} {escape(text)}"
    yield from map(paragraph, table.below)


def _cell(cell: Value | TableCell) -> str:
    """Return a table cell as Markdown.

    The numbers of footnotes are written in superscript characters, because pandoc drops HTML such as `<sup>`.
    """
    if not isinstance(cell, TableCell):
        return _in_cell(as_text(cell))
    shown = _pieces(cell) if cell.links else _in_cell(cell.text)
    if cell.link:
        # A mark that is a space leads to its evidence too: it needs some width to be clicked.
        shown = f"[{shown or '&nbsp;' * 3}](#{cell.link})"
    return (_anchor(cell.anchor) if cell.anchor else "") + shown + ("" if cell.note is None else superscript(cell.note))


def _pieces(cell: TableCell) -> str:
    """Return the Markdown text of a cell with links inside it. Spaces around the links are kept."""
    parts = []
    for piece, anchor in cell.pieces():
        inside = _in_cell(piece)
        if anchor:
            parts.append(f"[{inside}](#{anchor})")
            continue
        before = " " * (piece[:1].isspace() or piece[:1] == "\n")
        parts.append(f"{before}{inside}{' ' * (len(piece) > 1 and piece[-1:].isspace())}")
    return "".join(parts).strip()


def _anchor(name: str) -> str:
    return f'<a id="{name}"></a>'
