"""The last state that two copies of a study had in common.

Each act (entry of the history) has a seal: a checksum of its content. If both copies have an act with the same seal,
they became different only after this act. A merge records the last act of the other copy; the next merge begins after
this act.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.packages import packaged
from sibtui.model.records import Act
from sibtui.model.study_items import items_of
from sibtui.project.merging.other_study import items_in
from sibtui.project.shared.base import Session, now
from sibtui.project.shared.study_io import study_draft
from sibtui.store import erasure
from sibtui.store import history as act_rows
from sibtui.store import packages as package_rows
from sibtui.store import study as study_rows
from sibtui.store.past import at_act

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.records import Package
    from sibtui.model.study_items import StudyItems
    from sibtui.project.merging.other_study import OtherStudy
    from sibtui.store.connection import Store

VERB = "study merge"
"""The verb that a merge has in the history."""
_DIGITS = 16
_MERGED = re.compile(rf" up to act (\d{{1,18}}) \(([0-9a-f]{{{_DIGITS}}})\)$")


class PastState(NamedTuple):
    """A past state that two copies of a study had in common: the state in `store` after the history entry `act`.

    `since` is the time from which both copies had this state. If the other copy has merged this state, `merge` is the
    id of this merge in the history of the other copy; otherwise it is 0.
    """

    store: Store
    act: int
    since: str
    merge: int = 0

    @property
    def is_merged(self) -> bool:
        return self.merge > 0

    def later(self, other: PastState) -> PastState:
        """Return the later one of two states that the same two studies had in common.

        Normally the order of the history entries decides. The times decide only if this order is not known, because
        the clocks of two computers can differ.
        """
        if not (self.is_merged and other.is_merged):
            return self if (self.merge or self.act) > (other.merge or other.act) else other
        if self.store is other.store:
            return self if self.merge > other.merge else other
        if self.act >= other.merge or other.act >= self.merge:
            return self if self.act >= other.merge else other
        return max(self, other, key=lambda state: state.since)


def merge_summary(other: OtherStudy) -> str:
    """Return the text of the history entry of a merge.

    The text has the file name of the other study, and the id and checksum of the newest history entry of that study.
    """
    name = other.path.name.replace("\n", " ")
    newest = _newest(act_rows.acts(other.store)) if other.has_history else None
    return f"from {name} up to act {newest.id} ({newest.digest[:_DIGITS]})" if newest else f"from {name}"


def _newest(acts: Sequence[Act]) -> Act | None:
    return next((act for act in acts if act.state == "done" and act.digest), None)


def is_found_again(own: OtherStudy, other: OtherStudy) -> bool:
    """Return whether the next merge of these studies can find this merge, and compare only later changes.

    This needs two copies of one study, and a history with checksums in the other copy.
    """
    is_copy = study_rows.study(own.store).guid == study_rows.study(other.store).guid
    return is_copy and other.has_history and _newest(act_rows.acts(other.store)) is not None


def common_state(own: OtherStudy, other: OtherStudy) -> PastState | None:
    """Return the newest state that both studies once had, or None if no such state is known."""
    mine, theirs = own.store, other.store
    if not (own.has_history and other.has_history) or study_rows.study(mine).guid != study_rows.study(theirs).guid:
        return None
    own_acts, their_acts = act_rows.acts(mine)[::-1], act_rows.acts(theirs)[::-1]
    found = [
        *_parted(mine, theirs, own_acts, their_acts),
        *_merged(theirs, own_acts, their_acts),
        *_merged(mine, their_acts, own_acts),
    ]
    return reduce(PastState.later, found) if found else None


def _parted(mine: Store, theirs: Store, own: Sequence[Act], their: Sequence[Act]) -> Iterator[PastState]:
    """Yield the last state before the two studies became different, if there is one.

    The studies became different with the first history entry (act) that only one study has, or that only one study
    has undone.
    """
    last: Act | None = None
    for act, other in zip(own, their, strict=False):
        if not _is_same(act, other):
            break
        last = act
    if last is None:
        if any(act.verb == "study load" for act in (*own[:1], *their[:1])):
            return  # two studies that were loaded from one folder have no act in common
        last = Act(0, "", "", "", "", "done", 0)
    erased = (erasure.last_act(mine) or 0) > last.id  # then theirs still has what mine had before
    yield PastState(theirs if erased else mine, last.id, last.at)


def _is_same(act: Act, other: Act) -> bool:
    """Return whether two entries of the histories of two files are the same entry in the same state (done or not).

    Two entries are the same if their checksums are equal, or if their facts (id, time, coder, action, text) are
    equal. Checksums alone are not enough: separate upgrades of the files can change them.
    """
    facts = (act.id, act.at, act.coder, act.verb, act.summary) == (
        other.id, other.at, other.coder, other.verb, other.summary,
    )  # fmt: skip
    return (facts or act.digest == other.digest) and (act.state == "done") == (other.state == "done")


def _merged(store: Store, merging: Sequence[Act], merged: Sequence[Act]) -> Iterator[PastState]:
    """Yield each past state of the study in `store` that an earlier merge has added to another study.

    `merging` is the history of this other study: each merge has an entry in it. A merge that is running now has an
    entry without a checksum; this entry is ignored. `merged` is the history of the study in `store`.
    """
    known = {(act.id, act.digest[:_DIGITS]) for act in merged}
    for act in merging:
        found = _MERGED.search(act.summary) if act.verb == VERB and act.digest and act.state == "done" else None
        if found and (int(found[1]), found[2]) in known:
            yield PastState(store, int(found[1]), act.at, act.id)


def sent_package(own: OtherStudy, other: OtherStudy) -> Package | None:
    """Return the package (the part of a study exported for a colleague) from which the other study was made.

    Return None if `own` did not send this package, or if `own` has already merged the other study.
    """
    found = package_rows.package(other.store)
    if found is None or study_rows.study(own.store).guid != study_rows.study(other.store).guid:
        return None
    acts = act_rows.acts(own.store)
    is_known = not found.act or any(
        (act.id, act.digest, act.state) == (found.act, found.digest, "done") for act in acts
    )
    later = other.has_history and any(_merged(other.store, acts, act_rows.acts(other.store)))
    return found if is_known and not later else None


def packaged_items(store: Store, package: Package, known: StudyItems) -> StudyItems:
    """Return the items that a package (the part of a study exported for a colleague) had when it was exported.

    To save memory, a coding that equals a coding in `known` is not stored twice.
    """
    session = Session(store, "merge", now)
    with store.snapshot(), at_act(store, package.act):
        return items_of(packaged(study_draft(session, lazily=True), package), known)


def items_at(state: PastState, current: StudyItems, known: StudyItems) -> StudyItems:
    """Return the items of a study in a past state, or `current` (its present items) if nothing has changed since.

    To save memory, a coding that equals a coding in `known` is not stored twice.
    """
    later = "SELECT 1 FROM acts WHERE id > ? AND state = 'done' AND last_image >= first_image LIMIT 1"
    with state.store.snapshot():
        if state.store.scalar(later, (state.act,)) is None:
            return current
        with at_act(state.store, state.act):
            return items_in(state.store, known)
