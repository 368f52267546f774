"""Survey answers (.csv, .tsv, .xlsx): one source a row, its other columns attributes of it."""

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
from sibtui.formats.extracted import extracted
from sibtui.formats.notes import FIELDS
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.sheets import read_sheet
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.formats.read_options import ReadOptions
    from sibtui.formats.sheets import Cell, Sheet
    from sibtui.model.drafts import SourceDraft

_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(0|[1-9]\d{0,14})\.\d{1,15}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """One source a row with an answer. What was decided about the table is told in the first one's warnings.

    Answers to several questions follow one another, each below its question. A column of attributes is numbers, dates or
    yes and no if all of it is, else text. Each source has a hash of its own row, so that a longer table adds what is new.
    """
    sheet = read_sheet(name, data, encoding=encoding, wanted=options.sheet)
    columns = _columns(name, sheet, options)
    drafts: list[SourceDraft] = []
    names, seen = _Names(PurePath(name).stem, len(sheet.rows)), Counter[str]()
    values = {at: list(_typed([row[at] for row in sheet.rows])) for at in columns.attributes}
    empty = 0
    for number, row in enumerate(sheet.rows):
        text = _answers(columns, row)
        if not text:
            empty += 1
            continue
        content = json.dumps([columns.headers, [_text(cell) for cell in row]], ensure_ascii=False)
        seen[content] += 1
        label = names.take(_text(row[columns.name]) if columns.name is not None else "", number + 1)
        draft = extracted(name, data, text, fidelity="verbatim", encoding=sheet.encoding, confidence=sheet.confidence)
        attributes = {
            columns.headers[at]: values[at][number] for at in columns.attributes if values[at][number] is not None
        }
        digest = sha256(f"{seen[content]}{content}".encode("utf-8", "replace")).hexdigest()
        drafts.append(replace(draft, name=label, title=label, attributes=attributes, sha256=digest))
    if not drafts:
        raise InputError(f"{name} holds no answers: no row below the first has any text in {columns.told()}.")
    warnings = (*sheet.told, *columns.warnings, *_left_out(empty), *names.warnings())
    return [replace(drafts[0], warnings=warnings), *drafts[1:]]


@dataclass(frozen=True, slots=True)
class _Columns:
    headers: list[str]
    texts: list[int]
    name: int | None
    attributes: list[int]
    warnings: list[str] = field(default_factory=list)

    def told(self) -> str:
        return ", ".join(f"“{one_line(self.headers[at], 60)}”" for at in self.texts)


def _columns(name: str, sheet: Sheet, options: ReadOptions) -> _Columns:
    find = _Finder(name, sheet.header)
    texts = [find(column) for column in dict.fromkeys(options.text_columns)]
    named = None if options.name_column is None else find(options.name_column)
    warnings: list[str] = []
    used = [at for at in range(len(sheet.header)) if any(row[at] not in (None, "") for row in sheet.rows)]
    if not texts:
        rest = [at for at in used if at != named]
        if not rest:
            raise InputError(f"{name} holds no answers: there is nothing below its first row.")
        lengths = {at: sum(len(_text(row[at])) for row in sheet.rows) for at in rest}
        texts = [max(rest, key=lengths.__getitem__)]
    if options.attribute_columns is None:
        attributes = [at for at in used if at not in texts and at != named]
    else:
        attributes = [find(column) for column in dict.fromkeys(options.attribute_columns)]
    headers = _attribute_names(sheet.header, attributes, warnings)
    columns = _Columns(headers, texts, named, attributes, warnings)
    if not options.text_columns:
        others = "" if options.attribute_columns is not None or not attributes else ", and the others as attributes"
        warnings.insert(0, f"the longest column, {columns.told()}, was taken as the text{others}")
    return columns


class _Finder:
    """Finds columns by their names; letter case does not matter."""

    def __init__(self, name: str, header: Sequence[str]) -> None:
        self._name = name
        self._header = header

    def __call__(self, wanted: str) -> int:
        found = [at for at, column in enumerate(self._header) if column.casefold() == wanted.strip().casefold()]
        if len(found) == 1:
            return found[0]
        shown = f"{self._name} has {'several columns' if found else 'no column'} “{one_line(wanted, 60)}”"
        if found:
            raise InputError(f"{shown}: give them names of their own.")
        raise InputError(
            f"{shown}; there are {', '.join(f'“{one_line(column, 40)}”' for column in self._header[:12])}."
        )


def _attribute_names(header: Sequence[str], attributes: Iterable[int], warnings: list[str]) -> list[str]:
    """The columns' names, those of attributes made such that no source has two of one, nor one that means another thing."""
    names = list(header)
    taken = set(FIELDS)
    for at in attributes:
        name = names[at]
        number = 1
        while name.casefold() in taken:
            name = f"{names[at]} (answer)" if number == 1 else f"{names[at]} ({number})"
            number += 1
        taken.add(name.casefold())
        if name != names[at]:
            warnings.append(f"the column “{one_line(names[at], 60)}” became the attribute “{one_line(name, 70)}”")
            names[at] = name
    return names


def _answers(columns: _Columns, row: Sequence[Cell]) -> str:
    answers = [(columns.headers[at], _text(row[at]).strip()) for at in columns.texts]
    if len(answers) == 1:
        return answers[0][1]
    return "\n\n".join(f"{question}\n{answer}" for question, answer in answers if answer)


class _Names:
    """Names for the sources: what their column says, else the file's with the number of the row."""

    def __init__(self, stem: str, rows: int) -> None:
        self._stem = stem
        self._width = len(str(rows))
        self._taken: set[str] = set()
        self._renamed: list[str] = []

    def take(self, wanted: str, number: int) -> str:
        name = base = one_line(wanted, 100) or f"{self._stem} {number:0{self._width}}"
        again = 1
        while name in self._taken:
            again += 1
            name = f"{base} ({again})"
        self._taken.add(name)
        if name != base:
            self._renamed.append(base)
        return name

    def warnings(self) -> Iterator[str]:
        if self._renamed:
            rows = "1 row has" if len(self._renamed) == 1 else f"{len(self._renamed)} rows have"
            yield f"{rows} the name of another (“{one_line(self._renamed[0], 40)}”), and a number was put after it"


def _left_out(empty: int) -> Iterator[str]:
    if empty:
        yield "1 row without an answer was left out" if empty == 1 else f"{empty} rows without an answer were left out"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time.min else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _typed(cells: Sequence[Cell]) -> Iterator[Any]:
    """The values of one attribute: all of one kind, as a study wants them. Empty cells are None."""
    texts = [_text(cell).strip() for cell in cells]
    there = [text for text in texts if text]
    if all(_INTEGER.fullmatch(text) for text in there):
        made: Any = int
    elif all(_INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text) for text in there):
        made = float
    elif all(_is_date(text) for text in there):
        made = dt.date.fromisoformat
    elif all(text.casefold() in _YES_NO for text in there):
        made = lambda text: _YES_NO[text.casefold()]  # noqa: E731 - one of four conversions
    else:
        made = str
    return (made(text) if text else None for text in texts)


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
