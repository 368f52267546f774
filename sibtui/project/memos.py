"""`project.memos`: notes on the study, its sources, cases, codes, codings and matrices."""

from __future__ import annotations

from collections.abc import Sequence

import sibtui
from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.arguments import as_name, choice, maybe_choice, with_given
from sibtui.model.deprecation import renamed_arguments
from sibtui.model.filters import CodingFilter
from sibtui.model.names import resolve_name
from sibtui.model.records import MEMO_TARGETS, Memo, MemoTarget
from sibtui.model.text import one_line
from sibtui.project.codings import Codings
from sibtui.project.shared.base import Noun
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as rows
from sibtui.store import study as study_rows


class Memos(Noun):
    """`project.memos`: notes on the study, its sources, cases, codes, codings and matrices.

    >>> [memo.title for memo in project.memos.list(on="project")][:2]
    ['What these notes are, and are not', 'Nobody here uses a service']
    """

    def list(self, *, on: MemoTarget | None = None, of: str | None = None) -> Sequence[Memo]:
        """Return the memos, oldest first.

        `on` selects the memos on one kind of item, and `of` the memos on the item with this name. The memo of a coding
        has the id 0, because this memo is a field of the coding. Raises InputError for an unknown kind, or for `of`
        without `on`, NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> [memo.of for memo in project.memos.list(on="case")]
        ['SIB A', 'SIB B', 'SIB C', 'SIB D']
        """
        on = maybe_choice("target of a memo", on, MEMO_TARGETS)
        if of is not None and on is None:
            raise InputError(
                f"“{one_line(of, 40)}” may be of any kind: give `on` too, one of {', '.join(MEMO_TARGETS)}."
            )
        found = [*self._stored()] if on != "coding" else []
        if on in {None, "coding"}:
            found += self._of_codings()
        wanted = None if of is None or on is None else self._named(on, of)
        return [memo for memo in found if (on is None or memo.on == on) and (wanted is None or memo.of == wanted)]

    def _stored(self) -> Sequence[Memo]:
        """Return all memos except the memos of codings.

        In a blind round, the memos with decisions on disagreements are left out too.
        """
        found = rows.memos(self._store, self._session.paths())
        return found if self._session.blind is None else [memo for memo in found if not is_consensus(memo.coder)]

    def _of_codings(self) -> Sequence[Memo]:
        return [
            Memo(0, "coding", str(coding.id), "", coding.memo, coding.coder, coding.created)
            for coding in Codings(self._session).list(CodingFilter())
            if coding.memo
        ]

    def get(self, number: int) -> Memo:
        """Return the memo with this id. Raises NotFoundError when there is no such memo.

        >>> project.memos.get(1).title
        'What these notes are, and are not'
        """
        for memo in self._stored():
            if memo.id == number:
                return memo
        raise NotFoundError(f"There is no memo {number}.", "list-memos")

    @renamed_arguments(draft="text")
    def add(
        self, text: sibtui.MemoDraft | str, *, on: MemoTarget = "project", of: str | int = "", title: str = ""
    ) -> Memo:
        """Write a memo, and return it. `text` is the text of the memo, or a draft.

        By default, the memo is about the study. `on` (the kind of item) and `of` (its name) choose another item. For a
        coding, `of` is its id, and the text is added to the present memo of the coding. Raises InputError for an empty
        text, NotFoundError for an unknown item.

        >>> project.memos.add("Ask her again in May.", on="source", of="a1").of
        'a1'
        """
        if isinstance(text, sibtui.MemoDraft):
            if of or title or on != "project":
                raise InputError("A draft is given already: put `on`, `of` and the title into it.")
            draft = text
        else:
            draft = sibtui.MemoDraft(on, str(of), title, as_name(text))
        if not draft.text.strip():
            raise InputError("A memo needs a text.")
        with self._session.act("memo add", f"memo on {draft.on} {draft.of}".rstrip()):
            number = self.insert(draft)
        if choice("target of a memo", draft.on, MEMO_TARGETS) == "coding":
            return next(memo for memo in self._of_codings() if memo.of == str(number))
        return self.get(number)

    def insert(self, draft: sibtui.MemoDraft) -> int:
        """Write a memo, and return its id. For a memo on a coding, return the id of the coding.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises InputError for an unknown kind of
        item, NotFoundError when the name of the item is unknown, AmbiguousError when it is not unique.

        >>> with project.act("memo add", "memo on case SIB A"):
        ...     number = project.memos.insert(MemoDraft("case", "SIB A", "", "Compare with SIB B."))
        """
        on = choice("target of a memo", draft.on, MEMO_TARGETS)
        if on == "coding":
            codings = Codings(self._session)
            coding = codings.get(_number(draft.of))
            text = draft.text if not coding.memo else f"{coding.memo}\n{draft.text}"
            codings.set(coding.id, memo=text)
            return coding.id
        coder = study_rows.coder_id(self._store, draft.coder or self._session.coder)
        created = draft.created or self._session.now()
        return rows.add_memo(
            self._store, on, self._id(on, draft.of), draft.title, draft.text, coder, created, uid=draft.uid
        )

    def set(self, number: int, *, title: str | None = None, text: str | None = None) -> Memo:
        """Change the title or the text of a memo, and return the memo.

        Raises NotFoundError for an unknown id, InputError for an empty text.

        >>> project.memos.set(1, title="Notes, not recordings").title
        'Notes, not recordings'
        """
        with self._session.act("memo set", f"memo {number}"):
            memo = with_given(self.get(number), title=title, text=text)
            if text is not None and not text.strip():
                raise InputError("A memo needs a text.", "remove-memo")
            rows.set_memo(self._store, number, memo.title, memo.text)
        return self.get(number)

    def remove(self, number: int) -> Memo:
        """Remove the memo with this id, and return the memo. Raises NotFoundError when there is no such memo.

        >>> project.memos.remove(1).title
        'What these notes are, and are not'
        """
        with self._session.act("memo remove", f"memo {number}"):
            memo = self.get(number)
            rows.remove_memo(self._store, number)
        return memo

    def _named(self, on: MemoTarget, of: str) -> str:
        """Return the full name of the item that a memo is about. For a code, `of` may be a part of its path."""
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
        raise InputError(f"“{text}” is not the number of a coding.", "list-codings")
    return int(text)
