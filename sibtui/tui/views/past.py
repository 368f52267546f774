"""The history in words: acts as rows by day, and what one of them changed, before and after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.lines import Line, wrapped
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.records import Act, Change
    from sibtui.project import Project

Names = dict[str, dict[int, str]]
"""Column of an id → what its numbers stand for."""

_THINGS = {
    "project": "the study", "coders": "coder", "attributes": "attribute", "cases": "case", "case_values": "attribute of a case",
    "sources": "source", "texts": "text of a source", "source_values": "attribute of a source",
    "source_cases": "case of a source", "codes": "code", "lineage": "past of a code", "codings": "coding",
    "coding_cases": "case of a coding", "memos": "memo", "coverage": "topic of a source", "matrices": "matrix",
    "matrix_marks": "mark of a matrix", "matrix_columns": "column of a matrix", "matrix_rows": "row of a matrix",
    "matrix_row_codes": "code of a row", "matrix_notes": "note of a matrix", "judgements": "judgement",
}  # fmt: skip
_UNTOLD = frozenset(
    {"id", "position", "before", "after", "sha256", "original_sha256", "fingerprint", "guid", "created"}
)
_LONGEST = 400
_KNOWN_BY = ("quote", "name", "label", "title")
"""By which people know a row that has a number, the first that it has."""


def local(at: str) -> dt.datetime:
    """A stored time as the clock on the wall shows it."""
    return dt.datetime.fromisoformat(at).astimezone()


def act_rows(acts: Sequence[Act]) -> list[Row]:
    """Acts, newest first, below their days; a row's key is the act's number. The one where the study stands is marked."""
    rows: list[Row] = []
    day = ""
    here = newest_done(acts)
    for act in acts:
        when = local(act.at)
        if (named := f"{when:%A}, {when.day} {when:%B %Y}") != day:
            day = named
            rows.append(Row(None, day))
        gone = {"done": "", "undone": "  undone", "dropped": "  undone for good"}[act.state]
        rows.append(
            Row(
                str(act.id),
                f"{act.verb}: {one_line(act.summary)}",
                mark="▸ " if act is here else "  ",
                right=f"{gone}  {when:%H:%M}  {one_line(act.coder, 12)}",
                quiet=act.state != "done",
                strong=act is here,
            )
        )
    return rows


def newest_done(acts: Sequence[Act]) -> Act | None:
    return next((act for act in acts if act.state == "done"), None)


def steps_to(acts: Sequence[Act], number: int, *, before: bool = False) -> int:
    """How many acts to redo (above 0) or to undo (below 0) until this act is the newest that is done, or the next to be done.

    `acts` are newest first, down to that one at least.
    """
    target = next(act for act in acts if act.id == number)
    if target.state == "undone":
        return sum(act.state == "undone" and act.id <= number - before for act in acts)
    return -sum(act.state == "done" and act.id > number - before for act in acts)


def names_of(project: Project) -> Names:
    """What the numbers in the history stand for now; what is gone keeps its number."""
    codes = {code.id: code.path for code in project.codes.list()}
    cases = {case.id: case.label for case in project.cases.list()}
    sources = {source.id: source.name for source in project.sources.list()}
    coders = {coder.id: coder.name for coder in project.coders}
    return {"code_id": codes, "parent_id": codes, "case_id": cases, "source_id": sources, "coder_id": coders}


def change_lines(act: Act, changes: Sequence[Change], names: Names, width: int) -> list[Line]:
    """An act in full, and what it changed row by row."""
    when = local(act.at)
    state = {"done": "done", "undone": "undone", "dropped": "undone, and something else was done since"}[act.state]
    lines: list[Line] = [[(row, "strong")] for row in wrapped(f"{act.verb}: {one_line(act.summary)}", width)]
    told = f"{act.id} · {when:%Y-%m-%d %H:%M:%S} · {act.coder} · {state}"
    lines += [[(row, "quiet")] for row in wrapped(told, width)]
    for change in changes:
        lines += [[], *_lines_of(change, names, width)]
    if len(changes) < act.changes:
        lines += [[], [(f"… and {act.changes - len(changes):,} more", "quiet")]]
    return lines


def _lines_of(change: Change, names: Names, width: int) -> Iterator[Line]:
    thing = f"{_THINGS.get(change.table, change.table.replace('_', ' '))} {change.row}"
    if change.before is not None and change.after is not None:
        yield [("~ ", "key"), (thing, "text")]
        known = next((change.after[name] for name in _KNOWN_BY if change.after.get(name)), "")
        yield from ([(f"  {row}", "quiet")] for row in (wrapped(one_line(str(known), 120), width - 2) if known else ()))
        for name, after in change.after.items():
            before = change.before.get(name)
            if before != after and name not in _UNTOLD - {"position"}:
                yield from _field(_named(name), "", "quiet", width)
                yield from _field("–", _value(name, before, names), "quiet", width)
                yield from _field("+", _value(name, after, names), "text", width)
        return
    values, sign = (change.after, "+ ") if change.before is None else (change.before, "– ")
    yield [(sign, "key"), (thing, "text")]
    for name, value in _telling(values or {}):
        yield from _field(f"{_named(name)}:", _value(name, value, names), "quiet" if sign == "– " else "text", width)


def _telling(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The fields that say something, the quote first."""
    for name in sorted(values, key=lambda name: name != "quote"):
        if name not in _UNTOLD and values[name] not in (None, ""):
            yield name, values[name]


def _named(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _value(column: str, value: object, names: Names) -> str:
    if value in (None, ""):
        return "nothing"
    if column in names and isinstance(value, int):
        return names[column].get(value, f"number {value}")
    return one_line(str(value), _LONGEST)


def _field(name: str, value: str, style: str, width: int) -> Iterator[Line]:
    head = f"  {name} "
    rows = wrapped(value, max(10, width - len(head))) if value else [""]
    yield [(head, "quiet"), (rows[0], style)]
    yield from ([(" " * len(head) + row, style)] for row in rows[1:])
