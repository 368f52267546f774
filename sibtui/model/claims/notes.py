"""The check of the footnotes in matrices.

A footnote such as `in SIBs B and D` is a claim about its row: the cells in the columns SIB B and SIB D have an X
(the mark of a present cell).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN = r"(?<!\w)(?:in|within)\s+(?:both\s+)?(?:the\s+)?"
_AND = r"\s*(?:,\s*and|,|and|&)\s*"


@dataclass(frozen=True, slots=True)
class NoteClaim:
    """A footnote that is wrong: it names columns in which its row has no X (mark of a present cell).

    `missing` are these columns. `column` is the column of the cell with the footnote; empty if the footnote is on the
    label of the row.
    """

    matrix: str
    row: str
    column: str
    note: str
    missing: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"{self.row}: the note “{self.note}” names {', '.join(self.missing)}, where the row has no X."


def columns_in(note: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Return the column labels that a footnote names after “in” or “within”, in the order of `labels`.

    If all labels begin with the same word, the footnote may have this word in the plural.

    >>> columns_in("This includes social prescribing in SIBs B and D.", ["SIB A", "SIB B", "SIB C", "SIB D"])
    ('SIB B', 'SIB D')
    """
    found: set[str] = set()
    forms = {re.escape(label): label for label in labels}
    _add(found, note, forms, "")
    first = labels[0].partition(" ")[0] if labels else ""
    if first and all(label.startswith(f"{first} ") for label in labels):
        short = {re.escape(label[len(first) + 1 :]): label for label in labels}
        _add(found, note, short, rf"{re.escape(first)}s?\s+")
    return tuple(label for label in labels if label in found)


def _add(found: set[str], note: str, forms: dict[str, str], begin: str) -> None:
    """Add to `found` the column labels that the footnote lists.

    `forms` is a map: regular expression for a label → label. `begin` is the regular expression for the text before
    the first label.
    """
    any_label = "|".join(sorted(forms, key=len, reverse=True))
    if not any_label:
        return
    # Each label is a whole word: “SIB A” is not a part of “SIB Ab”
    group = rf"(?:{any_label})(?!\w)"
    for match in re.finditer(rf"{_IN}{begin}({group}(?:{_AND}{group})*)", note):
        for each in re.finditer(group, match[1]):
            found.add(forms[re.escape(each[0])])
