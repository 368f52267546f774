"""The alignment of the texts of two copies of a study before their comparison: all codings get places in the same texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.reanchor import reanchor
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import PLACE_OF, SOURCE_OF, SOURCE_TEXT, QuotedPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sibtui.model.study_items import ItemFields, ItemKey, Items, StudyItems


def all_with_texts(sides: Sides, texts: Mapping[Any, str]) -> Sides:
    """Return the copies of the study and their common version, with the merged texts of the sources in `texts`.

    `texts` is a map: key of a source → text. If a copy has changed the place of a coding only by a correction of the
    text, the coding has the same place in this copy as in the common version.
    """
    mine, theirs = with_texts(sides.mine, texts), with_texts(sides.theirs, texts)
    if sides.base is None:
        return Sides(mine, theirs)
    base = with_texts(sides.base, texts)
    mine, theirs = (
        _with_unmoved(own, carried, sides.base, base) if carried is not own else own
        for own, carried in ((sides.mine, mine), (sides.theirs, theirs))
    )
    return Sides(mine, theirs, base)


def _with_unmoved(own: StudyItems, carried: StudyItems, base: StudyItems, carried_base: StudyItems) -> StudyItems:
    """Return `carried`, with the places of `carried_base` for the codings that `own` has not moved.

    `own` is a copy of the study, and `base` the common version. `carried` and `carried_base` are these two studies
    with the places in the merged texts. This step is needed if a correction in one copy has deleted the passage of a
    coding, and the merge does not keep this correction: the coding then returns to its place.
    """
    codings, before, after = (each.kinds["coding"] for each in (own, base, carried_base))
    moved = {key for key, fields in carried.kinds["coding"].items() if fields is not codings[key]}
    texts = {source: own.kinds["source"][source][SOURCE_TEXT] for source in {codings[key][SOURCE_OF] for key in moved}}
    then = with_texts(base, texts).kinds["coding"]
    found = dict(carried.kinds["coding"])
    for key in moved & then.keys():
        if _is_unmoved(codings[key][PLACE_OF], before[key][PLACE_OF], then[key][PLACE_OF]):
            found[key] = (*found[key][:PLACE_OF], after[key][PLACE_OF], *found[key][PLACE_OF + 1 :])
    return replace(carried, kinds={**carried.kinds, "coding": found})


def _is_unmoved(now: QuotedPlace, before: QuotedPlace, then: QuotedPlace) -> bool:
    """Return whether nothing except corrections of the text has moved a coding.

    `before` is the place of the coding in the common version, `then` the same place in the corrected text, and `now`
    the present place. If `now` is undecided, the quotes of `now` and `before` are compared.
    """
    return now == then or (now.undecided and now.quote == before.quote)


def with_texts(items: StudyItems, texts: Mapping[Any, str]) -> StudyItems:
    """Return the items with new texts of some sources. The codings of these sources get their places in the new texts.

    `texts` is a map: key of a source → new text.
    """
    old = {source: fields[SOURCE_TEXT] for source, fields in items.kinds["source"].items()}
    changed = {source: text for source, text in texts.items() if source in old and old[source] != text}
    if not changed:
        return items
    codings = dict(items.kinds["coding"])
    by_source: dict[str, list[ItemKey]] = defaultdict(list)
    for key, fields in codings.items():
        if fields[SOURCE_OF] in changed:
            by_source[fields[SOURCE_OF]].append(key)
    for source, keys in by_source.items():
        codings |= _carried(codings, keys, old[source], changed[source])
    return replace(items, kinds={**items.kinds, "coding": codings})


def _carried(codings: Items, keys: Iterable[ItemKey], old: str, new: str) -> dict[ItemKey, ItemFields]:
    keys = list(keys)
    places = [codings[key][PLACE_OF] for key in keys]
    found: dict[ItemKey, ItemFields] = {}
    moved = reanchor(old, new, [(place.start, place.end) for place in places]) if new else ()
    for key, place, carried in zip(keys, places, moved, strict=bool(new)):
        start, end = carried.segment.start, carried.segment.end
        is_certain = carried.certain and not place.undecided
        now = QuotedPlace(start, end, new[start:end] if is_certain else place.quote, not is_certain)
        found[key] = (*codings[key][:PLACE_OF], now, *codings[key][PLACE_OF + 1 :])
    return found
