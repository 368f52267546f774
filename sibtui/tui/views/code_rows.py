"""The codebook as the rows of a tree, and one code as lines with its fields and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.folding import fold
from sibtui.model.text import one_line
from sibtui.tui.views.fields import labelled_field
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.records import Code, Lineage
    from sibtui.workspace.codebook_view import CodebookView

FIELDS = (
    ("D", "definition", "Definition"), ("I", "include", "Use it for"), ("N", "exclude", "Not for"),
    ("X", "example", "Example"), ("O", "origin", "Origin"), ("T", "status", "Status"), ("C", "colour", "Colour"),
    ("K", "key", "Key"),
)  # fmt: skip
"""The fields of a code. Each has the letter of the key that edits it, the name of its attribute, and its label."""


def tree_rows(
    view: CodebookView, colour: Callable[[str], str | None], filtered: str = "", cut_id: int | None = None
) -> list[ListRow]:
    """Return a row for each code whose path or definition has all words of `filtered`. Retired codes are included.

    The key (identifier) of a row is the path of its code. The code with the id `cut_id`, which the user is moving,
    gets a mark.
    """
    counts = counts_of(view, view.codes)
    digits = max([1, *map(len, counts.values())])
    rows = []
    for code in codes_with(view.codes, filtered):
        theme = code.parent is None
        status = {"retired": "retired ", "proposed": "proposed ", "active": ""}[code.status]
        rows.append(
            ListRow(
                code.path,
                code.name,
                mark=("✂ " if code.id == cut_id else "▎")
                if theme
                else f"{'✂ ' if code.id == cut_id else ''}{view.tag(code.path)} ",
                right=status + key_and_count(code.key or "", counts[code.path], 1, digits),
                indent=0 if filtered else min(12, code.depth * 2),
                colour=colour(code.path),
                quiet=code.status == "retired",
                strong=theme,
            )
        )
    return rows


def key_and_count(key: str, count: str, letters: int, digits: int) -> str:
    """Return the keyboard key of a code and the number of its codings as one text, such as “a │ 18”.

    `letters` is the width of the key, and `digits` is the width of the number. A vertical line separates the key and
    the number, because “1 18” would look like one number. If the key is empty, return only the number.
    """
    return f"{key:>{letters}} │ {count:>{digits}}" if key else f"{count:>{digits}}"


def codes_with(codes: Sequence[Code], filtered: str) -> list[Code]:
    """Return the codes that have all words of `filtered` in their path or definition."""
    words = fold(filtered).split()
    return [
        code for code in codes if not words or all(word in fold(f"{code.path} {code.definition}") for word in words)
    ]


def counts_of(view: CodebookView, codes: Sequence[Code]) -> dict[str, str]:
    """Return a dict: path of a code → the number of its codings, as text. “·” means 0.

    The number of a theme (a code at the top level) includes the codings of all codes below it.
    """
    return {
        code.path: str((view.total(code.path) if code.parent is None else view.count(code.path)) or "·")
        for code in codes
    }


def field_lines(code: Code, lineage: Sequence[Lineage], width: int) -> list[Line]:
    """Return a code as lines: its path, its fields and its history. Each field comes after the key that edits it."""
    lines: list[Line] = [[(row, "strong")] for row in wrapped(" / ".join(split_path(code.path)), width)]
    for letter, attribute, name in FIELDS:
        value = getattr(code, attribute) or ""
        lines += labelled_field(letter, name, value or _placeholder(attribute), width, quiet=not value)
    lines.append([])
    lines += [[(row, "quiet")] for event in _history(code, lineage) for row in wrapped(event, width)]
    return lines


def _placeholder(attribute: str) -> str:
    return {"colour": "its theme's", "key": "none"}.get(attribute, "not written yet")


def _history(code: Code, lineage: Sequence[Lineage]) -> Iterator[str]:
    yield f"since {code.since[:10]}"
    for event in lineage:
        note = f": {one_line(event.note)}" if event.note else ""
        yield f"{event.event} {event.at[:10]} by {event.coder}, {' / '.join(split_path(event.path))}{note}"
