"""The reader of survey tables (.csv, .tsv, .xlsx). Each row becomes a source.

The columns with answers become its text, and the other columns its attributes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.sheet_reader import cell_text, read_sheet
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.note_fields import FIELDS
from sibtui.formats.sources.own_tables import own_table
from sibtui.formats.sources.personal_columns import PERSONAL, is_personal
from sibtui.formats.sources.question_rows import without_question_rows
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.folding import name_key
from sibtui.model.left_out import left_out
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.formats.codec.sheet_reader import CellValue, SheetTable
    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(0|[1-9]\d{0,14})\.\d{1,15}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_ANSWER = re.compile(r"\d{1,4}[-/.]\d\d?[-/.]\d{1,4}\b|https?://|[^\W\d_]*[\d_]\S*$|[\W\d_]*$")
"""The pattern of a cell that is not an answer: it begins with a date or a web address, is one word with digits, or has no letters."""
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return one source for each row that has an answer.

    If there are several columns of answers, each answer follows after its question. If all values of an attribute
    have one type (number, date, or yes and no), they are converted to this type; otherwise they are texts. The first
    source has the warnings about the whole table.

    The hash of a source is computed only from the column names, the row, and the number of equal rows above this row.
    So if the table is imported again with more rows, only the new rows are added. Raises InputError when there are no
    answers or a column is missing.
    """
    sheet = read_sheet(name, data, encoding=encoding, sheet=options.sheet, header_row=options.header_row)
    sheet, questions = without_question_rows(sheet)
    other = None if options.text_columns else own_table(sheet.header)
    if other is not None:
        raise InputError(f"{name} {other.facts}.", other.hint)
    columns = _columns(name, sheet, questions, options)
    drafts: list[SourceDraft] = []
    names, seen = _Names(PurePath(name).stem, len(sheet.rows)), Counter[str]()
    values = {at: list(_typed([row[at] for row in sheet.rows])) for at in columns.attributes}
    empty = 0
    for number, row in enumerate(sheet.rows):
        text = _answers(columns, questions, row)
        if not text:
            empty += 1
            continue
        # A row that is wider than the header must not change the hashes of the others.
        beyond = [cell_text(cell) for cell in row[sheet.named :] if cell is not None]
        cells = [*map(cell_text, row[: sheet.named]), *beyond]
        content = json.dumps([columns.headers[: sheet.named], cells], ensure_ascii=False)
        seen[content] += 1
        label = names.take(cell_text(row[columns.name]) if columns.name is not None else "", number + 1)
        draft = source_draft(name, b"", text, fidelity="verbatim", encoding=sheet.encoding, confidence=sheet.confidence)
        attributes = {
            columns.headers[at]: values[at][number] for at in columns.attributes if values[at][number] is not None
        }
        digest = sha256(f"{seen[content]}{content}".encode("utf-8", "replace")).hexdigest()
        drafts.append(replace(draft, name=label, title=label, attributes=attributes, sha256=digest))
    if not drafts:
        raise InputError(f"{name} holds no answers: no row below the first has any text in {columns.text_headers()}.")
    warnings = (*sheet.notices(), *_doubtful_header(sheet), *columns.warnings, *_left_out(empty), *names.warnings())
    return [replace(drafts[0], warnings=warnings, left_out=left_out(sheet.left_out)), *drafts[1:]]


@dataclass(frozen=True, slots=True)
class _Columns:
    headers: list[str]
    texts: list[int]
    name: int | None
    attributes: list[int]
    warnings: list[str] = field(default_factory=list)

    def text_headers(self) -> str:
        """Return the names of the columns of answers as words for a message, such as “Why” and “How”."""
        return listed((one_line(self.headers[at], 60) for at in self.texts), quoted=True)


def _columns(name: str, sheet: SheetTable, questions: Sequence[str], options: ReadOptions) -> _Columns:
    find = _Finder(name, sheet.header)
    texts = [find(column) for column in dict.fromkeys(options.text_columns)]
    named = None if options.name_column is None else find(options.name_column)
    warnings: list[str] = []
    used = [at for at in range(len(sheet.header)) if any(row[at] not in (None, "") for row in sheet.rows)]
    named_columns = {find(column) for column in (*options.personal_columns, *(options.attribute_columns or ()))}
    personal = [at for at in used if at not in {*texts, named, *named_columns} and _is_personal(sheet, questions, at)]
    used = [at for at in used if at not in personal]
    if not texts:
        rest = [at for at in used if at != named]
        if not rest:
            raise InputError(f"{name} holds no answers: there is nothing below its first row.")
        texts = [max(rest, key=lambda at: _lengths(cell_text(row[at]) for row in sheet.rows))]
    if options.attribute_columns is None:
        attributes = [at for at in used if at not in texts and at != named]
    else:
        attributes = [find(column) for column in dict.fromkeys(options.attribute_columns)]
    if personal and options.attribute_columns is None:
        shown = listed((one_line(sheet.header[at], 40) for at in personal), len(personal), quoted=True)
        left = "was left out" if len(personal) == 1 else "were left out"
        warnings.append(f"{plural(len(personal), 'column')} {PERSONAL} {left}: {shown}")
    headers = _attribute_names(sheet.header, attributes, warnings)
    columns = _Columns(headers, texts, named, attributes, warnings)
    if not options.text_columns:
        others = "" if options.attribute_columns is not None or not attributes else ", and the others as attributes"
        warnings.insert(0, f"the longest column, {columns.text_headers()}, was taken as the text{others}")
    return columns


def _lengths(texts: Iterable[str]) -> tuple[int, int]:
    """Return (number of characters in cells that may be answers, number of characters in all cells) of a column.

    A cell with a date, a number, an id or an address is not an answer.
    """
    answers = total = 0
    for text in texts:
        total += len(text)
        answers += 0 if _NO_ANSWER.match(text.strip()) else len(text)
    return answers, total


def _is_personal(sheet: SheetTable, questions: Sequence[str], at: int) -> bool:
    names = {sheet.header[at], *questions[at : at + 1]}
    values = [cell_text(row[at]) for row in sheet.rows]
    return any(is_personal(name, values, (*sheet.header, *questions)) for name in names)


class _Finder:
    """Finds the index of a column by its name. Letter case and similar differences are ignored, as by `name_key`."""

    def __init__(self, name: str, header: Sequence[str]) -> None:
        self._name = name
        self._header = header

    def __call__(self, name: str) -> int:
        matches = [at for at, column in enumerate(self._header) if name_key(column) == name_key(name)]
        if len(matches) == 1:
            return matches[0]
        problem = f"{self._name} has {'several columns' if matches else 'no column'} “{one_line(name, 60)}”"
        if matches:
            raise InputError(f"{problem}: give each column its own name.")
        columns = listed((one_line(column, 40) for column in self._header), 12, quoted=True)
        raise InputError(f"{problem}; there are {columns}.")


def _attribute_names(header: Sequence[str], attributes: Iterable[int], warnings: list[str]) -> list[str]:
    """Return the names of all columns. A column in `attributes` gets another name if its own is already used.

    A name is used if another attribute or a field of sources has it. Each changed name gets a warning.
    """
    names = list(header)
    taken = set(FIELDS)
    tried: Counter[str] = Counter()  # a table may have the same name ten thousand times
    for at in attributes:
        name, key = names[at], name_key(names[at])
        while name_key(name) in taken:
            tried[key] += 1
            name = f"{names[at]} (answer)" if tried[key] == 1 else f"{names[at]} ({tried[key]})"
        taken.add(name_key(name))
        if name != names[at]:
            warnings.append(f"the column “{one_line(names[at], 60)}” became the attribute “{one_line(name, 70)}”")
            names[at] = name
    return names


def _answers(columns: _Columns, questions: Sequence[str], row: Sequence[CellValue]) -> str:
    """Return a row's answers as one text. With several columns, each answer is below its question or column name."""
    headings = questions or columns.headers
    answers = [(headings[at] or columns.headers[at], cell_text(row[at]).strip()) for at in columns.texts]
    if len(answers) == 1:
        return answers[0][1]
    return "\n\n".join(f"{question}\n{answer}" for question, answer in answers if answer)


class _Names:
    """Makes a unique name for each source.

    The name is taken from the row, or else made of the file name and the number of the row.
    """

    def __init__(self, stem: str, rows: int) -> None:
        self._stem = stem
        self._width = len(str(rows))
        self._taken: set[str] = set()
        self._renamed: list[str] = []

    def take(self, cell: str, number: int) -> str:
        """Return a unique name for the source of a row. `cell` is the row's cell in the column of names."""
        name = base = one_line(cell, 100) or f"{self._stem} {number:0{self._width}}"
        copy = 1
        while name_key(name) in self._taken:
            copy += 1
            name = f"{base} ({copy})"
        self._taken.add(name_key(name))
        if name != base:
            self._renamed.append(base)
        return name

    def warnings(self) -> Iterator[str]:
        """Yield a warning if numbers were added to some names to make them unique. The warning has no full stop."""
        if self._renamed:
            rows = "1 row has" if len(self._renamed) == 1 else f"{len(self._renamed)} rows have"
            yield f"{rows} the name of another (“{one_line(self._renamed[0], 40)}”), and a number was added"


def _doubtful_header(sheet: SheetTable) -> Iterator[str]:
    """Yield a warning, without a full stop, if a column name is a number or a date: the header may be missing."""
    named = [name for at, name in enumerate(sheet.header[: sheet.named]) if at not in sheet.unnamed]
    odd = [name for name in named if _INTEGER.fullmatch(name) or _DECIMAL.fullmatch(name) or _is_date(name)]
    if odd:
        yield f"the names of columns, such as “{one_line(odd[0], 40)}”, may be the answers of a first row: the table needs a header"


def _left_out(empty: int) -> Iterator[str]:
    if empty:
        yield "1 row without an answer was left out" if empty == 1 else f"{empty} rows without an answer were left out"


def _typed(cells: Sequence[CellValue]) -> Iterator[Any]:
    """Yield the values of one attribute, all converted to the same type, such as number. Empty cells become None."""
    texts = [cell_text(cell).strip() for cell in cells]
    filled = [text for text in texts if text]
    if all(_INTEGER.fullmatch(text) for text in filled):
        convert: Any = int
    elif all(_INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text) for text in filled):
        convert = float
    elif all(_is_date(text) for text in filled):
        convert = dt.date.fromisoformat
    elif all(text.casefold() in _YES_NO for text in filled):
        convert = lambda text: _YES_NO[text.casefold()]  # noqa: E731 - one of four conversions
    else:
        convert = str
    return (convert(text) if text else None for text in texts)


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
