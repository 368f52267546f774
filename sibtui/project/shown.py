"""A computed matrix that can write itself in any format."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Self

from sibtui.formats.registry import MATRIX_DOCUMENTS, MATRIX_SUFFIXES, matrix_document, matrix_format_of, render_matrix
from sibtui.model.matrix import Matrix

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.matrix import Cell

FILE_FORMATS = (*MATRIX_SUFFIXES, *(f".{name}" for name in MATRIX_DOCUMENTS))
"""How the name of a file can end that a matrix is written to."""


def format_of(file: Path) -> str:
    """The format that a file's name asks for by its end. InputError when it asks for none."""
    suffix = file.suffix.lower().removeprefix(".")
    return suffix if suffix in MATRIX_DOCUMENTS else matrix_format_of(file)


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

    def write(self, file: Path, *, force: bool = False) -> str:
        """Write the matrix to a file in the format that its name ends in; which one it was. ConflictError when it exists, unless `force`."""
        from sibtui.project.output import write_file  # noqa: PLC0415 - most matrices are only looked at

        form = format_of(file)
        chunks = [matrix_document([self], form)] if form in MATRIX_DOCUMENTS else [render_matrix(self, form).encode()]
        write_file(file, chunks, force=force)
        return form
