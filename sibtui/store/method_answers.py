"""Rows of the author's answers to the questions of a reporting standard for qualitative studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import MethodAnswer

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def answers(store: Store) -> list[MethodAnswer]:
    """Return the author's answers to the questions of a reporting standard, in the order in which they are stored."""
    return [
        MethodAnswer(*row) for row in store.query("SELECT item, text, uid FROM method_answers ORDER BY position, id")
    ]


def add_answer(store: Store, answer: MethodAnswer) -> None:
    """Add an answer at the end of the list of answers."""
    store.change(
        "INSERT INTO method_answers (item, text, uid, position) VALUES (?, ?,"
        " coalesce(nullif(?, ''), lower(hex(randomblob(16)))), 1 + (SELECT coalesce(max(position), 0) FROM method_answers))",
        (answer.item, answer.text, answer.uid),
    )


def set_answer(store: Store, uid: str, answer: MethodAnswer) -> None:
    """Replace the fields of the answer with the lasting id `uid`, which is the same in all copies of the study."""
    store.change("UPDATE method_answers SET item = ?, text = ? WHERE uid = ?", (answer.item, answer.text, uid))


def remove_answer(store: Store, uid: str) -> None:
    store.change("DELETE FROM method_answers WHERE uid = ?", (uid,))
