"""The tasks that are left before a matrix cell is complete: sources to read, and codings that need a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.cell_basis import Gap
    from sibtui.model.matrix import Cell
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.segments import Segment
    from sibtui.project import Project


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A task that is left for a matrix cell: a source to read, or a coding that needs a case.

    `text` is the name of the source, or the quote. `why` states what is missing.
    """

    source: str
    text: str
    why: str
    segment: Segment | None = None


def open_places(
    project: Project, definition: MatrixDefinition, row: str, column: str, cell: Cell
) -> Sequence[OpenPlace]:
    """Return the tasks that are left for a matrix cell: sources to read, then codings without a case.

    `row` and `column` are labels.
    """
    return [*_unread(project, cell), *_waiting(project, definition, row, column, cell)]


def _unread(project: Project, cell: Cell) -> Iterator[OpenPlace]:
    for gap in cell.gaps:
        title = project.sources.get(gap.source).title
        named = f"{gap.source} · {title}" if title and title != gap.source else gap.source
        yield OpenPlace(gap.source, one_line(named), _due(gap))


def _due(gap: Gap) -> str:
    if gap.codes:
        return f"not read for {one_line(', '.join(map(short, gap.codes)))}"
    if gap.coders:
        return f"not read by {one_line(', '.join(gap.coders))}"
    return "unread"


def _waiting(project: Project, definition: MatrixDefinition, row: str, column: str, cell: Cell) -> Iterator[OpenPlace]:
    if not cell.waiting:
        return
    for coding in project.matrices.waiting(definition, row, column):
        yield OpenPlace(
            coding.source, one_line(f"{coding.source} · {coding.quote}"), "waits for its case", coding.segment
        )
