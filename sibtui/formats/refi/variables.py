"""Reading the variables of a REFI-QDA project, which become attributes of cases or sources."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, get_args

from sibtui.formats.codec.foreign_values import stored_value
from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.identifiers import KIND_OF_TYPE
from sibtui.formats.refi.outline import local_name
from sibtui.formats.sources.note_fields import FIELDS
from sibtui.formats.study_folder.study_toml import native_value
from sibtui.model.drafts import AttributeDraft
from sibtui.model.records import Owner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.model.drafts import SourceDraft

_DIGITS = 100
_OWNERS: tuple[Owner, ...] = get_args(Owner)


class Variables:
    """Collects the variables of a project and their values.

    `owners` is a map: GUID (id) of a variable → `case` or `source`: the variable becomes an attribute of cases or of
    sources. If the map does not have a variable, the values of the variable decide this (see `drafts`).
    """

    def __init__(self, names: UniqueNames) -> None:
        self._names = names
        self._declared: dict[str, tuple[str, str]] = {}
        self._values: dict[tuple[Owner, str], dict[str, str]] = {}
        self._kinds: dict[tuple[Owner, str], str] = {}
        self.owners: dict[str, Owner] = {}
        self.warnings: list[str] = []

    def declare(self, elements: Iterable[_Element]) -> None:
        """Read the Variable elements. Call this before `put`, because values refer to variables."""
        for element in elements:
            name = self._names.clean(element.get("name"), "unnamed attribute")
            if not self._names.ours and name in FIELDS:
                name = f"{name} (attribute)"
            kind = KIND_OF_TYPE.get(element.get("typeOfVariable") or "", "text")
            guid = plain_guid(element.get("guid"))
            if not self._names.ours:
                name = self._names.unique("variable", name)
            self._declared.setdefault(guid, (name, kind))

    @property
    def guids(self) -> Iterable[str]:
        """The GUIDs (ids) of all variables, in the order of the file."""
        return self._declared

    def put(self, of: Owner, thing: str, element: _Element) -> None:
        """Store the value in a VariableValue element. `thing` is the label of a case or the name of a source."""
        guid, text = "", None
        for each in element:
            if local_name(each) == "VariableRef":
                guid = plain_guid(each.get("targetGUID"))
            else:
                text = self._names.plain(each.text or "")
        if guid in self._declared and text is not None:
            self._values.setdefault((of, guid), {})[thing] = text

    def drafts(self) -> tuple[AttributeDraft, ...]:
        """Return the variables as attributes of cases or sources.

        `owners` has the owner of some variables: `case` or `source`. A variable that is not in this map becomes an
        attribute of all owners that have values of it: cases, sources, or both. If it has no values, it becomes an
        attribute of cases.
        """
        result: list[AttributeDraft] = []
        for guid, (name, kind) in self._declared.items():
            used = [of for of in _OWNERS if (of, guid) in self._values]
            known = self.owners.get(guid)
            owners = [known] if known else used or [_OWNERS[0]]
            result += [AttributeDraft(of, name, self._kind(of, guid, kind)) for of in owners]
        return tuple(result)

    def _kind(self, of: Owner, guid: str, kind: str) -> str:
        """Return the type of an attribute: `kind` if all its values have this type, and otherwise "text".

        `of` is its owner, `case` or `source`. `guid` is the id of the variable.
        """
        actual = self._kinds.get((of, guid))
        if actual is None:
            values = self._values.get((of, guid), {}).values()
            actual = kind if all(stored_value(kind, _as_kind(kind, value)) is not None for value in values) else "text"
            self._kinds[of, guid] = actual
            if actual != kind:
                name = self._declared[guid][0]
                self.warnings.append(f"The attribute “{name}” is kept as text: some of its values are no {kind}.")
        return actual

    def values(self, of: Owner, thing: str) -> dict[str, Any]:
        """Return the attribute values of a case or source: name → value. `thing` is its label or name."""
        result: dict[str, Any] = {}
        for (owner, guid), values in self._values.items():
            if owner == of and thing in values:
                name, declared = self._declared[guid]
                kind = self._kind(of, guid, declared)
                result[name] = native_value(kind, _as_kind(kind, values[thing]))
        return result

    def attributed(self, of: Owner, draft: SourceDraft) -> SourceDraft:
        """Return the source `draft` with its attribute values added. `of` must be `source`."""
        values = self.values(of, draft.name)
        return replace(draft, attributes={**draft.attributes, **values}) if values else draft


def _as_kind(kind: str, text: str) -> str:
    """Return the text of a value, prepared for the type `kind`: a number without an exponent, a date without a time."""
    if kind == "text":
        return text
    stripped = text.strip()
    if kind == "date":
        return stripped[:10]
    if kind != "number" or "e" not in stripped.lower():
        return stripped
    try:
        number = Decimal(stripped)
    except InvalidOperation:
        return stripped
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < _DIGITS else stripped
