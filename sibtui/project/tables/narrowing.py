"""Changes of a matrix definition for one display only: other columns, thresholds, codings or contents of cells.

The saved definition does not change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import Names, as_names, as_rounds, choice, choices
from sibtui.model.frozen import replace
from sibtui.model.matrix_definition import CELLS, MatrixDefinition, Show
from sibtui.model.names import resolve_name
from sibtui.model.records import KINDS
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.filters import EvidenceFilter
    from sibtui.model.presence import Rule, State
    from sibtui.project.shared.base import Session


def narrowed_definition(
    session: Session,
    definition: MatrixDefinition,
    narrowed: EvidenceFilter,
    cases: Names = (),
    rule: Rule | None = None,
) -> MatrixDefinition:
    """Return a definition limited to the columns `cases` and the codings that the filter `narrowed` finds.

    `rule` replaces the thresholds from which a cell counts as present. Coders, rounds and kinds of source in
    `narrowed` replace those of the definition. In a blind round of coding, only the codings of this round count.

    Judgements and summaries are about the saved definition. Both are left out if the filter changes the set of codings
    that count. If only the thresholds change, only the judgements are left out.
    """
    coders = [coder.name for coder in study_rows.coders(session.store)]
    if (hiding := session.blind) is not None:
        narrowed = replace(narrowed, coders=session.coder, rounds=hiding.number)
    other = replace(
        definition,
        kinds=choices("kind of source", narrowed.kinds, KINDS) or definition.kinds,
        coders=tuple(resolve_name("coder", name, coders) for name in as_names(narrowed.coders)) or definition.coders,
        rounds=as_rounds(narrowed.rounds) or definition.rounds,
        rule=rule or definition.rule,
    )
    part = bool(narrowed.where) or _counted(other) != _counted(definition)
    unlike = part or other.rule != definition.rule
    definition = other
    picks = as_names(cases)
    if picks:
        known = MatrixInputs(session, replace(definition, only=())).labels
        definition = replace(
            definition, only=tuple(dict.fromkeys(resolve_name("column", name, known) for name in picks))
        )
    if part:
        definition = replace(definition, summaries=())
    return replace(definition, judgements=()) if unlike else definition


def _counted(definition: MatrixDefinition) -> tuple[frozenset[str | int], ...]:
    return (
        frozenset(as_names(definition.kinds)),
        frozenset(as_names(definition.coders)),
        frozenset(as_rounds(definition.rounds)),
    )


def as_shown(definition: MatrixDefinition, show: Show | None, marks: Mapping[State, str] | None) -> MatrixDefinition:
    """Return a definition with other contents of cells (`show`, such as counts) and with other marks.

    States that are not in `marks` keep their marks. An argument that is None changes nothing.
    """
    if marks:
        from sibtui.project.tables.definition_check import checked_marks

        definition = replace(definition, marks={**definition.marks, **checked_marks(marks)})
    return definition if show is None else replace(definition, show=choice("content of cells", show, CELLS))
