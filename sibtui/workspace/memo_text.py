"""Memos as the screen writes them: each coder has one text per item. An empty text removes the memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import MemoDraft

if TYPE_CHECKING:
    from sibtui.model.records import MemoTarget
    from sibtui.project import Project


def memo_of(project: Project, on: MemoTarget, of: str) -> tuple[int | None, str]:
    """Return the id and the text of the current coder's newest memo on an item. Without a memo, return (None, "").

    `on` is the kind of the item, and `of` is its name, or the id of a coding.
    """
    mine = [memo for memo in project.memos.list(on=on, of=of) if memo.coder == project.coder]
    return (mine[-1].id, mine[-1].text) if mine else (None, "")


def write_memo(project: Project, on: MemoTarget, of: str, number: int | None, text: str) -> str:
    """Write a memo on an item, or change the memo with the id `number`.

    An empty text removes the memo. Return a message. `on` is the kind of the item, and `of` is its name, or the id of a
    coding. If `number` is None, a new memo is written.
    """
    if on == "coding":
        project.codings.set(int(of), memo=text.strip())
    elif number is None and text.strip():
        project.memos.add(MemoDraft(on, of, "", text))
    elif number is not None and text.strip():
        project.memos.set(number, text=text)
    elif number is not None:
        project.memos.remove(number)
    return "Memo saved." if text.strip() else "Memo removed."
