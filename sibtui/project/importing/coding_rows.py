"""Database rows of codings, made from drafts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, ConflictError, InputError, NotFoundError, SibtuiError
from sibtui.model.arguments import as_names, choice
from sibtui.model.codebook import path_key, resolve, split_path
from sibtui.model.folding import is_visible, name_key
from sibtui.model.frozen import replace
from sibtui.model.names import resolve_name
from sibtui.model.records import CERTAINTIES, FOUND_BY, STANCES
from sibtui.model.text import excerpt, one_line
from sibtui.project.importing.source_names import SourceNames
from sibtui.project.shared.open_round import number_in, open_round
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.arguments import Names
    from sibtui.model.drafts import CodingDraft
    from sibtui.model.quote_match import QuoteMatch
    from sibtui.model.records import Round
    from sibtui.model.segments import Segment
    from sibtui.project.results import Problem
    from sibtui.project.shared.base import Session
    from sibtui.store.codings import NewCoding

_STANCES: dict[str | None, str] = {None: "supports", **{stance: stance for stance in STANCES}}
_CERTAINTIES: dict[str | None, str] = {None: "firm", **{certainty: certainty for certainty in CERTAINTIES}}
"""A map: certainty of a draft → stored certainty. A draft without a certainty is stored as firm."""
_TEXT_CACHE = 1 << 22
"""The largest number of code points of texts in the cache.

With the cache, an import that goes back and forth between sources reads each text once.
"""


class CodingRowBuilder:
    """Makes database rows from drafts of codings. Use this inside an act (`with session.act(…)`, one step of undo)."""

    def __init__(
        self,
        session: Session,
        coder: str | None,
        *,
        retired: bool = False,
        partial: bool = True,
        from_file: bool = False,
        in_round: bool = True,
    ) -> None:
        """Set which drafts are accepted, and how they are read.

        - `coder` becomes the coder of each draft that names no coder. None is the coder of the session.
        - With `retired`, codings of retired codes and codings without a visible character are accepted. A study that
          is loaded as a whole may have such codings.
        - With `partial`, a code can be given by a part of its path.
        - With `from_file`, a source can also be given by the name of its file. If a quote is not at its segment, the
          text is searched for the quote.
        - With `in_round`, a coding belongs to the open round of its coder, if there is one.
        """
        self._retired = retired
        self._partial = partial
        self._from_file = from_file
        self._in_round = in_round
        self._rounds: dict[str, Round | None] = {}
        self._round_numbers: dict[tuple[str, str], int] = {}
        self._session = session
        self._store = session.store
        self._coder = coder or session.coder
        self._sources: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._cases: dict[str, int] = {}
        self._coders: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self._cached_length = 0
        self._touched: dict[int, tuple[int, ...]] = {}
        self._cases_by_labels: dict[tuple[int, Names], tuple[int, ...]] = {}

    def place(self, draft: CodingDraft) -> tuple[NewCoding, tuple[int, ...], QuoteMatch | None]:
        """Return (database row, ids of the cases, match of the quote) for a draft.

        The match is None if the text was not searched for a quote. Raises InputError, NotFoundError, AmbiguousError or
        ConflictError when a part of the draft does not fit the study.
        """
        source = self._sources.get(draft.source) or self._source(draft.source)
        code = self._codes.get(draft.code) or self._code(draft.code)
        text = self._texts.get(source) or self._text(source)
        segment, found, quote = draft.segment, None, draft.quote
        # most rows of a large table have their quote at their segment: a call for each of them would take long
        if segment is None or not quote or segment.end > len(text) or text[segment.start : segment.end] != quote:
            segment, found = self._segment(draft, text)
        start, end = segment.start, segment.end
        if not self._retired:
            refuse_invisible(segment, text, draft.source)
        coder = draft.coder or self._coder
        row = (
            source, code, self._coders.get(coder) or self._coder_id(coder), start, end,
            _STANCES.get(draft.stance) or choice("stance", draft.stance, STANCES),
            _CERTAINTIES.get(draft.certainty) or choice("certainty", draft.certainty, CERTAINTIES),
            text[start:end], "", "", draft.memo or "",
            draft.created or self._now, draft.uid,
            draft.round or (self._round(coder, draft.source) if self._in_round else 1),
            bool(draft.for_paper), draft.how and choice("way of finding", draft.how, FOUND_BY),
        )  # fmt: skip
        return row, self._attributed(draft, source), found

    def _round(self, coder: str, source: str) -> int:
        """Return the number of the coder's open round of coding, or 1 if no round is open.

        Raises ConflictError when the source does not belong to this round.
        """
        if coder not in self._rounds:
            self._rounds[coder] = open_round(self._store, coder)
        place = coder, source
        if place not in self._round_numbers:
            number = number_in(self._store, self._rounds[coder], self._sources.get(source) or self._source(source))
            self._round_numbers[place] = number
        return self._round_numbers[place]

    def place_undecided(self, draft: CodingDraft) -> tuple[NewCoding, tuple[int, ...], int]:
        """Return (database row, ids of the cases, score) for a draft of an undecided coding.

        An undecided coding has no certain place in its text. The score (0-100) is the similarity of the quote to the
        text at its segment. Raises the errors of `place`, and InputError when the draft has no quote or no segment.
        """
        from rapidfuzz.fuzz import ratio

        if not draft.quote or draft.segment is None:
            raise InputError("An undecided coding needs a quote and a segment.")
        row, cases, _ = self.place(replace(draft, quote=None))
        context = draft.segment.context(self._texts[row[0]])
        return (*row[:7], draft.quote, *context, *row[10:]), cases, round(ratio(draft.quote, row[7]))

    def source_and_text(self, name: str) -> tuple[int, str]:
        """Return (id, text) of a source.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.
        """
        source = self._sources.get(name) or self._source(name)
        return source, self._texts.get(source) or self._text(source)

    def problem(self, draft: CodingDraft, error: SibtuiError) -> Problem:
        """Return the kind of problem of a draft. `error` is the error that `place` raised for this draft."""
        part: Problem = "source"
        try:
            source, _ = self.source_and_text(draft.source)
            part = "code"
            self.code_id(draft.code)
            part = "case"
            self._attributed(draft, source)
        except SibtuiError as found:
            if part == "code" and isinstance(found, InputError):
                return "value"
            if part != "case" or str(found) == str(error):
                return part
        return "repeated" if isinstance(error, AmbiguousError) else "quote"

    def code_id(self, name: str) -> int:
        """Return the id of a code.

        Raises ConflictError for a retired code, NotFoundError for an unknown name, AmbiguousError for a name that is
        not unique.
        """
        return self._codes.get(name) or self._code(name)

    def are_joined(self, name: str) -> bool:
        """Return whether a text lists several existing codes, divided by semicolons, commas or bars."""
        parts = ([each for each in name.split(separator) if each.strip()] for separator in ";,|")
        return any(len(codes) > 1 and all(path_key(code) in self._code_keys for code in codes) for codes in parts)

    def case_ids(self, source: int, labels: Names) -> tuple[int, ...]:
        """Return the ids of the cases. Raises InputError if one of them is not a case of the source."""
        touched = self._cases_of(source)
        found = []
        for label in self._separate(as_names(labels)):
            case = self._case(label)
            if case not in touched:
                name_of = {number: known for known, number in case_rows.case_ids(self._store).items()}
                names = ", ".join(name_of[number] for number in touched) or "no case"
                name = source_rows.name(self._store, source)
                raise InputError(f"“{name}” is about {names}, not about {name_of[case]}.", "add-case")
            found.append(case)
        return tuple(dict.fromkeys(found))

    def _separate(self, labels: tuple[str, ...]) -> Iterator[str]:
        """Yield the labels of cases. A label from a file may be a list, such as `SIB A, SIB B`: then yield its parts.

        A label is a list if one of its parts is the label of a case, and no case has the whole label.
        """
        known = set(map(name_key, case_rows.case_ids(self._store))) if self._from_file else set()
        for label in labels:
            parts = [part.strip() for part in label.split(",")]
            is_list = (
                self._from_file and name_key(label) not in known and any(name_key(part) in known for part in parts)
            )
            yield from filter(None, parts if is_list else [label]) if self._from_file else [label]

    def _attributed(self, draft: CodingDraft, source: int) -> tuple[int, ...]:
        if draft.cases is None:
            touched = self._touched.get(source) or self._cases_of(source)
            return touched if len(touched) == 1 else ()
        try:
            return self._cases_by_labels[source, draft.cases]
        except (KeyError, TypeError):  # the next line raises an error for values that are not names
            key = (source, as_names(draft.cases))
        return self._cases_by_labels.setdefault(key, self.case_ids(*key))

    def _segment(self, draft: CodingDraft, text: str) -> tuple[Segment, QuoteMatch | None]:
        segment = draft.segment
        if segment is not None and self._from_file and draft.quote and not _agrees(draft.quote, segment, text):
            return _moved(draft.quote, segment, text)
        if segment is None:
            from sibtui.model.quotes import locate

            if draft.quote is None:
                raise InputError("A coding needs a span or a quote.")
            found = locate(text, draft.quote, nth=draft.nth)
            return found.segment, found
        if segment.end > len(text):
            raise InputError(f"{segment} is outside of “{draft.source}”, which has {len(text)} code points.")
        if draft.quote is not None and not self._from_file and not _fits(draft.quote, segment, text):
            there = one_line(segment.quote(text), 40)
            raise InputError(
                f"at {segment} “{draft.source}” has “{there}”, not “{excerpt(draft.quote, 40)}”: leave out the span to look for"
                " the quote."
            )
        return segment, None

    def _source(self, name: str) -> int:
        number = source_rows.find(self._store, name)
        if number is None:
            known = source_rows.source_ids(self._store)
            try:
                number = known[resolve_name("source", name, known)]
            except NotFoundError:
                found = self._by_file.find(name) if self._from_file else None
                if found is None:
                    raise
                number = known[found]
        self._sources[name] = number
        return number

    def _code(self, name: str) -> int:
        found = code_rows.find(self._store, split_path(name))
        if found is None:
            if self._from_file and not all(path_key(name)):
                raise InputError(
                    f"“{one_line(name, 60)}” has an empty name before or after a slash: it cannot be a code."
                )
            resolved = self._codebook[resolve(name, self._codebook, partial=self._partial)]
            found = resolved, code_rows.status(self._store, resolved)
        number, status = found
        if status == "retired" and not self._retired:
            path = code_rows.path(self._store, number)
            raise ConflictError(f"“{path}” is retired.", "restore-code")
        self._codes[name] = number
        return number

    @cached_property
    def _now(self) -> str:
        return self._session.now()

    @cached_property
    def _by_file(self) -> SourceNames:
        return SourceNames(source_rows.file_names(self._store))

    @cached_property
    def _codebook(self) -> dict[str, int]:
        return {path: number for number, path in code_rows.paths(self._store).items()}

    @cached_property
    def _code_keys(self) -> set[tuple[str, ...]]:
        """The paths and the names of all codes, in the form in which paths are compared."""
        keys = set(map(path_key, self._codebook))
        return keys | {key[-1:] for key in keys}

    def _case(self, label: str) -> int:
        number = self._cases.get(label)
        if number is None:
            known = case_rows.case_ids(self._store)
            try:
                number = self._cases[label] = known[resolve_name("case", label, known)]
            except NotFoundError as error:
                raise NotFoundError(str(error), "new-case") from None
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
        self._cached_length += len(text)
        while self._cached_length > _TEXT_CACHE and self._texts:
            self._cached_length -= len(self._texts.pop(next(iter(self._texts))))
        self._texts[source] = text
        return text


def refuse_invisible(segment: Segment, text: str, source: str) -> None:
    """Raise InputError for a segment without a visible character: an export would have an empty quote for it.

    `text` is the whole text of the source, and `source` its name.
    """
    if not is_visible(text[segment.start : segment.end]):
        raise InputError(f"“{source}” has no visible character at {segment}: choose a passage with words.")


def _fits(quote: str, segment: Segment, text: str) -> bool:
    """Return whether the text of a segment equals a quote. Layout and punctuation may differ."""
    if segment.end > len(text) or (found := segment.quote(text)) == quote:
        return segment.end <= len(text)
    from sibtui.model.quotes import reads_alike

    return reads_alike(quote, found)


def _agrees(quote: str, segment: Segment, text: str) -> bool:
    """Return whether the text of a segment equals a quote. Capitals may differ, and the quote may be cut at its end."""
    from sibtui.formats.codec.foreign_offsets import agrees

    return segment.end <= len(text) and (agrees(quote, segment.quote(text)) or _fits(quote, segment, text))


def _moved(quote: str, segment: Segment, text: str) -> tuple[Segment, QuoteMatch]:
    """Return (segment, match) for a quote that is not at the segment of its draft, but elsewhere in the text.

    Raises InputError when the quote does not occur in the text, AmbiguousError when it occurs several times.
    """
    from sibtui.model.quotes import locate

    actual = (
        f"“{one_line(segment.quote(text), 40)}”" if segment.end <= len(text) else f"no text (it ends at {len(text)})"
    )
    problem = f"at {segment} is {actual}, not “{excerpt(quote, 40)}”"
    try:
        found = locate(text, quote)
    except AmbiguousError as error:
        raise AmbiguousError(f"{problem}, and {str(error)[:1].lower()}{str(error)[1:]}") from None
    except NotFoundError:
        raise InputError(f"{problem}; this quote is not in the text.") from None
    if found.how == "fuzzy":
        raise InputError(f"{problem}; the text only has a similar passage.")
    return found.segment, found
