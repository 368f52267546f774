"""The merge of the orders of cases, sources, attributes, codes, and rows of tables.

Each list of items is a group, such as the codes below one code, or the rows of one table. If only one copy of
the study has changed the order of a group, the changed order is taken. If both copies have changed it, the order
in “mine” is kept. A new item is placed after the item that it follows in the copy that has added it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sibtui.model.differences import Difference
from sibtui.model.study_items import CODE_PARENT, ItemFields, ItemKey, Items

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.differences import Proposal

ORDERS = {
    "attribute": "order of attributes",
    "case": "order of cases",
    "source": "order of sources",
    "code": "order of codes",
    "matrix row": "order of rows",
}
"""A map: kind of item that has an order → kind of the difference of two orders."""
_GROUPS: Mapping[str, Callable[[ItemKey, ItemFields], Any]] = {
    "attribute": lambda _, fields: fields[0],
    "code": lambda _, fields: fields[CODE_PARENT],
    "matrix row": lambda key, _: key[0],
}
"""A map: kind of item → function that returns the group of an item. All items of any other kind are one group."""
_UNKNOWN = "the order that both had is not known: the order of mine stays"
_BOTH = "both changed the order: the order of mine stays"


class MergedOrder(NamedTuple):
    """The merged order of one group, such as the codes below one code.

    `order` has the keys of the group's items in their new order. None means: “mine” keeps its order, and new items come
    last. `difference` is about the order of the items that both copies have. It is None if the copies order them in the
    same way, or differ only in the places of new items.
    """

    group: Any
    order: tuple[ItemKey, ...] | None
    difference: Difference | None


def merged_orders(kind: str, mine: Items, theirs: Items, base: Items | None, merged: Items) -> Iterator[MergedOrder]:
    """Yield the merged order of each group of items of one kind. `merged` are the items after the merge."""
    lists = {group: frozenset(keys) for group, keys in _grouped(kind, merged).items()}
    own, other = _grouped(kind, mine), _grouped(kind, theirs)
    known = None if base is None else _grouped(kind, base)
    for group, members in lists.items():
        first, second = _only(own.get(group, ()), members), _only(other.get(group, ()), members)
        was = None if known is None else _only(known.get(group, ()), members)
        order, proposal, why = _merged(first, second, was)
        difference = None
        if proposal is not None:
            shared = frozenset(first).intersection(second)
            before = None if was is None else tuple(_only(was, shared))
            values = tuple(_only(first, shared)), tuple(_only(second, shared)), before
            difference = Difference(ORDERS[kind], group, "", *values, proposal, why)
        if difference is not None or order is not None:
            yield MergedOrder(group, order, difference)


def _grouped(kind: str, items: Items) -> dict[Any, list[ItemKey]]:
    group_of = _GROUPS.get(kind, _one_group)
    groups: dict[Any, list[ItemKey]] = defaultdict(list)
    for key, fields in items.items():
        groups[group_of(key, fields)].append(key)
    return groups


def _one_group(_key: ItemKey, _fields: ItemFields) -> str:
    return ""


def _merged(
    mine: Sequence[ItemKey], theirs: Sequence[ItemKey], was: Sequence[ItemKey] | None
) -> tuple[tuple[ItemKey, ...] | None, Proposal | None, str]:
    """Return (new order, proposal, reason for the proposal).

    The new order is None if “mine” keeps its order, with new items at the end. The proposal is None if the common
    items have the same order in both copies, or if only items missing from `was` have different places. `was` is the
    order in the common version; None if it is not known.
    """
    shared = frozenset(mine).intersection(theirs)
    own, other = _only(mine, shared), _only(theirs, shared)
    if was is None:
        return None, (None if own == other else "leave out"), _UNKNOWN
    order = _woven(mine, theirs) if _has_new_before_old(theirs, mine) else None
    if own == other:
        return order, None, ""
    known, old = _only(was, shared), frozenset(was)
    is_own, is_other = (_only(side, old) != known for side in (own, other))
    if is_own and is_other:
        return order, "leave out", _BOTH
    if is_other:
        return _woven(theirs, mine), "take", ""
    return order, ("keep" if is_own else None), ""


def _only(keys: Iterable[ItemKey], chosen: Collection[ItemKey]) -> list[ItemKey]:
    return [key for key in keys if key in chosen]


def _has_new_before_old(side: Sequence[ItemKey], other: Sequence[ItemKey]) -> bool:
    """Return whether the copy `side` has a new item before an old one. The old items are those in `other`."""
    old = frozenset(other)
    is_new = [key not in old for key in side]
    return is_new != sorted(is_new)


def _woven(host: Sequence[ItemKey], guest: Sequence[ItemKey]) -> tuple[ItemKey, ...]:
    """Return the order of `host`, extended by the items of `guest` that `host` lacks.

    Each added item is placed after the item that precedes it in `guest`: `a b c` and `a x b` give `a x b c`.
    """
    known, last, following = frozenset(host), None, defaultdict[ItemKey, list[ItemKey]](list)
    for key in guest:
        if key in known:
            last = key
        else:
            following[last].append(key)
    return (*following[None], *(each for key in host for each in (key, *following[key])))
