"""The changes of a history entry in the words of a researcher: each changed item with its name or quote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.segments import Segment
from sibtui.model.text import excerpt, one_line
from sibtui.project.results import ChangeFact, ChangePlace
from sibtui.store import codes as code_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sibtui.model.records import Change
    from sibtui.store.connection import Store

    Row = Mapping[str, Any]
    NameOfRow = Callable[[str, object], str]
    FieldOf = Callable[[Row, NameOfRow], tuple[str, str]]

_NAMES = {
    "codes": "name", "cases": "label", "attributes": "name", "codings": "quote", "sources": "name", "coders": "name",
    "matrices": "name", "rounds": "name", "proposals": "path", "queries": "name", "source_sets": "name", "matrix_rows": "label", "matrix_columns": "label",
    "claims": "key", "method_answers": "item",
}  # fmt: skip
"""A map: table → column with the names of its rows."""
_OWN = {
    "codings": "coding", "sources": "source", "cases": "case", "codes": "code", "attributes": "attribute", "memos": "memo",
    "matrices": "table", "project": "the study", "coders": "coder", "judgements": "judgement",
    "rounds": "round", "proposals": "proposal", "packages": "package",
    "queries": "query", "source_sets": "set of sources", "summaries": "summary",
    "claims": "claim", "method_answers": "answer about the methods",
}  # fmt: skip
"""A map: table of items → word for one item. Rows of all other tables are shown as fields of these items."""
_HIDDEN = frozenset(
    {"id", "uid", "before", "after", "sha256", "original_sha256", "fingerprint", "basis", "guid", "created", "since", "added",
     "at", "start", "end", "quote", "owner", "target", "label", "row_id", "column_id", "text_id",
     "path", "digest", "made"}
)  # fmt: skip
_DEFAULTS = {"round": 1, "whole": 1, "state": "open", "for_paper": 0, "how": ""}
"""The usual values of some columns. In a new or removed row, a column with this value is not shown."""
_IDS = {
    "code_id": ("code", "codes"), "parent_id": ("below", "codes"), "coder_id": ("coder", "coders"), "source_id": ("source", "sources"),
    "case_id": ("case", "cases"), "matrix_id": ("table", "matrices"),
}  # fmt: skip
"""A map: column that holds an id → (label of the field, table of the items with these ids)."""


class RowNames:
    """Finds the names of database rows by table and id: first in the changes of a history entry, then in the study."""

    def __init__(self, store: Store, changes: Sequence[Change]) -> None:
        self._store = store
        self._rows = {(change.table, change.row): change.after or change.before or {} for change in changes}
        self._paths: dict[int, str] | None = None

    def __call__(self, table: str, number: object) -> str:
        if number is None:
            return ""
        if table == "codes":
            if self._paths is None:
                self._paths = {code.id: code.path for code in code_rows.codes(self._store)}
            if path := self._paths.get(int(str(number))):
                return path
        column = _NAMES[table]
        own = self.row(table, number).get(column)
        if not own and table == "matrix_columns":
            return self("cases", self.row(table, number).get("case_id"))
        return str(own or "")

    def row(self, table: str, number: object) -> Row:
        """Return the values of a database row; empty if neither the changes nor the study have the row."""
        known = self._rows.get((table, int(str(number))))
        if known is not None:
            return known
        if table == "matrix_columns":
            columns = ("label", "case_id")
        else:
            columns = (
                _NAMES[table],
                *(("source_id",) if table == "codings" else ()),
                *(("matrix_id",) if table == "matrix_rows" else ()),
            )
        found = self._store.query(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (number,)).fetchone()
        row: Row = {} if found is None else dict(zip(columns, found, strict=True))
        self._rows[table, int(str(number))] = row  # the same few sources, coders and cases occur in many changes
        return row


def _asked(row: Row, names: NameOfRow) -> tuple[str, str]:
    case = names("cases", row["case_id"])
    return f"asked about {names('codes', row['code_id'])}{f' ({case})' if case else ''}", str(row["state"])


def _read(row: Row, names: NameOfRow) -> tuple[str, str]:
    code = names("codes", row["code_id"])
    return f"read by {names('coders', row['coder_id'])}{f' for {code}' if code else ''}", str(row["at"])[:10]


def _value(row: Row, names: NameOfRow) -> tuple[str, str]:
    return names("attributes", row["attribute_id"]) or "attribute", str(row["value"])


def _row_of(row: Row, names: NameOfRow) -> tuple[str, str]:
    query = f", the query {names('queries', row['query_id'])}" if row.get("query_id") else ""
    needs = f", needs {row['needs']}" if row.get("needs") else ""
    note = f", note: {row['note']}" if row.get("note") else ""
    return "row", f"{row['label']}{query}{'' if row.get('subcodes', 1) else ', without its subcodes'}{needs}{note}"


_PARTS: dict[str, tuple[str, str, FieldOf]] = {
    "coding_cases": ("codings", "coding_id", lambda row, names: ("case", names("cases", row["case_id"]))),
    "source_cases": ("sources", "source_id", lambda row, names: ("case", names("cases", row["case_id"]))),
    "source_values": ("sources", "source_id", _value),
    "case_values": ("cases", "case_id", _value),
    "texts": ("sources", "source_id", lambda row, _: ("text", f"version {row['version']}, {row['length']:,} characters")),
    "readings": ("sources", "source_id", _read),
    "set_sources": ("source_sets", "set_id", lambda row, names: ("source", names("sources", row["source_id"]))),
    "round_sources": ("rounds", "round_id", lambda row, names: ("source", names("sources", row["source_id"]))),
    "topics": ("sources", "source_id", _asked),
    "lineage": ("codes", "code_id", lambda row, _: ("history", ": ".join(filter(None, (row["event"], row["note"]))))),
    "matrix_marks": ("matrices", "matrix_id", lambda row, _: (f"mark of {row['state']}", str(row["mark"]) or "blank")),
    "matrix_evidence": ("matrices", "matrix_id", lambda row, names: ("evidence", str(row["kind"] or names("coders", row["coder_id"])))),
    "matrix_columns": ("matrices", "matrix_id", lambda row, names: ("column", (row["label"] or names("cases", row["case_id"])) if row["picked"] else "")),
    "matrix_rows": ("matrices", "matrix_id", _row_of),
    "matrix_row_codes": ("matrix_rows", "row_id", lambda row, names: (f"code of {names('matrix_rows', row['row_id'])}", names("codes", row["code_id"]))),
    "matrix_notes": ("matrix_rows", "row_id", lambda row, names: (f"note on {names('matrix_rows', row['row_id'])}, {names('matrix_columns', row['column_id'])}", str(row["text"]))),
}  # fmt: skip
"""A map: table whose rows are parts of an item → (table of the items, column with the id of the item, function).

The function takes a row, and returns (label, value).
"""


def facts(store: Store, changes: Sequence[Change]) -> list[ChangeFact]:
    """Return the changes of a history entry, grouped by the item that was changed."""
    changes = _joined(changes)
    names = RowNames(store, changes)
    items: dict[tuple[str, object], list[tuple[str, str, str]]] = {}
    kinds: dict[tuple[str, object], Literal["added", "changed", "removed"]] = {}
    shown: dict[tuple[str, object], Row] = {}
    for change in changes:
        row: Row = change.after or change.before or {}
        item = _item_of(change, row, names)
        fields = items.setdefault(item, [])
        if change.table in _OWN:
            kinds[item] = "added" if change.before is None else "removed" if change.after is None else "changed"
            shown[item] = row
            fields[:0] = _own_fields(change, names)
        elif change.table in _PARTS:
            fields += _part_fields(change, names)
    return [
        ChangeFact(
            _OWN.get(item[0], item[0]),
            _item_name(item, shown.get(item), names),
            kinds.get(item, "changed"),
            tuple(_paired(fields)),
        )
        for item, fields in items.items()
        if fields or item in kinds
    ]


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Return one change per database row: the values before its first change, and the values after its last change.

    A row is left out if its values before the first change equal its values after the last change.
    """
    rows: dict[tuple[str, int], Change] = {}
    for change in changes:
        first = rows.get((change.table, change.row))
        rows[change.table, change.row] = change if first is None else replace(first, after=change.after)
    return [change for change in rows.values() if change.before != change.after]


def _paired(fields: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (label, removed values, added values) for each label with a change.

    `fields` has (label, value before, value after). A label can occur several times, as for the cases of a coding.
    The removed values are joined by `; `, and so are the added values.
    """
    for label in dict.fromkeys(label for label, _, _ in fields):
        gone = [before for each, before, _ in fields if each == label and before]
        come = [after for each, _, after in fields if each == label and after]
        left, right = [each for each in gone if each not in come], [each for each in come if each not in gone]
        if left or right:
            yield label, "; ".join(left), "; ".join(right)


def _item_of(change: Change, row: Row, names: RowNames) -> tuple[str, object]:
    if change.table not in _PARTS:
        return change.table, change.row
    table, column, _ = _PARTS[change.table]
    number = row.get(column)
    if table == "matrix_rows":
        return "matrices", names.row("matrix_rows", number).get("matrix_id")
    return table, number


def _item_name(item: tuple[str, object], row: Row | None, names: RowNames) -> str:
    table, number = item
    match table:
        case "codings":
            quote, of = names("codings", number), names.row("codings", number).get("source_id")
            return f"“{excerpt(quote, 120)}” in {names('sources', of)}"
        case "memos":
            on = next(
                (
                    names(to, (row or {}).get(column))
                    for column, (_, to) in _IDS.items()
                    if (row or {}).get(column) and column != "coder_id"
                ),
                "",
            )
            return f"on {on or 'the study'}"
        case "judgements" | "summaries":
            values = row or {}
            cell = (
                names("matrix_rows", values.get("row_id")) or names("codes", values.get("code_id")),
                names("matrix_columns", values.get("column_id")) or names("cases", values.get("case_id")),
            )
            return " in ".join(filter(None, cell))
        case "project" | "packages":
            return ""
        case _ if table in _NAMES and number is not None:
            return one_line(names(table, number), 120)
        case _:
            return ""


def _own_fields(change: Change, names: NameOfRow) -> Iterator[tuple[str, str, str]]:
    """Yield (field, value before, value after) for each field that differs in a changed row."""
    before, after = change.before or {}, change.after or {}
    both = bool(change.before) and bool(change.after)
    if change.table == "codings" and both and (before["start"], before["end"]) != (after["start"], after["end"]):
        if before["quote"] != after["quote"]:
            yield "passage", f"“{one_line(str(before['quote']), 200)}”", f"“{one_line(str(after['quote']), 200)}”"
        else:
            yield "passage", "", "moved with its text"
    if both and change.table in {"cases", "matrix_rows"} and before.get("label") != after.get("label"):
        yield "name", str(before["label"]), str(after["label"])
    for column in after or before:
        old, new = before.get(column), after.get(column)
        if (
            column in _HIDDEN
            or old == new
            or (column == "position" and not both)
            or (column == "name" and not both)
            or (column in _DEFAULTS and not both and (new or old) == _DEFAULTS[column])
        ):
            continue
        yield _label(column), _shown(column, old, names), _shown(column, new, names)


def _part_fields(change: Change, names: NameOfRow) -> Iterator[tuple[str, str, str]]:
    field_of = _PARTS[change.table][2]
    before = field_of(change.before, names) if change.before else None
    after = field_of(change.after, names) if change.after else None
    label = (after or before or ("", ""))[0]
    values = (before[1] if before else _version_before(change), after[1] if after else "")
    if values[0] != values[1]:
        yield label, *values


def _version_before(change: Change) -> str:
    """Return the text version that a new version replaces, such as “version 1”; empty if there is none."""
    version = change.after["version"] if change.table == "texts" and change.after else 1
    return f"version {version - 1}" if isinstance(version, int) and version > 1 else ""


def _label(column: str) -> str:
    labels = {
        "whole": "all sources",
        "for_paper": "for the paper",
        "how": "found by",
        "started": "reading",
        "position": "place",
        "first_note": "first note",
        "include": "use it for",
        "exclude": "not for",
    }
    return _IDS[column][0] if column in _IDS else labels.get(column, column.replace("_", " "))


def _shown(column: str, value: object, names: NameOfRow) -> str:
    if value in (None, ""):
        return ""
    if column in _IDS:
        return names(_IDS[column][1], value)
    if column == "started":
        return "in progress" if value else "not begun"
    if column in {"blind", "whole", "for_paper"}:
        return "yes" if value else "no"
    return str(value)


_PLACES: dict[str, Literal["source", "code", "case", "matrix"]] = {
    "sources": "source", "codes": "code", "cases": "case", "matrices": "matrix",
}  # fmt: skip


def place_of(store: Store, changes: Sequence[Change]) -> ChangePlace | None:
    """Return the present place of the first changed coding, or else of the first changed source, code, case or matrix.

    If the coding was removed, return its last place. Return None if no changed item has a place.
    """
    changes = _joined(changes)
    names = RowNames(store, changes)
    items = list(dict.fromkeys(_item_of(change, change.after or change.before or {}, names) for change in changes))
    for table, number in sorted(items, key=lambda item: item[0] != "codings"):
        if table == "codings":
            place = _coding_place(store, int(str(number)), changes)
        else:
            name = _present_name(store, table, number) if table in _PLACES else ""
            place = ChangePlace(_PLACES[table], name) if name else None
        if place is not None:
            return place
    return None


def _coding_place(store: Store, number: int, changes: Sequence[Change]) -> ChangePlace | None:
    """Return the place of a coding, or the last place of a removed coding; None if its source no longer exists."""
    found = store.query('SELECT source_id, start, "end" FROM codings WHERE id = ?', (number,)).fetchone()
    if found is None:
        rows = [
            change.before or change.after or {}
            for change in changes
            if (change.table, change.row) == ("codings", number)
        ]
        if not rows:
            return None
        found = (rows[0]["source_id"], rows[0]["start"], rows[0]["end"])
        number = 0
    name = _present_name(store, "sources", found[0])
    return ChangePlace("coding", name, number or None, Segment(found[1], found[2])) if name else None


def _present_name(store: Store, table: str, number: object) -> str:
    if table == "codes":
        return next((code.path for code in code_rows.codes(store) if code.id == number), "")
    return str(store.scalar(f"SELECT {_NAMES[table]} FROM {table} WHERE id = ?", (number,)) or "")
