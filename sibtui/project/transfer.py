"""A whole study out as values, and in again: what the plain-text folder, and every other exchange, is made of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError, SibtuiError
from sibtui.formats.unswept import unswept
from sibtui.model.counting import counted
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodingDraft,
    MemoDraft,
    SourceDraft,
    StudyDraft,
    code_drafts,
)
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.model.text import one_line
from sibtui.project.cases import Attributes, Cases
from sibtui.project.codes import Codes
from sibtui.project.codings import Codings
from sibtui.project.matrices import Matrices
from sibtui.project.memos import Memos
from sibtui.project.sources import Sources
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as memo_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sibtui.model.records import Source
    from sibtui.project.base import Session
    from sibtui.store.connection import Store


def study_draft(
    session: Session, *, private_names: bool = False, progress: Callable[[int], None] | None = None
) -> StudyDraft:
    """The study as values, in the order in which it is shown. Private names are left out unless they are asked for.

    `progress` is told how many codings were read, and ends the reading by raising.
    """
    store = session.store
    with unswept(), store.snapshot():
        paths = session.paths()
        return StudyDraft(
            study=study_rows.study(store),
            coders=tuple(coder.name for coder in study_rows.coders(store)),
            attributes=tuple(AttributeDraft(a.of, a.name, a.kind) for a in case_rows.attributes(store)),
            cases=tuple(
                CaseDraft(case.label, case.private_name if private_names else None, case.attributes)
                for case in case_rows.cases(store)
            ),
            sources=tuple(
                _source_draft(source, source_rows.text(store, source.id))
                for source in source_rows.sources(store, counts=False)
            ),
            codes=tuple(code_drafts(code_rows.codes(store), code_rows.lineage(store))),
            codings=tuple(counted(_coding_drafts(store, paths), progress)),
            coverage=tuple(source_rows.coverage(store, paths)),
            memos=tuple(
                MemoDraft(m.on, m.of, m.title, m.text, m.coder, m.created) for m in memo_rows.memos(store, paths)
            ),
            matrices=tuple(matrix_rows.definition(store, n, paths) for n in matrix_rows.names(store).values()),
        )


def codebook_draft(session: Session) -> StudyDraft:
    """The study's own facts and its codebook, nothing else of it."""
    store = session.store
    with store.snapshot():
        codes = tuple(code_drafts(code_rows.codes(store), code_rows.lineage(store)))
        return StudyDraft(study=study_rows.study(store), codes=codes)


def _source_draft(source: Source, text: str) -> SourceDraft:
    return SourceDraft(
        source.name, text, source.title, source.kind, source.fidelity, source.cases, source.reading, source.read_at,
        source.added, source.attributes, source.original, source.sha256,
    )  # fmt: skip


def _coding_drafts(store: Store, paths: Mapping[int, str]) -> Iterator[CodingDraft]:
    """All codings, from their rows: by way of `Coding` values a large study takes half as long again."""
    labels = case_rows.labels(store)
    told: dict[str | None, tuple[str, ...]] = {}
    for _, source, code, coder, start, end, stance, certainty, quote, _, _, memo, created, ids in coding_rows.rows(
        store, coding_rows.Selection()
    ):
        cases = told.get(ids)
        if cases is None:
            cases = told[ids] = coding_rows.labels_of(ids, labels)
        yield CodingDraft(
            source, paths[code], Segment(start, end), quote, None, coder, stance, certainty, cases, memo, created
        )


def load(session: Session, draft: StudyDraft, progress: Callable[[str], None] | None = None) -> None:
    """Put a whole study into an empty one, as one act: all of it or, when something does not fit, nothing."""
    told = progress or (lambda _: None)
    store = session.store
    if store.one("SELECT 1 FROM sources UNION ALL SELECT 1 FROM codes UNION ALL SELECT 1 FROM cases LIMIT 1"):
        raise ConflictError("A whole study can only be loaded into an empty one: use `sibtui new`.")
    with unswept(), session.act("study load", f"study {draft.study.name}"):
        study_rows.put(store, _founded(draft.study, study_rows.study(store)))
        for coder in draft.coders:
            study_rows.coder_id(store, coder)
        told("cases")
        _load_cases(session, draft)
        told("sources")
        sources = Sources(session)
        for source in draft.sources:
            with _naming(f"source {source.name}"):
                sources.insert(source)
        told("codes")
        Codes(session).insert(draft.codes)
        told("codings")
        _load_codings(session, draft.codings)
        for record in draft.coverage:
            with _naming(f"coverage of {record.source}"):
                sources.set_coverage(record.source, record.topic, record.state)
        told("matrices")
        matrices = Matrices(session)
        for definition in draft.matrices:
            with _naming(f"matrix {definition.name}"):
                matrices.insert(matrices.checked(definition, gone=True))
        told("memos")
        memos = Memos(session)
        for number, memo in enumerate(draft.memos, 1):
            with _naming(f"memo {number}"):
                memos.insert(memo)


def _load_codings(session: Session, drafts: Sequence[CodingDraft]) -> None:
    line = 0

    def noted() -> Iterator[CodingDraft]:
        nonlocal line
        for draft in drafts:
            line = draft.line
            yield draft

    try:
        Codings(session).insert(noted())
    except SibtuiError as error:
        if not line:
            raise
        from sibtui.formats.study_folder import CODINGS  # noqa: PLC0415 - a line is that of a study folder's file

        raise InputError(f"{CODINGS}, line {line}: {error}") from error


@contextmanager
def _naming(what: str) -> Iterator[None]:
    """Says in what of the study it is that something does not fit."""
    try:
        yield
    except SibtuiError as error:
        raise InputError(f"{one_line(what, 80)}: {error}") from error


def _founded(told: Study, new: Study) -> Study:
    """The study's facts as told, with those of the new file where a hand-written folder leaves them open."""
    return Study(
        told.name or new.name, told.guid or new.guid, told.description, told.created or new.created, told.first_note
    )


def _load_cases(session: Session, draft: StudyDraft) -> None:
    attributes = Attributes(session)
    for attribute in draft.attributes:
        attributes.add(attribute.of, attribute.name, attribute.kind)  # type: ignore[arg-type]
    cases = Cases(session)
    for case in draft.cases:
        cases.add(case.label, private_name=case.private_name, attributes=case.attributes)
