"""Memos as the screen edits them: each coder has one text per item. An empty text removes the memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import MemoDraft

if TYPE_CHECKING:
    from sibtui.model.records import MemoTarget
    from sibtui.project import Project


def memo_of(project: Project, on: MemoTarget, of: str) -> tuple[int | None, str]:
    """Return (id, text) of the current coder's newest memo on an item; (None, "") without a memo.

    `on` is the kind of item, such as "source". `of` is the name of the item (for a coding, its id).
    """
    mine = [memo for memo in project.memos.list(on=on, of=of) if memo.coder == project.coder]
    return (mine[-1].id, mine[-1].text) if mine else (None, "")


def write_memo(project: Project, on: MemoTarget, of: str, number: int | None, text: str) -> str:
    """Write a new memo on an item if `number` is None, or change the memo with the id `number`. Return a message.

    An empty text removes the memo. `on` and `of` are as in `memo_of`.
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
