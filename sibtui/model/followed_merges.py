"""Merges of codes and cases that only one copy of a study has made.

Before two copies are compared, the merges of each copy are repeated in the other copy, where this is possible.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.study_alignment import Aliases, Sides, renamed
from sibtui.model.study_items import CASES_OF, CODE_OF, FIELDS, StudyItems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def merges_followed(sides: Sides) -> tuple[Sides, Aliases]:
    """In each copy of the study, repeat the merges of codes and cases from the other copy.

    If one copy merged code A into code B, references to A in the other copy become references to B. Return (the
    copies, the repeated merges from “theirs”). For each kind of item, these merges are a map from the merged item to
    the remaining item.
    """
    if sides.base is None:
        return sides, {}
    mine, theirs, base = sides.mine, sides.theirs, sides.base
    by_mine, by_theirs = _followed(mine, theirs, base), _followed(theirs, mine, base)
    if by_mine:
        theirs, base = _following(theirs, base, by_mine), renamed(base, by_mine)
    if by_theirs:
        mine, base = _following(mine, base, by_theirs), renamed(base, by_theirs)
    return Sides(mine, theirs, base), by_theirs


def _followed(away: StudyItems, other: StudyItems, base: StudyItems) -> Aliases:
    """Return the merges of codes and cases in the copy `away` that can be repeated in the copy `other`.

    For each kind of item, the result is a map from the merged item to the remaining item. To repeat a merge, `other`
    must still have the merged item, and must not have removed the remaining item. A merge of cases must also keep all
    changes that `other` has made.
    """
    found: Aliases = {}
    for kind, merges in (("code", _successors(away, base)), ("case", _succeeding_cases(away, base))):
        there, before = other.kinds[kind], base.kinds[kind]
        known = {key: into for key, into in merges.items() if key in there and (into in there or into not in before)}
        if kind == "case":
            known = _without_losses(known, other, base)
        if known:
            found[kind] = known
    return found


_CASE_IN_KEY = {"case": 0, "case attribute": 0, "matrix note": 3, "judgement": 3, "summary": 3, "code summary": 1}
"""A map: kind of item of which two merged cases keep only one → index of the case in a key of this kind."""


def _without_losses(merged: Mapping[str, str], items: StudyItems, base: StudyItems) -> dict[str, str]:
    """Return the merges of cases that can be repeated in `items` without loss.

    `merged` is a map: merged case → remaining case. A merge is left out if it would lose a change that was made in
    `items` since the common version `base`, such as a new name of the merged case.
    """
    lost: set[str] = set()
    for kind, at in _CASE_IN_KEY.items():
        found = items.kinds[kind]
        taken = set(found)
        for key, fields in found.items():
            parts = (key,) if kind == "case" else key
            case = parts[at]
            if case in merged:
                now = merged[case] if kind == "case" else (*parts[:at], merged[case], *parts[at + 1 :])
                if now in taken and base.kinds[kind].get(key) != fields:
                    lost.add(case)
                taken.add(now)
    return {case: into for case, into in merged.items() if case not in lost}


def _following(items: StudyItems, base: StudyItems, merged: Aliases) -> StudyItems:
    return renamed(_with_definitions(items, base, merged.get("code", {})), merged)


def _with_definitions(items: StudyItems, base: StudyItems, merged: Mapping[str, str]) -> StudyItems:
    """Return the items, with new definitions of merged codes in the history of the codes that remain.

    A definition is new if it differs from that in `base`. `merged` is a map: merged code → code that remains.
    """
    at = FIELDS["code"].index("definition")
    events = dict(items.kinds["code event"])
    for code, into in merged.items():
        fields = items.kinds["code"][code]
        if fields[at] and fields[at] != base.kinds["code"][code][at]:
            since = fields[FIELDS["code"].index("since")]
            events[into, "merged", since, "", items.path(code), fields[at], "a later definition", ""] = ()
    return replace(items, kinds={**items.kinds, "code event": events})


def _successors(side: StudyItems, base: StudyItems) -> dict[str, str]:
    """Return a map: merged code → remaining code, for each merge in this copy since the common version.

    A merge is found by the path of the merged code in the history of the remaining code. If the merged code was
    renamed before the merge, the path is not found. Then the remaining code is the one that got most codings of the
    merged code.
    """
    codes = side.kinds["code"]
    gone = [str(code) for code in base.kinds["code"] if code not in codes]
    if not gone:
        return {}
    new = [key for key in side.kinds["code event"] if key not in base.kinds["code event"]]
    # The event of an accepted proposal has no `since`: its path names no code
    taking = {event[0] for event in new if event[1] == "merged" and event[7]}
    by_path = {event[4]: event[0] for event in new if event[0] in taking and (event[1] != "merged" or event[7])}
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    for key, fields in base.kinds["coding"].items():
        if fields[CODE_OF] not in codes and (now := side.kinds["coding"].get(key)):
            moved[fields[CODE_OF]][now[CODE_OF]] += 1
    found = {code: by_path.get(base.path(code)) for code in gone}
    found |= {code: moved[code].most_common(1)[0][0] for code in gone if found[code] is None and moved[code]}
    return {code: into for code, into in found.items() if into is not None}


def _succeeding_cases(side: StudyItems, base: StudyItems) -> dict[str, str]:
    """Return a map: merged case → remaining case, for each merge in this copy since the common version.

    The history does not name the remaining case, so `_taking_case` searches for it. If it finds none, the missing
    case was removed, and is not in the map.
    """
    gone = base.kinds["case"].keys() - side.kinds["case"].keys()
    if not gone:
        return {}
    sources = side.kinds["source"]
    had, have = _cases_of_sources(base), _cases_of_sources(side)
    changes = [(cases, have.get(source, set())) for source, cases in had.items() if source in sources]
    codings = [
        (fields[CASES_OF], now[CASES_OF])
        for key, fields in base.kinds["coding"].items()
        if not gone.isdisjoint(fields[CASES_OF]) and (now := side.kinds["coding"].get(key))
    ]
    found = {case: _taking_case(case, changes, codings) for case in gone}
    return {case: into for case, into in found.items() if into is not None}


_Change = tuple[Collection[str], Collection[str]]
"""The cases of a source or coding before and after a change."""


def _taking_case(case: str, sources: Iterable[_Change], codings: Iterable[_Change]) -> str | None:
    """Return the case that has taken the place of `case`, or None if there is none.

    All sources that had `case` now have the new case, and so do at least half of the codings that had `case`. At
    least one of these sources and codings did not have the new case before.
    """
    of_sources, of_codings = ([each for each in changes if case in each[0]] for changes in (sources, codings))
    got = Counter(each for was, now in (*of_sources, *of_codings) for each in now if each not in was)
    for into, _ in got.most_common():
        taken = sum(into in now for _, now in of_codings)
        if all(into in now for _, now in of_sources) and 2 * taken >= len(of_codings):
            return into
    return None


def _cases_of_sources(items: StudyItems) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for source, case in items.kinds["source case"]:
        found[source].add(case)
    return found
