"""Computed matrices, with a method for each format in which they can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import sibtui
from sibtui.formats.registry import format_of, render_bytes, render_text
from sibtui.model.arguments import AnyPath, as_path, maybe_whole
from sibtui.model.matrix import Cell, Matrix
from sibtui.model.names import resolve_name
from sibtui.model.patterns import pattern_groups
from sibtui.model.table import free_name

if TYPE_CHECKING:
    from sibtui.formats.documents.model import Document


class ShownMatrix(Matrix):
    """The computed matrix that `project.matrices.show` returns, with a method for each file format.

    >>> matrix = project.matrices.show("table-1")
    >>> matrix
    <ShownMatrix 'table-1': 10 rows, 4 columns>
    """

    __slots__ = ()

    @classmethod
    def of(cls, matrix: Matrix) -> Self:
        """Return a matrix as a ShownMatrix.

        >>> ShownMatrix.of(project.matrices.show("table-1")).name
        'table-1'
        """
        return cls(*(getattr(matrix, name) for name in Matrix.__match_args__))

    def cell(self, row: str, column: str) -> Cell:
        """Return the cell in a row and a column, given by their labels.

        Raises NotFoundError when a label is unknown, AmbiguousError when it is not unique.

        >>> project.matrices.show("table-1").cell("More flexible workload distribution", "SIB A").quotes
        6
        """
        cells = {line.label: line.cells for line in self.rows}
        return cells[resolve_name("row", row, cells)][self.columns.index(resolve_name("column", column, self.columns))]

    def patterns(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return groups of rows. The rows of a group are present in the same number of columns.

        Each group is (words for this number, labels of the rows). The group with the most columns comes first.

        >>> [(words, len(labels)) for words, labels in project.matrices.show("table-1").patterns()]
        [('in all 4', 4), ('in 3 of 4', 5), ('in 2 of 4', 1)]
        """
        return [(words, tuple(row.label for row in rows)) for words, rows in pattern_groups(self.rows)]

    def __repr__(self) -> str:
        return f"<ShownMatrix {self.name or self.title!r}: {len(self.rows)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        from sibtui.formats.documents.renderers.html import fragment

        return fragment(self._document())

    def to_dicts(self) -> list[dict[str, str]]:
        """Return a dict for each row.

        Each dict has the label of the row under `label`, and the mark of each cell under the label of its column. If a
        column has the label “label”, the label of the row is under `label 2`.

        >>> project.matrices.show("table-1").to_dicts()[1]
        {'label': 'More flexible workload distribution', 'SIB A': 'X', 'SIB B': '', 'SIB C': 'X', 'SIB D': 'X'}
        """
        from sibtui.formats.documents.matrix_parts import printed_mark

        key = free_name("label", set(self.columns))
        return [
            {key: row.label} | dict(zip(self.columns, map(printed_mark, row.cells), strict=True)) for row in self.rows
        ]

    def to_pandas(self) -> Any:
        """Return the marks of the cells as a pandas.DataFrame.

        The index has the labels of the rows, and the columns have the labels of the matrix columns. Raises
        ModuleNotFoundError if pandas is not installed (`pip install 'sibtui[pandas]'`).
        """
        import pandas as pd

        key = free_name("label", set(self.columns))
        return pd.DataFrame(self.to_dicts(), columns=[key, *self.columns]).set_index(key)

    def to_text(self, *, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the field's word
        """Return the table as plain text, at most `width` terminal cells wide.

        With `ascii`, marks that are not ASCII are replaced. Raises OutOfRangeError for a width below 1.

        >>> print(project.matrices.show("table-1", cases="SIB A").to_text(width=60, ascii=True).splitlines()[0])
        Table 1. Types of strengths-based working in each SIB.
        """
        return render_text(self._document(), "table", width=maybe_whole("width", width, 1), ascii=ascii)

    def to_csv(self) -> str:
        """Return the marks of the cells as CSV with a header. The footnotes on cells are in separate columns.

        >>> print(project.matrices.show("table-1").to_csv().splitlines()[2])
        More flexible workload distribution,X,,X,X,,,,,
        """
        return render_text(self._document(), "csv")

    def to_json(self) -> str:
        """Return the matrix as JSON for other programs, with all facts about each cell.

        >>> import json
        >>> json.loads(project.matrices.show("table-1").to_json())["columns"]
        ['SIB A', 'SIB B', 'SIB C', 'SIB D']
        """
        return render_text(self._document(), "json")

    def to_markdown(self) -> str:
        """Return the table in GitHub Markdown. The footnotes and the legend of the marks are below it.

        >>> print(project.matrices.show("table-1", cases="SIB A").to_markdown().splitlines()[4])
        | Brokering/coaching by staff (EX: link workers) | X |
        """
        return render_text(self._document(), "md")

    def to_html(self) -> str:
        """Return a complete web page with the table.

        >>> "<table" in project.matrices.show("table-1").to_html()
        True
        """
        return render_text(self._document(), "html")

    def to_tabs(self) -> str:
        r"""Return the table and its footnotes with tabs between the cells, for a document or a spreadsheet.

        >>> project.matrices.show("table-1").to_tabs().splitlines()[2]
        'Brokering/coaching by staff (EX: link workers)\tX\tX\tX\tX'
        """
        return render_text(self._document(), "tabs")

    def to_latex(self) -> str:
        r"""Return the table in LaTeX, for a document that includes it with `\input`.

        >>> "tabular" in project.matrices.show("table-1").to_latex()
        True
        """
        return render_text(self._document(), "latex")

    def write(self, file: AnyPath, *, force: bool = False) -> str:
        """Write the matrix to a file in the format of the file extension, and return the name of the format.

        Raises ConflictError when the file exists and `force` is not set, InputError for an unknown extension.

        >>> project.matrices.show("table-1").write("table-1.docx")
        'docx'
        """
        from sibtui.project.exporting.safe_write import write_file

        form = format_of(as_path(file))
        write_file(file, [render_bytes(self._document(), form)], force=force)
        return form

    def picture(self) -> sibtui.HeatMap:
        """Return the heat map of the matrix. The shade of a cell shows the number in the cell.

        If the cells show marks, the shade shows the number of firm (not tentative) quotes. Raises InputError for a
        matrix with texts in its cells, and for a matrix that is empty or too large.

        >>> project.matrices.show("table-1", show="count").picture().largest
        17
        """
        from sibtui.model.pictures.heat_maps import heat_map

        return heat_map(self)

    def picture_text(self, *, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the option's name
        """Return the heat map as text, at most `width` terminal columns wide.

        The default width is 80; a width from 1 to 39 counts as 40. With `ascii`, all characters are ASCII, but
        labels stay unchanged. Raises OutOfRangeError for a width below 1, and the errors of `picture`.

        >>> print(project.matrices.show("table-1", show="count").picture_text().splitlines()[0])
        Table 1. Types of strengths-based working in each SIB.
        """
        from sibtui.project.exporting.pictures import picture_text

        return picture_text(self.picture(), width=width, ascii=ascii)

    def write_picture(self, file: AnyPath, *, force: bool = False) -> str:
        """Write the heat map to a file, and return its format: "svg", "png" or "pdf", by the file extension.

        The same matrix gives the same bytes. The method needs `pip install 'sibtui[pictures]'`. Raises ConflictError
        when the file exists and `force` is not set, InputError for another file extension. Also raises the errors of
        `picture`.

        >>> project.matrices.show("table-1", show="count").write_picture("table-1.pdf")
        'pdf'
        """
        from sibtui.project.exporting.pictures import write_picture

        return write_picture(file, self.picture, force=force)

    def _document(self) -> Document:
        from sibtui.formats.documents.matrix import matrix_document

        return matrix_document(self)
