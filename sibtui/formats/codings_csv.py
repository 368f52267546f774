"""Codings as CSV, one row a coding: the table that is exported, edited anywhere, and imported again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from sibtui.errors import InputError
from sibtui.formats import instants
from sibtui.formats.csv_rows import read_rows, refuse
from sibtui.model.drafts import CodingDraft
from sibtui.model.records import CERTAINTIES, STANCES
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.records import Coding

T = TypeVar("T", bound=str)

COLUMNS = ("source", "start", "end", "quote", "code", "coder", "stance", "certainty", "cases", "memo", "created")
"""The columns that are written, in order. Reading knows `nth` too: which of several places with the same quote."""

NO_CASE = "?"
"""What stands in `cases` for a coding that waits to be attributed; an empty cell says nothing about its cases."""

_WHOLE = re.compile(r"[0-9]{1,18}")
_ESCAPED = re.compile(r"\\([\\;?\s])|(;)|(.)", re.DOTALL)


def read_codings(name: str, data: bytes, refused: Callable[[str], None] | None = None) -> Iterator[CodingDraft]:
    """The codings of a file, as they come. InputError names the file and the line on which the row begins.

    With `refused`, a row that cannot be read is told to it and left out; a file that is no such table is an error still.
    """
    moments: dict[str, str | None] = {"": None}
    attributions: dict[str, tuple[str, ...] | None] = {"": None, NO_CASE: ()}
    for line, cells in read_rows(name, data, (*COLUMNS, "nth"), ("source", "code"), refused):
        try:
            draft = _draft(name, line, cells, moments, attributions)
        except InputError as error:
            if refused is None:
                raise
            refused(str(error))
        else:
            yield draft


def _draft(
    name: str,
    line: int,
    cells: list[str],
    moments: dict[str, str | None],
    attributions: dict[str, tuple[str, ...] | None],
) -> CodingDraft:
    source, start, end, quote, code, coder, stance, certainty, cases, memo, created, nth = cells
    if not source or not code:
        refuse(name, line, f"there is no {'code' if source else 'source'}")
    if created not in moments:
        moments[created] = _moment(created, name, line)
    if cases not in attributions:
        attributions[cases] = split_cases(cases)
    segment = _segment(start, end, name, line) if start or end else None
    if segment is None and not quote:
        refuse(name, line, "there is neither a quote nor a start and an end")
    return CodingDraft(
        source=source,
        code=code,
        segment=segment,
        quote=quote or None,
        nth=_whole(nth, "nth", name, line) if nth else None,
        coder=coder or None,
        stance=_one_of(stance or "supports", STANCES, "stance", name, line),
        certainty=_one_of(certainty or "firm", CERTAINTIES, "certainty", name, line),
        cases=attributions[cases],
        memo=memo,
        created=moments[created],
        line=line,
    )


def coding_row(coding: Coding) -> tuple[str | int, ...]:
    """The cells of a coding under COLUMNS, for `spreadsheet.write_csv`, which keeps spreadsheets from running them."""
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
    )


def draft_row(draft: CodingDraft) -> tuple[str | int, ...]:
    """The cells of a draft under COLUMNS; what it leaves open stays empty."""
    return (
        draft.source,
        "" if draft.segment is None else draft.segment.start,
        "" if draft.segment is None else draft.segment.end,
        draft.quote or "",
        draft.code,
        draft.coder or "",
        draft.stance,
        draft.certainty,
        "" if draft.cases is None else join_cases(draft.cases),
        draft.memo,
        draft.created or "",
    )


def join_cases(labels: Sequence[str]) -> str:
    r"""The labels in one cell, joined by `; `. A semicolon or backslash within one has a backslash before it."""
    return "; ".join(map(_escaped, labels)) if labels else NO_CASE


def split_cases(cell: str) -> tuple[str, ...]:
    """The labels of a cell; the inverse of `join_cases`. Blanks around a label are dropped, empty labels too."""
    if cell.strip() == NO_CASE:
        return ()
    labels, label = [], ""
    kept = 0
    for escaped, semicolon, other in _ESCAPED.findall(cell):
        if semicolon:
            labels.append(_trimmed(label, kept))
            label, kept = "", 0
        elif escaped:
            label += escaped
            kept = len(label)
        elif label or not other.isspace():
            label += other
    labels.append(_trimmed(label, kept))
    return tuple(label for label in labels if label)


def _trimmed(label: str, kept: int) -> str:
    """The label without blanks at its end; the first `kept` characters stay, an escaped blank is meant."""
    return label[:kept] + label[kept:].rstrip()


def _escaped(label: str) -> str:
    if label == NO_CASE:
        return "\\?"
    text = label.replace("\\", "\\\\").replace(";", "\\;")
    if text[:1].isspace():
        text = "\\" + text
    return text[:-1] + "\\" + text[-1] if text[-1:].isspace() and len(label) > 1 else text


def _segment(start: str, end: str, name: str, line: int) -> Segment:
    first, last = _whole(start, "start", name, line), _whole(end, "end", name, line)
    if last <= first:
        refuse(
            name,
            line,
            f"the segment ends at {last}, before it has begun at {first}" if last < first else "the segment is empty",
        )
    return Segment(first, last)


def _whole(cell: str, column: str, name: str, line: int) -> int:
    if not _WHOLE.fullmatch(cell.strip()):
        shown = f"“{one_line(cell, 40)}”" if cell.strip() else "empty"
        refuse(name, line, f"“{column}” is {shown}, not a whole number")
    return int(cell)


def _one_of(cell: str, known: tuple[T, ...], column: str, name: str, line: int) -> T:
    if cell not in known:
        refuse(name, line, f"“{column}” is “{one_line(cell, 40)}”; it is one of {', '.join(known)}")
    return cell


def _moment(cell: str, name: str, line: int) -> str | None:
    try:
        return instants.instant(cell)
    except ValueError:
        refuse(name, line, f"“created” is “{one_line(cell, 40)}”, no date and time such as 2020-05-14T16:30:00Z")
