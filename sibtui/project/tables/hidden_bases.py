"""The stored evidence of judgements and summaries in a blind round: hidden when a matrix is read, and kept when it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.project.shared.base import Session


def bases_hidden(session: Session, definition: MatrixDefinition) -> MatrixDefinition:
    """Return a saved matrix as the coder may see it.

    In an open blind round, judgements and summaries have no basis (the evidence stored with them), because the basis
    quotes codings that the round hides.
    """
    return definition if session.blind is None else _without_bases(definition)


def bases_restored(session: Session, definition: MatrixDefinition, stored: MatrixDefinition | None) -> MatrixDefinition:
    """Return a matrix to be saved, with the stored evidence (bases) that `bases_hidden` has hidden.

    `stored` is the same matrix before the change. Raises InputError for a new judgement while the coder has an open
    blind round.
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
    """Return the facts by which a judgement is found among the judgements of a matrix."""
    return judgement.column, judgement.verdict, judgement.because, judgement.coder, judgement.at
