"""What the panes beside the note show, as rows and lines made from the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from sibtui.desk.codebook import short
from sibtui.model.codebook import split_path
from sibtui.model.text import one_line
from sibtui.tui.commands.coding import LETTERS_TAKEN
from sibtui.tui.note.margin import sign_of
from sibtui.tui.views.code_rows import counts_of
from sibtui.tui.widgets.lines import Line, cut, wrapped
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.desk.codebook import CodebookView
    from sibtui.desk.desk import Desk
    from sibtui.model.records import Coding, Reading, Source

SHARED, NO_CASE = "Multiple", "No case"
READING: dict[Reading, str] = {"unread": "○", "in progress": "◐", "read": "●"}


def source_rows(sources: Sequence[Source], cases: Sequence[str], opened: str | None) -> list[Row]:
    """The sources under their case, in the order of cases; those of several, then those of none."""
    groups: dict[str, list[Source]] = {label: [] for label in (*cases, SHARED, NO_CASE)}
    for source in sources:
        group = SHARED if len(source.cases) > 1 else source.cases[0] if source.cases else NO_CASE
        groups.setdefault(group, []).append(source)
    rows: list[Row] = []
    for group, members in groups.items():
        if members:
            rows.append(Row(None, one_line(group)))
            rows += [source_row(source, opened) for source in members]
    return rows


def source_row(source: Source, opened: str | None) -> Row:
    waits = f"?{source.unattributed} " if source.unattributed else ""
    return Row(
        source.name,
        source.name,
        mark=f"{'▸' if source.name == opened else ' '}{READING[source.reading]} ",
        right=f"{waits}{source.codings or '·'}",
        strong=source.name == opened,
    )


def code_rows(
    codebook: CodebookView, pins: dict[str, str], colour: Callable[[str], str | None], filtered: str = ""
) -> list[Row]:
    """The codebook as a tree: key or pinned digit, name, count; of themes the sum. Only what has all the words filtered by."""
    keys = code_keys(codebook, pins)
    words = filtered.casefold().split()
    counts = counts_of(codebook, codebook.usable)
    digits, letters = (max([1, *map(len, each.values())]) for each in (counts, keys))
    rows = []
    for code in codebook.usable:
        path = code.path.casefold()
        if words and not all(word in path or word in code.definition.casefold() for word in words):
            continue
        parent = code.parent is None
        rows.append(
            Row(
                code.path,
                code.name,
                mark="▎" if parent else f"{codebook.tag(code.path)} ",
                right=f"{keys.get(code.path, ''):>{letters}} {counts[code.path]:>{digits}}".lstrip(),
                indent=0 if words else min(8, code.depth * 1),
                colour=colour(code.path),
                strong=parent,
            )
        )
    return rows


def code_keys(codebook: CodebookView, pins: dict[str, str]) -> dict[str, str]:
    """Path → what is typed to apply it: a digit, a letter, or ' and a letter that is a command by itself."""
    keys = {
        code.path: f"'{code.key}" if code.key in LETTERS_TAKEN else code.key for code in codebook.usable if code.key
    }
    return keys | {path: digit for digit, path in pins.items() if path in codebook.by_path}


def title_lines(desk: Desk, width: int) -> list[Line]:
    """The note's title, what is known about it, and a line of room."""
    source = desk.source
    if source is None:
        return [
            [("No source is open", "strong")],
            [("+", "key"), (" brings notes in: files and whole folders.", "quiet")],
        ]
    loose = f", {source.unattributed} without a case" if source.unattributed else ""
    known = [
        f"{READING[source.reading]} {source.reading}",
        f"{source.codings} coding{'' if source.codings == 1 else 's'}{loose}",
        ", ".join(source.cases) or "no case",
        source.kind,
        *([source.attributes["date"]] if "date" in source.attributes else []),
    ]
    title = source.title or source.name
    name = f"  {cut(source.name, width // 2)}" if source.name != title else ""
    return [
        [(cut(title, width - cell_len(name)), "strong"), (name, "quiet")],
        [(cut(" · ".join(known), width), "quiet")],
        [],
    ]


def detail_lines(desk: Desk, width: int, colour: Callable[[str], str | None]) -> tuple[list[Line], tuple[int, int]]:
    """The codings at the selection, and which of the lines, first and last, tell of the one that is meant."""
    here = desk.here
    if not here:
        told = wrapped("Enter applies a code to what is selected.", width)
        return [[("No coding here", "strong")], *([(row, "quiet")] for row in told)], (0, 0)
    lines: list[Line] = []
    meant = (0, 0)
    for coding in here:
        if lines:
            lines.append([])
        first = len(lines)
        lines += _coding_lines(desk, coding, width, colour)
        if coding.id == desk.active:
            meant = (first, len(lines) - 1)
    return lines, meant


def code_lines(desk: Desk, path: str, width: int) -> list[Line]:
    """A code in full: what its row in the codebook has no room for."""
    code = desk.code(path)
    if code is None:
        return []
    lines: list[Line] = [[(row, "strong")] for row in wrapped(" / ".join(split_path(path)), width)]
    for name, told in (("", code.definition), ("Use it for: ", code.include), ("Not for: ", code.exclude)):
        if told:
            lines += [[], *([(row, "text")] for row in wrapped(name + told, width))]
    if not code.definition:
        lines += [[], [("No definition yet: F2 has a place for it.", "quiet")]]
    return lines


def source_lines(source: Source | None, width: int) -> list[Line]:
    """A source in full, for the same reason."""
    if source is None:
        return []
    lines: list[Line] = [[(row, "strong")] for row in wrapped(source.title or source.name, width)]
    facts = {
        "": source.name, "cases": ", ".join(source.cases) or "none", "kind": source.kind, "fidelity": source.fidelity,
        "reading": source.reading, "codings": str(source.codings), "without a case": str(source.unattributed),
        "characters": f"{source.length:,}", **source.attributes,
    }  # fmt: skip
    for name, told in facts.items():
        lines += [[(row, "quiet")] for row in wrapped(f"{name}: {told}" if name else told, width)]
    return lines


def source_line(source: Source, width: int) -> Line:
    """A source in one line, for a screen without room for more."""
    title = source.title or source.name
    facts = [source.name] * (title != source.name) + [source.kind, source.reading]
    told = " · ".join(["", *facts])
    room = max(width // 2, width - cell_len(told))
    return [(cut(title, room), "text"), (cut(told, width - min(room, cell_len(title))), "quiet")]


def _coding_lines(desk: Desk, coding: Coding, width: int, colour: Callable[[str], str | None]) -> list[Line]:
    meant = coding.id == desk.active
    tag = f"{desk.codebook.tag(coding.code)}{sign_of(coding)}"
    head = wrapped(short(coding.code), max(8, width - 6))
    lines: list[Line] = [
        [
            ("▸ " if meant else "  ", "key"),
            (f"{tag} ", colour(coding.code) or "strong"),
            (head[0], "strong" if meant else "text"),
        ]
    ]
    lines += [[(" " * 6 + row, "strong" if meant else "text")] for row in head[1:]]
    stance = "counter-evidence" if coding.stance == "counters" else "supports"
    facts = f"{stance}, {coding.certainty}"
    lines.append([(f"      {cut(facts, width - 6)}", "quiet")])
    cases = ", ".join(coding.cases)
    lines.append([(f"      {cut(cases or 'no case yet: = tells it', width - 6)}", "quiet" if cases else "warning")])
    lines.append([(f"      {cut(coding.coder, width - 6)}", "quiet")])
    if coding.memo:
        lines += [[("      " + row, "text")] for row in wrapped(coding.memo, max(8, width - 6))]
    return lines


def here_line(desk: Desk, width: int) -> Line:
    """The codings at the selection in one line, for a screen without room for their pane."""
    here = desk.here
    if not here:
        return [("No coding here", "quiet")]
    meant = next((coding for coding in here if coding.id == desk.active), here[0])
    facts = [short(meant.code)]
    facts += ["counter-evidence"] if meant.stance == "counters" else []
    facts += ["tentative"] if meant.certainty == "tentative" else []
    facts.append(", ".join(meant.cases) or "no case yet")
    facts += ["memo"] if meant.memo else []
    more = f" · and {len(here) - 1} more (o)" if len(here) > 1 else ""
    return [(cut(" · ".join(facts), width - len(more)), "text"), (more, "quiet")]
