"""A matrix as a page of its own that can be read, printed and put on file: no scripts, nothing fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.html_page import lines, page, text
from sibtui.formats.matrix_parts import printed, remarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.matrix import Cell, Matrix, Numbered

    Link = Callable[[int, int], str]


def render(matrix: Matrix) -> str:
    numbered = matrix.numbered()
    return page(
        matrix.title or matrix.name,
        [
            *_table(matrix, numbered),
            *_notes(numbered),
            *(f"<p>{text(line)}</p>" for line in remarks(matrix)),
        ],
    )


def section(matrix: Matrix, ids: str, link: Link) -> list[str]:
    """The table without its caption, its notes and legend, for a page of several. `ids` begin its ids.

    `link(row, column)` is the id that a cell leads to, or ""; the cell itself has the id `<ids>cell-<row>-<column>` then.
    """
    numbered = matrix.numbered()
    return [
        *_table(replace(matrix, title=""), numbered, ids, link),
        *_notes(numbered, ids),
        *(f"<p>{text(line)}</p>" for line in remarks(matrix)),
    ]


def _table(matrix: Matrix, numbered: Numbered, ids: str = "", link: Link | None = None) -> list[str]:
    heads = "".join(f'<th scope="col">{text(column)}</th>' for column in matrix.columns)
    return [
        '<table class="quotes">' if matrix.show == "quotes" else "<table>",
        *([f"<caption>{text(matrix.title)}</caption>"] if matrix.title.strip() else []),
        f"<thead>\n<tr><td></td>{heads}</tr>\n</thead>\n<tbody>",
        *(_row(matrix, numbered, at, ids, link) for at in range(len(matrix.rows))),
        "</tbody>\n</table>",
    ]


def _row(matrix: Matrix, numbered: Numbered, at: int, ids: str, link: Link | None) -> str:
    row = matrix.rows[at]
    cells = "".join(
        _cell(
            cell,
            _link(numbered.cells.get((at, column)), ids),
            f"{ids}cell-{at}-{column}",
            link(at, column) if link else "",
        )
        for column, cell in enumerate(row.cells)
    )
    return f'<tr><th scope="row">{text(row.label)}{_link(numbered.labels.get(at), ids)}</th>{cells}</tr>'


def _cell(cell: Cell, note: str, own: str, to: str) -> str:
    shown = lines(printed(cell))
    if not to:
        return f"<td>{shown}{note}</td>"
    # A mark printed as a blank leads to its evidence too, so it needs something to be pointed at
    shown = shown if shown.strip() else "&nbsp;&nbsp;&nbsp;"
    return f'<td id="{own}"><a href="#{to}" title="{cell.state}: to the evidence">{shown}</a>{note}</td>'


def _notes(numbered: Numbered, ids: str = "") -> list[str]:
    if not numbered.texts:
        return []
    items = [
        f'<li id="{ids}note-{number}" value="{number}">{text(note)}</li>' for number, note in numbered.texts.items()
    ]
    return ["<ol>", *items, "</ol>"]


def _link(number: int | None, ids: str) -> str:
    return "" if number is None else f'<sup><a href="#{ids}note-{number}">{number}</a></sup>'
