"""A matrix as a table of GitHub Markdown, with its notes and legend in paragraphs below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats import markdown
from sibtui.formats.matrix_parts import printed, remarks

if TYPE_CHECKING:
    from sibtui.model.matrix import Matrix, Numbered


def render(matrix: Matrix) -> str:
    numbered = matrix.numbered()
    aligned = "---" if matrix.show == "quotes" else ":---:"
    table = markdown.table(
        ["", *map(markdown.escape, matrix.columns)],
        ["---", *(aligned for _ in matrix.columns)],
        [_row(matrix, numbered, at) for at in range(len(matrix.rows))],
    )
    title = [f"**{markdown.escape(matrix.title)}**"] if matrix.title.strip() else []
    notes = [f"{_raised(number)} {markdown.escape(text)}" for number, text in numbered.texts.items()]
    said = [markdown.paragraph(line) for line in remarks(matrix)]
    return "\n\n".join([*title, "\n".join(table), *notes, *said]) + "\n"


def _row(matrix: Matrix, numbered: Numbered, at: int) -> list[str]:
    row = matrix.rows[at]
    cells = [
        markdown.escape_lines(printed(cell)) + _raised(numbered.cells.get((at, column)))
        for column, cell in enumerate(row.cells)
    ]
    return [markdown.escape(row.label) + _raised(numbered.labels.get(at)), *cells]


def _raised(number: int | None) -> str:
    return "" if number is None else f"<sup>{number}</sup>"
