"""The alignment of two copies of a study before their comparison: the same item gets the same key in both.

The key of most items is an id that is the same in all copies of a study. If two people added an item with the same
name, the item in “theirs” gets the key of the item in “mine”.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sibtui.model.codebook import path_key
from sibtui.model.coder_names import NAMING_KINDS, CoderNames, united
from sibtui.model.folding import name_key
from sibtui.model.referring_texts import ColumnsText
from sibtui.model.study_items import (
    CASES_OF,
    CLAIM_FACTS,
    CODER_OF,
    DECISION_OF,
    FIELDS,
    ROW_QUERY,
    StudyItems,
    owners,
)
from sibtui.model.topic_merge import better

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sibtui.model.study_items import ItemFields, ItemKey, Items

Aliases = dict[str, dict[Any, Any]]
"""A map: kind of item → map: old key → key that replaces it."""


class Sides(NamedTuple):
    """Two copies of a study (“mine” and “theirs”), and their last common version (`base`); None if it is not known."""

    mine: StudyItems
    theirs: StudyItems
    base: StudyItems | None = None


def without_withdrawn(sides: Sides) -> Sides:
    """Return the two copies and their common version, without sources that were withdrawn from the study.

    A source withdrawn from “mine” is also removed from “theirs”, so that the merge does not add it again. A source
    withdrawn only from “theirs” stays in “mine”, but not in the common version. So the merge takes it for a new source
    of “mine”.
    """
    ours, gone = sides.mine.withdrawn, sides.mine.withdrawn | sides.theirs.withdrawn
    base = None if sides.base is None else without_sources_in(sides.base, gone)
    return Sides(sides.mine, without_sources_in(sides.theirs, ours), base)


def without_sources_in(items: StudyItems, gone: frozenset[str]) -> StudyItems:
    """Return the items of a study without the sources in `gone`, and without all items that belong to these sources."""
    if not any(source in gone for source in items.kinds["source"]):
        return items
    kinds: dict[str, Items] = {}
    for kind, found in items.kinds.items():
        kinds[kind] = {
            key: fields
            for key, fields in found.items()
            if not (kind == "source" and key in gone)
            and not any(of in gone or (isinstance(of, tuple) and of[0] in gone) for _, of in owners(kind, key, fields))
        }
    only = FIELDS["matrix"].index("only")
    kinds["matrix"] = {
        key: (*fields[:only], tuple(each for each in fields[only] if each[1] not in gone), *fields[only + 1 :])
        for key, fields in kinds["matrix"].items()
    }
    kinds["round"] = {
        key: (*fields[:2], tuple(each for each in fields[2] if each not in gone), *fields[3:])
        for key, fields in kinds["round"].items()
    }
    return replace(items, kinds=kinds)


def with_coders(sides: Sides, names: Mapping[str, str]) -> Sides:
    """Return the two copies of the study after renaming coders in “theirs”. `names` is a map: old name → new name.

    Only the new items of “theirs” get the new names. An item is new if the common version does not have it. If there
    is no common version, it is new if “mine” does not have it. In queries, matrices and claims, the name of a coder
    whom “mine” does not have is replaced everywhere, also in the common version.
    """
    if not names:
        return sides
    sides = _with_coders_in_texts(sides, names)
    known = sides.mine if sides.base is None else sides.base
    changed = {kind: _with_coder(kind, found, known.kinds[kind], names) for kind, found in sides.theirs.kinds.items()}
    return sides._replace(theirs=replace(sides.theirs, kinds=changed))


def _with_coders_in_texts(sides: Sides, names: Mapping[str, str]) -> Sides:
    """Return the two copies after renaming coders in the queries, matrices and claims of “theirs”.

    A new item gets only names of coders whom the merged study has. So no query asks for an unknown coder.
    """
    mine, theirs, base = sides
    known = mine if base is None else base
    busy = {fields[CODER_OF] for key, fields in theirs.kinds["coding"].items() if key not in known.kinds["coding"]}
    added = {new for old, new in names.items() if old in busy or old not in known.kinds["coder"]}
    of_new = CoderNames(theirs, {old: new for old, new in names.items() if new in added | mine.kinds["coder"].keys()})
    absent = {old: new for old, new in names.items() if old not in mine.kinds["coder"]}

    def renamed_in(items: StudyItems, of_known: CoderNames) -> StudyItems:
        kinds = dict(items.kinds)
        for kind in NAMING_KINDS:
            result: dict[ItemKey, ItemFields] = {}
            for old, old_fields in items.kinds[kind].items():
                of = of_known if old in known.kinds[kind] else of_new
                key, fields = of.applied_to(kind, old, old_fields)
                result[key] = united(kind, result[key], fields) if key in result else fields
            kinds[kind] = result
        return replace(items, kinds=kinds)

    theirs = renamed_in(theirs, CoderNames(theirs, absent))
    return Sides(mine, theirs, base and renamed_in(base, CoderNames(base, absent)))


_CODER_IN_KEY = {"round": 0, "reading": 1, "summary": -1, "code summary": -1}
"""A map: kind of item → index of the coder in a key of this kind."""


def _with_coder(kind: str, items: Items, known: Items, names: Mapping[str, str]) -> Items:
    def named(coder: str) -> str:
        return names.get(coder, coder)

    at = FIELDS[kind].index("coder") if "coder" in FIELDS[kind] else -1
    result: dict[ItemKey, ItemFields] = {}
    for old_key, old_fields in items.items():
        key, fields = old_key, old_fields
        if key in known:
            pass
        elif kind == "coder":
            key = named(str(key))
        elif kind in _CODER_IN_KEY:
            place = _CODER_IN_KEY[kind] % len(key)
            key = (*key[:place], named(key[place]), *key[place + 1 :])
        elif kind == "code event":
            key = (*key[:3], named(key[3]), *key[4:])
        elif kind == "judgement":
            verdict, because, coder, *rest = fields[0]
            fields = ((verdict, because, named(coder), *rest),)
        elif at >= 0:
            fields = (*fields[:at], named(fields[at]), *fields[at + 1 :])
        if key in result:  # the item that both copies know comes first
            pair = (fields, result[key]) if old_key in known else (result[key], fields)
            fields = united(kind, *pair)
        result[key] = fields
    return result


def same_names(sides: Sides) -> tuple[Sides, frozenset[str]]:
    """Find the items that two people added independently with the same name. Make them one item in both copies.

    The item of “theirs” gets the key of the item of “mine”. Return (changed copies, keys of the codes found). Codes of
    the common version are not among these keys.
    """
    paired: set[str] = set()
    for kind in ("attribute", "case", "source", "code", "query", "set of sources", "claim", "method answer", "matrix"):
        aliases = _same(kind, sides)
        if aliases:
            sides = renamed_theirs(sides, {kind: aliases})
            paired |= set(aliases.values()) if kind == "code" else set()
    return sides, frozenset(paired - (set() if sides.base is None else sides.base.kinds["code"].keys()))


def _same(kind: str, sides: Sides) -> dict[Any, Any]:
    mine, theirs = sides.mine.kinds[kind], sides.theirs.kinds[kind]
    free = {name: key for key in mine if key not in theirs and (name := _name(kind, key, sides.mine))}
    pairs = ((key, free.get(_name(kind, key, sides.theirs))) for key in theirs if key not in mine) if free else ()
    return {key: own for key, own in pairs if own is not None}


def _name(kind: str, key: ItemKey, items: StudyItems) -> tuple[str, ...]:
    if kind == "code":
        return path_key(items.path(str(key)))
    fields = items.kinds[kind][key]
    return (fields[0], name_key(fields[1])) if kind == "attribute" else (name_key(fields[0]),)


def renamed_theirs(sides: Sides, aliases: Aliases) -> Sides:
    """Return the copies of the study with new keys in “theirs” and in the common version (see `renamed`)."""
    base = None if sides.base is None else renamed(sides.base, aliases)
    return Sides(sides.mine, renamed(sides.theirs, aliases), base)


def renamed(items: StudyItems, aliases: Aliases) -> StudyItems:
    """Return the items of a study with new keys. References to the items get the new keys too.

    `aliases` is a map: kind of item → map from old keys to new keys. If the study already has an item with the new
    key, the item with the old key is dropped. But two summaries of a code are joined, and of two topic records, the
    better state is kept.
    """

    def new(kind: str, key: Any) -> Any:
        return aliases[kind].get(key, key) if kind in aliases else key

    kinds: dict[str, Items] = {}
    for kind, found in items.kinds.items():
        change = _CHANGES.get(kind)
        result: dict[ItemKey, ItemFields] = {}
        own = aliases.get(kind, {})
        for key, fields in found.items():
            if key not in own:
                changed_key, changed = (key, fields) if change is None else change(key, fields, new)
                if changed_key in result:
                    pair = (changed, result[changed_key]) if changed_key == key else (result[changed_key], changed)
                    changed = _MERGED[kind](*pair) if kind in _MERGED else result[changed_key]
                result[changed_key] = changed
        for key in filter(own.__contains__, found):
            fields = found[key]
            result.setdefault(own[key], fields if change is None else change(own[key], fields, new)[1])
        if own:  # an item with a new key keeps its place, unless another item already has this key
            places = dict.fromkeys(own.get(key, key) for key in found if own.get(key) not in found)
            result = {key: result[key] for key in (*places, *result)}
        kinds[kind] = result if own or change is not None else found
    return replace(items, kinds=kinds)


def _coding(key: Any, fields: ItemFields, new: Callable[[str, Any], Any]) -> tuple[Any, ItemFields]:
    source, code, *before = fields[:CASES_OF]
    cases = frozenset(new("case", case) for case in fields[CASES_OF])
    return key, (new("source", source), new("code", code), *before, cases, *fields[CASES_OF + 1 :])


def _code(key: Any, fields: ItemFields, new: Callable[[str, Any], Any]) -> tuple[Any, ItemFields]:
    name, parent, *rest = fields
    above = new("code", parent)
    return key, (name, "" if above == key else above, *rest)  # no code is below itself


def _proposal(key: Any, fields: ItemFields, new: Callable[[str, Any], Any]) -> tuple[Any, ItemFields]:
    decision = fields[DECISION_OF]
    changed = decision._replace(code=new("code", decision.code))
    return key, (*fields[:DECISION_OF], changed, *fields[DECISION_OF + 1 :])


def _claim(key: Any, fields: ItemFields, new: Callable[[str, Any], Any]) -> tuple[Any, ItemFields]:
    facts = fields[CLAIM_FACTS].with_keys(new)
    return key, (*fields[:CLAIM_FACTS], facts, *fields[CLAIM_FACTS + 1 :])


def _matrix(key: Any, fields: ItemFields, new: Callable[[str, Any], Any]) -> tuple[Any, ItemFields]:
    values = dict(zip(FIELDS["matrix"], fields, strict=True))
    values["only"] = tuple(dict.fromkeys((kind, new(kind, column)) for kind, column in values["only"]))
    values["rows below"] = new("code", values["rows below"])
    if isinstance(columns := values["columns"], ColumnsText):
        values["columns"] = columns.with_keys(new)
    return key, tuple(values.values())


_CHANGES: Mapping[str, Callable[[Any, ItemFields, Callable[[str, Any], Any]], tuple[Any, ItemFields]]] = {
    "case attribute": lambda key, fields, new: ((new("case", key[0]), new("attribute", key[1])), fields),
    "source case": lambda key, fields, new: ((new("source", key[0]), new("case", key[1])), fields),
    "source attribute": lambda key, fields, new: ((new("source", key[0]), new("attribute", key[1])), fields),
    "source in set": lambda key, fields, new: ((new("source", key[0]), new("set of sources", key[1])), fields),
    "code": _code,
    "code event": lambda key, fields, new: ((new("code", key[0]), *key[1:]), fields),
    "proposal": _proposal,
    "coding": _coding,
    "memo": lambda key, fields, new: (key, (fields[0], new(fields[0], fields[1]), *fields[2:])),
    "topic": lambda key, fields, new: ((new("source", key[0]), new("code", key[1]), new("case", key[2])), fields),
    "reading": lambda key, fields, new: ((new("source", key[0]), key[1], new("code", key[2]), key[3]), fields),
    "round": lambda key, fields, new: (
        key,
        (*fields[:2], tuple(new("source", each) for each in fields[2]), *fields[3:]),
    ),
    "query": lambda key, fields, new: (key, (fields[0], fields[1].with_keys(new))),
    "claim": _claim,
    "matrix": _matrix,
    "matrix row": lambda key, fields, new: (
        (new("matrix", key[0]), key[1]),
        (
            tuple(dict.fromkeys(new("code", code) for code in fields[0])),
            new("query", fields[ROW_QUERY]),
            *fields[ROW_QUERY + 1 :],
        ),
    ),
    "matrix note": lambda key, fields, new: ((new("matrix", key[0]), key[1], key[2], new(key[2], key[3])), fields),
    "judgement": lambda key, fields, new: ((new("matrix", key[0]), key[1], key[2], new(key[2], key[3])), fields),
    "summary": lambda key, fields, new: (
        (new("matrix", key[0]), key[1], key[2], new(key[2], key[3]), key[4]),
        (fields[0].with_keys(new),),
    ),
    "code summary": lambda key, fields, new: (
        (new("code", key[0]), new("case", key[1]), key[2]),
        (fields[0].with_keys(new),),
    ),
}
"""A map: kind of item → function that replaces keys in the key and the fields of such an item."""

_MERGED: Mapping[str, Callable[[ItemFields, ItemFields], ItemFields]] = {
    "code summary": lambda kept, moved: (kept[0].followed_by(moved[0]),),
    "topic": lambda kept, moved: (better(kept[0], moved[0]),),
}
"""A map: kind of item → function that makes one item of two items with the same new key.

A merge of two codes or cases in one study joins them in the same way.
"""
