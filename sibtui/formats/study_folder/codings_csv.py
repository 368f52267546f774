"""Codings as a CSV file, with one row per coding. A user can export the file, edit it and import it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.formats.codec.case_list import NO_CASE, join_cases, split_cases
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.codec.draft_file import draft_of
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.codec.table_cells import moment, one_of
from sibtui.model.arguments import as_names
from sibtui.model.records import CERTAINTIES, FOUND_BY, STANCES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from sibtui.formats.codec.draft_file import CodingValues
    from sibtui.model.drafts import CodingDraft
    from sibtui.model.import_reports import Review
    from sibtui.model.records import Certainty, Coding, Stance

COLUMNS = ("source", "start", "end", "quote", "code", "coder", "stance", "certainty", "cases", "memo", "created")
"""The columns that are written in every file of codings, in this order.

More columns can be read. `nth` states which occurrence of the quote is coded, if there are several. `id` is the lasting
id. `undecided` is `yes` for a coding whose start and end are only the passage most similar to its quote. `round` is the
number of the coder's round. `for_paper` marks a quote for the paper. `how` is the way in which the program found the
passage.
"""
LISTED = (*COLUMNS, "round", "for_paper", "how")
"""The columns in lists and exports of codings.

In a study folder, each of the last three columns is written only if some coding needs it.
"""

CELLS = (*COLUMNS, "nth", "id", "undecided", "round", "for_paper", "how")
ATTRIBUTE = "attribute:"
"""The beginning of the name of a column with an attribute of the cases and the source. Such columns are ignored when a file is read."""
_REVIEWED = (*COLUMNS, "nth")
_MARKS = ("round", "for_paper", "how")
_PAPER = {None: "", False: "no", True: "yes"}
REVIEW = ("problem", "best_start", "best_end", "best_text", "score")
"""Additional columns of a review file: the problem with a coding, and the most similar passage.

These columns are ignored when the file is read.
"""

_YES = ("yes", "no")
_STANCES: dict[str, Stance | None] = {"": None, **{stance: stance for stance in STANCES}}
_CERTAINTIES: dict[str, Certainty | None] = {"": None, **{certainty: certainty for certainty in CERTAINTIES}}
"""A dict: text of a cell → certainty of the coding."""
_WHOLE = re.compile(r"([0-9]{1,18})(?:\.0+)?")
"""The pattern of a whole number. It may have the form that pandas writes, such as `30.0`."""


def read_codings(
    name: str, data: bytes | BinaryIO, report: Callable[[str], None] | None = None
) -> Iterator[CodingDraft]:
    """Yield the codings in a file, in the order of the file.

    Stance, certainty and memo are None if the file does not give them. `report` is called with warnings about rows that
    are faulty but can be read (see `csv_in.read_rows`). Raises InputError, with file and line, for any other faulty
    row.
    """
    return map(draft_of, read_values(name, data, report))


def read_values(
    name: str, data: bytes | BinaryIO, report: Callable[[str], None] | None = None
) -> Iterator[CodingValues]:
    """Yield the codings that `read_codings` yields, each as a tuple of its values.

    This is faster than `read_codings`, because no `CodingDraft` objects are made.
    """
    columns: list[str] = []
    drafts = CodingDrafts(name)
    known = (*CELLS, *REVIEW)
    for line, cells in read_rows(name, data, known, ("source", "code"), columns=columns.extend, report=report):
        yield drafts.values(line, cells, has_memo="memo" in columns)


class CodingDrafts:
    """Makes codings from the cells of a file.

    To save time, a timestamp or a list of cases that occurs several times is parsed only once.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._moments: dict[str, str | None] = {"": None}
        self._attributions: dict[str, tuple[str, ...] | None] = {"": None, NO_CASE: ()}

    def draft(self, line: int, cells: Sequence[str], *, has_memo: bool) -> CodingDraft:
        """Return the coding in a row. `cells` are in the order of CELLS, and `line` is the line of the row.

        `has_memo` is set if the file has a column of memos. Raises InputError, which names the file and the line.
        """
        return draft_of(self.values(line, cells, has_memo=has_memo))

    def values(self, line: int, cells: Sequence[str], *, has_memo: bool) -> CodingValues:
        """Return the coding in a row as the tuple of its values. The arguments and errors are those of `draft`."""
        name = self._name
        (
            source,
            start,
            end,
            quote,
            code,
            coder,
            stance,
            certainty,
            cases,
            memo,
            created,
            nth,
            uid,
            undecided,
            in_round,
            for_paper,
            how,
            *_,
        ) = cells
        if not source or not code:
            refuse(name, line, f"there is no {'code' if source else 'source'}")
        if created not in self._moments:
            self._moments[created] = moment(created, "created", name, line)
        if cases not in self._attributions:
            self._attributions[cases] = split_cases(cases)
        first, last = _place(start, end, name, line) if start or end else (None, None)
        if first is None and not quote:
            refuse(name, line, "there is neither a quote nor a start and an end")
        return (
            source,
            code,
            first,
            last,
            quote or None,
            _whole(nth, "nth", name, line) if nth else None,
            coder or None,
            _STANCES[stance] if stance in _STANCES else one_of(stance, STANCES, "stance", name, line),
            _CERTAINTIES[certainty]
            if certainty in _CERTAINTIES
            else one_of(certainty, CERTAINTIES, "certainty", name, line),
            self._attributions[cases],
            memo if has_memo else None,
            self._moments[created],
            line,
            uid,
            one_of(undecided, _YES, "undecided", name, line) == "yes" if undecided else False,
            _round(in_round, name, line) if in_round else None,
            one_of(for_paper, _YES, "for_paper", name, line) == "yes" if for_paper else None,
            one_of(how, FOUND_BY[1:], "how", name, line) or "" if how else "",
        )


def attribute_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns for attributes. `names` are the names of the attributes.

    >>> attribute_columns(["Stage"])
    ('attribute:Stage',)
    """
    return tuple(f"{ATTRIBUTE}{name}" for name in names)


def coding_row(coding: Coding) -> tuple[str | int, ...]:
    """Return the cells of a coding in the order of the columns in LISTED."""
    return (
        coding.source,
        coding.segment.start,
        coding.segment.end,
        coding.quote,
        coding.code,
        coding.coder,
        coding.stance,
        coding.certainty,
        join_cases(coding.cases),
        coding.memo,
        coding.created,
        coding.round,
        "yes" if coding.for_paper else "no",
        coding.how,
    )


def draft_row(draft: CodingDraft) -> tuple[str | int, ...]:
    """Return the cells of a coding that is not stored yet, in the order of COLUMNS.

    A value of None gives an empty cell.
    """
    return (
        draft.source,
        "" if draft.segment is None else draft.segment.start,
        "" if draft.segment is None else draft.segment.end,
        draft.quote or "",
        draft.code,
        draft.coder or "",
        draft.stance or "",
        draft.certainty or "",
        "" if draft.cases is None else join_cases(as_names(draft.cases)),
        draft.memo or "",
        draft.created or "",
    )


def review_file(reviews: Iterable[Review]) -> str:
    """Return CSV with the codings that a person must review, because the quotes are not at their places.

    Each coding is written as in the imported file, with the passage that resembles its quote most. The user can
    correct the quote, or the start and end, and import the CSV.

    Some columns are left out if they would be empty: the round, whether the quote is for the paper, and how the
    passage was found. The column of memos is left out if all memos are None. Then an import of the CSV changes no
    memo in the study.
    """
    items = list(reviews)
    columns = (*_REVIEWED, *_MARKS, *REVIEW)
    rows = [_review_row(item) for item in items]
    kept = [
        at
        for at, column in enumerate(columns)
        if column not in {"memo", *_MARKS}
        or any(row[at] != "" for row in rows)
        or (column == "memo" and any(item.draft.memo is not None for item in items))
    ]
    return "".join(write_csv([columns[at] for at in kept], ([row[at] for at in kept] for row in rows)))


def _review_row(item: Review) -> tuple[str | int, ...]:
    best = item.best
    place: tuple[str | int, ...] = ("", "") if best is None else (best.start, best.end)
    score = "" if best is None else f"{item.score:g}"
    row: tuple[str | int, ...] = item.cells[: len(_REVIEWED)]
    row = row or (*draft_row(item.draft), item.draft.nth or "")
    return (*row, *_marks(item), item.why, *place, item.best_text, score)


def _marks(item: Review) -> tuple[str | int, ...]:
    """Return three cells of a coding: its round, whether its quote is for the paper, and how its passage was found.

    If the coding was read from a file of codings, the cells are as in that file.
    """
    if item.cells:
        cells = dict(zip(CELLS, item.cells, strict=False))
        return tuple(cells.get(column, "") for column in _MARKS)
    draft = item.draft
    return "" if draft.round is None else draft.round, _PAPER[draft.for_paper], draft.how


def is_place(start: str, end: str) -> bool:
    """Return whether the texts of two cells are a valid start and end of a segment."""
    numbers = [_WHOLE.fullmatch(cell.strip()) for cell in (start, end)]
    first, last = (int(number[1]) if number else -1 for number in numbers)
    return 0 <= first < last


def _place(start: str, end: str, name: str, line: int) -> tuple[int, int]:
    first = (
        int(start) if start.isascii() and start.isdecimal() and len(start) < 19 else _whole(start, "start", name, line)
    )
    last = int(end) if end.isascii() and end.isdecimal() and len(end) < 19 else _whole(end, "end", name, line)
    if last <= first:
        refuse(
            name,
            line,
            f"the segment ends at {last}, before its start at {first}" if last < first else "the segment is empty",
        )
    return first, last


def _round(cell: str, name: str, line: int) -> int:
    number = _whole(cell, "round", name, line)
    if number < 1:
        refuse(name, line, "“round” is 0, but rounds are counted from 1")
    return number


def _whole(cell: str, column: str, name: str, line: int) -> int:
    number = _WHOLE.fullmatch(cell.strip())
    if number is None:
        actual = f"“{one_line(cell, 40)}”" if cell.strip() else "empty"
        refuse(name, line, f"“{column}” is {actual}, not a whole number")
    return int(number[1])
