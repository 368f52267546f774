"""The list of cases as a table, and the fields of one case with the keys that change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line, plural
from sibtui.model.text_width import width_of
from sibtui.tui.hints import current_key
from sibtui.tui.views.fields import labelled_field
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.model.records import Case, Memo, Source

_COUNTS = 28
"""The width of the columns of numbers, in cells."""


def case_heading(width: int) -> Line:
    return [
        (f"    case{' ' * max(1, width - 8 - _COUNTS)}", "quiet"),
        (f"{'sources':>9} {'codings':>8} {'waiting':>8}", "quiet"),
    ]


def case_rows(
    cases: Sequence[Case],
    sources: Mapping[str, Sequence[Source]],
    codings: Mapping[str, int],
    marked: Collection[str] = (),
) -> list[ListRow]:
    """Return a row for each case: its letter, its label and three counts.

    The counts are: sources of the case, codings of the case, and codings that are in a source of the case but have
    no case. `sources` is a map: label of a case → its sources. `codings` is a map: label of a case → how many
    codings it has. `marked` has the labels of marked cases.
    """
    rows = []
    for case in cases:
        own = sources.get(case.label, ())
        waiting = sum(source.unattributed for source in own)
        right = f"{len(own) or '·':>9} {codings.get(case.label, 0) or '·':>8} {f'?{waiting}' if waiting else '·':>8}"
        is_marked = case.label in marked
        mark = f"{'■' if is_marked else ' '} {case.letter or ' '} "
        rows.append(ListRow(case.label, one_line(case.label), mark=mark, right=right, strong=is_marked))
    return rows


def case_fields(
    case: Case,
    sources: Sequence[Source],
    memos: Sequence[Memo],
    width: int,
    keymap: Mapping[str, str],
    *,
    reveal: bool,
) -> list[Line]:
    """Return the fields of a case as lines, each with the key that changes the field.

    The private name (real name) is shown only if `reveal` is True.
    """
    lines: list[Line] = []

    def field(command: str, name: str, value: str, missing: str = "none") -> None:
        key = current_key(command, keymap) if command else " "
        lines.extend(labelled_field(key, name, value or missing, width, quiet=not value))

    private = case.private_name or ""
    hidden = f"hidden: {current_key('case.reveal', keymap)} shows it"
    field("case.rename", "Name", one_line(case.label))
    field("case.letter", "Letter", case.letter)
    field("case.private", "Private name", one_line(private) if reveal or not private else hidden)
    field("case.memo", "Memo", "\n".join(one_line(memo.text) for memo in memos))
    values = "\n".join(f"{one_line(name)}: {one_line(value)}" for name, value in case.attributes.items())
    field("case.attribute", "Attributes", values)
    names = one_line(", ".join(source.name for source in sources))
    field("", "Sources", f"{len(sources):,}: {names}" if sources else "")
    return lines


def case_line(case: Case, codings: int, sources: int, width: int) -> Line:
    facts = f"  {plural(sources, 'source')} · {plural(codings, 'coding')}"
    return [(cut(one_line(case.label), max(20, width - width_of(facts))), "strong"), (facts, "quiet")]


def marked_cases_line(cases: Sequence[Case], width: int) -> Line:
    head = f"{plural(len(cases), 'case')} marked for order, merge, remove and attribute:"
    rest = f" {one_line(', '.join(case.label for case in cases))}"
    return [(cut(head, width), "key"), (cut(rest, max(0, width - width_of(head))), "quiet")]
