"""`project.memos`: notes on anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.filters import CodingFilter
from sibtui.model.names import resolve_name
from sibtui.model.records import MEMO_TARGETS, Memo
from sibtui.project.base import Noun
from sibtui.project.codings import Codings
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.drafts import MemoDraft
    from sibtui.model.records import MemoTarget


class Memos(Noun):
    def list(self, *, on: MemoTarget | None = None, of: str | None = None) -> Sequence[Memo]:
        """The memos, oldest first, or those on a kind of thing, or on one thing; a coding's memo is listed with the number 0."""
        found = rows.memos(self._store, self._session.paths()) if on != "coding" else []
        if on in {None, "coding"}:
            found += self._of_codings()
        wanted = None if of is None or on is None else self._named(on, of)
        return [memo for memo in found if (on is None or memo.on == on) and (wanted is None or memo.of == wanted)]

    def _of_codings(self) -> Sequence[Memo]:
        return [
            Memo(0, "coding", str(coding.id), "", coding.memo, coding.coder, coding.created)
            for coding in Codings(self._session).list(CodingFilter())
            if coding.memo
        ]

    def get(self, number: int) -> Memo:
        for memo in rows.memos(self._store, self._session.paths()):
            if memo.id == number:
                return memo
        raise NotFoundError(f"There is no memo {number}: `sibtui memo list` shows their numbers.")

    def add(self, draft: MemoDraft) -> Memo:
        """Write a memo. On a coding it becomes the coding's own memo, after what stands there."""
        if not draft.text.strip():
            raise InputError("A memo needs a text.")
        with self._session.act("memo add", f"memo on {draft.on} {draft.of}".rstrip()):
            number = self.insert(draft)
        if draft.on == "coding":
            return next(memo for memo in self._of_codings() if memo.of == str(number))
        return self.get(number)

    def insert(self, draft: MemoDraft) -> int:
        """Write a memo inside an act: its number, or the coding's."""
        if draft.on not in MEMO_TARGETS:
            raise InputError(f"“{draft.on}” cannot have a memo: there are {', '.join(MEMO_TARGETS)}.")
        if draft.on == "coding":
            codings = Codings(self._session)
            coding = codings.get(_number(draft.of))
            text = draft.text if not coding.memo else f"{coding.memo}\n{draft.text}"
            codings.set(coding.id, memo=text)
            return coding.id
        coder = study_rows.coder_id(self._store, draft.coder or self._session.coder)
        created = draft.created or self._session.now()
        return rows.add_memo(
            self._store, draft.on, self._id(draft.on, draft.of), draft.title, draft.text, coder, created
        )

    def set(self, number: int, *, title: str | None = None, text: str | None = None) -> Memo:
        with self._session.act("memo set", f"memo {number}"):
            memo = self.get(number)
            if text is not None and not text.strip():
                raise InputError("A memo needs a text: `sibtui memo remove` takes it away.")
            rows.set_memo(
                self._store, number, memo.title if title is None else title, memo.text if text is None else text
            )
        return self.get(number)

    def remove(self, number: int) -> Memo:
        with self._session.act("memo remove", f"memo {number}"):
            memo = self.get(number)
            rows.remove_memo(self._store, number)
        return memo

    def _named(self, on: MemoTarget, of: str) -> str:
        """The full name of what a memo is on."""
        if on == "code":
            return self._session.code(of).path
        if on in {"project", "coding"}:
            return of
        names = {
            "source": self._store.query("SELECT name FROM sources"),
            "case": self._store.query("SELECT label FROM cases"),
            "matrix": self._store.query("SELECT name FROM matrices"),
        }[on]
        return resolve_name(on, of, [row[0] for row in names])

    def _id(self, on: MemoTarget, of: str) -> int | None:
        if on == "project":
            return None
        if on == "source":
            return self._session.source_id(of)
        if on == "case":
            return self._session.case_id(of)
        if on == "code":
            return self._session.code(of).id
        known = matrix_rows.names(self._store)
        return known[resolve_name("matrix", of, known)]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise InputError(f"“{text}” is not the number of a coding: `sibtui coding list` shows their numbers.")
    return int(text)
