"""Parts of a worksheet that are not values of cells: hidden rows and columns, comments and pictures.

Merged cells, and formulas without a stored result, are found too.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.left_out import LeftOutKind

_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_TARGET = re.compile(rb'\bTarget="([^"]+)"')
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s")
_PICTURE = re.compile(rb"<(?:\w+:)?pic[\s>]")
_DRAWING = re.compile(rb"<(?:\w+:)?(?:graphicFrame|sp)[\s>]")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FIELD = re.compile(rb'(min|max|hidden)="(\w+)"')
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def sheet_marks(data: bytes, part: str, width: int) -> Iterator[str]:
    """Yield warnings about hidden rows, hidden columns and formulas without a result on a worksheet.

    Each warning is a text without a full stop. `part` is the path of the worksheet in the workbook's archive. Hidden
    columns are counted only among the first `width` columns.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(part)
    if hidden := len(_HIDDEN.findall(xml)):
        yield f"{plural(hidden, 'hidden row')} {'was' if hidden == 1 else 'were'} read like the others"
    if hidden := sum(_hidden_columns(xml, width)):
        yield f"{plural(hidden, 'hidden column')} {'was' if hidden == 1 else 'were'} read like the others"
    if formulas := len(_UNCOMPUTED.findall(xml)):
        yield f"{plural(formulas, 'formula')} without a stored result {'is' if formulas == 1 else 'are'} empty"


def sheet_losses(data: bytes, part: str) -> dict[LeftOutKind, int]:
    """Return how many comments, pictures and drawings (charts, text boxes) a worksheet has: kind → count.

    `part` is the path of the worksheet in the workbook's archive.
    """
    counts: Counter[LeftOutKind] = Counter()
    folder, _, name = part.rpartition("/")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        known = set(archive.namelist())
        links = f"{folder}/_rels/{name}.rels"
        for target in dict.fromkeys(_TARGET.findall(archive.read(links))) if links in known else ():
            path = _path(folder, target.decode("utf-8", "replace"))
            if path not in known or path.endswith(".vml"):
                continue
            xml = archive.read(path)
            counts["comment"] += len(_COMMENT.findall(xml)) if b"threadedComments" not in target else 0
            counts["picture"] += len(_PICTURE.findall(xml))
            counts["drawing"] += len(_DRAWING.findall(xml))
    return dict(counts)


def _path(folder: str, target: str) -> str:
    """Return the path of a linked file in the archive. Without a leading `/`, `target` is relative to `folder`."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def merged_below(data: bytes, part: str) -> Iterator[tuple[int, int, int]]:
    """Yield (column, first row, last row) for each group of merged cells in one column.

    Columns are counted from 0, and rows from 1. Groups that cover several columns are left out. `part` is the path
    of the worksheet in the workbook's archive.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(part)
    for column, first, last_column, last in _MERGED.findall(xml):
        if column == last_column and int(last) > int(first):
            yield _number(column) - 1, int(first), int(last)


def _number(letters: bytes) -> int:
    """Return the number (from 1) of the column with these letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _hidden_columns(xml: bytes, width: int) -> Iterator[int]:
    """Yield the size of each group of neighbouring hidden columns.

    Only columns among the first `width` columns are counted.
    """
    for group in _COLUMNS.findall(xml):
        fields = dict(_FIELD.findall(group))
        first, last = fields.get(b"min", b""), fields.get(b"max", b"")
        if fields.get(b"hidden") in (b"1", b"true") and first.isdigit() and last.isdigit():
            yield max(0, min(int(last), width) - int(first) + 1)
