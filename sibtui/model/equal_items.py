"""Equal items that were added to both copies of a study. Before a comparison, they get the same key in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.study_alignment import Sides, renamed_theirs
from sibtui.model.study_items import CODE_OF, CODER_OF, DECISION_OF, FIELDS, PLACE_OF, ROUND_OF, SOURCE_OF, STANCE_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sibtui.model.study_items import ItemFields, ItemKey, Items


def same_places(sides: Sides) -> Sides:
    """Return the copies of the study. A new coding of “theirs” gets the key of an equal coding of “mine”.

    Two codings are equal if they have the same coder, round, code and place. Codings with the same stance are paired
    first, because a coder may have two opposite codings at one place.
    """
    mine, theirs = sides.mine.kinds["coding"], sides.theirs.kinds["coding"]
    new = {key: fields for key, fields in theirs.items() if key not in mine}
    if sides.base is not None:
        new = {key: fields for key, fields in new.items() if key not in sides.base.kinds["coding"]}
    if not new:
        return sides
    free = {key: fields for key, fields in mine.items() if key not in theirs}
    pairs = _paired(new, free, lambda fields: (*place_of(fields), fields[STANCE_OF]))
    used = set(pairs.values())
    others = {key: fields for key, fields in free.items() if key not in used}
    pairs |= _paired({key: fields for key, fields in new.items() if key not in pairs}, others, place_of)
    return renamed_theirs(sides, {"coding": pairs}) if pairs else sides


def _paired(new: Items, free: Items, facts: Callable[[ItemFields], Hashable]) -> dict[ItemKey, ItemKey]:
    """Return pairs (key in `new`, key in `free`) of items with equal facts. Each item is in at most one pair."""
    keys: dict[Hashable, list[ItemKey]] = {}
    for key in reversed(free):
        keys.setdefault(facts(free[key]), []).append(key)
    return {key: found.pop() for key, fields in new.items() if (found := keys.get(facts(fields)))}


def same_proposals(sides: Sides) -> Sides:
    """Return the copies of the study. A new proposal of “theirs” gets the key of an equal proposal of “mine”.

    Two proposals are equal if they have the same coder, path and definition.
    """
    return _equal_paired("proposal", sides, DECISION_OF)


def same_memos(sides: Sides) -> Sides:
    """Return the copies of the study. A new memo of “theirs” gets the key of an equal memo of “mine”.

    Two memos are equal if they are about the same item and have the same coder, title and text.
    """
    return _equal_paired("memo", sides, FIELDS["memo"].index("created"))


def _equal_paired(kind: str, sides: Sides, compared: int) -> Sides:
    """Return the copies of the study. A new item of “theirs” gets the key of an equal item of “mine”.

    Two items are equal if their first `compared` fields are equal. The item of “mine” need not be new: after an
    earlier merge, the two copies can have different keys for one item.
    """
    mine, theirs = sides.mine.kinds[kind], sides.theirs.kinds[kind]
    known = mine if sides.base is None else {**sides.base.kinds[kind], **mine}
    new = {key: fields for key, fields in theirs.items() if key not in known}
    free = {key: fields for key, fields in mine.items() if key not in theirs}
    pairs = _paired(new, free, lambda fields: fields[:compared])
    return renamed_theirs(sides, {kind: pairs}) if pairs else sides


def place_of(fields: ItemFields) -> tuple[Any, ...]:
    """Return (source, code, coder, round, start, end) of a coding.

    If two codings of a study have the same six values, one supports the code, and the other counters it.
    """
    return fields[SOURCE_OF], fields[CODE_OF], fields[CODER_OF], fields[ROUND_OF], *fields[PLACE_OF][:2]
