"""Finding the header row of a table. The header row may be below a title."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE, _DEEPEST, _LONGEST = 30, 10, 300


def header_index(rows: Sequence[Sequence[Any]]) -> int:
    """Return the index of the header row, from 0.

    The header row is usually the first row. If the table begins with a title, the header row is the first row with
    several names below the title.

    In a table of two columns, a row with only one cell may be data. So if only such rows are above the row of names,
    they are not taken for a title, and the result is 0.
    """
    filled = [sum(map(_has_text, row)) for row in rows[:_SAMPLE]]
    usual = max(
        Counter(count for count in filled if count).most_common(), key=lambda each: (each[1], each[0]), default=(0, 0)
    )
    if not filled or usual[0] < 2:
        return 0
    for at, row in enumerate(rows[:_DEEPEST]):
        if filled[at] > 1:
            is_below_title = usual[0] > 2 or any(len(each) != 1 for each in rows[:at])
            return at if is_below_title and 2 * filled[at] >= usual[0] and _names_columns(row) else 0
        if filled[at] and not _has_text(row[0]):
            return 0
    return 0


def _has_text(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _names_columns(row: Sequence[Any]) -> bool:
    """Return whether a row can be column names: its texts differ, none is too long, and no cell is a number or date."""
    names = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
    others = any(_has_text(cell) and not isinstance(cell, str) for cell in row)
    numbers = any(name.replace(".", "").replace(",", "").isdecimal() for name in names)
    return not others and not numbers and len(set(names)) == len(names) and max(map(len, names), default=0) <= _LONGEST
