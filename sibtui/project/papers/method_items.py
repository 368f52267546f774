"""The author's own answers to items of a reporting standard for methods, such as COREQ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import as_name
from sibtui.model.drafts import MethodAnswer
from sibtui.model.method_standards import KEYS
from sibtui.model.names import resolve_name
from sibtui.store import method_answers as rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.store.connection import Store


def checked_answers(given: Mapping[str, str]) -> dict[str, str]:
    """Return a map: key of an item of a reporting standard, such as “sampling” → its answer, on one line.

    `given` is the map as typed by the user. Raises NotFoundError for an unknown item.
    """
    return {
        resolve_name("item of the methods", as_name(item), KEYS): " ".join(as_name(text).split())
        for item, text in given.items()
    }


def set_answers(store: Store, given: Mapping[str, str]) -> None:
    """Store answers: key of an item → text. An empty text removes the stored answer.

    Call this inside an act (one step of undo).
    """
    known = {answer.item: answer for answer in rows.answers(store)}
    for item, text in given.items():
        there = known.get(item)
        if there is None and text:
            rows.add_answer(store, MethodAnswer(item, text))
        elif there is not None and not text:
            rows.remove_answer(store, there.uid)
        elif there is not None and text != there.text:
            rows.set_answer(store, there.uid, MethodAnswer(item, text))
