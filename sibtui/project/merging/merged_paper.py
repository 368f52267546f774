"""Writing the claims of a paper, and the answers to questions about its methods, after a merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.claims.claim import Claim, claim_of, facts_in
from sibtui.model.drafts import MethodAnswer
from sibtui.model.study_items import CLAIM_FACTS
from sibtui.project.papers.claim_names import TABLES, ItemNames, named_now
from sibtui.store import claims as claim_rows
from sibtui.store import method_answers as answer_rows

if TYPE_CHECKING:
    from sibtui.model.study_items import ItemFields, ItemKey
    from sibtui.project.merging.merged_changes import MergedChanges


def write_paper_items(changes: MergedChanges) -> None:
    """Add, change and remove claims, and answers about the methods, as the merge requires.

    The merge may exchange the ids of two claims. So a claim that loses its id to another claim first gets a temporary
    id.
    """
    store = changes.store
    for key, _ in changes.removed("claim"):
        claim_rows.remove_claim(store, key)
    for key in changes.freed("claim"):
        if key in changes.after.kinds["claim"]:
            claim_rows.set_claim(store, key, replace(_claim(key, changes.before.kinds["claim"][key]), key=key))
    for key, fields in changes.changed("claim"):
        claim_rows.set_claim(store, key, _claim(key, fields))
    for key, fields in changes.added("claim"):
        claim_rows.add_claim(store, _claim(key, fields))
    _write_answers(changes)


def name_items_in_claims(changes: MergedChanges) -> None:
    """Replace the names of items in claims by the names that these items have after the merge.

    Call this after all items are renamed.
    """
    claims = changes.after.kinds["claim"]
    if not any(fields[CLAIM_FACTS].refs for fields in claims.values()):
        return
    names = ItemNames(changes.session)
    ids = {kind: changes.ids(table) for kind, table in TABLES.items()}
    for key, fields in claims.items():
        claim = _claim(key, fields)
        named = named_now(claim, fields[CLAIM_FACTS], ids, names)
        if named != claim:
            claim_rows.set_claim(changes.store, key, named)


def _write_answers(changes: MergedChanges) -> None:
    store, kind = changes.store, "method answer"
    for key, _ in changes.removed(kind):
        answer_rows.remove_answer(store, key)
    for key in changes.freed(kind):
        if key in changes.after.kinds[kind]:
            answer_rows.set_answer(store, key, MethodAnswer(key, "-", key))
    for key, (item, text) in changes.changed(kind):
        answer_rows.set_answer(store, key, MethodAnswer(item, text, key))
    for key, (item, text) in changes.added(kind):
        answer_rows.add_answer(store, MethodAnswer(item, text, key))


def _claim(key: ItemKey, fields: ItemFields) -> Claim:
    own, text, place, facts, human = fields
    return claim_of(own, text, place, facts_in(facts.words), human, key)
