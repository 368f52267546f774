"""The codebook as rows of a tree, and a code with all that is said of it as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.text import one_line
from sibtui.tui.widgets.lines import Line, wrapped
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.desk.codebook import CodebookView
    from sibtui.model.records import Code, Lineage

FIELDS = (
    ("D", "definition", "Definition"), ("I", "include", "Use it for"), ("N", "exclude", "Not for"),
    ("X", "example", "Example"), ("O", "origin", "Origin"), ("T", "status", "Status"), ("C", "colour", "Colour"),
    ("K", "key", "Key"),
)  # fmt: skip
"""Letter that edits it, attribute, what it is called."""
_HEAD, _NARROW = 14, 50


def tree_rows(
    view: CodebookView, colour: Callable[[str], str | None], filtered: str = "", taken: int | None = None
) -> list[Row]:
    """All codes, the retired ones too: tag, name, key, number of codings (of themes the sum). A row's key is the path."""
    words = filtered.casefold().split()
    counts = counts_of(view, view.codes)
    digits = max([1, *map(len, counts.values())])
    rows = []
    for code in view.codes:
        told = f"{code.path} {code.definition}".casefold()
        if not all(word in told for word in words):
            continue
        theme = code.parent is None
        status = {"retired": "retired ", "proposed": "proposed ", "active": ""}[code.status]
        rows.append(
            Row(
                code.path,
                code.name,
                mark=("✂ " if code.id == taken else "▎")
                if theme
                else f"{'✂ ' if code.id == taken else ''}{view.tag(code.path)} ",
                right=f"{status}{code.key or ' '} {counts[code.path]:>{digits}}".lstrip(),
                indent=0 if words else min(12, code.depth * 2),
                colour=colour(code.path),
                quiet=code.status == "retired",
                strong=theme,
            )
        )
    return rows


def counts_of(view: CodebookView, codes: Sequence[Code]) -> dict[str, str]:
    """Path → the number of its codings, of a theme with all below it, as it is written."""
    return {
        code.path: str((view.total(code.path) if code.parent is None else view.count(code.path)) or "·")
        for code in codes
    }


def field_lines(code: Code, lineage: Sequence[Lineage], width: int) -> list[Line]:
    """A code in full, each field with the letter that edits it; then what happened to it."""
    lines: list[Line] = [[(row, "strong")] for row in wrapped(" / ".join(split_path(code.path)), width)]
    for letter, attribute, name in FIELDS:
        told = getattr(code, attribute) or ""
        lines += _field(letter, name, told or _missing(attribute), width, quiet=not told)
    lines.append([])
    lines += [[(row, "quiet")] for told in _past(code, lineage) for row in wrapped(told, width)]
    return lines


def _missing(attribute: str) -> str:
    return {"colour": "its theme's", "key": "none"}.get(attribute, "not written yet")


def _field(letter: str, name: str, told: str, width: int, *, quiet: bool) -> Iterator[Line]:
    """A field beside what it is called, or below it where there is little room."""
    narrow = width < _NARROW and len(told) > width - _HEAD
    indent = 2 if narrow else _HEAD
    rows = [row for part in told.split("\n") for row in wrapped(part, max(10, width - indent))]
    style = "quiet" if quiet else "text"
    head: Line = [(f"{letter} ", "key"), (f"{name:<{_HEAD - 2}}", "quiet")]
    yield head if narrow else [*head, (rows[0], style)]
    yield from ([(" " * indent + row, style)] for row in rows[0 if narrow else 1 :])


def _past(code: Code, lineage: Sequence[Lineage]) -> Iterator[str]:
    yield f"since {code.since[:10]}"
    for event in lineage:
        note = f": {one_line(event.note)}" if event.note else ""
        yield f"{event.event} {event.at[:10]} by {event.coder}, {' / '.join(split_path(event.path))}{note}"
