"""A matrix as a table of GitHub Markdown, with its notes and legend in paragraphs below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats import markdown
from sibtui.formats.matrix_parts import printed, remarks

if TYPE_CHECKING:
    from collections.abc import Collection

    from sibtui.model.matrix import Cell, Matrix, Numbered


def render(matrix: Matrix) -> str:
    title = [f"**{markdown.escape(matrix.title)}**"] if matrix.title.strip() else []
    return "\n\n".join([*title, table(matrix)]) + "\n"


def table(matrix: Matrix, ids: str = "", linked: Collection[tuple[int, int]] = ()) -> str:
    """The table without its title, its notes and legend.

    The cells in `linked` (row, column) are anchors `<ids>cell-<row>-<column>`, and lead to `<ids>evidence-<row>-<column>`.
    """
    numbered = matrix.numbered()
    aligned = "---" if matrix.show == "quotes" else ":---:"
    rows = markdown.table(
        ["", *map(markdown.escape, matrix.columns)],
        ["---", *(aligned for _ in matrix.columns)],
        [_row(matrix, numbered, at, ids, linked) for at in range(len(matrix.rows))],
    )
    notes = [f"{_raised(number)} {markdown.escape(text)}" for number, text in numbered.texts.items()]
    said = [markdown.paragraph(line) for line in remarks(matrix)]
    return "\n\n".join(["\n".join(rows), *notes, *said])


def _row(matrix: Matrix, numbered: Numbered, at: int, ids: str, linked: Collection[tuple[int, int]]) -> list[str]:
    row = matrix.rows[at]
    cells = [
        (_linked(cell, ids, f"{at}-{column}") if (at, column) in linked else markdown.escape_lines(printed(cell)))
        + _raised(numbered.cells.get((at, column)))
        for column, cell in enumerate(row.cells)
    ]
    return [markdown.escape(row.label) + _raised(numbered.labels.get(at)), *cells]


def _linked(cell: Cell, ids: str, place: str) -> str:
    # A mark printed as a blank leads to its evidence too, so it needs something to be pointed at
    shown = markdown.escape_lines(printed(cell)) if printed(cell).strip() else "&nbsp;&nbsp;&nbsp;"
    return f'<a id="{ids}cell-{place}"></a>[{shown}](#{ids}evidence-{place})'


def _raised(number: int | None) -> str:
    return "" if number is None else f"<sup>{number}</sup>"
