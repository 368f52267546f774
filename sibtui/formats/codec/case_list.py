"""Lists of case labels, written as one text for a table cell or a line. The labels are joined by `; `."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_CASE = "?"
"""The cell content for a coding whose case is not known. An empty cell means that the coding is about the only case of its source."""

_ESCAPED = re.compile(r"\\([\\;?\s])|(;)|(.)", re.DOTALL)


def join_cases(labels: Sequence[str]) -> str:
    r"""Return the labels as the text of one cell, joined by `; `. Without labels, return `?`.

    Semicolons and backslashes inside a label are escaped by a backslash.
    """
    return "; ".join(map(_escaped, labels)) if labels else NO_CASE


def split_cases(cell: str) -> tuple[str, ...]:
    """Return the labels in the text of a cell; the inverse of `join_cases`. The text `?` has no labels.

    Spaces around labels, and empty labels, are removed.
    """
    if cell.strip() == NO_CASE:
        return ()
    labels, label = [], ""
    fixed = 0
    for escaped, semicolon, other in _ESCAPED.findall(cell):
        if semicolon:
            labels.append(_trimmed(label, fixed))
            label, fixed = "", 0
        elif escaped:
            label += escaped
            fixed = len(label)
        elif label or not other.isspace():
            label += other
    labels.append(_trimmed(label, fixed))
    return tuple(label for label in labels if label)


def _trimmed(label: str, fixed: int) -> str:
    """Return a label without the spaces at its end. The first `fixed` characters are kept, with their spaces."""
    return label[:fixed] + label[fixed:].rstrip()


def _escaped(label: str) -> str:
    if label == NO_CASE:
        return "\\?"
    text = label.replace("\\", "\\\\").replace(";", "\\;")
    if text[:1].isspace():
        text = "\\" + text
    return text[:-1] + "\\" + text[-1] if text[-1:].isspace() and len(label) > 1 else text
