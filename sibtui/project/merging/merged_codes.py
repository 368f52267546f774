"""Writing the codes of a merge, and their lineage (the record of changes), to the open study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.codebook import path_key
from sibtui.model.drafts import CodeProposalDraft
from sibtui.model.lasting_ids import proposal_id
from sibtui.model.records import Code, Lineage
from sibtui.model.study_items import CODE_PARENT, CODE_STATUS, FIELDS
from sibtui.project.tables.codebook_rows import labels_kept
from sibtui.store import codes as code_rows
from sibtui.store import proposals as proposal_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.study_items import ItemFields, ItemKey
    from sibtui.project.merging.merged_changes import MergedChanges


CODE_DEFINITION = FIELDS["code"].index("definition")


def write_codes(changes: MergedChanges) -> None:
    """Write the codes that the merge adds or changes. Each code is written before its sub-codes.

    Removed codes keep their rows for now: `merged_rows` deletes these rows after nothing refers to them.
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
    """Give a temporary name to each code whose present name will be the name of another code.

    Only names below the same parent are compared.
    """
    wanted = {(fields[CODE_PARENT], fields[0]): key for key, fields in changes.after.kinds["code"].items()}
    rows = {code.uid: code for code in code_rows.codes(changes.store)}
    for key, fields in changes.before.kinds["code"].items():
        if wanted.get((fields[CODE_PARENT], fields[0]), key) != key:
            code_rows.set_code(changes.store, replace(rows[key], name=key))
    _free_keys(changes)


def _free_keys(changes: MergedChanges) -> None:
    """Remove the key (letter on the screen) of each code that does not keep this key in the merge.

    Then the merge can give these keys to other codes.
    """
    after, at = changes.after.kinds["code"], FIELDS["code"].index("key")
    for code in code_rows.codes(changes.store):
        if code.key is not None and (code.uid not in after or after[code.uid][at] != code.key):
            code_rows.set_code(changes.store, replace(code, key=None))


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
        status=status, colour=colour, key=letter,
    )  # fmt: skip
    if changed != own:
        code_rows.set_code(store, changed)


def propose_new_codes(
    changes: MergedChanges, makers: Mapping[ItemKey, tuple[str, str]], coders: Mapping[str, str]
) -> None:
    """Add a proposal for each new code that has the status “proposed” in the other study.

    `makers` is a map: key of a code → (coder who added the code in the other study, time). `coders` is a map: name
    of a coder in the other study → name in this study. A code that has a proposal already gets no second proposal.
    The id of a proposal is computed from the code, so two merges of one study give the same id.
    """
    store = changes.store
    known = proposal_rows.proposals(store, {code.id: code.path for code in code_rows.codes(store)})
    proposed = {path_key(path) for each in known for path in (each.path, each.code)}
    for key, fields in changes.added("code"):
        path = changes.after.path(key)
        if key in makers and fields[CODE_STATUS] == "proposed" and path_key(path) not in proposed:
            maker, at = makers[key]
            name = coders.get(maker, maker)
            draft = CodeProposalDraft(path, fields[CODE_DEFINITION], name, at, uid=proposal_id(key))
            proposal_rows.add_proposal(store, draft, study_rows.coder_id(store, name), at, None)
