"""Rows of memos on the project, a source, a case, a code or a matrix. Memos on codings are stored with the codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.records import MemoTarget
    from sibtui.store.connection import Store


def memos(store: Store, paths: Mapping[int, str]) -> list[Memo]:
    """Return all memos except those on codings, oldest first. `paths` maps code ids to codebook paths."""
    rows = store.query(
        "SELECT m.id, m.target, coalesce(s.name, c.label, x.name, ''), m.code_id, m.title, m.text, r.name, m.created, m.uid"
        " FROM memos m JOIN coders r ON r.id = m.coder_id LEFT JOIN sources s ON s.id = m.source_id"
        " LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN matrices x ON x.id = m.matrix_id ORDER BY m.id"
    )
    return [
        Memo(number, target, of if code is None else paths[code], title, text, coder, created, uid)
        for number, target, of, code, title, text, coder, created, uid in rows
    ]


def add_memo(
    store: Store, target: MemoTarget, of: int | None, title: str, text: str, coder: int, created: str, *, uid: str = ""
) -> int:
    """Insert a memo, and return its id.

    `target` is the kind of item that the memo is about, such as "source". `of` is the id of the item; None for the
    project. `coder` is the id of the coder.
    """
    column = "" if target == "project" else f", {target}_id"
    return store.change(
        f"INSERT INTO memos (target, title, text, coder_id, created, uid{column})"
        f" VALUES (?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))){', ?' if column else ''})",
        [target, title, text, coder, created, uid, *([] if of is None else [of])],
    )


def set_memo(store: Store, memo: int, title: str, text: str) -> None:
    """Set the title and text of a memo. If the memo already has this title and text, no row is changed."""
    store.change(
        "UPDATE memos SET title = ?, text = ? WHERE id = ? AND (title IS NOT ? OR text IS NOT ?)",
        (title, text, memo, title, text),
    )


def remove_memo(store: Store, memo: int) -> None:
    store.change("DELETE FROM memos WHERE id = ?", (memo,))
