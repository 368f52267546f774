"""Variables of REFI-QDA as attributes: whose they are, of which kind, and their values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, get_args

from sibtui.formats.guids import same
from sibtui.formats.notes import FIELDS
from sibtui.formats.refi_form import KIND_OF_TYPE, typed
from sibtui.formats.refi_sources import local
from sibtui.formats.study_tables import native
from sibtui.model.drafts import AttributeDraft
from sibtui.model.records import Owner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from sibtui.formats.refi_names import Names
    from sibtui.model.drafts import SourceDraft

_DIGITS = 100
_OWNERS: tuple[Owner, ...] = get_args(Owner)


class Variables:
    """One variable may be of cases and of sources: then it makes two attributes. Its owner comes from its values."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._declared: dict[str, tuple[str, str]] = {}
        self._values: dict[tuple[Owner, str], dict[str, str]] = {}
        self._kinds: dict[tuple[Owner, str], str] = {}
        self.owners: dict[str, Owner] = {}
        self.warnings: list[str] = []

    def declare(self, elements: Iterable[_Element]) -> None:
        for element in elements:
            name = self._names.clean(element.get("name"), "unnamed attribute")
            if not self._names.ours and name in FIELDS:
                name = f"{name} (attribute)"
            kind = KIND_OF_TYPE.get(element.get("typeOfVariable") or "", "text")
            guid = same(element.get("guid"))
            if not self._names.ours:
                name = self._names.unique("variable", name)
            self._declared.setdefault(guid, (name, kind))

    @property
    def guids(self) -> Iterable[str]:
        return self._declared

    def put(self, of: Owner, thing: str, element: _Element) -> None:
        """The value in a VariableValue element of a case or source."""
        guid, text = "", None
        for each in element:
            if local(each) == "VariableRef":
                guid = same(each.get("targetGUID"))
            else:
                text = self._names.plain(each.text or "")
        if guid in self._declared and text is not None:
            self._values.setdefault((of, guid), {})[thing] = text

    def drafts(self) -> tuple[AttributeDraft, ...]:
        found: list[AttributeDraft] = []
        for guid, (name, kind) in self._declared.items():
            used = [of for of in _OWNERS if (of, guid) in self._values]
            told = self.owners.get(guid)
            owners = [told] if told else used or [_OWNERS[0]]
            found += [AttributeDraft(of, name, self._kind(of, guid, kind)) for of in owners]
        return tuple(found)

    def _kind(self, of: Owner, guid: str, kind: str) -> str:
        """The declared kind, or text when a value is not of it."""
        found = self._kinds.get((of, guid))
        if found is None:
            values = self._values.get((of, guid), {}).values()
            found = kind if all(typed(kind, _as_kind(kind, value)) is not None for value in values) else "text"
            self._kinds[of, guid] = found
            if found != kind:
                name = self._declared[guid][0]
                self.warnings.append(f"The attribute “{name}” is kept as text: some of its values are no {kind}.")
        return found

    def values(self, of: Owner, thing: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (owner, guid), values in self._values.items():
            if owner == of and thing in values:
                name, declared = self._declared[guid]
                kind = self._kind(of, guid, declared)
                found[name] = native(kind, _as_kind(kind, values[thing]))
        return found

    def attributed(self, of: Owner, draft: SourceDraft) -> SourceDraft:
        found = self.values(of, draft.name)
        return replace(draft, attributes={**draft.attributes, **found}) if found else draft


def _as_kind(kind: str, text: str) -> str:
    """The value as attributes hold one: a number without exponent, a date without time zone."""
    if kind == "text":
        return text
    told = text.strip()
    if kind == "date":
        return told[:10]
    if kind != "number" or "e" not in told.lower():
        return told
    try:
        number = Decimal(told)
    except InvalidOperation:
        return told
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < _DIGITS else told
