"""Comparing and merging two studies, for the command line, the screen and scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.difference_words import DifferenceWords
from sibtui.model.differences import Decisions, Merging
from sibtui.model.folding import identical
from sibtui.model.names import resolve_name
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import EMPTY
from sibtui.model.text import one_line
from sibtui.model.three_way import merge_items
from sibtui.project.merging.common_state import VERB, is_found_again, merge_summary
from sibtui.project.merging.comparison import ComparedCopies, refuse_same_file
from sibtui.project.merging.merge_results import StudyComparison, StudyDifference, StudyMerge
from sibtui.project.merging.merged_changes import MergedChanges
from sibtui.project.merging.merged_codes import propose_new_codes
from sibtui.project.merging.merged_matrices import refuse_lost_columns
from sibtui.project.merging.merged_rows import name_clashes, refuse_clashes, write_merged
from sibtui.project.merging.other_study import OtherStudy, items_in, other_study
from sibtui.project.shared.base import Session, now
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sibtui.model.differences import Difference, DifferencePlace, MergeChoice, Side
    from sibtui.model.progress import Progress
    from sibtui.model.three_way import MergedItems

    Decide = Callable[[StudyDifference], MergeChoice | None]


_COMPARING = "A comparison of studies"
_STEPS = 4
"""The number of steps of a merge. After each step, the progress is reported.

A step ends when the other study is open, when both studies are read, when the conflicts are decided, and when the
result is written.
"""


def compare_studies(mine: OtherStudy, theirs: OtherStudy, base: Path | None = None) -> StudyComparison:
    """Return the differences between two studies. For `base`, see `Project.diff`."""
    _refuse_in_blind_round(mine, theirs)
    comparison = ComparedCopies(mine, theirs, base)
    found = comparison.merged(Merging())
    return StudyComparison(tuple(_in_words(found, found.differences)), comparison.has_base)


def compare_with(session: Session, path: Path, base: Path | None = None) -> StudyComparison:
    """Return the differences between the open study and the study in `path`. For `base`, see `Project.diff`."""
    refuse_same_file(session.store.path, path)
    session.refuse_in_blind_round(_COMPARING)
    with other_study(path) as other:
        return compare_studies(OtherStudy(session.store.path, session.store, has_history=True), other, base)


def study_contents(study: OtherStudy) -> StudyComparison:
    """Return all items of a study, each as an addition to an empty study."""
    _refuse_in_blind_round(study)
    found = merge_items(Sides(EMPTY, items_in(study.store)), Merging())
    return StudyComparison(tuple(_in_words(found, found.differences)), has_base=True)


def merge_study(
    session: Session,
    path: Path,
    *,
    take: Side | None = None,
    decide: Decide | None = None,
    coders: Mapping[str, str],
    base: Path | None = None,
    dry_run: bool = False,
    report: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda _done, _of: None,
) -> StudyMerge:
    """Merge another study into the open study. The arguments and the errors are those of `Project.merge`.

    Decisions on conflicts are recorded even if they change no value of this study. So the next merge does not ask
    again. `report` receives messages about a study folder.
    """
    refuse_same_file(session.store.path, path)
    session.refuse_in_blind_round(_COMPARING)
    progress(0, _STEPS)
    with other_study(path, report) as other:
        progress(1, _STEPS)
        merging = Merging(Decisions(take), _known_coders(session, other, coders), session.now(), session.coder)
        own = OtherStudy(session.store.path, session.store, has_history=True)
        if decide is not None or dry_run:
            comparison = ComparedCopies(own, other, base)
            progress(2, _STEPS)
            merging, found = _decided(comparison, merging, decide)
            progress(3, _STEPS)
            if dry_run or found.open:
                _refuse_certain_clashes(comparison, merging, found)
                return _result(found, comparison, other, written=False)
        newest = _newest_act(session)
        with session.act(VERB, merge_summary(other)) as act:
            comparison = ComparedCopies(own, other, base)
            found = comparison.merged(merging)
            progress(3, _STEPS)
            if found.open:
                _refuse_certain_clashes(comparison, merging, found)
            else:
                write_merged(session, found.before, found.items, found.orders)
                propose_new_codes(MergedChanges(session, found.before, found.items), comparison.makers, merging.coders)
                act.is_kept = bool(found.conflicts) and base is None and is_found_again(own, other)
                progress(_STEPS, _STEPS)
        return _result(found, comparison, other, written=_newest_act(session) != newest)


def _refuse_certain_clashes(comparison: ComparedCopies, merging: Merging, found: MergedItems) -> None:
    """Raise ConflictError if two items have the same name, however the user decides the open conflicts.

    `found` is the result of the merge with the decisions so far. A clash is certain if it is the same with “mine” and
    with “theirs” for all open conflicts. If no conflict is open, also raise ConflictError if a matrix would lose all
    its chosen columns.
    """
    clashes = name_clashes(found.before, found.items)
    if clashes and found.open:
        theirs = comparison.merged(replace(merging, decisions=replace(merging.decisions, default="theirs")))
        also = name_clashes(theirs.before, theirs.items)
        clashes = {clash: shown for clash, shown in clashes.items() if clash in also}
    refuse_clashes(clashes)
    if not found.open:
        refuse_lost_columns(found.items)


def _refuse_in_blind_round(*studies: OtherStudy) -> None:
    """Raise InputError if the current coder of one of the studies is in a blind round.

    In a blind round, a coder sees only the codings of this round, so the studies cannot be compared.
    """
    for study in studies:
        Session(study.store, None, now).refuse_in_blind_round(_COMPARING)


def _newest_act(session: Session) -> int:
    return int(session.store.scalar("SELECT coalesce(max(id), 0) FROM acts"))


def _known_coders(session: Session, other: OtherStudy, names: Mapping[str, str]) -> dict[str, str]:
    """Return `names` with the coders of both studies in exact spelling.

    `names` and the result are maps: name in the other study → name in this study. If the new name reads the same as the
    name of another coder of the merged study, it is this name. Raises NotFoundError for an unknown coder, InputError for
    an empty new name and for two new names of one coder.
    """
    theirs = [coder.name for coder in study_rows.coders(other.store)]
    renamed: dict[str, str] = {}
    for given, new_name in names.items():
        old, new = resolve_name("coder", given, theirs), " ".join(new_name.split())
        if not new:
            raise InputError("A coder needs a name.")
        if renamed.setdefault(old, new) != new:
            both = f"“{one_line(renamed[old], 60)}” and “{one_line(new, 60)}”"
            raise InputError(f"The coder “{one_line(old, 60)}” would get two names, {both}: give one.")
    known = [coder.name for coder in study_rows.coders(session.store)] if renamed else []
    known += [name for name in theirs if name not in renamed]
    result: dict[str, str] = {}
    for old, new in renamed.items():
        result[old] = identical(new, known) or new
        known.append(result[old])
    return result


def _decided(comparison: ComparedCopies, merging: Merging, decide: Decide | None) -> tuple[Merging, MergedItems]:
    """Return (settings of the merge, result of the merge). Both include the decisions on conflicts.

    `decide` is called again until there are no new decisions, because a decision can cause new conflicts.
    """
    found = comparison.merged(merging)
    while decide is not None and found.open:
        chosen: dict[DifferencePlace, MergeChoice] = dict(merging.decisions.chosen)
        for conflict, in_words in zip(found.open, _in_words(found, found.open), strict=True):
            choice = decide(in_words)
            if choice == "both" and not conflict.is_joinable:
                where = " ".join(filter(None, (in_words.kind, one_line(in_words.where, 60), in_words.field)))
                raise InputError(f"Both values of {where} cannot be kept: take one side.")
            if choice is not None:
                chosen[conflict.place] = choice
        if chosen == merging.decisions.chosen:
            break
        merging = replace(merging, decisions=replace(merging.decisions, chosen=chosen))
        found = comparison.merged(merging)
    return merging, found


def _result(found: MergedItems, comparison: ComparedCopies, other: OtherStudy, *, written: bool) -> StudyMerge:
    changes = [each for each in found.differences if each.proposal != "keep"]
    sources, gone = found.sides.mine.kinds["source"], found.sides.theirs.withdrawn
    return StudyMerge(
        tuple(_in_words(found, changes)), tuple(_in_words(found, found.open)), written, comparison.has_base,
        tuple(fields[0] for key, fields in sources.items() if key in gone),
        tuple(coder.name for coder in study_rows.coders(other.store)),
    )  # fmt: skip


def _in_words(found: MergedItems, differences: Iterable[Difference]) -> Iterator[StudyDifference]:
    """Yield the differences for the user: with the names of items, and without internal keys.

    If this study lacks an item, its name is taken from the other study.
    """
    base = (found.sides.base,) if found.sides.base is not None else ()
    words = DifferenceWords(found.sides.mine, found.sides.theirs, *base, found.before)  # the last has merged codes
    for difference in differences:
        kind, where, field, mine, theirs, was, *_ = words.row(difference)
        yield StudyDifference(
            kind, where, field, mine, theirs, was, difference.proposal, difference.why, difference.decided,
            difference.is_joinable, words.words(difference),
        )  # fmt: skip
