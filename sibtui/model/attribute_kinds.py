"""Kinds of attributes (text, number, date, yes/no) during an import. An attribute becomes text if its values are of different kinds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sibtui.model.attributes import canonical, natural
from sibtui.model.folding import name_key
from sibtui.model.records import AttributeKind
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_IS_NOT: dict[AttributeKind, str] = {
    "number": "is not a number",
    "date": "is not a date",
    "yes/no": "is neither yes nor no",
}


@dataclass(frozen=True, slots=True)
class MixedAttribute:
    """An attribute that an import stores as text because its values differ in kind, such as numbers and dates.

    `value` is the first value that is not of the kind `kind`. `kind` is the kind of the attribute before the import,
    or, for a new attribute, the kind of its first value that is not a string. `earlier` is set if an earlier source
    has `value`. `str()` returns a clause for a message about the current source.
    """

    name: str
    kind: AttributeKind
    value: str
    earlier: bool = False

    def __str__(self) -> str:
        earlier = ", and an earlier source has it" if self.earlier else ""
        value = f"“{one_line(self.value, 60)}” {_IS_NOT[self.kind]}{earlier}"
        return f"the attribute “{one_line(self.name, 60)}” is text: {value}"


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """An attribute value in its stored form (`text`), with the `name` and the `kind` of its attribute.

    `is_new` is set for the first value of a new attribute. `became_text` is set if this value changed the kind of the
    attribute to text. `mixed` is a report that the values of the attribute differ in kind. An attribute is reported
    only once; for all its other values, `mixed` is None.
    """

    name: str
    kind: AttributeKind
    text: str
    is_new: bool = False
    became_text: bool = False
    mixed: MixedAttribute | None = None


@dataclass(slots=True)
class _Known:
    name: str
    kind: AttributeKind
    typed: AttributeKind | None
    """The kind that the attribute had before the import.

    For a new attribute, this is the kind of its first value that is not a string.
    """
    is_reported: bool = False
    seen: dict[AttributeKind, str] = field(default_factory=dict)


class AttributeKinds:
    """Finds the kind of each attribute while its values are added one by one.

    `known` is a map: attribute of the study → its kind. The attributes in `fixed` keep their kinds. Any other
    attribute becomes text if its values differ in kind.
    """

    def __init__(self, known: Mapping[str, AttributeKind], fixed: Collection[str] = ()) -> None:
        self._fixed = {name: known[name] for name in fixed}
        self._known: dict[str, _Known] = {}
        self._names: dict[str, str] = {}
        for name, kind in known.items():
            self._add(name, kind, None if kind == "text" else kind, is_reported=kind == "text")

    def place(self, name: str, value: Any) -> PlacedValue:
        """Add a value of the attribute `name`. Return its stored form and the kind that the attribute now has.

        Raises ValueError if the attribute has a fixed kind, and the value is of another kind.
        """
        name = self.known_name(name)
        if name in self._fixed:
            kind = self._fixed[name]
            return PlacedValue(name, kind, canonical(kind, value))
        kind, text = natural(value)
        known = self._known.get(name)
        is_new = known is None
        if known is None:
            known = self._add(name.strip(), kind, None)
        became_text = known.kind not in (kind, "text")
        if became_text:
            known.kind = "text"
        return PlacedValue(known.name, known.kind, text, is_new, became_text, self._mixed(known, kind, value, text))

    def keeps_kind(self, name: str) -> bool:
        """Return whether the attribute `name` is one of those that keep their kinds."""
        return self.known_name(name) in self._fixed

    def known_name(self, name: str) -> str:
        """Return the name of the attribute that `name` refers to; `name` itself if there is no such attribute yet."""
        return name if name in self._known else self._names.get(name_key(name), name)

    def _add(self, name: str, kind: AttributeKind, typed: AttributeKind | None, *, is_reported: bool = False) -> _Known:
        known = self._known[name] = _Known(name, kind, typed, is_reported)
        self._names.setdefault(name_key(name), name)
        return known

    @staticmethod
    def _mixed(known: _Known, kind: AttributeKind, value: Any, text: str) -> MixedAttribute | None:
        """Return a report if the values of the attribute differ in kind; None otherwise.

        An attribute is reported only once. A text attribute of the study, or a new attribute with only strings, is
        never reported.
        """
        if known.is_reported:
            return None
        known.seen.setdefault(kind, text)
        if known.typed is None and kind != "text" and not isinstance(value, str):
            known.typed = kind
        odd = next((seen for each, seen in known.seen.items() if each != known.typed), None)
        if known.typed is None or odd is None:
            return None
        known.is_reported = True
        return MixedAttribute(known.name, known.typed, odd, earlier=kind == known.typed)
