"""Turning drafts of codings into rows: every name resolved, every segment checked against the text, every case told or inherited."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import resolve, split_path
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
    from sibtui.model.records import Code
    from sibtui.model.segments import Segment
    from sibtui.project.base import Session
    from sibtui.store.codings import NewCoding

_TEXT_KEPT = 1 << 25
"""Code points of texts that are kept: an import that jumps between sources does not read each text again and again."""


class Placing:
    """Places drafts, inside an act.

    Each name and text is asked for when it first occurs, and kept: one coding pays for its own names alone, a large import for each once.
    """

    def __init__(self, session: Session, coder: str | None, *, retired: bool = False) -> None:
        """`retired` lets codings of retired codes in: a whole study that comes back has them."""
        self._retired = retired
        self._session = session
        self._store = session.store
        self._coder = coder or session.coder
        self._sources: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._cases: dict[str, int] = {}
        self._coders: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self._text_kept = 0
        self._touched: dict[int, tuple[int, ...]] = {}
        self._told: dict[tuple[int, tuple[str, ...]], tuple[int, ...]] = {}
        self._there: dict[int, set[tuple[int | str, ...]]] = {}

    def place(self, draft: CodingDraft) -> tuple[NewCoding, tuple[int, ...], Found | None]:
        """The row, the ids of its cases, and how the quote was found when it had to be looked for."""
        source = self._sources.get(draft.source) or self._source(draft.source)
        code = self._codes.get(draft.code) or self._code(draft.code)
        text = self._texts.get(source) or self._text(source)
        segment, found = self._segment(draft, text)
        before, after = segment.context(text)
        coder = draft.coder or self._coder
        row = (
            source, code, self._coders.get(coder) or self._coder_id(coder), segment.start, segment.end, draft.stance,
            draft.certainty, segment.quote(text), before, after, draft.memo, draft.created or self._session.now(),
        )  # fmt: skip
        return row, self._attributed(draft, source), found

    def code_id(self, name: str) -> int:
        """The id of a code that codings can be given: a retired one is refused."""
        return self._codes.get(name) or self._code(name)

    def is_there(self, row: NewCoding) -> bool:
        """Whether the source has this coding already: same code, coder, place, stance and certainty. Remembers it as there."""
        source, key = row[0], row[1:7]
        there = self._there.get(source)
        if there is None:
            there = self._there[source] = coding_rows.existing(self._store, source)
        if key in there:
            return True
        there.add(key)
        return False

    def case_ids(self, source: int, labels: Iterable[str]) -> tuple[int, ...]:
        """The ids of these cases, each of which the source must touch."""
        touched = self._cases_of(source)
        found = []
        for label in labels:
            case = self._case(label)
            if case not in touched:
                name_of = {number: known for known, number in case_rows.case_ids(self._store).items()}
                names = ", ".join(name_of[number] for number in touched) or "no case"
                name = source_rows.name(self._store, source)
                raise InputError(
                    f"“{name}” touches {names}, not {name_of[case]}: `sibtui source set` can add a case to it."
                )
            found.append(case)
        return tuple(dict.fromkeys(found))

    def _attributed(self, draft: CodingDraft, source: int) -> tuple[int, ...]:
        if draft.cases is None:
            touched = self._touched.get(source) or self._cases_of(source)
            return touched if len(touched) == 1 else ()
        told = (source, draft.cases)
        found = self._told.get(told)
        if found is None:
            found = self._told[told] = self.case_ids(source, draft.cases)
        return found

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
        number = source_rows.find(self._store, name)
        if number is None:
            known = source_rows.source_ids(self._store)
            number = known[resolve_name("source", name, known)]
        self._sources[name] = number
        return number

    def _code(self, name: str) -> int:
        found = code_rows.find(self._store, split_path(name))
        if found is None:
            code = self._codebook[resolve(name, self._codebook)]
            found = code.id, code.status
        number, status = found
        if status == "retired" and not self._retired:
            path = code_rows.path(self._store, number)
            raise ConflictError(f"“{path}” is retired: `sibtui code restore` takes it back into use.")
        self._codes[name] = number
        return number

    @cached_property
    def _codebook(self) -> dict[str, Code]:
        return {code.path: code for code in code_rows.codes(self._store)}

    def _case(self, label: str) -> int:
        number = self._cases.get(label)
        if number is None:
            known = case_rows.case_ids(self._store)
            number = self._cases[label] = known[resolve_name("case", label, known)]
        return number

    def _cases_of(self, source: int) -> tuple[int, ...]:
        touched = self._touched.get(source)
        if touched is None:
            touched = self._touched[source] = source_rows.touched(self._store, source)
        return touched

    def _coder_id(self, name: str) -> int:
        if not name.strip():
            raise InputError("A coder needs a name.")
        number = self._coders[name] = study_rows.coder_id(self._store, name)
        return number

    def _text(self, source: int) -> str:
        text = source_rows.text(self._store, source)
        self._text_kept += len(text)
        while self._text_kept > _TEXT_KEPT and self._texts:
            self._text_kept -= len(self._texts.pop(next(iter(self._texts))))
        self._texts[source] = text
        return text
