"""The merge of the items of two copies of a study (“mine” and “theirs”), one kind of item after another.

The rules of the merge are in the docstring of `model.three_way`. This module needs equal keys for items that both
copies have; `three_way` provides them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from sibtui.model.differences import SAME_CODE, Difference, DifferencePlace, MergeChoice, Merging, Proposal, joined
from sibtui.model.equal_items import place_of
from sibtui.model.order_merge import ORDERS, merged_orders
from sibtui.model.returned_cases import RETURNED_FIELDS, with_returned_cases
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import (
    CASES_OF,
    CODE_PARENT,
    CODE_STATUS,
    COLUMNS_OF,
    DECISION_OF,
    FIELDS,
    PLACE_OF,
    QUIET,
    ROW_QUERY,
    SOURCE_OF,
    SOURCE_TEXT,
    STANCE_OF,
    ItemFields,
    ItemKey,
    Items,
    StudyItems,
    owners,
    uses,
)

_ONLY = FIELDS["matrix"].index("only")
_OF_COLUMNS = frozenset({"matrix note", "judgement", "summary"})
"""The kinds of item that belong to a column of a matrix."""
_ALWAYS_SETTLED = frozenset({"code", *_OF_COLUMNS})
"""The kinds of item that are checked for a missing owner even if the merge has removed no item before.

The owner is the item to which they belong.
"""
_SILENT = frozenset({"coder", "code event"})
"""The kinds of item that a merge adds without listing a difference."""
_SHORTCUTS = {"case": "letter", "code": "key"}
"""A map: kind of item → its field that no two items share: the key that chooses the item on the screen."""
_LINEAGE = {"name": "renamed", "place": "moved", "definition": "merged"}
"""A map: field of a code → kind of event.

If the merge does not take a value of this field, the value is recorded in an event of this kind.
"""


class ItemMerge:
    """Compares and merges the items of two copies of a study (“mine” and “theirs”), one kind of item after another."""

    def __init__(self, sides: Sides, merging: Merging, paired: frozenset[str]) -> None:
        self._mine, self._theirs, self._base = sides
        self._merging = merging
        self._paired = paired
        self._used = {"mine": _used(self._mine, self._base), "theirs": _used(self._theirs, self._base)}
        self._target: dict[str, dict[ItemKey, ItemFields]] = {}
        self._events: list[ItemKey] = []
        self._lacks = False
        """Whether the merge has already removed an item of my study."""
        self._returned: set[ItemKey] = set()
        """The cases that one side removed, but that a decision keeps."""
        self.differences: list[Difference] = []
        self.orders: dict[tuple[str, Any], tuple[ItemKey, ...]] = {}
        """A map: (kind of item, group) → keys of the items in the order that the merge takes (see `order_merge`)."""

    def merged(self, kind: str) -> Items:
        """Return the merged items of one kind, and add their differences to `differences`.

        Call this for all kinds in the order of `FIELDS`. In this order, an item comes after the items to which it
        belongs: a coding, for example, after its source.
        """
        mine, theirs = self._mine.kinds[kind], self._theirs.kinds[kind]
        target = self._target[kind] = dict(mine)
        for key, fields in theirs.items():
            own = mine.get(key)
            if own is None:
                self._only_theirs(kind, key, fields)
            elif own != fields or (kind == "code" and key in self._paired):
                target[key] = self._both(kind, key, own, fields)
        for key, own in mine.items():
            if key not in theirs:
                self._only_mine(kind, key, own)
        self._repair(kind)
        if kind in ORDERS:
            self._order(kind)
        self._lacks = self._lacks or any(key not in target for key in mine)
        return target

    def _repair(self, kind: str) -> None:
        """Repair the merged items of one kind where they contradict each other, or need an item that was removed."""
        if kind == "code":
            self._untie()
        if kind == "coding":
            self._keep_apart()
        if kind == "code event":
            self._target[kind].update({event: () for event in self._events if not self._has_event(event)})
        self._settle(kind)
        if kind in _SHORTCUTS:
            self._settle_shortcuts(kind)
        if kind == "proposal":
            self._settle_decisions()

    def _note(
        self, place: DifferencePlace, mine: Any, theirs: Any, was: Any, proposal: Proposal, why: str = ""
    ) -> MergeChoice | Literal[""]:
        """Add a difference. Return the user's decision on it, or an empty text if there is none."""
        decided = (self._merging.decisions.on(place) or "") if proposal == "conflict" else ""
        if place[0] not in _SILENT:
            self.differences.append(Difference(*place, mine, theirs, was, proposal, why, decided))
        return decided

    def _was(self, kind: str, key: ItemKey) -> ItemFields | None:
        return None if self._base is None else self._base.kinds[kind].get(key)

    def _stays(self, kind: str, key: ItemKey, fields: ItemFields) -> bool:
        """Return whether the merged study has all items to which this item belongs, such as the source of a coding."""
        return all(of in self._target[of_kind] for of_kind, of in owners(kind, key, fields))

    def _only_theirs(self, kind: str, key: ItemKey, fields: ItemFields) -> None:
        was, place = self._was(kind, key), (kind, key, "")
        if was is None:
            if kind == "coding" and fields[PLACE_OF].undecided and self._is_carried(fields):
                self._note(place, None, fields, None, "leave out", "its words have no certain place in the text taken")
            elif self._stays(kind, key, fields):
                self._target[kind][key] = _as_added(kind, fields)
                self._note(place, None, fields, None, "add")
            else:
                self._note(place, None, fields, None, "leave out", "what it belongs to is not there")
        elif any(not self._mine.has(of) for of in owners(kind, key, was)):
            # the item was removed together with its owner, and may return with the owner
            if self._stays(kind, key, fields):
                self._target[kind][key] = fields
        elif was != fields or (kind, key) in self._used["theirs"]:
            why = "removed by mine, " + ("changed" if was != fields else "used") + " by theirs"
            if self._note(place, None, fields, was, "conflict", why) == "theirs":
                self._target[kind][key] = fields
                self._returned.update([key] if kind == "case" else [])
        else:
            self._note(place, None, fields, was, "keep")

    def _only_mine(self, kind: str, key: ItemKey, own: ItemFields) -> None:
        was, place = self._was(kind, key), (kind, key, "")
        if was is None:
            if self._stays(kind, key, own):
                self._note(place, own, None, None, "keep")
            else:
                self._drop(place, own)
        elif kind in _SILENT and self._stays(kind, key, own):
            pass
        elif any(not self._theirs.has(of) for of in owners(kind, key, was)):
            if not self._stays(kind, key, own):
                del self._target[kind][key]
        elif was != own or (kind, key) in self._used["mine"]:
            why = "removed by theirs, " + ("changed" if was != own else "used") + " by mine"
            if self._note(place, own, None, was, "conflict", why) == "theirs":
                del self._target[kind][key]
            else:
                self._returned.update([key] if kind == "case" else [])
        else:
            self._note(place, own, None, was, "remove")
            del self._target[kind][key]

    def _drop(self, place: DifferencePlace, own: ItemFields) -> None:
        del self._target[place[0]][place[1]]
        self._note(place, own, None, None, "remove", "what it belongs to is removed")

    def _is_carried(self, fields: ItemFields) -> bool:
        """Return whether a coding of “theirs” needs a new place.

        This is so if the text of its source in “theirs” is not the text of this source after the merge.
        """
        source = fields[SOURCE_OF]
        texts = (self._theirs.kinds["source"][source], self._target["source"].get(source))
        return texts[1] is not None and texts[0][SOURCE_TEXT] != texts[1][SOURCE_TEXT]

    def _both(self, kind: str, key: ItemKey, own: ItemFields, other: ItemFields) -> ItemFields:
        if kind == "code" and key in self._paired:
            return self._same_code(key, own, other)
        was = self._was(kind, key)
        own, other = self._with_returned(kind, key, own, other, was)
        fields, lost = list(own), list[str]()
        for at, name in enumerate(FIELDS[kind]):
            before = None if was is None else was[at]
            if name == "created":
                fields[at] = min(own[at], other[at])
            if own[at] == other[at] or name in QUIET or _is_no_difference(kind, at, own, other, was):
                continue
            is_known = was is not None and (kind, name) != ("source", "text") and before in (own[at], other[at])
            if kind == "reading":
                fields[at] = max(own[at], other[at])
            elif is_known or (was is None and name == _SHORTCUTS.get(kind)):
                is_taken = is_known and before == own[at]
                fields[at] = other[at] if is_taken else own[at]
                self._note((kind, key, name), own[at], other[at], before, "take" if is_taken else "keep")
            else:
                decided = self._note((kind, key, name), own[at], other[at], before, "conflict")
                if decided == "both":
                    fields[at] = joined(own[at], other[at])
                    continue
                if decided == "theirs":
                    fields[at] = other[at]
                lost.append(name)
        if kind == "source" and fields[SOURCE_TEXT] != own[SOURCE_TEXT]:
            fields[SOURCE_TEXT + 1] = other[SOURCE_TEXT + 1]
        self._keep_texts(kind, key, lost)
        return tuple(fields)

    def _with_returned(
        self, kind: str, key: ItemKey, own: ItemFields, other: ItemFields, was: ItemFields | None
    ) -> tuple[ItemFields, ItemFields]:
        """Return the fields of an item in both copies, with removed cases put back.

        Only cases that the user has decided to keep are put back, and only if the item had them in the common
        version.
        """
        if not self._returned or was is None or kind not in RETURNED_FIELDS:
            return own, other
        found = with_returned_cases(kind, own, was, self._returned)
        at = RETURNED_FIELDS[kind]
        if found[at] != own[at]:
            self._note((kind, key, FIELDS[kind][at]), own[at], found[at], was[at], "take")
        return found, with_returned_cases(kind, other, was, self._returned)

    def _same_code(self, key: ItemKey, own: ItemFields, other: ItemFields) -> ItemFields:
        at = FIELDS["code"].index("definition")
        alike = _likeness(own[at], other[at])
        why = f"two codes of one name, definitions {alike} of 100 alike: are they the same code?"
        decided = self._note(("code", key, SAME_CODE), own, other, None, "conflict", why)
        if own[at] != other[at]:
            self._keep_texts("code", key, ["definition"])
        if decided != "theirs":
            return own
        quiet = {name: own[FIELDS["code"].index(name)] for name in {"key", *QUIET}.intersection(FIELDS["code"])}
        status = {"status": own[CODE_STATUS]}
        return tuple((quiet | status).get(name, other[at]) for at, name in enumerate(FIELDS["code"]))

    def _keep_texts(self, kind: str, key: ItemKey, fields: list[str]) -> None:
        """Record, in the history of a code, the name, place or definition that the merge has not taken.

        `fields` are the names of the fields with a conflict.
        """
        kept = [name for name in _LINEAGE if name in fields]
        if kind != "code" or not kept:
            return
        places: list[DifferencePlace] = [("code", key, name) for name in (kept[0], SAME_CODE)]
        taken = next((side for place in places if (side := self._merging.decisions.on(place))), "mine")
        other = self._theirs if taken == "mine" else self._mine
        definition = other.kinds["code"][key][FIELDS["code"].index("definition")]
        note = "not taken when two copies of the study were merged"
        facts = (self._merging.at, self._merging.coder, other.path(str(key)), definition, note, "")
        self._events.append((key, _LINEAGE[kept[0]], *facts))

    def _has_event(self, event: ItemKey) -> bool:
        facts = (event[0], *event[4:7])
        return any((known[0], *known[4:7]) == facts for known in self._target["code event"])

    def _untie(self) -> None:
        """Repair codes that are below each other in a circle.

        All codes of a circle get the parents that they have in one of the two copies.
        """
        codes = self._target["code"]
        for key in list(codes):
            circle = _circle(codes, key)
            if not circle:
                continue
            mine = self._mine.kinds["code"]
            moved = next((e for e in circle if codes[e][CODE_PARENT] != mine.get(e, codes[e])[CODE_PARENT]), circle[0])
            own, other = (
                side.kinds["code"].get(moved, codes[moved])[CODE_PARENT] for side in (self._mine, self._theirs)
            )
            why = "each side puts one of the two codes below the other"
            decided = self._note(("code", moved, "place"), own, other, None, "conflict", why)
            side = self._theirs if decided == "theirs" else self._mine
            for each in circle:
                codes[each] = _with_parent(codes[each], side.kinds["code"].get(each, codes[each])[CODE_PARENT])
            if _circle(codes, moved):  # after a merge of codes, both sides may have a circle
                codes[moved] = _with_parent(codes[moved], "")

    def _keep_apart(self) -> None:
        """Keep only one of two codings with the same coder, place and code, but opposite stances.

        Such a pair is a conflict, caused by a coding that the merge has added or changed. If the user takes
        “theirs”, this coding stays, and the other one is removed. Otherwise, this coding is not added or changed.
        """
        codings, mine = self._target["coding"], self._mine.kinds["coding"]
        new = [key for key, fields in codings.items() if fields is not mine.get(key) and fields != mine.get(key)]
        if not new:
            return
        places = {place_of(codings[key]) for key in new}
        found: dict[tuple[Any, ...], list[ItemKey]] = {}
        for key, fields in codings.items():
            if (place := place_of(fields)) in places:
                found.setdefault(place, []).append(key)
        for key in new:
            if key in codings:
                self._settle_opposites(key, found[place_of(codings[key])])

    def _settle_opposites(self, key: ItemKey, there: list[ItemKey]) -> None:
        codings, stance = self._target["coding"], self._target["coding"][key][STANCE_OF]
        for other in there:
            if other not in codings or codings[other][STANCE_OF] == stance:
                continue
            why = "one coder would have two opposite codings of one place"
            own = codings[other][STANCE_OF]
            if self._note(("coding", key, "stance"), own, stance, None, "conflict", why) == "theirs":
                del codings[other]
                continue
            before = self._mine.kinds["coding"].get(key)
            if before is None:
                del codings[key]
            else:
                codings[key] = before
            return

    def _settle(self, kind: str) -> None:
        """Repair the merged items of one kind whose owner is missing. For example, the owner of a coding is its source.

        Such an item is replaced by its version in “mine”, or else in “theirs”, if the owner of that version exists.
        Otherwise, a code becomes a theme (top code), and any other item is dropped.
        """
        target, mine = self._target[kind], self._mine.kinds[kind]
        for key, fields in list(target.items()):
            if not self._lacks and kind not in _ALWAYS_SETTLED and fields is mine.get(key):
                continue
            if kind in _OF_COLUMNS and self._stays(kind, key, fields) and not self._has_column(key[0], *key[2:4]):
                self._drop((kind, key, ""), fields)
                continue
            if not self._stays(kind, key, fields):
                sides = (mine.get(key), self._theirs.kinds[kind].get(key))
                found = next((each for each in sides if each is not None and self._stays(kind, key, each)), None)
                if found is None and kind == "code":
                    found = _with_parent(fields, "")
                if found is None:
                    self._drop((kind, key, ""), fields)
                    continue
                fields = target[key] = found  # noqa: PLW2901 - the repaired version goes on
            if kind == "coding" and fields[CASES_OF]:
                self._settle_cases(key, fields)
            if kind == "matrix row":
                self._settle_row(key, fields)
            if kind == "matrix":
                only = tuple(column for column in fields[_ONLY] if self._has_column(key, *column))
                # without chosen columns, the matrix would show all columns, so a merge that removes all is refused
                target[key] = (*fields[:_ONLY], only or fields[_ONLY], *fields[_ONLY + 1 :])

    def _settle_shortcuts(self, kind: str) -> None:
        """Ensure that no two cases have the same letter, and no two codes the same key, after the merge.

        “theirs” may give an item a letter or key that another item has. Then an item of “mine” keeps its own letter
        or key, a new code gets no key, and a new case gets a free letter later.
        """
        field, target, mine = _SHORTCUTS[kind], self._target[kind], self._mine.kinds[kind]
        at = FIELDS[kind].index(field)
        taken = {key for key, own in mine.items() if key in target and target[key][at] not in {own[at], "", None}}
        if kind == "code":  # a new case gets a free letter when it is written
            taken |= {key for key, fields in target.items() if key not in mine and fields[at]}
        while taken:
            holders = Counter(fields[at] for key, fields in target.items() if key in mine or key in taken)
            key = next((key for key in target if key in taken and holders[target[key][at]] > 1), None)
            if key is None:
                return
            taken.remove(key)
            self._leave_out_shortcut(kind, key, at)

    def _leave_out_shortcut(self, kind: str, key: ItemKey, at: int) -> None:
        target, own, was = self._target[kind], self._mine.kinds[kind].get(key), self._was(kind, key)
        fields = target[key]
        holder = next(each[0] for other, each in target.items() if other != key and each[at] == fields[at])
        target[key] = (*fields[:at], None if own is None else own[at], *fields[at + 1 :])
        place = (kind, key, _SHORTCUTS[kind])
        self.differences = [each for each in self.differences if each.place != place or each.proposal == "conflict"]
        why = f"“{holder}” has it"
        self._note(place, own and own[at], fields[at], was and was[at], "leave out", why)

    def _order(self, kind: str) -> None:
        """Merge the order of the items of one kind. Matrix rows are moved; other orders are stored in `orders`."""
        target, base = self._target[kind], None if self._base is None else self._base.kinds[kind]
        orders = list(merged_orders(kind, self._mine.kinds[kind], self._theirs.kinds[kind], base, target))
        for group, order, difference in orders:
            if difference is not None:
                self.differences.append(difference)
            if order is not None and kind == "matrix row":
                for at, key in enumerate(order):
                    target[key] = (*target.pop(key)[:-1], at)
            elif order is not None:
                self.orders[kind, group] = order

    def _has_column(self, matrix: ItemKey, of: str, column: ItemKey) -> bool:
        """Return whether a matrix can have a column. `of` is “case” or “source” if `column` is the key of an item."""
        if of and column not in self._target[of]:
            return False
        columns = self._target["matrix"][matrix][COLUMNS_OF]
        return of == "case" if columns == "cases" else of in {"", "source"} if columns == "sources" else of == ""

    def _settle_cases(self, key: ItemKey, fields: ItemFields) -> None:
        touched = self._target["source case"]
        gone = {case for case in fields[CASES_OF] if (fields[SOURCE_OF], case) not in touched}
        if gone:
            self._target["coding"][key] = (*fields[:CASES_OF], fields[CASES_OF] - gone, *fields[CASES_OF + 1 :])
            names = " and ".join(sorted(f"“{self._case_name(case)}”" for case in gone))
            mine, theirs = (
                side.kinds["coding"][key][CASES_OF] if key in side.kinds["coding"] else None
                for side in (self._mine, self._theirs)
            )
            why = f"it loses {names}, because its source has no such case"
            self._note(("coding", key, "cases"), mine, theirs, None, "leave out", why)

    def _case_name(self, case: ItemKey) -> str:
        sides = (self._mine.kinds["case"], self._theirs.kinds["case"])
        return str(next((side[case][0] for side in sides if case in side), case))

    def _settle_decisions(self) -> None:
        for key, fields in self._target["proposal"].items():
            if (code := fields[DECISION_OF].code) and code not in self._target["code"]:
                decision = fields[DECISION_OF]._replace(code="")
                self._target["proposal"][key] = (*fields[:DECISION_OF], decision, *fields[DECISION_OF + 1 :])

    def _settle_row(self, key: ItemKey, fields: ItemFields) -> None:
        query = fields[ROW_QUERY]
        codes = () if query else tuple(code for code in fields[0] if code in self._target["code"])
        if not codes and not query:
            self._drop(("matrix row", key, ""), fields)
        elif codes != fields[0]:
            self._target["matrix row"][key] = (codes, *fields[1:])


def _used(side: StudyItems, base: StudyItems | None) -> set[tuple[str, ItemKey]]:
    """Return (kind, key) of each item that a new or changed item of a copy uses: a new coding uses its code.

    `base` is the last common version. Without it, the result is empty.
    """
    if base is None:
        return set()
    used: set[tuple[str, ItemKey]] = set()
    for kind, items in side.kinds.items():
        known = base.kinds[kind]
        for key, fields in items.items():
            if (was := known.get(key)) != fields and kind != "code event":
                used.update(uses(kind, key, fields))
                if kind == "coding":
                    before = frozenset() if was is None else was[CASES_OF]
                    used.update(("case", case) for case in fields[CASES_OF] - before)
    return used


def _as_added(kind: str, fields: ItemFields) -> ItemFields:
    """Return the fields with which an item of “theirs” is added to the study. An active code becomes a proposal."""
    if kind == "code" and fields[CODE_STATUS] == "active":
        return (*fields[:CODE_STATUS], "proposed", *fields[CODE_STATUS + 1 :])
    return fields


def _is_no_difference(kind: str, at: int, own: ItemFields, other: ItemFields, was: ItemFields | None) -> bool:
    """Return whether to ignore that a field has different values in the two copies.

    `at` is the index of the field, and `was` is the item in the last common version. These differences are ignored:

    - Both copies of a judgement or summary are new or changed, but differ only in time or evidence.
    - A code has the status “proposed” in one copy only, because an earlier merge added it as a proposal.
    - The private name of a case is in one copy only, because an exported folder does not have it.

    The last two apply only to items that the common version does not have.
    """
    values = (own[at], other[at])
    if (was is None or was[at] not in values) and _visible(kind, own[at]) == _visible(kind, other[at]):
        return True
    is_proposal = kind == "code" and at == CODE_STATUS and "proposed" in values
    return was is None and (is_proposal or (kind == "case" and at == _PRIVATE_NAME and None in values))


def _visible(kind: str, value: Any) -> Any:
    """Return the value. A judgement or summary is returned without its time and evidence, which the user did not write."""
    if kind == "judgement":
        return value[:3]
    return value.lasting if kind in {"summary", "code summary"} else value


_PRIVATE_NAME = FIELDS["case"].index("private name")


def _likeness(one: str, other: str) -> int:
    from rapidfuzz.fuzz import token_sort_ratio

    return 100 if one == other else round(token_sort_ratio(one, other))


def _circle(codes: Mapping[ItemKey, ItemFields], key: ItemKey) -> list[ItemKey]:
    """Return the codes that form a circle with the code `key`, each below the next one; empty if there is no circle."""
    seen: list[ItemKey] = [key]
    above = codes[key][CODE_PARENT]
    while above in codes and above not in seen:
        seen.append(above)
        above = codes[above][CODE_PARENT]
    return seen if above == key else []


def _with_parent(fields: ItemFields, parent: str) -> ItemFields:
    return (*fields[:CODE_PARENT], parent, *fields[CODE_PARENT + 1 :])
