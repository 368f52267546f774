"""The merge of topic records when two codes or two cases become one.

A topic record states whether an interviewer asked about a code in a source. Its state is "asked", "volunteered"
(mentioned without a question) or "not asked". If two states are merged, the one that is earlier in this list is
kept. A record is for one case, or for all cases of the source. If a case has no record, the record for all cases
applies to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sibtui.model.records import Asked

Records = dict[int, dict["int | None", "Asked"]]
"""The topic records of one source: code id → case id → state. The case id None means all cases of the source."""

_ORDER: tuple[Asked | None, ...] = (None, "not asked", "volunteered", "asked")


class TopicLeftOut(NamedTuple):
    """A topic record that a merge of two codes or two cases drops.

    `lost` is the state in the dropped record, such as "not asked". `kept` is the state that applies instead; None if no
    record is kept. `case` is the id of the case of the record; None for a record for all cases.
    """

    case: int | None
    kept: Asked | None
    lost: Asked


def better(one: Asked | None, other: Asked | None) -> Asked | None:
    """Return the better of two states. From the best: "asked", "volunteered", "not asked", None (no record)."""
    return max(one, other, key=_ORDER.index)


def topic_state(records: Records, parents: Mapping[int, int | None], code: int, case: int | None) -> Asked | None:
    """Return whether an interviewer asked about a code, for a case; None if this is not recorded.

    If the code has no record, the nearest record "asked" or "not asked" of a code above it applies.
    """
    state = _own(records, code, case)
    above = parents[code]
    while state is None and above is not None:
        found = _own(records, above, case)
        state = None if found == "volunteered" else found
        above = parents[above]
    return state


def _own(records: Records, code: int, case: int | None) -> Asked | None:
    by_case = records.get(code, {})
    return by_case.get(case, by_case.get(None))


def merge_code_topics(
    records: Records, parents: Mapping[int, int | None], old: int, new: int
) -> tuple[Records, list[TopicLeftOut]]:
    """Return (topic records of a source after the code `old` was merged into `new`, records that were dropped).

    `parents` maps each code to the code above it. A code without a record inherits the state “asked” or “not asked”
    from the codes above it. If a code below `old` or `new` has a state, it keeps this state: if necessary, it gets a
    record of its own.
    """
    cases = _cases(records)
    below = [code for code in parents if code not in (old, new) and {old, new} & set(_above(code, parents))]
    wanted = {(code, case): topic_state(records, parents, code, case) for code in below for case in cases}
    for case in cases:
        unknown = any(wanted[code, case] is None for code in below)
        wanted[new, case] = _joined(records, parents, old, new, case, unknown=unknown)
    after = {code: dict(states) for code, states in records.items() if code != old}
    tree = {code: new if above == old else above for code, above in parents.items() if code != old}
    for code in (new, *below):
        for case in cases:
            state = wanted[code, case]
            if state is not None and topic_state(after, tree, code, case) != state:
                after.setdefault(code, {})[case] = state
    left_out = [
        TopicLeftOut(case, wanted[new, case], lost)
        for case in cases
        for code in (old, new)
        if (lost := records.get(code, {}).get(case)) is not None and lost != wanted[new, case]
    ]
    return after, left_out


def _joined(
    records: Records, parents: Mapping[int, int | None], old: int, new: int, case: int | None, *, unknown: bool
) -> Asked | None:
    """Return the state of the code `new` for a case after `old` was merged into `new`; None if it gets no record.

    If `new` has a state, the better state of the two codes is kept. Otherwise `new` gets the state of `old`, except
    in two cases:

    - `old` has only inherited its state from a code above it.
    - The state is "not asked", and `unknown` is set: a code below has no state, and would inherit "not asked".
    """
    kept, other = (topic_state(records, parents, code, case) for code in (new, old))
    if kept is None and (_own(records, old, case) is None or (other == "not asked" and unknown)):
        return None
    return better(kept, other)


def merge_case_topics(
    records: Records, old: int, new: int, touched: Collection[int]
) -> tuple[Records, list[tuple[int, TopicLeftOut]]]:
    """Merge the case `old` into `new` in the topic records of a source. Return (new records, lost records).

    Each lost record is a pair (code id, record). `touched` are the ids of the cases that the source is about. A record
    without a case applies to all of them.
    """
    after: Records = {}
    left_out = []
    for code, by_case in records.items():
        states = after[code] = {case: state for case, state in by_case.items() if case != old}
        own = [by_case[case] for case in (old, new) if case in by_case]
        if not own:
            continue
        general = by_case.get(None)
        found = [by_case.get(case, general if case in touched else None) for case in (old, new)]
        kept = better(*found)
        if kept and states.get(new, general if new in touched else None) != kept:
            states[new] = kept
        left_out += [(code, TopicLeftOut(new, kept, lost)) for lost in own if lost != kept]
    return after, left_out


def _cases(records: Records) -> Sequence[int | None]:
    named = {case for by_case in records.values() for case in by_case if case is not None}
    return (None, *sorted(named))


def _above(code: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    above = parents[code]
    while above is not None:
        yield above
        above = parents[above]
