"""Codings as Taguette and QualCoder export them, as CSV: read; and written as Taguette does, for the scripts of its users."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codings_csv import COLUMNS as OWN_COLUMNS
from sibtui.formats.csv_rows import refuse
from sibtui.formats.encodings import decode
from sibtui.formats.spreadsheet import restore, write_csv
from sibtui.model.codebook import join_path, split_path
from sibtui.model.drafts import CodingDraft
from sibtui.model.imports import Loss
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.records import Coding

COLUMNS = ("id", "document", "tag", "content")
"""The columns of Taguette's export of highlights, in its order."""

_ROLES: dict[str, tuple[str, ...]] = {
    "source": ("document", "source", "file", "filename", "file name", "fid_name"),
    "code": ("tag", "code", "codename", "code name", "code_name"),
    "quote": ("content", "quote", "seltext", "coded text", "coded", "text", "selected text"),
    "start": ("start", "pos0", "start position"),
    "end": ("end", "pos1", "end position"),
    "coder": ("coder", "owner"),
    "memo": ("memo", "coded_memo", "coding memo"),
}
_NEEDED = ("source", "code", "quote")
_LONGEST_CELL = (1 << 31) - 1


def write_taguette_csv(codings: Iterable[Coding]) -> Iterator[str]:
    """The codings in chunks of lines. Those of one segment have the same id, as one highlight with several tags has.

    Taguette has no tree of tags: a code stands with its whole path. Lines end as Taguette's do not matter to csv readers.
    """
    yield from write_csv(COLUMNS, _rows(codings))


def _rows(codings: Iterable[Coding]) -> Iterator[tuple[int, str, str, str]]:
    number, last = 0, None
    for coding in codings:
        place = (coding.source, coding.segment)
        number += place != last
        last = place
        yield number, coding.source, coding.code, coding.quote


def taguette_losses(codings: Iterable[Coding]) -> tuple[Loss, ...]:
    """What Taguette's export has no column for."""
    counts: Counter[str] = Counter()
    for coding in codings:
        counts["places of quotes in their sources"] += 1
        counts["codings that are counter-evidence, which look like any other"] += coding.stance == "counters"
        counts["tentative codings, which look like firm ones"] += coding.certainty == "tentative"
        counts["cases of codings"] += bool(coding.cases)
        counts["memos on codings"] += bool(coding.memo)
        counts["who coded, and when"] += 1
    return tuple(
        Loss(what, count, "not written; `sibtui export codings` keeps it") for what, count in counts.items() if count
    )


def is_foreign(data: bytes) -> bool:
    """Whether the columns of a codings CSV are not those of our own, but others that are known here."""
    first = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    cells = {cell.strip(' "\r').casefold() for cell in re.split("[,;\t]", first)}
    ours = {"source", "code"} <= cells <= {*OWN_COLUMNS, "nth"}
    return not ours and all(any(known in cells for known in _ROLES[role]) for role in _NEEDED)


def read_foreign_codings(name: str, data: bytes, *, paths: bool = True) -> Iterator[CodingDraft]:
    """The codings in a CSV of Taguette, of QualCoder, or of any program that names its columns in one of the ways known here.

    `paths`: a slash in a code's name parts it from its theme, as in our own export; else it is a part of the name. Highlights
    without a tag are left out. InputError names the line.
    """
    text = decode(data, name=name).text
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    line = 1
    try:
        places = _places(name, next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                draft = _draft(name, line, {role: _cell(cells, at) for role, at in places.items()}, paths=paths)
                if draft is not None:
                    yield draft
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(name, line, f"the row that begins here is not CSV ({error})")


def _places(name: str, header: list[str]) -> dict[str, int]:
    cells = [cell.strip().strip("\ufeff").casefold() for cell in header]
    found = {
        role: next(cells.index(known) for known in names if known in cells)
        for role, names in _ROLES.items()
        if any(known in cells for known in names)
    }
    for role in _NEEDED:
        if role not in found:
            raise InputError(
                f"{name}, line 1: there is no column for the {role}; one of {', '.join(_ROLES[role])} is needed."
            )
    return found


def _cell(cells: list[str], at: int) -> str:
    return restore(cells[at]) if at < len(cells) else ""


def _draft(name: str, line: int, row: dict[str, str], *, paths: bool) -> CodingDraft | None:
    source, code, quote = (row[role] for role in _NEEDED)
    if not code.strip():
        return None
    if not source.strip() or not quote.strip():
        refuse(name, line, f"there is no {'quote' if source.strip() else 'source'}")
    segment = None
    if row.get("start", "").strip().isdecimal() and row.get("end", "").strip().isdecimal():
        start, end = int(row["start"]), int(row["end"])
        segment = Segment(start, end) if start < end else None
    path = join_path(split_path(code)) if paths else join_path([code.strip()])
    return CodingDraft(
        source.strip(),
        path,
        segment,
        quote,
        coder=row.get("coder", "").strip() or None,
        memo=row.get("memo", ""),
        line=line,
    )
