"""The names of coders in texts and tables of a study: in saved queries, matrices and claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.model.names import resolve_name
from sibtui.model.study_items import CLAIM_FACTS, COLUMNS_OF, FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.study_items import ItemFields, ItemKey, StudyItems

NAMING_KINDS = frozenset({"query", "matrix", "matrix note", "judgement", "summary", "claim"})
"""The kinds of items that can name a coder in a text, in a list of coders, or as a column."""
_AT_OF_JUDGEMENT = 3
_ONLY, _CODERS = FIELDS["matrix"].index("only"), FIELDS["matrix"].index("coders")


class CoderNames:
    """New names of coders for the items of one copy of a study."""

    def __init__(self, items: StudyItems, names: Mapping[str, str]) -> None:
        """Prepare the renaming. `items` are the items of the copy, and `names` is a map: old name → new name."""
        self._known, self._names = tuple(map(str, items.kinds["coder"])), names
        self._tables = {key for key, fields in items.kinds["matrix"].items() if fields[COLUMNS_OF] == "coders"}

    def applied_to(self, kind: str, key: ItemKey, fields: ItemFields) -> tuple[ItemKey, ItemFields]:
        """Return the key and the fields of an item of a kind in `NAMING_KINDS`, with the new names."""
        if not self._names:
            return key, fields
        if kind == "query":
            return key, (fields[0], fields[1].with_coders(self._new))
        if kind == "claim":
            return key, self._claim(fields)
        if kind == "matrix":
            return key, self._matrix(key, fields)
        matrix, row, of, column, *coder = key
        return (matrix, row, of, self._new(column) if matrix in self._tables else column, *coder), fields

    def _new(self, typed: str) -> str:
        """Return the new name of the coder whose name is `typed`; `typed` itself if there is no new name."""
        try:
            return self._names.get(resolve_name("coder", typed, self._known), typed)
        except SibtuiError:
            return typed

    def _matrix(self, key: ItemKey, fields: ItemFields) -> ItemFields:
        values = list(fields)
        values[_CODERS] = tuple(dict.fromkeys(map(self._new, fields[_CODERS])))
        if key in self._tables:
            values[_ONLY] = tuple(dict.fromkeys((of, self._new(column)) for of, column in fields[_ONLY]))
        return tuple(values)

    def _claim(self, fields: ItemFields) -> ItemFields:
        facts = fields[CLAIM_FACTS]
        if not any(kind == "matrix" and key in self._tables for kind, _, key in facts.refs):
            return fields
        return (*fields[:CLAIM_FACTS], facts.with_coders(self._new, self._known), *fields[CLAIM_FACTS + 1 :])


def united(kind: str, one: ItemFields, other: ItemFields) -> ItemFields:
    """Return the fields of one item for two items of a kind that get the same key, because two coders get one name.

    The texts of footnotes and of summaries are joined. Of two judgements or readings, the later one is kept. Of two
    items of any other kind, `one` is kept.
    """
    if kind == "matrix note":
        return (" ".join(dict.fromkeys((one[0], other[0]))),)
    if kind in {"summary", "code summary"}:
        older, newer = sorted((one[0], other[0]), key=lambda words: words.at)
        return (replace(older.followed_by(newer), at=newer.at, basis=newer.basis),)
    if kind == "judgement":
        return max(one, other, key=lambda fields: fields[0][_AT_OF_JUDGEMENT])
    return max(one, other) if kind == "reading" else one
