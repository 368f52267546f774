"""Definitions for one display: other columns, thresholds or cells, and no judgements when other evidence counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.arguments import Names, as_names, choice
from sibtui.model.matrix import SHOWS, MatrixDefinition, Show
from sibtui.model.names import resolve_name
from sibtui.project.tables.definition_check import checked_marks
from sibtui.project.tables.matrix_inputs import MatrixInputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.filters import EvidenceFilter
    from sibtui.model.presence import Rule, State
    from sibtui.project.shared.base import Session


def narrowed_definition(
    session: Session, definition: MatrixDefinition, narrowed: EvidenceFilter, cases: Names, rule: Rule | None
) -> MatrixDefinition:
    """Return a checked definition with only the columns `cases`, and with other thresholds.

    Judgements rest on all evidence. So they are left out when the evidence is narrowed or the thresholds are others.
    """
    unlike = bool(narrowed) or (rule is not None and rule != definition.rule)
    picks = as_names(cases)
    if picks:
        known = MatrixInputs(session, replace(definition, only=())).labels
        definition = replace(
            definition, only=tuple(dict.fromkeys(resolve_name("column", name, known) for name in picks))
        )
    return replace(definition, rule=rule or definition.rule, judgements=() if unlike else definition.judgements)


def as_shown(definition: MatrixDefinition, show: Show | None, marks: Mapping[State, str] | None) -> MatrixDefinition:
    """Return a definition with other contents of cells, and with marks in place of its own. None keeps its own."""
    return replace(
        definition,
        show=definition.show if show is None else choice("content of cells", show, SHOWS),
        marks={**definition.marks, **checked_marks(marks or {})},
    )
