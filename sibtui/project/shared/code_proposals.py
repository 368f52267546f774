"""The proposals of codes, with the names that the codes have now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.lasting_ids import proposal_id
from sibtui.store import codes as code_rows
from sibtui.store import proposals as rows

if TYPE_CHECKING:
    from sibtui.model.records import CodeProposal
    from sibtui.store.connection import Store


def present_proposals(store: Store) -> list[CodeProposal]:
    """Return all proposals of codes, oldest first.

    An open proposal may come from a merge of two studies: it is then a proposal to accept a code that the merge has
    added. Such a proposal has the present path of the code, even if the code was renamed or moved.
    """
    codes = code_rows.codes(store)
    found = rows.proposals(store, {code.id: code.path for code in codes})
    if not found:
        return found
    of_merges = {proposal_id(code.uid): code.path for code in codes}
    return [replace(each, path=of_merges.get(each.uid, each.path)) if each.state == "open" else each for each in found]
