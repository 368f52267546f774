"""The renderer of HTML. The page has escaped texts, and needs no scripts and no external files."""

from __future__ import annotations

import html
from itertools import islice
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
from sibtui.model.text import inert, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.formats.documents.model import Block, Document, TableCell, TableStyle

_LINES = 1000
_CLASSES: dict[TableStyle, str] = {"list": ' class="data"', "marks": "", "texts": ' class="quotes"'}


def render(document: Document) -> str:
    """Return the document as a whole HTML page. A document without a title gets the name of its first table as the page title."""
    return "".join(render_chunks(document))


def render_chunks(document: Document) -> Iterator[str]:
    """Yield the whole HTML page in chunks of lines."""
    title = document.title if document.title.strip() else next((t.name for t in document.tables if t.name), "Tables")
    plain = all(isinstance(block, TableBlock) and block.style != "list" for block in document.blocks)
    yield f"{HEAD}<title>{_text(title)}</title>\n"
    yield f"<style>\n{TABLE_STYLE}{'' if plain else DOCUMENT_STYLE}</style>\n</head>\n<body>\n"
    lines = _blocks(document.blocks, 1)
    while chunk := list(islice(lines, _LINES)):
        yield "\n".join(chunk) + "\n"
    yield "</body>\n</html>\n"


def fragment(document: Document) -> str:
    """Return the blocks of a document as HTML for a notebook: without the head and the other parts of a whole page."""
    return "\n".join(_blocks(document.blocks, 1))


def _text(plain: str) -> str:
    """Return a text on one line, escaped for use in an HTML element or attribute."""
    return html.escape(one_line(plain))


def _lines(plain: str) -> str:
    return "<br>".join(map(_text, plain.split("\n")))


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    """Yield the HTML lines of these blocks. `level` is the level of the headings of sections."""
    for block in blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterable[str]:
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


def _section(section: Section, level: int) -> Iterator[str]:
    level += section.depth
    tag = f"h{min(level, DEEPEST)}"
    back = f' <a class="back" href="#{section.back}" title="back to the table">↑</a>' if section.back else ""
    if section.anchor:
        yield f'<section id="{section.anchor}">'
    yield f"<{tag}>{_text(section.title)}{back}</{tag}>"
    yield from _blocks(section.blocks, level + 1)
    if section.anchor:
        yield "</section>"


def _table(table: TableBlock) -> list[str]:
    heads = (f'<th scope="col">{_text(column)}</th>' if column else "<td></td>" for column in table.columns)
    numeric = table.numeric
    body = []
    for heading, row in table.after_headings():
        if heading:
            body.append(f'<tr class="group"><th colspan="{len(row)}" scope="rowgroup">{_text(heading)}</th></tr>')
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
    shown, anchor = _pieces(cell) if cell.links else _lines(cell.text), f' id="{cell.anchor}"' if cell.anchor else ""
    if cell.link:
        # A mark that is a space leads to its evidence too: it needs some width to be clicked.
        shown = f'<a href="#{cell.link}" title="{_text(cell.hint)}">{shown if shown.strip() else "&nbsp;" * 3}</a>'
    return f"<td{anchor}>{shown}{_raised(table, cell)}</td>"


def _pieces(cell: TableCell) -> str:
    """Return the text of a cell with links inside it."""
    return "".join(
        f'<a href="#{anchor}">{_text(piece)}</a>' if anchor else "<br>".join(map(html.escape, inert(piece).split("\n")))
        for piece, anchor in cell.pieces()
    )


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
