"""The merge of two copies of a study (“mine” and “theirs”), by comparison with their last common version.

If only one copy has a change, the change is taken. There is a conflict in two cases:

- Both copies have changed a field in different ways.
- One copy has removed an item that the other copy has changed or used.

On a conflict, the user decides. If no common version is known, every field that differs is a conflict, and no item
is removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sibtui.model.differences import Decisions, Difference, Merging
from sibtui.model.equal_items import same_memos, same_places, same_proposals
from sibtui.model.followed_merges import merges_followed
from sibtui.model.item_merge import ItemMerge
from sibtui.model.lost_references import with_lost_references, with_stored_texts
from sibtui.model.proposed_codes import with_equal_proposals
from sibtui.model.query.named_terms import named_terms
from sibtui.model.referring_texts import ColumnsText
from sibtui.model.study_alignment import Aliases, Sides, same_names, with_coders, without_withdrawn
from sibtui.model.study_items import COLUMNS_OF, FIELDS, SOURCE_TEXT, ItemKey, Items, StudyItems
from sibtui.model.text_alignment import all_with_texts, with_texts


@dataclass(frozen=True, slots=True)
class MergedItems:
    """The result of a merge of two copies of a study, “mine” and “theirs”.

    - `items`: the merged items. For a conflict on which the user has not decided, they have the value of “mine”.
    - `before`: the items of “mine” before the merge, but with codings at their places in the merged texts.
    - `sides`: the two copies as they were compared, with the same keys for the same items.
    - `differences`: the differences between the copies.
    - `orders`: a map: (kind, group) → keys of the items of this group in their new order (see `order_merge`).
    """

    items: StudyItems
    before: StudyItems
    sides: Sides
    differences: tuple[Difference, ...]
    orders: Mapping[tuple[str, Any], tuple[ItemKey, ...]] = field(default_factory=dict)

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        return tuple(each for each in self.differences if each.proposal == "conflict")

    @property
    def open(self) -> tuple[Difference, ...]:
        """The conflicts on which the user has not decided."""
        return tuple(each for each in self.conflicts if not each.decided)


def merge_items(sides: Sides, merging: Merging) -> MergedItems:
    """Return the result of merging “theirs” into “mine”."""
    before = sides.mine
    sides = with_coders(without_withdrawn(sides), merging.coders)
    sides, paired = same_names(sides)
    is_copy = sides.base is not None or sides.mine.guid == sides.theirs.guid
    sides, merged = merges_followed(sides)
    texts = _texts(sides, merging.decisions)
    before = with_texts(before, texts)
    sides = same_places(all_with_texts(sides, texts))
    stored = same_memos(same_proposals(sides))
    sides = with_lost_references(with_equal_proposals(stored))
    found = ItemMerge(sides, merging, paired if is_copy else frozenset())
    kinds = with_stored_texts({kind: found.merged(kind) for kind in FIELDS}, stored, sides)
    after = replace(sides.mine, kinds=kinds)
    removed = _merged_into_others(before, after, merged)
    differences = (*removed, *found.differences, *_lost_names(sides, kinds), *_lost_columns(sides, kinds))
    return MergedItems(after, before, sides, differences, found.orders)


def _merged_into_others(before: StudyItems, after: StudyItems, merged: Aliases) -> Iterator[Difference]:
    """Yield a difference for each code or case of “mine” that “theirs” has merged into another one.

    The proposal of the difference is “remove”. `before` are the items of “mine” before the merge of the studies, and
    `after` the items after it. `merged` is a map: kind → map: merged item → remaining item.
    """
    for kind, items in merged.items():
        for key, into in items.items():
            fields = before.kinds[kind][key]
            name = after.path(into) if kind == "code" else after.kinds[kind][into][0]
            yield Difference(kind, key, "", fields, None, fields, "remove", f"theirs merged it into “{name}”")


def _lost_names(sides: Sides, kinds: Mapping[str, Items]) -> Iterator[Difference]:
    """Yield a difference for each name in a saved query whose item is missing from the merged study."""
    for key, (_, text) in kinds["query"].items():
        mine, theirs = (side.kinds["query"].get(key, (None, None))[1] for side in sides[:2])
        lost = {at: kind for at, (kind, of) in text.refs if of not in kinds[kind]}
        for term in named_terms(text.words) if lost else ():
            if term.start in lost:
                why = f"it names the {lost[term.start]} “{term.name}”, which is removed"
                yield Difference("query", key, "expression", mine, theirs, None, "leave out", why)


def _lost_columns(sides: Sides, kinds: Mapping[str, Items]) -> Iterator[Difference]:
    """Yield a difference for each matrix whose columns are the values of an attribute that the merged study lacks."""
    for key, fields in kinds["matrix"].items():
        columns = fields[COLUMNS_OF]
        if isinstance(columns, ColumnsText) and columns.attribute not in kinds["attribute"]:
            mine, theirs = (side.kinds["matrix"].get(key, fields)[COLUMNS_OF] for side in sides[:2])
            why = f"its columns are the values of “{columns}”, which is removed"
            yield Difference("matrix", key, "columns", mine, theirs, None, "leave out", why)


def _texts(sides: Sides, decisions: Decisions) -> dict[Any, str]:
    """Return a map: source with different texts in the two copies → its text in the merged study."""
    mine, theirs = sides.mine.kinds["source"], sides.theirs.kinds["source"]
    texts: dict[Any, str] = {}
    for source, fields in theirs.items():
        if source in mine and fields[SOURCE_TEXT] != mine[source][SOURCE_TEXT]:
            side = theirs if decisions.on(("source", source, "text")) == "theirs" else mine
            texts[source] = side[source][SOURCE_TEXT]
    return texts
