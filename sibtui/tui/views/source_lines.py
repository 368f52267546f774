"""Lines about a source: its title and its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text_width import width_of
from sibtui.tui.widgets.text_lines import Line, cut, wrapped

if TYPE_CHECKING:
    from sibtui.model.records import ReadingState, Source

READING_MARKS: dict[ReadingState, str] = {"unread": "○", "in progress": "◐", "read": "●"}


def source_lines(source: Source | None, width: int) -> list[Line]:
    if source is None:
        return []
    lines: list[Line] = [[(row, "strong")] for row in wrapped(source.title or source.name, width)]
    facts = {
        "": source.name, "cases": ", ".join(source.cases) or "none", "kind": source.kind, "fidelity": source.fidelity,
        "reading": source.reading, "codings": str(source.codings), "without a case": str(source.unattributed),
        "characters": f"{source.length:,}", **source.attributes,
    }  # fmt: skip
    for name, fact in facts.items():
        lines += [[(row, "quiet")] for row in wrapped(f"{name}: {fact}" if name else fact, width)]
    return lines


def source_line(source: Source, width: int) -> Line:
    """Return a source as one line, for narrow screens."""
    title = source.title or source.name
    facts = [source.name] * (title != source.name) + [source.kind, source.reading]
    text = " · ".join(["", *facts])
    room = max(width // 2, width - width_of(text))
    return [(cut(title, room), "text"), (cut(text, width - min(room, width_of(title))), "quiet")]
