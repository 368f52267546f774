"""Whole studies as drafts: making a draft of a study, and loading a draft into an empty study.

Study folders and other exchange files are made from these drafts.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError, SibtuiError
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeProposalDraft,
    CodingDraft,
    MemoDraft,
    QueryDraft,
    SourceDraft,
    SourceSetDraft,
    StudyDraft,
    code_drafts,
)
from sibtui.model.gc_pause import gc_paused
from sibtui.model.lazy_items import LazyItems, heads
from sibtui.model.progress import with_progress
from sibtui.model.records import Reading, Study
from sibtui.model.segments import Segment
from sibtui.model.text import one_line
from sibtui.model.withdrawn_drafts import without_sources
from sibtui.project.attributes import Attributes
from sibtui.project.claims import Claims
from sibtui.project.codes import Codes
from sibtui.project.codings import Codings
from sibtui.project.importing.case_rows import CaseRowBuilder
from sibtui.project.importing.source_rows import SourceRowBuilder
from sibtui.project.matrices import Matrices
from sibtui.project.memos import Memos
from sibtui.project.proposals import Proposals
from sibtui.project.queries import Queries
from sibtui.project.readings import Readings
from sibtui.project.rounds import Rounds
from sibtui.project.shared.lasting_ids import with_ids
from sibtui.project.shared.summary_links import carried
from sibtui.project.source_sets import SourceSets
from sibtui.project.sources import Sources
from sibtui.project.summaries import Summaries
from sibtui.project.tables.codebook_rows import stored
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import erasure, undecided
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as memo_rows
from sibtui.store import method_answers as answer_rows
from sibtui.store import packages as package_rows
from sibtui.store import proposals as proposal_rows
from sibtui.store import queries as query_rows
from sibtui.store import readings as reading_rows
from sibtui.store import rounds as round_rows
from sibtui.store import source_sets as set_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import summaries as summary_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sibtui.model.records import ReadingState, Source
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


def study_draft(
    session: Session,
    *,
    private_names: bool = False,
    with_texts: bool = True,
    lazily: bool = False,
    progress: Callable[[int], None] | None = None,
) -> StudyDraft:
    """Return the study as a draft. The items have the same order as in the study.

    Private names of cases are included only with `private_names`. If `with_texts` is False, the texts of sources and
    the codings (most of the data) are left out. With `lazily`, texts and codings are read from the store only when they
    are needed, and the caller must keep a snapshot of the store open until then. `progress` receives the number of
    codings read, and may raise to cancel.
    """
    store = session.store
    with gc_paused(), store.snapshot():
        paths = session.paths()
        matrices = [stored(store, number, paths) for number in matrix_rows.names(store).values()]
        of_cells = (replace(each, matrix=matrix.name) for matrix in matrices for each in matrix.summaries)
        return StudyDraft(
            study=study_rows.study(store),
            coders=tuple(coder.name for coder in study_rows.coders(store)),
            attributes=tuple(AttributeDraft(a.of, a.name, a.kind, a.uid) for a in case_rows.attributes(store)),
            cases=tuple(
                CaseDraft(c.label, c.private_name if private_names else None, c.attributes, c.letter, c.uid)
                for c in case_rows.cases(store)
            ),
            sources=_sources(store, with_texts=with_texts, lazily=lazily),
            codes=tuple(code_drafts(code_rows.codes(store), code_rows.lineage(store))),
            codings=_codings(store, paths, progress, lazily=lazily) if with_texts else (),
            topics=tuple(source_rows.topics(store, paths)),
            readings=tuple(reading_rows.readings(store, paths)),
            rounds=tuple(round_rows.rounds(store)),
            memos=tuple(
                MemoDraft(m.on, m.of, m.title, m.text, m.coder, m.created, m.uid) for m in memo_rows.memos(store, paths)
            ),
            proposals=tuple(
                CodeProposalDraft(p.path, p.definition, p.coder, p.created, p.state, p.code, p.reason, p.decided, p.uid)
                for p in proposal_rows.proposals(store, paths)
            ),
            queries=tuple(QueryDraft(q.name, q.expression, q.uid) for q in query_rows.queries(store)),
            sets=tuple(SourceSetDraft(each.name, each.sources, each.uid) for each in set_rows.sets(store)),
            claims=tuple(claim_rows.claims(store)),
            answers=tuple(answer_rows.answers(store)),
            matrices=tuple(replace(each, summaries=()) for each in matrices),
            summaries=tuple(carried(store, [*of_cells, *summary_rows.of_codes(store, paths)])),
            withdrawn=tuple(sorted(erasure.withdrawn_uids(store))),
            package=package_rows.package(store),
            erased_texts=tuple(each for each in erasure.records(store) if each[-1]),
        )


def codebook_draft(session: Session) -> StudyDraft:
    """Return a draft that has only the codebook and the facts about the study."""
    store = session.store
    with store.snapshot():
        codes = tuple(code_drafts(code_rows.codes(store), code_rows.lineage(store)))
        return StudyDraft(study=study_rows.study(store), codes=codes)


def _sources(store: Store, *, with_texts: bool, lazily: bool) -> Sequence[SourceDraft]:
    found = source_rows.sources(store, counts=False)

    def drafts() -> Iterator[SourceDraft]:
        return (_source_draft(source, source_rows.text(store, source.id)) for source in found)

    if with_texts and not lazily:
        return tuple(drafts())
    without_texts = tuple(_source_draft(source, "") for source in found)
    return LazyItems(drafts, len(found), heads=without_texts) if lazily else without_texts


def _codings(
    store: Store, paths: Mapping[int, str], progress: Callable[[int], None] | None, *, lazily: bool
) -> Sequence[CodingDraft]:
    def drafts() -> Iterator[CodingDraft]:
        return with_progress(_coding_drafts(store, paths), progress)

    if not lazily:
        return tuple(drafts())
    unused = ["nth"] if undecided.numbers(store) else ["nth", "undecided"]
    if not round_rows.are_used(store):
        unused.append("round")
    marks = zip(("for_paper", "how"), coding_rows.marks_used(store), strict=True)
    unused += [field for field, is_used in marks if not is_used]
    count = store.scalar("SELECT count(*) FROM codings")
    return LazyItems(drafts, count, unused=unused, lasting=coding_rows.have_lasting_ids(store), by_source=True)


def _source_draft(source: Source, text: str) -> SourceDraft:
    return SourceDraft(
        source.name, text, source.title, source.kind, source.fidelity, source.cases, _reading_of(source), None,
        source.added, source.attributes, source.original, source.sha256, language=source.language, uid=source.uid,
    )  # fmt: skip


def _reading_of(source: Source) -> ReadingState:
    """Return the reading state of a source for a draft of the study. For a source that is read, this is “unread”.

    When the draft is loaded, its records of readings set the state to “read” again.
    """
    return "unread" if source.reading == "read" else source.reading


def _coding_drafts(store: Store, paths: Mapping[int, str]) -> Iterator[CodingDraft]:
    """Yield drafts of all codings, made directly from database rows.

    `paths` is a map: code id → path. Making `Coding` values first would take 1.5 times as long.
    """
    labels = case_rows.labels(store)
    cases_of: dict[str | None, tuple[str, ...]] = {}
    open_places = undecided.numbers(store)
    for (
        number,
        source,
        code,
        coder,
        start,
        end,
        stance,
        certainty,
        quote,
        memo,
        created,
        ids,
        uid,
        in_round,
        for_paper,
        how,
        _,
    ) in coding_rows.rows(store, coding_rows.Selection()):
        cases = cases_of.get(ids)
        if cases is None:
            cases = cases_of[ids] = coding_rows.labels_of(ids, labels)
        yield CodingDraft(
            source,
            paths[code],
            Segment(start, end),
            quote,
            None,
            coder,
            stance,
            certainty,
            cases,
            memo,
            created,
            0,
            uid,
            number in open_places,
            None if in_round == 1 else in_round,
            True if for_paper else None,
            how,
        )


def load(session: Session, draft: StudyDraft, progress: Callable[[str], None] | None = None) -> None:
    """Load a whole study into an empty study, as one act (one step of undo).

    If a part of the draft cannot be used, nothing is loaded, and an InputError names this part. `progress` receives the
    name of each part before it is loaded. Raises ConflictError when the study is not empty.
    """
    report = progress or (lambda _: None)
    store = session.store
    if store.scalar("SELECT 1 FROM sources UNION ALL SELECT 1 FROM codes UNION ALL SELECT 1 FROM cases LIMIT 1"):
        raise ConflictError("A whole study can only be loaded into an empty study.", "new-study")
    with gc_paused(), session.act("study load", f"study {draft.study.name}"):
        study_rows.put(store, _merged(draft.study, study_rows.study(store)))
        for coder in draft.coders:
            study_rows.add_coder(store, coder)
        if draft.package is not None:
            package_rows.put(store, draft.package)
        report("cases")
        draft = _without_withdrawn(store, draft)
        _load_cases(session, draft)
        report("sources")
        placing = SourceRowBuilder(session, {}, fixed=True)
        for source in draft.sources:
            with _naming(f"source {source.name}"):
                placing.insert(replace(source, reading=_UNREAD.get(source.reading, source.reading)))
        report("codes")
        Codes(session).insert(draft.codes)
        with _naming("proposals of codes"):
            Proposals(session).insert(draft.proposals)
        with _naming("saved queries"):
            Queries(session).insert(draft.queries)
        with _naming("sets of sources"):
            SourceSets(session).insert(draft.sets)
        with _naming("claims"):
            Claims(session).insert(draft.claims)
        for answer in draft.answers:
            answer_rows.add_answer(store, answer)
        report("codings")
        _load_codings(session, draft.codings)
        sources = Sources(session)
        for record in draft.topics:
            with _naming(f"topic records of {record.source}"):
                sources.set_topic(record.source, record.topic, record.state, case=record.case or None)
        _load_readings(session, draft)
        for found in draft.rounds:
            with _naming(f"round {found.name}"):
                Rounds(session).insert(found)
        report("matrices")
        matrices = Matrices(session)
        for definition in draft.matrices:
            with _naming(f"matrix {definition.name}"):
                matrices.insert(matrices.checked(definition, gone=True))
        with _naming("summaries"):
            Summaries(session).insert(draft.summaries)
        report("memos")
        memos = Memos(session)
        for number, memo in enumerate(draft.memos, 1):
            with _naming(f"memo {number}"):
                memos.insert(memo)


def _without_withdrawn(store: Store, draft: StudyDraft) -> StudyDraft:
    """Return the draft without withdrawn sources (sources erased for good), and with an id for each item.

    The erasures in the draft are recorded in the study. A source without an id, as in a study folder of an older
    version, counts as withdrawn if its text was erased.
    """
    erasure.adopt(store, [("source", uid, "", "") for uid in draft.withdrawn])
    erasure.adopt(store, draft.erased_texts)
    erased = erasure.recogniser(store)
    unknown = {source.name for source in heads(draft.sources) if not source.uid} if erasure.records(store) else set()
    gone = (
        {source.name for source in draft.sources if source.name in unknown and erased(source.text)} if unknown else ()
    )
    draft = with_ids(draft, study_rows.study(store).guid)
    uids = erasure.withdrawn_uids(store) | {source.uid for source in heads(draft.sources) if source.name in gone}
    return without_sources(draft, uids) if uids else draft


_UNREAD: Mapping[ReadingState, ReadingState] = {"read": "unread"}
"""A map: reading state in a draft → state with which the source is first added.

The readings are stored later, with their coders, and set the state “read”.
"""


def _load_readings(session: Session, draft: StudyDraft) -> None:
    """Store the readings of a draft: the records of which coder has read which source.

    In a folder of an older version, a source is only marked as read, without a coder. Such a source counts as read by
    each coder who has a coding in it.
    """
    store, readings = session.store, Readings(session)
    for reading in draft.readings:
        with _naming(f"reading of {reading.source}"):
            readings.insert(reading)
    with_coder = {reading.source for reading in draft.readings if reading.code is None}
    for source in heads(draft.sources):
        if source.reading == "read" and source.name not in with_coder:
            coders = coding_rows.coders_of(store, source_rows.find(store, source.name) or 0) or [session.coder]
            for coder in coders:
                readings.insert(Reading(source.name, coder, source.read_at or session.now()))


def _load_codings(session: Session, drafts: Sequence[CodingDraft]) -> None:
    line = 0

    def with_lines() -> Iterator[CodingDraft]:
        nonlocal line
        for draft in drafts:
            line = draft.line
            yield draft

    try:
        Codings(session).insert(with_lines())
    except SibtuiError as error:
        if not line:
            raise
        from sibtui.formats.study_folder.folder import CODINGS

        raise InputError(f"{CODINGS}, line {line}: {error}", error.hint) from error


@contextmanager
def _naming(part: str) -> Iterator[None]:
    """Put the name of a part of the draft before the message of an error that the `with` block raises."""
    try:
        yield
    except SibtuiError as error:
        raise InputError(f"{one_line(part, 80)}: {error}", error.hint) from error


def _merged(given: Study, new: Study) -> Study:
    """Return the facts about the study `given`. Missing facts are taken from the study `new`."""
    return Study(
        given.name or new.name, given.guid or new.guid, given.description, given.created or new.created, given.first_note,
        given.language or new.language, given.agreement,
    )  # fmt: skip


def _load_cases(session: Session, draft: StudyDraft) -> None:
    attributes = Attributes(session)
    for attribute in draft.attributes:
        attributes.insert(attribute)
    cases = CaseRowBuilder(session)
    for case in draft.cases:
        cases.insert(case)
