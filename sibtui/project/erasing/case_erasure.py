"""The erasure of a case without sources: its label, private name, attributes, memos, and columns in matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.folding import name_key
from sibtui.project.erasing.withdrawal_values import STATES
from sibtui.store import cases as case_rows
from sibtui.store import erasure, source_traces

if TYPE_CHECKING:
    from sibtui.project.erasing.withdrawal_values import ErasureTally
    from sibtui.store.connection import Store


def erase_case(store: Store, label: str, tally: ErasureTally) -> None:
    """Erase a case with all its rows. The earlier states of these rows are also erased from the history.

    Call this inside `with erasure.erasing(…)`, a change that cannot be undone.
    """
    case = case_rows.case_ids(store)[label]
    life = source_traces.present_lifetime(store, "cases", case)
    names = {
        name
        for column in ("label", "private_name")
        for name in source_traces.values_of(store, "cases", column, life, by="id")
    }
    for table, word in (("case_values", "attribute value"), ("memos", "memo"), ("matrix_columns", "table column")):
        tally.erased[word] += int(store.scalar(f"SELECT count(*) FROM {table} WHERE case_id = ?", (case,)))
    columns = [row[0] for row in store.query("SELECT id FROM matrix_columns WHERE case_id = ?", (case,))]
    images = source_traces.remove_columns(store, columns, ())
    images += erasure.images_of(store, "cases", "id", [case])
    for table in ("case_values", "memos", "matrix_columns", "topics"):
        images += erasure.images_of(store, table, "case_id", [case])
    tally.acts.update(erasure.touched_acts(store, images))
    tally.erased[STATES] += erasure.blank_images(store, images)
    case_rows.remove_case(store, case)
    others = {name_key(other) for other in source_traces.other_names(store, 0)}
    tally.names += sorted(name for name in names if name_key(name) not in others)
    tally.labels.update(names)
    tally.cases.append(label)
    tally.erased["case"] += 1
