"""Codes that a merge has given the status “proposed” in only one copy of a study."""

from __future__ import annotations

from dataclasses import replace

from sibtui.model.codebook import path_key
from sibtui.model.lasting_ids import proposal_id
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import CODE_STATUS, DECISION_OF, FIELDS, ItemFields, ItemKey, StudyItems

_PATH = FIELDS["proposal"].index("path")


def with_equal_proposals(sides: Sides) -> Sides:
    """Return the copies of the study. For codes that a merge has added as proposals, “proposed” counts as “active”.

    Such a code is active in the common version. In one copy, it is “proposed”, and its proposal is not accepted. In the
    result, the two copies differ in the status of the code only if one of them has changed it otherwise, such as to
    “retired”.
    """
    if sides.base is None:
        return sides
    mine, theirs, base = (each.kinds["code"] for each in sides if each is not None)
    changed_theirs: dict[ItemKey, ItemFields] = {}
    changed_base: dict[ItemKey, ItemFields] = {}
    for key, was in base.items():
        if key not in mine or key not in theirs or was[CODE_STATUS] != "active":
            continue
        if _is_proposed(sides.mine, key):
            changed_base[key] = _with_status(was, "proposed")
            if theirs[key][CODE_STATUS] == "active":
                changed_theirs[key] = _with_status(theirs[key], "proposed")
        elif _is_proposed(sides.theirs, key):
            changed_theirs[key] = _with_status(theirs[key], "active")
    return Sides(sides.mine, _with_codes(sides.theirs, changed_theirs), _with_codes(sides.base, changed_base))


def _is_proposed(items: StudyItems, code: ItemKey) -> bool:
    """Return whether a code has the status “proposed” and a proposal that nobody has accepted."""
    if items.kinds["code"][code][CODE_STATUS] != "proposed":
        return False
    path = path_key(items.path(code))
    waiting = ((key, each) for key, each in items.kinds["proposal"].items() if each[DECISION_OF].state != "merged")
    return any(key == proposal_id(code) or path_key(fields[_PATH]) == path for key, fields in waiting)


def _with_status(fields: ItemFields, status: str) -> ItemFields:
    return (*fields[:CODE_STATUS], status, *fields[CODE_STATUS + 1 :])


def _with_codes(items: StudyItems, changed: dict[ItemKey, ItemFields]) -> StudyItems:
    return replace(items, kinds={**items.kinds, "code": {**items.kinds["code"], **changed}}) if changed else items
