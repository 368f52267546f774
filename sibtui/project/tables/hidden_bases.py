"""The stored evidence of judgements and summaries in a blind round of coding.

A matrix is read without this evidence. When the matrix is saved, the evidence is added again, so that it is not lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.frozen import replace

if TYPE_CHECKING:
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.project.shared.base import Session


def bases_hidden(session: Session, definition: MatrixDefinition) -> MatrixDefinition:
    """Return a saved matrix. In a blind round, it comes without the stored evidence of judgements and summaries."""
    return definition if session.blind is None else _without_bases(definition)


def bases_restored(session: Session, definition: MatrixDefinition, stored: MatrixDefinition | None) -> MatrixDefinition:
    """Return a matrix to be saved. In a blind round, its judgements and summaries get their stored evidence again.

    `bases_hidden` had removed this evidence. `stored` is the saved matrix before the change. Raises InputError for a
    new judgement in a blind round.
    """
    if session.blind is None:
        return definition
    there = () if stored is None else stored.judgements
    known = {_facts(each): each for each in there} | {(each.row, *_facts(each)): each for each in there}
    judgements = []
    for each in definition.judgements:
        before = known.get((each.row, *_facts(each))) or known.get(_facts(each))  # an edit may rename the row
        if before is None and each.basis is None and not each.fingerprint:
            session.refuse_in_blind_round("A judgement")
        judgements.append(each if before is None else replace(each, basis=before.basis))
    bases = {} if stored is None else {each.uid: each.basis for each in stored.summaries}
    summaries = tuple(replace(each, basis=bases.get(each.uid, each.basis)) for each in definition.summaries)
    return replace(definition, judgements=tuple(judgements), summaries=summaries)


def _without_bases(definition: MatrixDefinition) -> MatrixDefinition:
    return replace(
        definition,
        judgements=tuple(replace(each, basis=None) for each in definition.judgements),
        summaries=tuple(replace(each, basis=None) for each in definition.summaries),
    )


def _facts(judgement: Judgement) -> tuple[str, ...]:
    return judgement.column, judgement.verdict, judgement.because, judgement.coder, judgement.at
