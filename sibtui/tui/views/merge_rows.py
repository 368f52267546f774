"""Lines for the screen that merges two studies: the list of differences, and both values of one difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, cut, wrapped
from sibtui.workspace.merge_decisions import what_differs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.differences import Proposal
    from sibtui.project.merging.merge_results import StudyDifference
    from sibtui.workspace.merge_decisions import MergeDecisions

_PROPOSED: dict[Proposal, str] = {"add": "comes in", "take": "changes", "remove": "goes", "leave out": "stays out"}


def merge_rows(decisions: MergeDecisions) -> list[ListRow]:
    """Return a row for each conflict, then a row for each change without a conflict.

    The key (identifier) of a row is the index of its difference in `decisions`.
    """
    rows = [ListRow(None, f"Conflicts ({decisions.conflicts:,})")] if decisions.conflicts else []
    rows += [_conflict_row(at, each, decisions) for at, each in enumerate(decisions.differences[: decisions.conflicts])]
    changes = decisions.differences[decisions.conflicts :]
    if changes:
        rows.append(ListRow(None, f"Without a conflict ({len(changes):,})"))
    for at, each in enumerate(changes, decisions.conflicts):
        rows.append(ListRow(str(at), _row_text(each), right=_PROPOSED.get(each.proposal, each.proposal), indent=3))
    return rows


def _conflict_row(at: int, difference: StudyDifference, decisions: MergeDecisions) -> ListRow:
    choice = decisions.choice(difference)
    return ListRow(str(at), _row_text(difference), mark="✓ " if choice else "? ", right=choice or "open", indent=1)


def _row_text(difference: StudyDifference) -> str:
    value = one_line(difference.theirs or difference.mine, 200)
    return f"{what_differs(difference)}: {value}" if value else what_differs(difference)


def value_lines(key: str, title: str, value: str, width: int, room: int, *, chosen: bool) -> list[Line]:
    """Return one of the two values of a difference between two studies, in at most `room` lines of `width` cells.

    `key` is the label of the key that chooses this value. `chosen` is True if the user has chosen this value already.
    """
    head: Line = [(f"{key} " if key else "", "key"), (title, "strong"), ("  ✓ taken" if chosen else "", "key")]
    rows = wrapped(one_line(value), width) if value else []
    shown = rows if len(rows) < room else [*rows[: max(0, room - 2)], "…"]
    lines: list[Line] = [[(row, "text")] for row in shown] or [[("nothing", "quiet")]]
    return [[bit for bit in head if bit[0]], *lines]


def about_lines(difference: StudyDifference, width: int, room: int) -> Sequence[Line]:
    """Return at most `room` lines about a difference between two studies.

    The lines show the words of a coding, the last value that both studies had, and the reason for the proposed
    value.
    """
    facts = [one_line(difference.words)] if difference.words else []
    facts += [f"Both had: {one_line(difference.was)}"] if difference.was else []
    facts += [f"{difference.why[:1].upper()}{difference.why[1:]}."] if difference.why else []
    rows = [row for fact in facts for row in wrapped(fact, width)]
    return [[(cut(row, width), "quiet")] for row in rows[:room]]
