"""Withdrawal: erasing a source or the words of a person for good, also from backups and from the program's files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn
from uuid import uuid4

from sibtui.errors import NotFoundError
from sibtui.model.attributes import PARTICIPANT_ATTRIBUTES
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass
from sibtui.model.text import listed
from sibtui.project.erasing.case_erasure import erase_case
from sibtui.project.erasing.copies import erase_in_copies, naming_finished
from sibtui.project.erasing.person_erasure import PersonErasure
from sibtui.project.erasing.source_erasure import erase_source
from sibtui.project.erasing.traces import erase_traces
from sibtui.project.erasing.withdrawal_values import ErasureTally, Withdrawal
from sibtui.project.erasing.withdrawn_source import find_by_uid, find_uids
from sibtui.project.erasing.word_erasure import erase_words, mentions
from sibtui.project.shared.speaker_turns import speakers
from sibtui.store import cases as case_rows
from sibtui.store import erasure
from sibtui.store import matrices as matrix_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store

VERB = "source withdraw"


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """A withdrawal, the erasure of a source or a person, while it is running.

    `uid` is the id of the withdrawal, and `summary` its text in the history. `erase` erases the rows of the source or
    person from one file, and returns whether the file had such rows. If the study has no such rows, `missing` returns
    the message of the error.
    """

    session: Session
    uid: str
    summary: str
    erase: Callable[[Store, int, ErasureTally], bool]
    dry_run: bool
    missing: Callable[[], str]
    with_cases: bool = False

    def run(self) -> Withdrawal:
        """Erase the source or person from the copies, then from the study, then from the log and saved state."""
        store = self.session.store
        if not self.dry_run:
            erasure.compact(store)
        copies = erase_in_copies(store, self._in_copy, dry_run=self.dry_run)
        with naming_finished(copies):
            found = self.in_file(store)
        if not self.dry_run:
            erasure.compact_if_possible(store)
        if found is None:
            raise NotFoundError(self.missing())
        tally, act = found
        return Withdrawal(
            id=self.uid,
            act=None if self.dry_run else act,
            sources=tuple(tally.sources),
            shortened=tuple(tally.shortened),
            erased={what: count for what, count in tally.erased.items() if count},
            rewritten={what: count for what, count in tally.rewritten.items() if count},
            stale=tally.stale,
            copies=copies,
            traces=erase_traces(tally.sources, study_rows.study(store).guid, dry_run=self.dry_run),
            mentions=tuple(tally.mentions),
            sourceless=tuple(tally.sourceless),
            cases=tuple(tally.cases),
            widened=tuple(tally.widened),
        )

    def in_file(self, store: Store) -> tuple[ErasureTally, int] | None:
        """Erase the source or person from one file, in one transaction.

        Return (counts and names of the erased items, id of the history entry). Return None if the file has no rows of
        the source or person. In a dry run, the transaction is rolled back.
        """
        tally = ErasureTally()
        try:
            with erasure.erasing(store, VERB, self.summary, coder=self.session.coder, at=self.session.now()) as act:
                cases, chosen = _cases_with_sources(store), matrix_rows.with_chosen_columns(store)
                if not self.erase(store, act, tally):
                    _roll_back()
                with_sources = _cases_with_sources(store)
                tally.sourceless = [label for label in cases if label not in with_sources]
                if self.with_cases:
                    self._erase_cases(store, tally)
                still_chosen = matrix_rows.with_chosen_columns(store)
                tally.widened = [matrix for matrix in chosen if matrix not in still_chosen]
                erase_words(store, tally)
                tally.mentions += mentions(store, tally.names)
                if self.dry_run:
                    _roll_back()
        except _RollBackError:
            return (tally, act) if tally.holds_any else None
        return tally, act

    def _erase_cases(self, store: Store, tally: ErasureTally) -> None:
        for label in tally.sourceless:
            erase_case(store, label, tally)
        tally.sourceless = []

    def _in_copy(self, copy: Store) -> bool:
        found = self.in_file(copy)
        if found is not None and not self.dry_run:
            erasure.compact(copy)
        return found is not None


class _RollBackError(Exception):
    """Raised inside this module to roll back the transaction, in a dry run or if nothing was erased."""


def _roll_back() -> NoReturn:
    raise _RollBackError


def withdraw_source(session: Session, name: str, *, with_cases: bool = False, dry_run: bool = False) -> Withdrawal:
    """Erase the source with exactly this name for good. Removed sources that had this name are erased too.

    The other arguments are those of `Sources.withdraw`. Raises NotFoundError when there is no such source.
    """
    uids = find_uids(session.store, name)
    return replace(_withdrawing_sources(session, uids, dry_run=dry_run), with_cases=with_cases).run()


def withdraw_source_here(session: Session, uid: str) -> None:
    """Erase the source with this id from the open file only, for example from a restored backup.

    The copies beside the file keep the source. The id is `Source.uid`, which is the same in all copies of the study.
    """
    _withdrawing_sources(session, [uid], dry_run=False).in_file(session.store)
    erasure.compact(session.store)


def _withdrawing_sources(session: Session, uids: Sequence[str], *, dry_run: bool) -> Withdrawing:
    def erase(store: Store, act: int, tally: ErasureTally) -> bool:
        targets = [target for uid in uids if (target := find_by_uid(store, uid)) is not None]
        for target in targets:
            erase_source(store, act, target, tally)
        return bool(targets)

    return Withdrawing(session, uids[0], f"source {', '.join(uids)}", erase, dry_run, lambda: "")


def withdraw_person(
    session: Session,
    name: str,
    *,
    sources: Sequence[str] = (),
    pattern: str = "",
    participant: bool = False,
    with_cases: bool = False,
    dry_run: bool = False,
) -> Withdrawal:
    """Erase the turns (passages of speech) of a speaker from all sources, or only from `sources`.

    The other arguments are those of `Sources.withdraw_person`. Raises NotFoundError when no source has such a speaker
    or participant.
    """
    store, uid = session.store, uuid4().hex
    chosen = frozenset(_uid_of(session, each) for each in sources)

    def erase(store: Store, act: int, tally: ErasureTally) -> bool:
        own = _sources_of(store, name) if participant else frozenset()
        person = PersonErasure(store, act, uid, name, pattern, tally)
        for source in source_rows.sources(store, counts=False):
            if chosen and source.uid not in chosen:
                continue
            if source.id in own:
                target = find_by_uid(store, source.uid)
                assert target is not None  # noqa: S101 - it was just listed
                erase_source(store, act, target, tally)
            else:
                person.erase_in(source)
        if not chosen:
            person.erase_in_removed_sources()
        person.add_names()
        return tally.holds_any

    def missing() -> str:
        known = listed(speakers(store, None, pattern), 10)
        return f"No source has the speaker “{name}”: the speakers are {known}." if known else "No source has speakers."

    return Withdrawing(session, uid, f"a person {uid}", erase, dry_run, missing, with_cases).run()


def _uid_of(session: Session, name: str) -> str:
    return source_rows.sources(session.store, counts=False, only=session.source_id(name))[0].uid


def _sources_of(store: Store, participant: str) -> frozenset[int]:
    """Return the ids of the sources whose only participant is this person, according to an attribute."""
    return frozenset(
        source
        for source, values in case_rows.all_values(store, "source").items()
        for attribute, value in values.items()
        if name_key(attribute) in PARTICIPANT_ATTRIBUTES and name_key(value) == name_key(participant)
    )


def _cases_with_sources(store: Store) -> list[str]:
    """Return the labels of the cases that have a source, in the order of the cases."""
    touched = {case for cases in source_rows.cases_by_source(store).values() for case in cases}
    return [label for label, number in case_rows.case_ids(store).items() if number in touched]
