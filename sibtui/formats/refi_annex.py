"""The JSON in the Note `sibtui`: what `refi_form` tells of, written when a study is, and applied when it comes back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.errors import InputError
from sibtui.formats.refi_form import VERSION
from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.records import (
    ASKED,
    CERTAINTIES,
    FIDELITIES,
    KINDS,
    MEMO_TARGETS,
    ORIGINS,
    READINGS,
    STANCES,
    STATUSES,
    Coverage,
    Lineage,
)
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

_ONE_OF: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "fidelity": FIDELITIES, "reading": READINGS, "stance": STANCES, "certainty": CERTAINTIES,
    "origin": ORIGINS, "status": STATUSES, "on": MEMO_TARGETS,
}  # fmt: skip
_ITEMS: dict[str, type] = {"cases": str, "lineage": dict}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "attributes": dict, "segment": dict, "nth": int, "first_note": int, "confidence": (int, float), "line": int,
}  # fmt: skip
_NEVER_NONE = {
    "kind",
    "fidelity",
    "reading",
    "stance",
    "certainty",
    "on",
    "lineage",
    "attributes",
    "first_note",
    "confidence",
}


@dataclass
class Annex:
    """The fields by kind and GUID; see `refi_form`."""

    study: dict[str, Any] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    codings: dict[str, dict[str, Any]] = field(default_factory=dict)
    memos: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    matrices: list[str] = field(default_factory=list)
    coverage: list[list[str]] = field(default_factory=list)
    whole: dict[str, list[list[Any]]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)

    def put(self, kind: str, guid: str, /, **told: Any) -> None:
        """Keep these fields of a thing."""
        getattr(self, kind).setdefault(guid, {}).update(told)

    def put_whole(self, kind: str, at: int, draft: CodeDraft | CodingDraft) -> None:
        self.whole.setdefault(kind, []).append([at, asdict(draft)])

    def put_order(self, kind: str, wanted: Sequence[str], there: Sequence[str]) -> None:
        if list(wanted) != list(there):
            self.order[kind] = list(wanted)

    def write(self) -> bytes:
        told = {each.name: value for each in fields(self) if (value := getattr(self, each.name))}
        return (json.dumps({"sibtui": VERSION, **told}, indent=1, default=_plain) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no place in a project file")


def read(name: str, text: str) -> Annex | None:
    """The annex in the text of a Note; None when it is something else."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or "sibtui" not in told:
        return None
    if told.pop("sibtui") != VERSION:
        raise InputError(f"{name} was written by a newer sibtui: read it with that.")
    known = {each.name: each.type for each in fields(Annex)}
    for key, value in told.items():
        if key not in known or not isinstance(value, dict if known[key].startswith("dict") else list):
            raise damaged(name, key)
    return Annex(**told)


def damaged(name: str, what: str) -> InputError:
    return InputError(
        f"{name}: in the Note “sibtui” the part “{what[:40]}” is damaged; without that Note the file can be read."
    )


def checked(name: str, told: Mapping[str, Any], draft: T) -> T:
    """The draft with these fields, each checked to be what that field is. InputError when one is not."""
    known = {each.name for each in fields(draft)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in told.items():
        if key not in known or not _fits(key, value):
            raise damaged(name, key)
        values[key] = _native(key, value)
    return replace(draft, **values)  # type: ignore[type-var]


def _fits(key: str, value: Any) -> bool:
    if value is None:
        return key not in _NEVER_NONE
    if key in _ONE_OF:
        return value in _ONE_OF[key]
    if key in _ITEMS:
        return isinstance(value, list) and all(isinstance(each, _ITEMS[key]) for each in value)
    return isinstance(value, _TYPES.get(key, str))


def _native(key: str, value: Any) -> Any:
    if key == "cases":
        return None if value is None else tuple(value)
    if key == "lineage":
        return tuple(Lineage(**event) for event in value)
    if key == "segment":
        return None if value is None else Segment(**value)
    if key == "attributes":
        return {name: _value(each) for name, each in value.items()}
    return value


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["date"])
    if isinstance(value, list) or value is None:
        raise TypeError
    return value


def ordered(annex: Annex, kind: str, there: Sequence[tuple[str, T]], whole: Sequence[tuple[int, T]] = ()) -> list[T]:
    """The things in the order of the study: those in the file, with those that stand whole in the annex put among them."""
    order = {guid: at for at, guid in enumerate(annex.order.get(kind, ()))}
    listed = sorted(there, key=lambda pair: order.get(pair[0], len(order))) if order else there
    found = [draft for _, draft in listed]
    if not whole:
        return found
    result: list[T] = []
    rest = iter(found)
    for at, draft in sorted(whole, key=lambda pair: pair[0]):
        while len(result) < at and (following := next(rest, None)) is not None:
            result.append(following)
        result.append(draft)
    return [*result, *rest]


def whole_codes(name: str, annex: Annex) -> list[tuple[int, CodeDraft]]:
    return [(at, checked(name, told, CodeDraft(""))) for at, told in _whole(name, annex, "codes")]


def whole_codings(name: str, annex: Annex) -> list[tuple[int, CodingDraft]]:
    return [(at, checked(name, told, CodingDraft("", ""))) for at, told in _whole(name, annex, "codings")]


def _whole(name: str, annex: Annex, kind: str) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for at, told in annex.whole.get(kind, ()):
        if not isinstance(at, int) or not isinstance(told, dict):
            raise damaged(name, "whole")
        found.append((at, told))
    return found


def coverage(name: str, annex: Annex) -> tuple[Coverage, ...]:
    for record in annex.coverage:
        source, topic, state = record
        if not isinstance(source, str) or not isinstance(topic, str) or state not in ASKED:
            raise damaged(name, "coverage")
    return tuple(Coverage(*record) for record in annex.coverage)  # type: ignore[arg-type]
