"""Turning drafts of codings into rows: every name resolved, every segment checked against the text, every case told or inherited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import resolve
from sibtui.model.names import resolve_name
from sibtui.model.text import one_line
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.drafts import CodingDraft
    from sibtui.model.quotes import Found
    from sibtui.model.segments import Segment
    from sibtui.project.base import Session
    from sibtui.store.codings import NewCoding

_TEXTS_KEPT = 64


class Placing:
    """Places drafts, inside an act. What it looks up it keeps, so that a large import asks for each name and text once."""

    def __init__(self, session: Session, coder: str | None, *, retired: bool = False) -> None:
        """`retired` lets codings of retired codes in: a whole study that comes back has them."""
        self._retired = retired
        self._session = session
        self._store = session.store
        self._coder = coder or session.coder
        self._codes = {code.path: code for code in code_rows.codes(self._store)}
        self.paths = {code.id: path for path, code in self._codes.items()}
        self._cases = case_rows.case_ids(self._store)
        self._labels = {number: label for label, number in self._cases.items()}
        self._sources = source_rows.source_ids(self._store)
        self._source_cases = source_rows.cases_by_source(self._store)
        self._coders: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self._there: dict[int, set[tuple[int, int, int, int, str, str]]] = {}
        self._code_ids: dict[str, int] = {}

    def place(self, draft: CodingDraft) -> tuple[NewCoding, tuple[int, ...], Found | None]:
        """The row, the ids of its cases, and how the quote was found when it had to be looked for."""
        source = self._source(draft.source)
        code = self._code(draft.code)
        text = self._text(source)
        segment, found = self._segment(draft, text)
        before, after = segment.context(text)
        cases = self._attributed(draft, source)
        row = (
            source, code, self._coder_id(draft.coder or self._coder), segment.start, segment.end, draft.stance,
            draft.certainty, segment.quote(text), before, after, draft.memo, draft.created or self._session.now(),
        )  # fmt: skip
        return row, cases, found

    def is_there(self, row: NewCoding) -> bool:
        """Whether the source has this coding already: same code, coder, place, stance and certainty. Remembers it as there."""
        source, key = row[0], (row[1], row[2], row[3], row[4], row[5], row[6])
        if source not in self._there:
            self._there[source] = coding_rows.existing(self._store, source)
        there = self._there[source]
        if key in there:
            return True
        there.add(key)
        return False

    def case_ids(self, source: int, labels: Iterable[str]) -> tuple[int, ...]:
        """The ids of these cases, each of which the source must touch."""
        touched = self._source_cases.get(source, ())
        found = []
        for label in labels:
            case = self._cases[resolve_name("case", label, self._cases)]
            if case not in touched:
                names = ", ".join(self._labels[number] for number in touched) or "no case"
                name = next(name for name, number in self._sources.items() if number == source)
                raise InputError(
                    f"“{name}” touches {names}, not {self._labels[case]}: `sibtui source set` can add a case to it."
                )
            found.append(case)
        return tuple(dict.fromkeys(found))

    def _attributed(self, draft: CodingDraft, source: int) -> tuple[int, ...]:
        if draft.cases is not None:
            return self.case_ids(source, draft.cases)
        touched = self._source_cases.get(source, ())
        return touched if len(touched) == 1 else ()

    def _segment(self, draft: CodingDraft, text: str) -> tuple[Segment, Found | None]:
        segment = draft.segment
        if segment is None:
            from sibtui.model.quotes import locate  # noqa: PLC0415 - codings given by segments need no search

            if draft.quote is None:
                raise InputError("A coding needs a span or a quote.")
            found = locate(text, draft.quote, nth=draft.nth)
            return found.segment, found
        if segment.end > len(text):
            raise InputError(f"{segment} is outside of “{draft.source}”, which has {len(text)} code points.")
        if draft.quote is not None and segment.quote(text) != draft.quote:
            there = one_line(segment.quote(text), 40)
            raise InputError(
                f"at {segment} “{draft.source}” has “{there}”, not “{one_line(draft.quote, 40)}”: leave out the span to look for"
                " the quote."
            )
        return segment, None

    def _source(self, name: str) -> int:
        number = self._sources.get(name)
        return number if number is not None else self._sources[resolve_name("source", name, self._sources)]

    def _code(self, name: str) -> int:
        number = self._code_ids.get(name)
        if number is None:
            code = self._codes.get(name) or self._codes[resolve(name, list(self._codes))]
            if code.status == "retired" and not self._retired:
                raise ConflictError(f"“{code.path}” is retired: `sibtui code restore` takes it back into use.")
            number = self._code_ids[name] = code.id
        return number

    def _coder_id(self, name: str) -> int:
        number = self._coders.get(name)
        if number is None:
            number = self._coders[name] = study_rows.coder_id(self._store, name)
        return number

    def _text(self, source: int) -> str:
        text = self._texts.get(source)
        if text is None:
            if len(self._texts) == _TEXTS_KEPT:
                self._texts.pop(next(iter(self._texts)))
            text = self._texts[source] = source_rows.text(self._store, source)
        return text
