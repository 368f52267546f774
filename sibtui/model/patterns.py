"""Patterns of matrix rows. The pattern of a row is the set of columns in which the row is present."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeVar, get_args

from sibtui.model.frozen import replace
from sibtui.model.matrix import Matrix, MatrixRow
from sibtui.model.text import plural

RowOrder = Literal["saved", "pattern"]
"""The order of the rows of a matrix: the saved order, or sorted by pattern."""
ROW_ORDERS: tuple[RowOrder, ...] = get_args(RowOrder)

M = TypeVar("M", bound=Matrix)


def pattern(row: MatrixRow) -> tuple[bool, ...]:
    """Return one bool per column: whether the row is present in this column. A contested cell counts as present."""
    return tuple(cell.state in {"present", "contested"} for cell in row.cells)


def pattern_words(row: MatrixRow) -> str:
    """Return in how many columns a row is present, as a phrase: `in all 4`, `in 3 of 4` or `in none of 4`."""
    found, of = sum(pattern(row)), len(row.cells)
    if not of:
        return "without columns"
    return f"in all {of}" if found == of else f"in {found} of {of}" if found else f"in none of {of}"


def sorted_by_pattern(matrix: M) -> M:
    """Return the matrix with its rows sorted by the number of columns in which they are present, the most first.

    Rows with the same pattern are together.
    """

    def key(row: MatrixRow) -> tuple[int, list[bool]]:
        marks = pattern(row)
        return -sum(marks), [not mark for mark in marks]

    return replace(matrix, rows=tuple(sorted(matrix.rows, key=key)), by_pattern=True)


def pattern_groups(rows: Iterable[MatrixRow]) -> list[tuple[str, tuple[MatrixRow, ...]]]:
    """Return groups of rows that are present in the same number of columns, as (words such as `in 3 of 4`, rows).

    The group with the most columns is first. Within a group, the rows keep their order.
    """
    groups: dict[int, list[MatrixRow]] = {}
    for row in rows:
        groups.setdefault(sum(pattern(row)), []).append(row)
    return [(pattern_words(groups[count][0]), tuple(groups[count])) for count in sorted(groups, reverse=True)]


def pattern_headings(rows: Iterable[MatrixRow]) -> dict[int, str]:
    """Return a map: index of the first row of a group (see `pattern_groups`) → heading such as `in 3 of 4`.

    The rows must be sorted as by `sorted_by_pattern`.
    """
    found, at = dict[int, str](), 0
    for words, group in pattern_groups(rows):
        found[at] = f"Present {words} ({plural(len(group), 'row')})"
        at += len(group)
    return found
