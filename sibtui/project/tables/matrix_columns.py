"""The columns of a matrix: their labels, and the cases, sources or coders that each column is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.matrix_definition import COLUMNS, attribute_of, crossed
from sibtui.model.names import resolve_name
from sibtui.model.records import KINDS
from sibtui.model.text import listed
from sibtui.store import cases as case_rows
from sibtui.store import evidence as place_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sibtui.model.records import Attribute
    from sibtui.store.connection import Store


_PAIRED = 31
"""The number of lower bits of a pair (of a case and a source, stored as one number).

These bits hold the id of the source.
"""


def column_members(store: Store, columns: str) -> tuple[str, dict[str, tuple[int, ...]]]:
    """Return (kind of items, map: column label → ids of the items of this column).

    The kind is “case”, “source”, “coder” or “pair”. A pair is a case and a source; its id is one number made of both
    ids (see `unpaired`). The columns are in order. `columns` is the choice of the user, such as “cases” or
    “attribute:mode”. Raises InputError for unknown columns, NotFoundError for an unknown attribute.
    """
    if columns == "cases":
        return "case", {label: (number,) for label, number in case_rows.case_ids(store).items()}
    if columns == "sources":
        return "source", {name: (number,) for name, number in source_rows.source_ids(store).items()}
    if columns == "coders":
        return "coder", {coder.name: (coder.id,) for coder in study_rows.coders(store)}
    if columns == "kinds":
        return "source", _by_kind(dict(store.query("SELECT id, kind FROM sources").fetchall()))
    if parts := crossed(columns):
        return _crossed(store, parts)
    attribute = grouped_by(columns, case_rows.attributes(store))
    return attribute.of, _by_value(attribute, case_rows.values_of(store, attribute))


def _crossed(store: Store, parts: Sequence[str]) -> tuple[str, dict[str, tuple[int, ...]]]:
    """Return (kind of items, map: column label → ids of items) for columns that combine the values of two attributes.

    Each combination of two values that occurs has a column, such as “online / Investor”. The columns are in the order
    of the values. If both attributes belong to the same kind of items (cases or sources), a combination occurs when one
    item has both values. Otherwise, one value belongs to a case, and the other value to a source about this case.
    """
    known = case_rows.attributes(store)
    one, other = (grouped_by(part, known) for part in parts)
    first, second = (_by_value(each, case_rows.values_of(store, each)) for each in (one, other))
    joined = _common if one.of == other.of else _pairs(place_rows.cases_in_sources(store), cases_first=one.of == "case")
    found = {
        f"{_unmistakable(value)} / {_unmistakable(other_value)}": members
        for value, own in first.items()
        for other_value, others in second.items()
        if (members := joined(own, others))
    }
    return one.of if one.of == other.of else "pair", found


def _unmistakable(value: str) -> str:
    """Return a value as a part of the label `value / other value`.

    If the value contains “ / ”, it is put in quotation marks.
    """
    return f"“{value}”" if " / " in value else value


def _common(own: Iterable[int], others: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(own).intersection(others)))


def _pairs(
    occurring: Iterable[tuple[int, int]], *, cases_first: bool
) -> Callable[[Iterable[int], Iterable[int]], tuple[int, ...]]:
    """Return a function that finds pairs of a case and a source: (ids of cases, ids of sources) → ids of pairs.

    For the ids, see `column_members`. `occurring` has (case, source) for each pair that exists. If `cases_first` is
    False, the function takes the sources first, and then the cases.
    """
    of_case: dict[int, list[int]] = {}
    for case, source in occurring:
        of_case.setdefault(case, []).append(source)

    def joined(own: Iterable[int], others: Iterable[int]) -> tuple[int, ...]:
        cases, sources = (own, set(others)) if cases_first else (others, set(own))
        return tuple(
            case << _PAIRED | source for case in cases for source in of_case.get(case, ()) if source in sources
        )

    return joined


def unpaired(members: Iterable[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return (ids of the cases, ids of the sources) of some pairs, each in ascending order.

    `members` are the ids of the pairs. The id of a pair is one number made of the ids of a case and a source.
    """
    pairs = list(members)
    return (
        tuple(sorted({pair >> _PAIRED for pair in pairs})),
        tuple(sorted({pair & (1 << _PAIRED) - 1 for pair in pairs})),
    )


def grouped_by(columns: str, attributes: Sequence[Attribute]) -> Attribute:
    """Return the attribute whose values are the columns. `columns` is `attribute:NAME`, or `source attribute:NAME`.

    The second form is needed when both an attribute of cases and an attribute of sources have this name. Raises
    InputError when `columns` has another form, NotFoundError when there is no such attribute.
    """
    owner_and_name = attribute_of(columns)
    if owner_and_name is None:
        raise InputError(f"“{columns}” cannot be columns: choose {listed(COLUMNS, len(COLUMNS), last='or')}.")
    owner, name = owner_and_name
    found = [attribute for attribute in attributes if owner in {"", attribute.of}]
    chosen = resolve_name("attribute", name, dict.fromkeys(attribute.name for attribute in found))
    return next(attribute for attribute in found if attribute.name == chosen)


def _by_kind(kinds: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """Return a map: kind of source → ids of the sources of this kind, in the usual order of kinds.

    Kinds without sources are left out.
    """
    found = {kind: tuple(sorted(source for source, own in kinds.items() if own == kind)) for kind in KINDS}
    return {kind: members for kind, members in found.items() if members}


def _by_value(attribute: Attribute, values: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """Return a map: value of an attribute → ids of the cases or sources with this value.

    The values are in ascending order. Values that differ only in their spelling (see `value_key`) are one value.
    """
    from sibtui.model.attributes import value_key

    spelt: dict[str, str] = {}
    owners: dict[str, list[int]] = {}
    for owner, value in values.items():
        key = value_key(attribute.kind, value)
        spelt.setdefault(key, value)
        owners.setdefault(key, []).append(owner)
    order = sorted(spelt, key=_number_or_text if attribute.kind == "number" else str)
    return {spelt[key]: tuple(sorted(owners[key])) for key in order}


def _number_or_text(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value
