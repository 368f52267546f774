"""HTML: a self-contained page with escaped texts, no scripts, and nothing loaded from elsewhere."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import (
    DEEPEST,
    FieldList,
    LinkList,
    Paragraph,
    Quotation,
    Section,
    TableBlock,
    as_cell,
)
from sibtui.formats.documents.renderers.html_style import DOCUMENT_STYLE, HEAD, TABLE_STYLE
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.formats.documents.model import Block, Document, TableCell, TableStyle

_CLASSES: dict[TableStyle, str] = {"list": ' class="data"', "marks": "", "texts": ' class="quotes"'}


def render(document: Document) -> str:
    """Return the whole page. Without a title, it has the name of its first table."""
    names = (table.name for table in document.tables if table.name)
    title = document.title if document.title.strip() else next(names, "Tables")
    plain = all(isinstance(block, TableBlock) and block.style != "list" for block in document.blocks)
    parts = [
        f"{HEAD}<title>{_text(title)}</title>",
        f"<style>\n{TABLE_STYLE}{'' if plain else DOCUMENT_STYLE}</style>\n</head>\n<body>",
        *_blocks(document.blocks, 1),
        "</body>\n</html>",
    ]
    return "\n".join(parts) + "\n"


def fragment(document: Document) -> str:
    """Return the blocks without the page around them, as notebooks show them."""
    return "\n".join(_blocks(document.blocks, 1))


def _text(plain: str) -> str:
    """Return the text on one line, escaped for an element or an attribute."""
    return html.escape(one_line(plain))


def _lines(plain: str) -> str:
    return "<br>".join(map(_text, plain.split("\n")))


def _blocks(blocks: Iterable[Block], level: int) -> list[str]:
    """Return the lines of the blocks. Sections among them have headings of this level."""
    return [line for block in blocks for line in _block(block, level)]


def _block(block: Block, level: int) -> list[str]:
    match block:
        case Section():
            return _section(block, level)
        case Paragraph(text, facts):
            return [f'<p class="facts">{_lines(text)}</p>' if facts else f"<p>{_lines(text)}</p>"]
        case FieldList(fields):
            return [f"<dl>{''.join(f'<dt>{_text(label)}</dt><dd>{_lines(text)}</dd>' for label, text in fields)}</dl>"]
        case Quotation(words, reference, remark):
            below = f"<br>{_lines(remark)}" if remark.strip() else ""
            return [f"<blockquote><p>{_lines(words)}</p><footer>{_text(reference)}{below}</footer></blockquote>"]
        case LinkList(items, label):
            entries = [f'<li><a href="#{anchor}">{_text(text)}</a></li>' for text, anchor in items]
            return [f'<nav aria-label="{_text(label)}">', "<ol>", *entries, "</ol>", "</nav>"]
        case TableBlock():
            return [*_table(block), *_notes(block), *(f"<p>{_text(line)}</p>" for line in block.below)]


def _section(section: Section, level: int) -> list[str]:
    level += section.depth
    tag = f"h{min(level, DEEPEST)}"
    back = f' <a class="back" href="#{section.back}" title="back to the table">↑</a>' if section.back else ""
    lines = [f"<{tag}>{_text(section.title)}{back}</{tag}>", *_blocks(section.blocks, level + 1)]
    return [f'<section id="{section.anchor}">', *lines, "</section>"] if section.anchor else lines


def _table(table: TableBlock) -> list[str]:
    heads = (f'<th scope="col">{_text(column)}</th>' if column else "<td></td>" for column in table.columns)
    numeric = table.numeric
    body = []
    for row in table.rows:
        cells = [_cell(table, as_cell(value), is_number=numeric[at]) for at, value in enumerate(row)]
        if table.style != "list":
            label = as_cell(row[0])
            cells[0] = f'<th scope="row">{_text(label.text)}{_raised(table, label)}</th>'
        body.append(f"<tr>{''.join(cells)}</tr>")
    return [
        f"<table{_CLASSES[table.style]}>",
        *([f"<caption>{_text(table.title)}</caption>"] if table.title.strip() else []),
        f"<thead>\n<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>",
        *body,
        "</tbody>\n</table>",
    ]


def _cell(table: TableBlock, cell: TableCell, *, is_number: bool) -> str:
    if is_number:
        return f'<td class="number">{cell.value}</td>'
    shown, anchor = _lines(cell.text), f' id="{cell.anchor}"' if cell.anchor else ""
    if cell.link:
        # A mark that is a space leads to its evidence too: it needs some width to be clicked.
        shown = f'<a href="#{cell.link}" title="{_text(cell.hint)}">{shown if shown.strip() else "&nbsp;" * 3}</a>'
    return f"<td{anchor}>{shown}{_raised(table, cell)}</td>"


def _raised(table: TableBlock, cell: TableCell) -> str:
    return "" if cell.note is None else f'<sup><a href="#{table.anchor}note-{cell.note}">{cell.note}</a></sup>'


def _notes(table: TableBlock) -> list[str]:
    if not table.notes:
        return []
    items = (
        f'<li id="{table.anchor}note-{number}" value="{number}">{_text(text)}</li>'
        for number, text in table.notes.items()
    )
    return ["<ol>", *items, "</ol>"]
