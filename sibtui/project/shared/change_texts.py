"""The changes of database rows in a history entry, as texts: the values before and after, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice, repeat
from json import JSONEncoder
from typing import TYPE_CHECKING

from sibtui.model.text import one_line, one_lines
from sibtui.store.changes import change_parts, present_texts
from sibtui.store.insert_ranges import InsertRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.records import Change
    from sibtui.store.connection import Store

ChangeTexts = tuple[str, int, str, str, str]
"""A change of a row as texts: table, id of the row, kind of change, values before, values after."""
Values = Mapping[str, object] | None

_BATCH = 200
"""The number of rows of an import that are read together. A caller may need only the first rows."""
_encode = JSONEncoder(ensure_ascii=False, default=str).encode


def change_texts(store: Store, act: int, width: int | None) -> Iterator[ChangeTexts]:
    """Yield (table, row id, kind of change, values before, values after) for each row that a history entry changed.

    The values are JSON texts, each cut to `width` characters; None means whole texts.
    """
    for part in change_parts(store, act):
        if not isinstance(part, InsertRange):
            for change in part:
                kind, before, after = differences(change)
                yield change.table, change.row, kind, _text(before, width), _text(after, width)
            continue
        table, texts = part.table, present_texts(store, part, width)
        if width is None:
            for row, values in texts:
                yield table, row, "added", "", values
            continue
        while rows := list(islice(texts, _BATCH)):
            numbers, values_of_rows = zip(*rows, strict=True)
            lines = one_lines(values_of_rows, width)
            yield from zip(repeat(table), numbers, repeat("added"), repeat(""), lines, strict=False)


def differences(change: Change) -> tuple[str, Values, Values]:
    """Return (kind of change, values before, values after) for a change of a row.

    The kind is “added”, “changed” or “removed”. For a changed row, only the values that differ are included. An added
    row has None as the values before, and a removed row has None as the values after.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return "added" if before is None else "removed", before, after
    differ = [name for name in after if before.get(name) != after[name]]
    return "changed", {name: before.get(name) for name in differ}, {name: after[name] for name in differ}


def _text(values: Values, width: int | None) -> str:
    if values is None:
        return ""
    text = _encode(values)
    return text if width is None else one_line(text, width)
