"""The history as rows and lines: acts by day, and the changes of one act, before and after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.records import Act, Change
    from sibtui.project import Project

NamesById = dict[str, dict[int, str]]
"""Column of an id → id → name."""

_TABLE_NAMES = {
    "project": "the study", "coders": "coder", "attributes": "attribute", "cases": "case", "case_values": "attribute of a case",
    "sources": "source", "texts": "text of a source", "source_values": "attribute of a source",
    "source_cases": "case of a source", "codes": "code", "lineage": "history of a code", "codings": "coding",
    "coding_cases": "case of a coding", "memos": "memo", "readings": "reading of a source", "topics": "topic of a source", "matrices": "matrix",
    "matrix_marks": "mark of a matrix", "matrix_columns": "column of a matrix", "matrix_rows": "row of a matrix",
    "matrix_row_codes": "code of a row", "matrix_notes": "note of a matrix", "judgements": "judgement",
}  # fmt: skip
_HIDDEN_COLUMNS = frozenset(
    {"id", "uid", "position", "before", "after", "sha256", "original_sha256", "fingerprint", "guid", "created"}
)
_EVERY = {("readings", "code_id"): "all codes", ("topics", "case_id"): "all cases of the source"}
"""Meaning of an empty field, in tables where it has one."""
_KEYS = {"readings": ("source_id", "coder_id", "code_id"), "topics": ("source_id", "case_id", "code_id")}
"""Columns that identify a row without a name of its own."""
_HEADS = {"started": "reading in progress"}
_LONGEST = 400
_KNOWN_BY = ("quote", "name", "label", "title")
"""Columns that identify a row with an id; the first that is filled counts."""


def local(at: str) -> dt.datetime:
    """Return a stored time in the local time zone."""
    return dt.datetime.fromisoformat(at).astimezone()


def act_rows(acts: Sequence[Act]) -> list[ListRow]:
    """Return acts, newest first, below their days. A row's key is the act's id; the newest act that is done is marked."""
    rows: list[ListRow] = []
    day = ""
    current = newest_done(acts)
    for act in acts:
        when = local(act.at)
        if (this_day := f"{when:%A}, {when.day} {when:%B %Y}") != day:
            day = this_day
            rows.append(ListRow(None, day))
        state = {"done": "", "undone": "  undone", "dropped": "  undone for good"}[act.state]
        rows.append(
            ListRow(
                str(act.id),
                f"{act.verb}: {one_line(act.summary)}",
                mark="▸ " if act is current else "  ",
                right=f"{state}  {when:%H:%M}  {one_line(act.coder, 12)}",
                quiet=act.state != "done",
                strong=act is current,
            )
        )
    return rows


def newest_done(acts: Sequence[Act]) -> Act | None:
    return next((act for act in acts if act.state == "done"), None)


def steps_to(acts: Sequence[Act], number: int, *, before: bool = False) -> int:
    """Return the number of acts to redo (positive) or undo (negative) until this act is the newest that is done.

    With `before`, until this act is the next to be done. `acts` are newest first, and reach back to this act at least.
    """
    target = next(act for act in acts if act.id == number)
    if target.state == "undone":
        return sum(act.state == "undone" and act.id <= number - before for act in acts)
    return -sum(act.state == "done" and act.id > number - before for act in acts)


def names_of(project: Project) -> NamesById:
    """Return the present names of the ids in the history; deleted items have none."""
    codes = {code.id: code.path for code in project.codes.list()}
    cases = {case.id: case.label for case in project.cases.list()}
    sources = {source.id: source.name for source in project.sources.list()}
    coders = {coder.id: coder.name for coder in project.coders}
    return {"code_id": codes, "parent_id": codes, "case_id": cases, "source_id": sources, "coder_id": coders}


def change_lines(act: Act, changes: Sequence[Change], names: NamesById, width: int) -> list[Line]:
    """Return an act and its changes, row by row, as lines."""
    when = local(act.at)
    state = {"done": "done", "undone": "undone", "dropped": "undone, and the study was changed since"}[act.state]
    lines: list[Line] = [[(row, "strong")] for row in wrapped(f"{act.verb}: {one_line(act.summary)}", width)]
    facts = f"{act.id} · {when:%Y-%m-%d %H:%M:%S} · {act.coder} · {state}"
    lines += [[(row, "quiet")] for row in wrapped(facts, width)]
    for change in changes:
        lines += [[], *_lines_of(change, names, width)]
    if len(changes) < act.changes:
        lines += [[], [(f"… and {act.changes - len(changes):,} more", "quiet")]]
    return lines


def _lines_of(change: Change, names: NamesById, width: int) -> Iterator[Line]:
    subject = f"{_TABLE_NAMES.get(change.table, change.table.replace('_', ' '))} {change.row}"
    if change.before is not None and change.after is not None:
        yield [("~ ", "key"), (subject, "text")]
        identity = _identity(change.table, change.after, names)
        yield from ([(f"  {row}", "quiet")] for row in (wrapped(identity, width - 2) if identity else ()))
        for name, after in change.after.items():
            before = change.before.get(name)
            if before != after and name not in _HIDDEN_COLUMNS - {"position"}:
                yield from _field(_column_label(name), "", "quiet", width)
                yield from _field("–", _value(change.table, name, before, names), "quiet", width)
                yield from _field("+", _value(change.table, name, after, names), "text", width)
        return
    values, mark = (change.after, "+ ") if change.before is None else (change.before, "– ")
    yield [(mark, "key"), (subject, "text")]
    for name, value in _shown_fields(change.table, values or {}):
        style = "quiet" if mark == "– " else "text"
        yield from _field(f"{_column_label(name)}:", _value(change.table, name, value, names), style, width)


def _identity(table: str, values: Mapping[str, object], names: NamesById) -> str:
    """Return the text that identifies a row: its name, quote or title, or the items that it connects."""
    own = next((str(values[name]) for name in _KNOWN_BY if values.get(name)), "")
    connected = (_value(table, name, values.get(name), names) for name in _KEYS.get(table, ()))
    return one_line(own or " · ".join(connected), 120)


def _shown_fields(table: str, values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Return the fields to show, the quote first."""
    for name in sorted(values, key=lambda name: name != "quote"):
        if name not in _HIDDEN_COLUMNS and (values[name] not in (None, "") or (table, name) in _EVERY):
            yield name, values[name]


def _column_label(column: str) -> str:
    return _HEADS.get(column) or column.removesuffix("_id").replace("_", " ")


def _value(table: str, column: str, value: object, names: NamesById) -> str:
    if value in (None, ""):
        return _EVERY.get((table, column), "nothing")
    if column in _HEADS:
        return "yes" if value else "no"
    if column in names and isinstance(value, int):
        return names[column].get(value, f"number {value}")
    return one_line(str(value), _LONGEST)


def _field(name: str, value: str, style: str, width: int) -> Iterator[Line]:
    head = f"  {name} "
    rows = wrapped(value, max(10, width - len(head))) if value else [""]
    yield [(head, "quiet"), (rows[0], style)]
    yield from ([(" " * len(head) + row, style)] for row in rows[1:])
