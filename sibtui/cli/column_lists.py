"""The columns in the option `--cases` of the commands that save a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.frozen import replace
from sibtui.model.name_lists import names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project


def column_labels(study: Project, table: MatrixDefinition) -> Sequence[str]:
    """Return the labels of all columns that a table could show."""
    without_rows = replace(table, rows=(), rows_from="", rows_below="", only=(), judgements=(), summaries=())
    return study.matrices.show(without_rows).columns


def columns_in(texts: Sequence[str], study: Project, table: MatrixDefinition) -> tuple[str, ...]:
    """Return the labels of the columns that the values of `--cases` name.

    Each value is one label, or several labels with commas between them.
    """
    if not texts:
        return ()
    known = column_labels(study, table) if "," in "".join(texts) else ()
    return tuple(label for text in texts for label in names_in(text, known))
