"""Words for the differences between two copies of a study, for tables of differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sibtui.model.differences import SAME_CODE
from sibtui.model.order_merge import ORDERS
from sibtui.model.study_items import CODE_OF, FIELDS, PLACE_OF, SOURCE_OF
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.differences import Difference
    from sibtui.model.study_items import ItemFields, ItemKey, ProposalDecision, QuotedPlace, StudyItems

COLUMNS = ("kind", "where", "field", "mine", "theirs", "was", "proposal", "decided", "why")
"""The columns of a table of differences."""
_WHOLE = 1 << 16
_ORDERED = {order: kind for kind, order in ORDERS.items()}
_NAMED = frozenset(
    {"case", "source", "attribute", "matrix", "study", "proposal", "query", "set of sources", "claim", "method answer"}
)
"""The kinds of item that have their name as one of their fields."""


class DifferenceWords:
    """Writes differences between two copies of a study in words.

    `states` are versions of the study, such as mine, theirs, and the version that the two have in common. The name of
    an item is looked up in the first version that has the item.
    """

    def __init__(self, *states: StudyItems) -> None:
        self._states = states

    def row(self, difference: Difference) -> tuple[str, ...]:
        """Return a difference as the cells of a table row, in the order of `COLUMNS`."""
        values = (difference.mine, difference.theirs, difference.was)
        cells = (self._value(difference.kind, difference.field, value) for value in values)
        last = (difference.proposal, difference.decided, difference.why)
        return (difference.kind, self.where(difference), difference.field, *cells, *last)

    def where(self, difference: Difference) -> str:
        """Return the name of the item that a difference is about. For a coding, return its source and place."""
        kind, key = difference.kind, difference.key
        found = next((each for each in (difference.mine, difference.theirs) if each is not None), None)
        fields = self._fields(kind, key)
        if fields is None and not difference.field:
            fields = found
        return self._where(kind, key, fields)

    def words(self, difference: Difference) -> str:
        """For a difference in a field of a coding, return the coding's quote and code; otherwise an empty text."""
        fields = self._fields("coding", difference.key) if difference.kind == "coding" and difference.field else None
        if fields is None:
            return ""
        return f"“{one_line(fields[PLACE_OF].quote, _WHOLE)}” {self._name('code', fields[CODE_OF])}"

    def _where(self, kind: str, key: ItemKey, fields: ItemFields | None) -> str:
        if kind == "coding" and fields is not None:
            place: QuotedPlace = fields[PLACE_OF]
            return f"{self._name('source', fields[SOURCE_OF])} {place.start}:{place.end}"
        if kind == "memo" and fields is not None:
            return " ".join(filter(None, (fields[0], self._name(fields[0], fields[1]), one_line(fields[2], 60))))
        if kind == "code event":
            return f"{self._name('code', key[0])}, {key[1]} {key[2][:10]}"
        parts = _PARTS.get(kind)
        if parts is not None:
            return ", ".join(filter(None, (self._name(of, part) for of, part in parts(key))))
        if kind in _NAMED and fields is not None:
            return str(fields[1] if kind == "attribute" else fields[0])
        return self._name(kind, key)

    def _name(self, kind: str, key: ItemKey) -> str:
        """Return the name of an item; for a code, its path.

        The project and an unknown code have an empty name. Any other item without a known name gets its key as its
        name.
        """
        if kind == "code":
            return next((path for state in self._states if (path := state.path(key))), "")
        fields = self._fields(kind, key) if kind in _NAMED else None
        if fields is None:
            return "" if kind == "project" else str(key)
        return str(fields[1] if kind == "attribute" else fields[0])

    def _name_in_list(self, kind: str, key: ItemKey) -> str:
        """Return the name of an item as it is shown in a list. For a code, this is the last name of its path."""
        if kind == "matrix row":
            return str(key[1])
        fields = self._fields(kind, key) if kind == "code" else None
        return self._name(kind, key) if fields is None else str(fields[0])

    def _fields(self, kind: str, key: ItemKey) -> ItemFields | None:
        return next((state.kinds[kind][key] for state in self._states if key in state.kinds.get(kind, ())), None)

    def _value(self, kind: str, field: str, value: Any) -> str:
        if value is None:
            return ""
        if kind in _ORDERED:
            return "; ".join(self._name_in_list(_ORDERED[kind], key) for key in value)
        if field in {"", SAME_CODE}:
            return self._item(kind, value)
        return self._field(kind, field, value)

    def _item(self, kind: str, fields: ItemFields) -> str:
        if kind == "coding":
            flags = [fields[2], *(flag for flag in fields[4:6] if flag not in {"supports", "firm"})]
            cases = self._field(kind, "cases", fields[6])
            code = self._name("code", fields[CODE_OF])
            memo = f": {one_line(fields[7], _WHOLE)}" if fields[7] else ""
            return f"“{one_line(fields[PLACE_OF].quote, _WHOLE)}” {code} ({', '.join(filter(None, (*flags, cases)))}){memo}"
        if kind in _ITEMS:
            return _ITEMS[kind](fields)
        shown = (self._field(kind, name, value) for name, value in zip(FIELDS[kind], fields, strict=True))
        return next(filter(None, shown), "") if fields else "yes"

    def _field(self, kind: str, field: str, value: Any) -> str:
        write = _FIELDS.get((kind, field)) or _FIELDS.get(("", field))
        if write is not None:
            return write(value, self._name)
        return "; ".join(map(str, value)) if isinstance(value, tuple) else one_line(str(value), _WHOLE)


_NameOf = Callable[[str, Any], str]
"""A function that takes a kind and a key, and returns the name of the item."""


def _decision(decision: ProposalDecision, code: str) -> str:
    into = f" into {code}" if code else ""
    reason = f": {one_line(decision.reason, _WHOLE)}" if decision.reason else ""
    return f"{decision.state}{into}{reason}"


_FIELDS: dict[tuple[str, str], Callable[[Any, _NameOf], str]] = {
    ("code", "place"): lambda value, name: name("code", value) if value else "(theme)",
    ("proposal", "decision"): lambda value, name: _decision(value, name("code", value.code) if value.code else ""),
    ("coding", "place"): lambda value, _: f"{value.start}:{value.end} “{one_line(value.quote, _WHOLE)}”",
    ("coding", "code"): lambda value, name: name("code", value),
    ("coding", "for_paper"): lambda value, _: "yes" if value else "no",
    ("round", "sources"): lambda value, name: "; ".join(name("source", each) for each in value),
    ("round", "blind"): lambda value, _: "yes" if value else "no",
    ("source", "text"): lambda value, _: f"{len(value):,} characters",
    ("judgement", "verdict"): lambda value, _: f"{value[0]}: {one_line(value[1], _WHOLE)} ({value[2]})",
    ("query", "expression"): lambda value, _: one_line(value.words, _WHOLE),
    ("claim", "facts"): lambda value, _: one_line(value.words, _WHOLE),
    ("summary", "words"): lambda value, _: one_line(value.text, _WHOLE),
    ("code summary", "words"): lambda value, _: one_line(value.text, _WHOLE),
    ("", "cases"): lambda value, name: "; ".join(sorted(name("case", case) for case in value)),
    ("matrix row", "query"): lambda value, name: name("query", value) if value else "",
    ("matrix row", "codes"): lambda value, name: "; ".join(name("code", code) for code in value),
    ("matrix", "only"): lambda value, name: "; ".join(name(of, column) for of, column in value),
    ("matrix", "marks"): lambda value, _: "; ".join(f"{state} {mark}" for state, mark in value),
    ("matrix", "rule"): lambda value, _: f"{value.quotes} quotes, {value.sources} sources, {value.kinds} kinds",
    ("matrix", "rows below"): lambda value, name: name("code", value) if value else "",
}
"""A map: (kind, field) → function that writes a value of this field.

An empty kind applies to all kinds with this field.
"""

_ITEMS: dict[str, Callable[[Any], str]] = {
    "source": lambda fields: f"{fields[2]}, {len(fields[6]):,} characters",
    "code": lambda fields: one_line(fields[2], _WHOLE) or fields[7],
    "proposal": lambda fields: f"{one_line(fields[1] or fields[0], _WHOLE)} ({fields[2]})",
    "query": lambda fields: one_line(fields[1].words, _WHOLE),
    "claim": lambda fields: one_line(fields[1], _WHOLE),
    "method answer": lambda fields: one_line(fields[1], _WHOLE),
    "memo": lambda fields: f"{one_line(fields[3], _WHOLE)} ({fields[4]})",
}
"""A map: kind → function that writes an item of this kind in one line."""

_PARTS: dict[str, Callable[[Any], Sequence[tuple[str, Any]]]] = {
    "case attribute": lambda key: (("case", key[0]), ("attribute", key[1])),
    "source case": lambda key: (("source", key[0]), ("case", key[1])),
    "source attribute": lambda key: (("source", key[0]), ("attribute", key[1])),
    "source in set": lambda key: (("source", key[0]), ("set of sources", key[1])),
    "topic": lambda key: (("source", key[0]), ("code", key[1]), ("case", key[2])),
    "reading": lambda key: (("source", key[0]), ("", key[1]), ("code", key[2])),
    "round": lambda key: (("", key[0]), ("", f"round {key[1]}")),
    "matrix row": lambda key: (("matrix", key[0]), ("", key[1])),
    "matrix note": lambda key: (("matrix", key[0]), ("", key[1]), (key[2], key[3])),
    "judgement": lambda key: (("matrix", key[0]), ("", key[1]), (key[2], key[3])),
    "summary": lambda key: (("matrix", key[0]), ("", key[1]), (key[2], key[3]), ("", key[4])),
    "code summary": lambda key: (("code", key[0]), ("case", key[1]), ("", key[2])),
    "order of attributes": lambda key: (("", key),),
    "order of cases": lambda _: (),
    "order of sources": lambda _: (),
    "order of codes": lambda key: (("code", key),),
    "order of rows": lambda key: (("matrix", key),),
}
"""A map: kind → function that splits a key of this kind into (kind, key) pairs of items.

The kind of a plain text is empty.
"""
