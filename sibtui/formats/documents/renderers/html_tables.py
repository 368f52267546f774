"""Tables as HTML. In the layout `report`, cells can have a shade, a bar and a second line.

On a telephone, a wide table of a report scrolls, or becomes a list.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import as_cell
from sibtui.model.text import inert, line_in_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.formats.documents.model import TableBlock, TableCell, TableStyle

_CLASSES: dict[TableStyle, str] = {"list": ' class="data"', "marks": "", "texts": ' class="quotes"'}
_RICH_CLASSES: dict[TableStyle, str] = {"list": "data", "marks": "marks", "texts": "words"}
_FEW_TEXTS = 2
"""A table with more columns of texts than this becomes a list on a narrow screen. Columns of numbers are narrow enough."""


def text_on_one_line(plain: str) -> str:
    """Return a text on one line, escaped for use in an HTML element or attribute."""
    return html.escape(line_in_file(plain))


def text_lines(plain: str) -> str:
    """Return a text escaped for HTML, with its line breaks."""
    return "<br>".join(map(text_on_one_line, plain.split("\n")))


def table_lines(table: TableBlock, *, rich: bool = False) -> Iterator[str]:
    """Yield the HTML lines of a table, of its footnotes, and of the lines below it.

    `rich` is True for the layout `report`, which has shades and bars.
    """
    if rich:
        label = text_on_one_line(table.title or table.name or "Table")
        if table.picture:
            region = f'<div class="picture" role="region" aria-label="Picture: {label}" tabindex="0">'
            yield f"{region}{table.picture}</div>"
        yield f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">'
    yield from _table(table, rich)
    if rich:
        yield "</div>"
    yield from _notes(table)
    tag = '<p class="facts">' if rich else "<p>"
    for line in table.below:
        yield f"{tag}{text_on_one_line(line)}</p>"


def _table(table: TableBlock, rich: bool) -> Iterator[str]:
    of_numbers = _numeric(table) if rich else [False] * len(table.columns)
    yield f"<table{_class(table, rich)}>"
    if table.title.strip():
        yield f"<caption>{text_on_one_line(table.title)}</caption>"
    yield f"<thead>\n<tr>{''.join(_heads(table, of_numbers))}</tr>\n</thead>\n<tbody>"
    yield from _body(table, rich)
    yield "</tbody>\n</table>"


def _class(table: TableBlock, rich: bool) -> str:
    if not rich:
        return _CLASSES[table.style]
    return f' class="{_RICH_CLASSES[table.style]}{" stack" if _is_stacked(table) else ""}"'


def _is_stacked(table: TableBlock) -> bool:
    """Return whether each row of the table is shown as a block of lines if the screen is narrow."""
    return table.style != "marks" and _numeric(table).count(False) > _FEW_TEXTS


def _body(table: TableBlock, rich: bool) -> Iterator[str]:
    numeric = _numeric(table)
    stacked = rich and _is_stacked(table)
    labels = [f' data-label="{text_on_one_line(column)}"' if stacked and column else "" for column in table.columns]
    for heading, row in table.after_headings():
        if heading:
            yield f'<tr class="group"><th colspan="{len(row)}" scope="rowgroup">{text_on_one_line(heading)}</th></tr>'
        cells = [_cell(table, as_cell(value), numeric[at], labels[at]) for at, value in enumerate(row)]
        if table.style != "list":
            label = as_cell(row[0])
            anchor = f' id="{label.anchor}"' if label.anchor else ""
            cells[0] = f'<th scope="row"{anchor}>{text_on_one_line(label.text)}{_raised(table, label.note)}</th>'
        yield f"<tr>{''.join(cells)}</tr>"


def _heads(table: TableBlock, of_numbers: Sequence[bool]) -> Iterator[str]:
    for at, (column, of_number) in enumerate(zip(table.columns, of_numbers, strict=True)):
        look = ' class="number"' if of_number else ""
        raised = _raised(table, table.head_notes.get(at))
        yield f'<th scope="col"{look}>{text_on_one_line(column)}{raised}</th>' if column else "<td></td>"


def _numeric(table: TableBlock) -> list[bool]:
    """Return for each column whether it has numbers, with or without bars."""
    first = next(iter(table.rows), None)
    if first is None:
        return table.numeric
    barred = (as_cell(value).bar is not None for value in first)
    return [number or bar for number, bar in zip(table.numeric, barred, strict=True)]


def _cell(table: TableBlock, cell: TableCell, is_number: bool, label: str) -> str:
    if is_number:
        bar = "" if cell.bar is None else f'<span class="bar" style="width:{cell.bar * 5:.2f}em"></span>'
        return f'<td class="number"{label}>{bar}{cell.value}</td>'
    shown = _pieces(cell) if cell.links else text_lines(cell.text)
    anchor = f' id="{cell.anchor}"' if cell.anchor else ""
    small = f"<small>{text_on_one_line(cell.below)}</small>" if cell.below else ""
    if cell.link:
        # A mark that is a space leads to its evidence too: it needs some width to be clicked.
        inside = f"{shown}{small}" if shown.strip() or small else "&nbsp;" * 3
        shown, small = f'<a href="#{cell.link}" title="{text_on_one_line(cell.hint)}">{inside}</a>', ""
    return f"<td{anchor}{_look(cell)}{label}>{shown}{_raised(table, cell.note)}{small}</td>"


def _look(cell: TableCell) -> str:
    """Return the HTML attribute `class` for the shade and the colour of a cell; an empty text if it has neither."""
    names = [*([f"s{cell.level}"] if cell.level else []), *([cell.tone] if cell.tone else [])]
    return f' class="{" ".join(names)}"' if names else ""


def _pieces(cell: TableCell) -> str:
    return "".join(
        f'<a href="#{anchor}">{text_on_one_line(piece)}</a>'
        if anchor
        else "<br>".join(map(html.escape, inert(piece, keeps_marks=True).split("\n")))
        for piece, anchor in cell.pieces()
    )


def _raised(table: TableBlock, note: int | None) -> str:
    return "" if note is None else f'<sup><a href="#{table.anchor}note-{note}">{note}</a></sup>'


def _notes(table: TableBlock) -> list[str]:
    if not table.notes:
        return []
    items = (
        f'<li id="{table.anchor}note-{number}" value="{number}">{text_on_one_line(text)}</li>'
        for number, text in table.notes.items()
    )
    return ["<ol>", *items, "</ol>"]
