"""Lost references of texts to items, and their restoration for a comparison of two copies of a study.

A text refers to an item by its name. The reference is lost when the item is removed, or when another item gets the
same or a similar name. The words of the text stay the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import CLAIM_FACTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sibtui.model.study_items import ItemFields, ItemKey, Items, StudyItems

_TEXTS: Mapping[str, int] = {
    "query": FIELDS["query"].index("expression"),
    "claim": CLAIM_FACTS,
    "summary": 0,
    "code summary": 0,
}
"""A map: kind of item → index of its field with a text that refers to other items."""


def with_lost_references(sides: Sides) -> Sides:
    """Return the copies of the study for a comparison. References that their texts have lost are restored.

    Two texts agree if their words are the same, and no name refers to different items. First, each text of “mine” and
    “theirs” is compared with the text of the common version. If the two agree, the text of the common version is used.
    Otherwise, the text only gets the references that it lacks. Then each text of “theirs” is replaced by the text of
    “mine” if the two agree.
    """
    mine, theirs, base = sides
    if base is not None:
        mine, theirs = _with_texts(mine, base, _completed), _with_texts(theirs, base, _completed)
    return Sides(mine, _with_texts(theirs, mine, _alike), base)


def with_stored_texts(kinds: Mapping[str, Items], stored: Sides, compared: Sides) -> dict[str, Items]:
    """Return merged items without the references that `with_lost_references` has added to their texts.

    `stored` and `compared` are the copies of the study before and after `with_lost_references`.
    """
    pairs = tuple(zip(stored[:2], compared[:2], strict=True))
    result = dict(kinds)
    for kind, at in _TEXTS.items():
        own: dict[ItemKey, ItemFields] = {}
        for key, fields in kinds[kind].items():
            sides = ((before.kinds[kind], after.kinds[kind]) for before, after in pairs)
            texts = (before[key][at] for before, after in sides if key in after and after[key][at] is fields[at])
            own[key] = _with_field(fields, at, next(texts, fields[at]))
        result[kind] = own
    return result


def _with_texts(items: StudyItems, others: StudyItems, choose: Callable[[Any, Any], Any]) -> StudyItems:
    """Return the items with the results of `choose` as their texts.

    `choose` receives a text and the text that `others` has for the same item. If `others` lacks the item, the text stays.
    """
    kinds = dict(items.kinds)
    for kind, at in _TEXTS.items():
        known = others.kinds[kind]
        kinds[kind] = {
            key: _with_field(fields, at, choose(fields[at], known[key][at])) if key in known else fields
            for key, fields in kinds[kind].items()
        }
    return replace(items, kinds=kinds)


def _completed(text: Any, base: Any) -> Any:
    return base if text.agrees_with(base) else text.completed(base)


def _alike(text: Any, other: Any) -> Any:
    return other if text.agrees_with(other) else text


def _with_field(fields: ItemFields, at: int, text: Any) -> ItemFields:
    return fields if fields[at] is text else (*fields[:at], text, *fields[at + 1 :])
