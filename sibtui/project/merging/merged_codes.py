"""Writing the merged codes, and the events of their history, to the open study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.records import Code, Lineage
from sibtui.model.study_items import CODE_PARENT
from sibtui.project.tables.codebook_rows import labels_kept
from sibtui.store import codes as code_rows

if TYPE_CHECKING:
    from sibtui.model.study_items import ItemFields
    from sibtui.project.merging.merged_changes import MergedChanges


def write_codes(changes: MergedChanges) -> None:
    """Write the codes that differ, each before its sub-codes.

    Removed codes keep their rows until nothing refers to them.
    """
    written = [*changes.added("code"), *changes.changed("code")]
    if written or changes.removed("code"):
        with labels_kept(changes.session):
            _free_names(changes)
            for key, fields in sorted(written, key=lambda each: _depth(changes, each[0])):
                _write(changes, key, fields)
    ids = changes.ids("codes") if (events := changes.added("code event")) else {}
    for (code, *facts), _ in events:
        if code in ids:
            code_rows.add_lineage(changes.store, ids[code], Lineage(*facts))


def _depth(changes: MergedChanges, key: str) -> int:
    depth = 0
    codes = changes.after.kinds["code"]
    while key := codes[key][CODE_PARENT]:
        depth += 1
    return depth


def _free_names(changes: MergedChanges) -> None:
    """Give a temporary name to each code whose name goes to another code below the same parent."""
    wanted = {(fields[CODE_PARENT], fields[0]): key for key, fields in changes.after.kinds["code"].items()}
    rows = {code.uid: code for code in code_rows.codes(changes.store)}
    for key, fields in changes.before.kinds["code"].items():
        if wanted.get((fields[CODE_PARENT], fields[0]), key) != key:
            code_rows.set_code(changes.store, replace(rows[key], name=key))


def _write(changes: MergedChanges, key: str, fields: ItemFields) -> None:
    store = changes.store
    name, above, definition, include, exclude, example, origin, status, colour, letter, since = fields
    codes = {code.uid: code for code in code_rows.codes(store)}
    parent = codes[above].id if above else None
    own = codes.get(key)
    if own is None:
        used = {code.key for code in codes.values()}
        new = Code(
            0, parent, name, "", definition, include, exclude, example, origin, status, colour,
            None if letter in used else letter, since, uid=key,
        )  # fmt: skip
        code_rows.add_code(store, new)
        return
    if own.parent != parent:
        code_rows.move_code(store, own.id, parent)
    changed = replace(
        own, name=name, definition=definition, include=include, exclude=exclude, example=example, origin=origin,
        status=status, colour=colour,
    )  # fmt: skip
    if changed != own:
        code_rows.set_code(store, changed)
