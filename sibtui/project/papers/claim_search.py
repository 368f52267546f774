"""The search for sentences in a draft that may be claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sibtui
from sibtui.model.claims.candidates import candidates
from sibtui.model.table import Table
from sibtui.model.text import plural
from sibtui.store import cases as case_rows

if TYPE_CHECKING:
    from sibtui.project.papers.draft_file import PaperDraft
    from sibtui.project.shared.base import Session


def claim_candidates(session: Session, draft: PaperDraft) -> Table:
    rows = [(definition.name, row.label) for definition in sibtui.Matrices(session).list() for row in definition.rows]
    found, at, line = [], 0, 1
    for each in candidates(draft.text, rows, case_rows.case_ids(session.store)):
        line += draft.text.count("\n", at, each.start)
        at = each.start
        found.append((draft.place(line), each.sentence, each.quantifiers, each.words, each.rows))
    below = f"{plural(len(found), 'sentence')} of {draft.name} may be {'a claim' if len(found) == 1 else 'claims'} about the tables: decide on each."
    return Table(
        (draft.unit, "sentence", "quantifiers", "words", "rows"), tuple(found), "Candidates for claims", (below,)
    )
