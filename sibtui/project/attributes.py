"""`project.attributes`: the attributes of cases and sources, and their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import sibtui
from sibtui.errors import AmbiguousError, ConflictError, InputError, NotFoundError
from sibtui.model.arguments import Names, choice, maybe_whole
from sibtui.model.attributes import canonical, kind_of
from sibtui.model.folding import identical, name_key
from sibtui.model.names import refuse_name_in_use, resolve_name
from sibtui.model.records import ATTRIBUTE_KINDS, OWNERS, Attribute, AttributeKind, Coding, Owner
from sibtui.model.text import one_line
from sibtui.project.shared.attribute_columns import AttributeColumns
from sibtui.project.shared.base import Noun, Session
from sibtui.store import cases as rows
from sibtui.store.positions import put_at


class Attributes(Noun):
    """`project.attributes`: the attributes that cases and sources can have. Each has a name, a type and a position.

    >>> [attribute.name for attribute in project.attributes.list("source")]
    ['date', 'mode', 'people', 'organisation', 'organisation type']
    """

    def list(self, of: Owner | None = None) -> Sequence[Attribute]:
        """Return the attributes of cases or of sources, in their order.

        If `of` is None, the attributes of both are returned. Raises InputError for an unknown value of `of`.

        >>> [attribute.name for attribute in project.attributes.list("case")][:2]
        ['Stage of development', 'Target population']
        """
        return rows.attributes(self._store, None if of is None else _owner(of))

    def get(self, of: Owner, name: str) -> Attribute:
        """Return the attribute of cases, or of sources, that has the name `name`.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique, InputError for an unknown
        value of `of`.

        >>> project.attributes.get("source", "date").kind
        'date'
        """
        of = _owner(of)
        found = {attribute.name: attribute for attribute in self.list(of)}
        return found[resolve_name(f"attribute of {of}s", name, found)]

    def of_codings(self, codings: Iterable[Coding], names: Names) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
        """Return (full names of the attributes, iterator over the values of the codings: one tuple per coding).

        A coding has the values of its cases and of its source. Several values of one attribute are joined by `; `.
        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> names, values = project.attributes.of_codings([project.codings.get(1)], ["mode", "Stage of development"])
        >>> names, next(values)
        (('mode', 'Stage of development'), ('online', 'Over half-way through'))
        """
        columns = AttributeColumns(self._session, names)
        return columns.names, (columns.values(coding.source, coding.cases) for coding in codings)

    def add(self, of: Owner, name: str, kind: AttributeKind = "text") -> Attribute:
        """Add an attribute of cases or sources, and return it.

        Raises ConflictError when the name is in use, InputError for a name, kind or owner that cannot be used.

        >>> project.attributes.add("case", "budget", "number").kind
        'number'
        """
        of, kind, name = _owner(of), _kind(kind), name.strip()
        check_name(of, name)
        with self._session.act("attribute add", f"attribute {name} of {of}s"):
            refuse_name_in_use(f"attribute of {of}s", name, [attribute.name for attribute in self.list(of)])
            rows.add_attribute(self._store, of, name, kind)
        return self.get(of, name)

    def insert(self, draft: sibtui.AttributeDraft) -> None:
        """Add an attribute from a draft. Call this inside an act (`with project.act(…)`, one step of undo).

        Raises the errors of `add`.

        >>> with project.act("attribute add", "attribute budget of cases"):
        ...     project.attributes.insert(AttributeDraft("case", "budget", "number"))
        """
        self.add(draft.of, draft.name, _kind(draft.kind))
        rows.set_attribute_uid(self._store, draft.of, draft.name.strip(), draft.uid)

    def set(
        self,
        of: Owner,
        name: str,
        *,
        new_name: str | None = None,
        kind: AttributeKind | None = None,
        position: int | None = None,
    ) -> Attribute:
        """Change the name, kind or position of an attribute, and return it. `position` counts from 1.

        Raises ConflictError when the name is in use, or when a saved query compares the attribute and would not work
        with the new kind. Raises InputError when a value does not fit the new kind, NotFoundError when the name is
        unknown, AmbiguousError when it is not unique.

        >>> project.attributes.set("source", "mode", new_name="way of talking", position=1).name
        'way of talking'
        """
        from sibtui.project.retrieval.query_names import query_names_kept
        from sibtui.store import matrices as matrix_rows

        of, kind = _owner(of), None if kind is None else _kind(kind)
        maybe_whole("position", position, 1)
        with self._session.act("attribute set", f"attribute {name} of {of}s"), query_names_kept(self._session):
            attribute = self.get(of, name)
            wanted = attribute.name if new_name is None else new_name.strip() or attribute.name
            _refuse_own_field(of, wanted)
            if wanted != attribute.name:
                refuse_name_in_use(
                    f"attribute of {of}s", wanted, [each.name for each in self.list(of) if each.id != attribute.id]
                )
            if kind is not None and kind != attribute.kind:
                self._retype(attribute, kind)
            grouped = self._grouped(attribute) if wanted != attribute.name else []
            if (wanted, kind or attribute.kind) != (attribute.name, attribute.kind):
                rows.set_attribute(self._store, attribute.id, wanted, kind or attribute.kind)
            alone = sum(other.name == wanted for other in self.list()) == 1
            for matrix in grouped:
                matrix_rows.set_columns(self._store, matrix, f"{'' if alone else f'{of} '}attribute:{wanted}")
            if position is not None:
                put_at(self._store, "attributes", (each.id for each in self.list(of)), attribute.id, position)
        return self.get(of, wanted)

    def _retype(self, attribute: Attribute, kind: AttributeKind) -> None:
        from sibtui.project.retrieval.compared_attributes import KINDS, comparison_clause, queries_comparing

        if queries := queries_comparing(self._session, attribute, kind):
            clause = comparison_clause(self._session, attribute, queries)
            raise ConflictError(
                f"The attribute “{one_line(attribute.name, 40)}” must stay {KINDS[attribute.kind]}: {clause}.",
                "change-queries",
            )
        for owner, values in rows.all_values(self._store, attribute.of).items():
            if attribute.name in values:
                value = _canonical(attribute.name, kind, values[attribute.name])
                rows.set_values(self._store, attribute.of, owner, {attribute.id: value})

    def _grouped(self, attribute: Attribute) -> Sequence[str]:
        """Return the names of the matrices whose columns are the values of an attribute."""
        from sibtui.project.tables.matrix_columns import grouped_by
        from sibtui.store import matrices as matrix_rows

        known = self.list()
        found = []
        for name, columns in matrix_rows.columns(self._store).items():
            with suppress(InputError, NotFoundError, AmbiguousError):  # the columns are not an attribute
                if grouped_by(columns, known) == attribute:
                    found.append(name)
        return found

    def remove(self, of: Owner, name: str) -> Attribute:
        """Remove an attribute with all its values, and return the attribute.

        Raises ConflictError when the columns of a matrix are the values of the attribute, or when the query of a matrix
        row names the attribute. Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> project.attributes.remove("source", "mode").name
        'mode'
        """
        from sibtui.project.tables.queried_rows import row_queries_kept

        of = _owner(of)
        with self._session.act("attribute remove", f"attribute {name} of {of}s"), row_queries_kept(self._session):
            attribute = self.get(of, name)
            for matrix in self._grouped(attribute):
                raise ConflictError(
                    f"The values of “{attribute.name}” are the columns of the matrix {matrix}: change or remove the matrix first."
                )
            rows.remove_attribute(self._store, attribute.id)
        return attribute


def check_name(of: Owner, name: str) -> None:
    """Raise InputError if a new attribute of cases or sources cannot have this name."""
    if not name_key(name):
        raise InputError("An attribute needs a name, for example “organisation type”.")
    _refuse_own_field(of, name)


def _refuse_own_field(of: Owner, name: str) -> None:
    """Raise InputError if an attribute of sources has the name of a field of sources, such as “title”.

    In the front matter of a text file, such a name would set the field, and not the attribute.
    """
    from sibtui.formats.sources.note_fields import FIELDS

    if of == "source" and name in FIELDS:
        raise InputError(f"“{name}” cannot be an attribute of sources: it is a field that every source has.")


def _owner(of: str) -> Owner:
    return choice("owner of attributes", of, OWNERS)


def _kind(kind: str) -> AttributeKind:
    return choice("kind of attribute", kind, ATTRIBUTE_KINDS)


def set_values(session: Session, of: Owner, owner: int, values: Mapping[str, Any]) -> None:
    """Set values of attributes of a case or a source. `owner` is the id of the case or source.

    `values` is a map: name of an attribute → value. An unknown attribute is added, with the type of its value. Call
    this inside an act (`with session.act(…)`, one step of undo).
    """
    if not values:
        return
    known = {attribute.name: attribute for attribute in rows.attributes(session.store, of)}
    stored: dict[int, str | None] = {}
    for given, value in values.items():
        name = identical(given, known) or given
        if name not in known and value is not None:
            name = Attributes(session).add(of, name, kind_of(value)).name
            known = {attribute.name: attribute for attribute in rows.attributes(session.store, of)}
        if name in known:
            attribute = known[name]
            stored[attribute.id] = None if value is None else _canonical(name, attribute.kind, value)
    rows.set_values(session.store, of, owner, stored)


def _canonical(name: str, kind: AttributeKind, value: Any) -> str:
    try:
        return canonical(kind, value)
    except ValueError as error:
        raise InputError(f"Attribute “{one_line(name, 40)}”: {error}.") from None
