"""A computed matrix that can write itself in any format."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Self

from sibtui.formats.registry import render_matrix
from sibtui.model.matrix import Matrix

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell


class ShownMatrix(Matrix):
    """What `project.matrices.show` returns: a `Matrix` with the formats at hand."""

    __slots__ = ()

    @classmethod
    def of(cls, matrix: Matrix) -> Self:
        return cls(*(getattr(matrix, field.name) for field in fields(Matrix)))

    def cell(self, row: str, column: str) -> Cell:
        """The cell at a row's and a column's label. KeyError when there is none."""
        cells = {line.label: line.cells for line in self.rows}
        return cells[row][{label: at for at, label in enumerate(self.columns)}[column]]

    def to_text(self, *, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the field's word
        return render_matrix(self, "table", width=width, ascii=ascii)

    def to_csv(self) -> str:
        return render_matrix(self, "csv")

    def to_json(self) -> str:
        return render_matrix(self, "json")

    def to_markdown(self) -> str:
        return render_matrix(self, "md")

    def to_html(self) -> str:
        return render_matrix(self, "html")

    def to_latex(self) -> str:
        return render_matrix(self, "latex")
