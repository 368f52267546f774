"""Reading table cells that must contain one of several words, or a date and time. Errors name file, line and column."""

from __future__ import annotations

from typing import TypeVar

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.line_errors import refuse
from sibtui.model.text import one_line

T = TypeVar("T", bound=str)


def one_of(cell: str, known: tuple[T, ...], column: str, name: str, line: int) -> T:
    """Return the text of a cell. Raises InputError if the text is not one of the words in `known`."""
    if cell not in known:
        refuse(name, line, f"“{column}” is “{one_line(cell, 40)}”; it is one of {', '.join(known)}")
    return cell


def moment(cell: str, column: str, name: str, line: int) -> str:
    """Return the date and time in a cell as a timestamp. Raises InputError if the cell has any other text."""
    try:
        return timestamps.instant(cell)
    except ValueError:
        refuse(name, line, f"“{column}” is “{one_line(cell, 40)}”, no date and time such as 2020-05-14T16:30:00Z")
