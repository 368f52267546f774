"""The history as list rows, and one change as lines: each changed item with its values before and after the change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.records import Act
    from sibtui.project.results import ChangeFact

_LONGEST, _INLINE = 400, 60
"""Two lengths in characters: `_LONGEST` for a value, and `_INLINE` for both values of a field that share a row."""


def local(at: str) -> dt.datetime:
    """Return a time in the local time zone. `at` is the text in which the study stores the time (ISO 8601)."""
    return dt.datetime.fromisoformat(at).astimezone()


def act_rows(acts: Sequence[Act], current: Act | None, words: Mapping[int, str]) -> list[ListRow]:
    """Return a row for each change in the history, newest first, with a heading for each day.

    The key (identifier) of a row is the id of its change. `current` is the newest change that is not undone, and
    gets a mark. `words` is a map: id of a change → its full description. A change that is not in `words` gets a
    short text.
    """
    rows: list[ListRow] = []
    day = ""
    for act in acts:
        when = local(act.at)
        if (this_day := f"{when:%A}, {when.day} {when:%B %Y}") != day:
            day = this_day
            rows.append(ListRow(None, day))
        rows.append(act_row(act, act == current, words.get(act.id)))
    return rows


def act_row(act: Act, is_current: bool, fact: str | None) -> ListRow:
    """Return the list row of a change: its full description `fact`, or a short text if `fact` is None.

    `is_current` is True for the newest change that is not undone.
    """
    state = {"done": "", "undone": "  undone", "dropped": "  undone for good"}[act.state]
    return ListRow(
        str(act.id),
        one_line(fact or f"{act.verb}: {act.summary}"),
        mark="▸ " if is_current else "  ",
        right=f"{state}  {local(act.at):%H:%M}  {one_line(act.coder, 12)}",
        quiet=act.state != "done",
        strong=is_current,
    )


def newest_done(acts: Sequence[Act]) -> Act | None:
    return next((act for act in acts if act.state == "done"), None)


def steps_to(acts: Sequence[Act], number: int, *, before: bool = False) -> int:
    """Return how many steps of redo (positive) or undo (negative) lead to the state after a change.

    `number` is the id of the change. If `before` is True, the steps lead to the state before the change. `acts` has the
    changes in the history, newest first, including this change.
    """
    target = next(act for act in acts if act.id == number)
    if target.state == "undone":
        return sum(act.state == "undone" and act.id <= number - before for act in acts)
    return -sum(act.state == "done" and act.id > number - before for act in acts)


def change_lines(act: Act, fact: str, changed: Sequence[ChangeFact], width: int, *, whole: bool) -> list[Line]:
    """Return a change as lines: its description `fact`, and each changed item before and after the change.

    If `whole` is False, `changed` has only some of the changed items, and a last line states this.
    """
    when = local(act.at)
    state = {"done": "done", "undone": "undone", "dropped": "undone, and the study was changed since"}[act.state]
    lines: list[Line] = [[(row, "strong")] for row in wrapped(one_line(fact), width)]
    facts = f"{act.id} · {when:%Y-%m-%d %H:%M:%S} · {one_line(act.coder)} · {act.verb} · {state}"
    lines += [[(row, "quiet")] for row in wrapped(facts, width)]
    for item in changed:
        lines += [[], *_item_lines(item, width)]
    if not whole:
        lines += [[], [("… and more", "quiet")]]
    return lines


_MARKS = {"added": "+", "changed": "~", "removed": "–"}


def _item_lines(fact: ChangeFact, width: int) -> Iterator[Line]:
    subject = one_line(f"{fact.what} {fact.item}".strip(), _LONGEST)
    done = "" if fact.kind == "changed" else f", {fact.kind}"
    for number, row in enumerate(wrapped(f"{subject}{done}", width - 2)):
        yield [(f"{_MARKS[fact.kind]} " if number == 0 else "  ", "key"), (row, "text")]
    for field, before, after in fact.fields:
        yield from _field_lines(
            fact.kind, one_line(field), one_line(before, _LONGEST), one_line(after, _LONGEST), width
        )


def _field_lines(kind: str, field: str, before: str, after: str, width: int) -> Iterator[Line]:
    """Yield the lines of one field of an item. `kind` is the change of the item: “added”, “changed” or “removed”.

    A field of an added or removed item has one value. A field of a changed item has two: before and after the change.
    """
    if kind != "changed":
        yield from _value_lines(
            f"  {field}: ", after if kind == "added" else before, "text" if kind == "added" else "quiet", width
        )
    elif len(before) + len(after) <= _INLINE:
        yield from _value_lines(f"  {field}: ", f"{before or 'nothing'} → {after or 'nothing'}", "text", width)
    else:
        yield [(f"  {field}", "quiet")]
        yield from _value_lines("  – ", before or "nothing", "quiet", width)
        yield from _value_lines("  + ", after or "nothing", "text", width)


def _value_lines(head: str, value: str, style: str, width: int) -> Iterator[Line]:
    indent = min(len(head), 4)
    rows = (
        wrapped(value, max(10, width - len(head)))
        if len(head) <= width // 2
        else ["", *wrapped(value, max(10, width - indent))]
    )
    yield [(head, "quiet"), (rows[0], style)]
    at = len(head) if len(head) <= width // 2 else indent
    yield from ([(" " * at + row, style)] for row in rows[1:])


def filter_line(chosen: Mapping[str, str]) -> str:
    """Describe the filters of the history. `chosen` is a map: kind of filter, such as “coder” → its value."""
    return ", ".join(f"{name} {one_line(value, 40)}" for name, value in chosen.items())
