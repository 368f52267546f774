"""`project.cases` and `project.attributes`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.attributes import canonical, kind_of
from sibtui.model.names import resolve_name
from sibtui.model.records import ATTRIBUTE_KINDS, AttributeKind
from sibtui.model.text import one_line
from sibtui.project.base import Noun, Session
from sibtui.store import cases as rows
from sibtui.store import matrices as matrix_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.records import Attribute, Case, Owner


class Cases(Noun):
    def list(self) -> Sequence[Case]:
        """All cases, in their order."""
        return rows.cases(self._store)

    def get(self, label: str) -> Case:
        found = {case.label: case for case in self.list()}
        return found[resolve_name("case", label, found)]

    def add(self, label: str, *, private_name: str | None = None, attributes: Mapping[str, Any] | None = None) -> Case:
        label = _label(label)
        with self._session.act("case add", f"case {label}"):
            if label in rows.case_ids(self._store):
                raise ConflictError(f"There is a case “{label}” already.")
            case = rows.add_case(self._store, label, private_name or None)
            set_values(self._session, "case", case, attributes or {})
        return self.get(label)

    def set(
        self,
        label: str,
        *,
        new_label: str | None = None,
        private_name: str | None = None,
        position: int | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> Case:
        """Change what is given. An empty private name, or an attribute of None, is taken away; `position` counts from 1."""
        with self._session.act("case set", f"case {label}"):
            case = self.get(label)
            wanted = case.label if new_label is None else _label(new_label)
            if wanted != case.label and wanted in rows.case_ids(self._store):
                raise ConflictError(f"There is a case “{wanted}” already.")
            private = case.private_name if private_name is None else private_name or None
            if (wanted, private) != (case.label, case.private_name):
                rows.set_case(self._store, case.id, wanted, private)
            if position is not None:
                order = [other.id for other in self.list() if other.id != case.id]
                order.insert(max(0, position - 1), case.id)
                rows.order_cases(self._store, order)
            set_values(self._session, "case", case.id, attributes or {})
        return self.get(wanted)

    def remove(self, label: str) -> Case:
        """Remove a case: codings, notes and judgements lose it (and get it back by undo). What was removed."""
        with self._session.act("case remove", f"case {label}"):
            case = self.get(label)
            rows.remove_case(self._store, case.id)
        return case


def _label(label: str) -> str:
    label = label.strip()
    if not label:
        raise InputError("A case needs a label, for example “SIB A”.")
    return label


class Attributes(Noun):
    def list(self, of: Owner | None = None) -> Sequence[Attribute]:
        return rows.attributes(self._store, of)

    def get(self, of: Owner, name: str) -> Attribute:
        found = {attribute.name: attribute for attribute in self.list(of)}
        return found[resolve_name(f"attribute of {of}s", name, found)]

    def add(self, of: Owner, name: str, kind: AttributeKind = "text") -> Attribute:
        name = name.strip()
        if not name:
            raise InputError("An attribute needs a name, for example “organisation type”.")
        _refuse_own_field(of, name)
        with self._session.act("attribute add", f"attribute {name} of {of}s"):
            if name in {attribute.name for attribute in self.list(of)}:
                raise ConflictError(f"There is an attribute “{name}” of {of}s already.")
            rows.add_attribute(self._store, of, name, _kind(kind))
        return self.get(of, name)

    def set(
        self,
        of: Owner,
        name: str,
        *,
        new_name: str | None = None,
        kind: AttributeKind | None = None,
        position: int | None = None,
    ) -> Attribute:
        """Rename, retype (every value must fit the new kind) or move an attribute; `position` counts from 1."""
        with self._session.act("attribute set", f"attribute {name} of {of}s"):
            attribute = self.get(of, name)
            wanted = attribute.name if new_name is None else new_name.strip() or attribute.name
            _refuse_own_field(of, wanted)
            if wanted != attribute.name and wanted in {other.name for other in self.list(of)}:
                raise ConflictError(f"There is an attribute “{wanted}” of {of}s already.")
            if kind is not None and kind != attribute.kind:
                self._retype(attribute, _kind(kind))
            grouped = self._grouped(attribute) if wanted != attribute.name else []
            if (wanted, kind or attribute.kind) != (attribute.name, attribute.kind):
                rows.set_attribute(self._store, attribute.id, wanted, kind or attribute.kind)
            alone = sum(other.name == wanted for other in self.list()) == 1
            for matrix in grouped:
                matrix_rows.set_columns(self._store, matrix, f"{'' if alone else f'{of} '}attribute:{wanted}")
            if position is not None:
                order = [other.id for other in self.list(of) if other.id != attribute.id]
                order.insert(max(0, position - 1), attribute.id)
                rows.order_attributes(self._store, order)
        return self.get(of, wanted)

    def _retype(self, attribute: Attribute, kind: AttributeKind) -> None:
        for owner, values in rows.all_values(self._store, attribute.of).items():
            if attribute.name in values:
                value = _canonical(attribute.name, kind, values[attribute.name])
                rows.set_values(self._store, attribute.of, owner, {attribute.id: value})

    def _grouped(self, attribute: Attribute) -> Sequence[str]:
        """The names of the matrices whose columns are the values of an attribute."""
        from sibtui.project.computing import grouped_by  # noqa: PLC0415 - a rare thing to do

        known = self.list()
        found = []
        for name, columns in matrix_rows.columns(self._store).items():
            with suppress(InputError, NotFoundError):  # columns are something else
                if grouped_by(columns, known) == attribute:
                    found.append(name)
        return found

    def remove(self, of: Owner, name: str) -> Attribute:
        """Remove an attribute with its values. ConflictError when they are the columns of a matrix. What was removed."""
        with self._session.act("attribute remove", f"attribute {name} of {of}s"):
            attribute = self.get(of, name)
            for matrix in self._grouped(attribute):
                raise ConflictError(
                    f"The values of “{attribute.name}” are the columns of the matrix {matrix}: change or remove the matrix first."
                )
            rows.remove_attribute(self._store, attribute.id)
        return attribute


def _refuse_own_field(of: Owner, name: str) -> None:
    """What stands in a note's front matter beside attributes can be none."""
    from sibtui.formats.notes import FIELDS  # noqa: PLC0415 - only a new attribute needs it

    if of == "source" and name in FIELDS:
        raise InputError(f"“{name}” cannot be an attribute of sources: it is a field that every source has.")


def _kind(kind: str) -> AttributeKind:
    for known in ATTRIBUTE_KINDS:
        if kind == known:
            return known
    raise InputError(f"“{one_line(kind, 40)}” is no kind of attribute: there are text, number, date and yes/no.")


def set_values(session: Session, of: Owner, owner: int, values: Mapping[str, Any]) -> None:
    """Set attributes of a case or source by name, inside an act; an attribute is made by its first value, typed after it."""
    if not values:
        return
    known = {attribute.name: attribute for attribute in rows.attributes(session.store, of)}
    stored: dict[int, str | None] = {}
    for name, value in values.items():
        if name not in known and value is not None:
            Attributes(session).add(of, name, kind_of(value))
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
