"""Storing the attribute values of new sources.

The first value of a new attribute determines its type. If a later value has another type, the type of the attribute
becomes text. But if a saved query needs the type, for example to compare numbers, the value is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.model.attribute_kinds import AttributeKinds
from sibtui.model.text import one_line
from sibtui.project.attributes import check_name
from sibtui.project.retrieval.compared_attributes import comparison_clause, queries_comparing
from sibtui.store import cases as rows
from sibtui.store import queries as query_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.attribute_kinds import MixedAttribute, PlacedValue
    from sibtui.model.records import Attribute
    from sibtui.project.shared.base import Session


class AttributeValues:
    """Stores the attribute values of new sources. Use this inside an act (`with session.act(…)`, one step of undo).

    If a value does not have the type of its attribute, the type becomes text. But if a saved query needs the type,
    the value is refused instead. With `fixed`, all existing attributes refuse such values.
    """

    def __init__(self, session: Session, *, fixed: bool = False) -> None:
        self._session = session
        self._store = session.store
        self._fixed = fixed
        self._read()

    def _read(self) -> None:
        known = rows.attributes(self._store, "source")
        self._ids = {attribute.name: attribute.id for attribute in known}
        self._clauses = {} if self._fixed else dict(self._compared(known))
        fixed = [attribute.name for attribute in known] if self._fixed else self._clauses
        self._kinds = AttributeKinds({attribute.name: attribute.kind for attribute in known}, fixed)
        self._has_changed = False

    def _compared(self, known: Sequence[Attribute]) -> Iterator[tuple[str, str]]:
        """Yield (name, clause) for each attribute that cannot become text.

        The clause names the queries that need the type of the attribute.
        """
        for attribute in known if query_rows.queries(self._store) else ():
            if queries := queries_comparing(self._session, attribute, "text"):
                yield attribute.name, comparison_clause(self._session, attribute, queries)

    def set(self, source: int, values: Mapping[str, Any]) -> tuple[MixedAttribute, ...]:
        """Store the attribute values of a source. Return the attributes whose type became text.

        Values that are None are ignored. If a value has the wrong type, the type of its attribute becomes text; if the
        attribute must keep its type, InputError is raised instead. Also raises InputError for a name that cannot be used.
        """
        self._has_changed = False
        texts: dict[int, str | None] = {}
        mixed: list[MixedAttribute] = []
        for name, value in values.items():
            if value is None:
                continue
            placed = self._place(name, value)
            self._has_changed |= placed.is_new or placed.became_text
            if placed.is_new:
                check_name("source", placed.name)
                self._ids[placed.name] = rows.add_attribute(self._store, "source", placed.name, placed.kind)
            elif placed.became_text:
                rows.set_attribute(self._store, self._ids[placed.name], placed.name, "text")
            texts[self._ids[placed.name]] = placed.text
            mixed += [] if placed.mixed is None else [placed.mixed]
        rows.set_values(self._store, "source", source, texts)
        return tuple(mixed)

    def foresee(self, values: Mapping[str, Any]) -> tuple[MixedAttribute, ...]:
        """Return the attributes whose type would become text if these values were stored. Nothing is stored."""
        placed = (self._place(name, value) for name, value in values.items() if value is not None)
        return tuple(each.mixed for each in placed if each.mixed is not None)

    def error(self, values: Mapping[str, Any]) -> InputError | None:
        """Return the error for the first value of a wrong type. Only attributes that must keep their types are checked.

        Return None if there is no such value. No type is changed.
        """
        try:
            for name, value in values.items():
                if value is not None and self._kinds.keeps_kind(name):
                    self._place(name, value)
        except InputError as error:
            return error
        return None

    def _place(self, name: str, value: Any) -> PlacedValue:
        try:
            return self._kinds.place(name, value)
        except ValueError as error:
            clause = self._clauses.get(self._kinds.known_name(name))
            refused = f"Attribute “{one_line(name, 40)}”: {error}"
            if clause:
                raise InputError(f"{refused}; {clause}.", "fit-value") from None
            raise InputError(f"{refused}.") from None

    def forget(self) -> None:
        """Read the attributes again if the last call of `set` has added or changed an attribute.

        Call this after a rollback.
        """
        if self._has_changed:
            self._read()
