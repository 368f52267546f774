"""The kinds of columns that a table can have, such as cases or sources, and the labels of the columns of a kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project


def kinds_of_columns(project: Project) -> list[tuple[str, str]]:
    """Return (kind, label) for each kind of columns that a table of the study can have, such as `cases`.

    The label is for a menu. If cases and sources have an attribute with the same name, the kind also has the word
    `case` or `source`.
    """
    attributes = project.attributes.list()
    count = Counter(attribute.name for attribute in attributes)
    found = [(kind, kind) for kind in ("cases", "sources", "kinds", "coders")]
    for attribute in attributes:
        owner = f"{attribute.of} " if count[attribute.name] > 1 else ""
        found.append((f"{owner}attribute:{attribute.name}", f"values of {one_line(attribute.name)} ({attribute.of}s)"))
    return found


def column_labels(project: Project, table: MatrixDefinition) -> Sequence[str]:
    """Return the labels of all possible columns of a table, including columns that the table does not show."""
    bare = replace(table, rows=(), rows_from="", rows_below="", only=(), judgements=(), summaries=())
    return project.matrices.show(bare).columns
