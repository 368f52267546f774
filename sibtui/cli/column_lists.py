"""The columns in the option `--cases` of the commands that save a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.cli.options import names_of
from sibtui.model.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project


def column_labels(study: Project, table: MatrixDefinition) -> Sequence[str]:
    """Return the labels of all columns that a table could show."""
    without_rows = replace(table, rows=(), rows_from="", rows_below="", only=(), judgements=(), summaries=())
    return study.matrices.show(without_rows).columns


def columns_in(texts: Sequence[str], study: Project, table: MatrixDefinition) -> tuple[str, ...]:
    """Return the labels of the columns that the option `--cases` names.

    `texts` are the values of the option: each is one label, or several labels with commas between them.
    """
    return names_of(texts, lambda: column_labels(study, table))
