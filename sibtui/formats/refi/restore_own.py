"""Restoring a study from a REFI-QDA project that sibtui wrote.

Facts that REFI-QDA cannot store are in the annex of the file, a Note for sibtui only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.errors import InputError
from sibtui.formats.refi import sibtui_note
from sibtui.formats.refi.identifiers import ANNEX, description
from sibtui.formats.refi.sources import with_texts
from sibtui.formats.study_folder.matrix_toml import read_placed
from sibtui.model.lazy_items import LazyItems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.formats.refi.codebook import CodesRead
    from sibtui.formats.refi.codings import CodingsBuilder
    from sibtui.formats.refi.notes import NotesReader
    from sibtui.formats.refi.sibtui_note import SibtuiNote
    from sibtui.formats.refi.sources import SourcesRead
    from sibtui.formats.refi.variables import Variables
    from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.summaries import Summary

D = TypeVar("D", "CaseDraft", "SourceDraft")


@dataclass
class OwnStudy:
    """The parts of a study that were already read from a project file.

    `users` is a map: GUID (id) of a user → name of the coder. `cases` has (GUID, case). `touched` is a function that
    takes the name of a source, and returns the cases that this source is about.
    """

    study: StudyDraft
    users: dict[str, str]
    cases: Sequence[tuple[str, CaseDraft]]
    sources: SourcesRead
    codes: CodesRead
    codings: CodingsBuilder
    notes: NotesReader
    variables: Variables
    touched: Callable[[str], tuple[str, ...]]


def restore_study(name: str, annex: SibtuiNote, read: OwnStudy) -> tuple[StudyDraft, int]:
    """Return (study, number of missing records). `read` has the content of the file without the annex.

    A record is missing if the annex has facts about it but the rest of the file does not have the record. Raises
    InputError when the annex is damaged.
    """
    try:
        return _StudyRestorer(name, annex, read).study()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise sibtui_note.damaged(name, type(error).__name__) from error


class _StudyRestorer:
    def __init__(self, name: str, annex: SibtuiNote, read: OwnStudy) -> None:
        self._name = name
        self._annex = annex
        self._read = read
        self._labels = {case.label for _, case in read.cases}
        self._lost = 0

    def study(self) -> tuple[StudyDraft, int]:
        annex, read = self._annex, self._read
        matrices, summaries = self._matrices(), tuple(self._summaries())
        study = read.study
        unlisted = set(annex.unlisted)
        result = replace(
            study,
            study=sibtui_note.apply_fields(self._name, _study_fields(annex.study), study.study),
            coders=tuple(name for guid, name in read.users.items() if guid not in unlisted),
            cases=tuple(self._case(guid, case) for guid, case in read.cases),
            sources=with_texts([self._source(guid, source) for guid, source in read.sources.drafts], read.sources),
            codes=self._codes(),
            codings=self._codings(),
            topics=sibtui_note.coverage(self._name, annex),
            readings=sibtui_note.readings(self._name, annex),
            rounds=sibtui_note.rounds(self._name, annex),
            memos=self._memos(),
            proposals=sibtui_note.proposals(self._name, annex),
            queries=sibtui_note.queries(self._name, annex),
            claims=sibtui_note.claims(self._name, annex),
            answers=sibtui_note.answers(self._name, annex),
            matrices=matrices,
            summaries=summaries,
            package=sibtui_note.package(self._name, annex),
            withdrawn=sibtui_note.withdrawn(self._name, annex),
            erased_texts=sibtui_note.erased_texts(self._name, annex),
        )
        self._count_lost()
        return result, self._lost

    def _matrices(self) -> tuple[MatrixDefinition, ...]:
        self._read.notes.take_named(ANNEX)
        placed = []
        for guid in self._annex.matrices:
            text = self._read.notes.text(guid)
            try:
                position, matrix = read_placed(self._name, (text or "").encode())
            except InputError:  # another program has removed or changed the Note, so it stays a memo
                self._lost += 1
                continue
            self._read.notes.take(guid)
            placed.append((position or 0, matrix))
        return tuple(matrix for _, matrix in sorted(placed, key=lambda pair: pair[0]))

    def _summaries(self) -> Iterator[Summary]:
        """Yield the summaries of the study. The text of each summary is in a Note of the file.

        A summary is left out if another program has removed its Note or the text of the Note.
        """
        for stored in self._annex.summaries:
            guid = stored.pop("note")
            text = self._read.notes.text(guid)
            if not (text or "").strip():
                self._lost += 1
                continue
            self._read.notes.take(guid)
            yield sibtui_note.summary(self._name, text or "", stored)

    def _case(self, guid: str, case: CaseDraft) -> CaseDraft:
        case = replace(case, attributes=self._read.variables.values("case", case.label))
        return self._completed("cases", guid, case)

    def _completed(self, kind: str, guid: str, draft: D) -> D:
        fields = dict(getattr(self._annex, kind).get(guid, ()))
        if not fields:
            return draft
        odd = fields.pop("attributes", None)
        draft = sibtui_note.apply_fields(self._name, fields, draft)
        if odd is not None:
            added = sibtui_note.apply_fields(self._name, {"attributes": odd}, draft).attributes
            draft = replace(draft, attributes={**draft.attributes, **added})
        return draft

    def _source(self, guid: str, source: SourceDraft) -> SourceDraft:
        touched = self._read.touched(source.name)
        source = self._read.variables.attributed("source", replace(source, cases=touched))
        source = self._completed("sources", guid, source)
        return source if self._agree(source.cases, touched) else replace(source, cases=touched)

    def _agree(self, cases: Iterable[str] | None, touched: Iterable[str]) -> bool:
        """Return whether the cases of a record are the same in the annex and in the rest of the file.

        `cases` are from the annex, and `touched` from the rest of the file. Cases that the study does not have are
        ignored.
        """
        return {label for label in cases or () if label in self._labels} == set(touched)

    def _codes(self) -> tuple[CodeDraft, ...]:
        made = set(self._annex.made)
        listed = [(guid, self._code(guid, code)) for guid, code in self._read.codes.drafts if guid not in made]
        listed += [(code.path, code) for code in self._read.codings.new_codes]
        whole = sibtui_note.whole_codes(self._name, self._annex)
        return tuple(sibtui_note.restore_order(self._annex, "codes", listed, whole))

    def _code(self, guid: str, code: CodeDraft) -> CodeDraft:
        fields = dict(self._annex.codes.get(guid, ()))
        sections = fields.pop("sections", None)
        whole = description(code)  # the Description in the file, joined from its sections
        if sections is None:
            code = replace(code, definition=whole, include="", exclude="", example="")
        else:
            definition, include, exclude, example = (str(each) for each in sections)
            exact = replace(code, definition=definition, include=include, exclude=exclude, example=example)
            code = exact if description(exact) == whole else code
        if "colour" in fields and code.colour is not None:
            del fields["colour"]
        return sibtui_note.apply_fields(self._name, fields, code)

    def _codings(self) -> Sequence[CodingDraft]:
        annex, drafts = self._annex, self._read.codings.drafts
        whole = sibtui_note.whole_codings(self._name, annex)
        if annex.order.get("codings"):
            listed = [(guid, self._coding(guid, coding)) for guid, coding in drafts]
            return tuple(sibtui_note.restore_order(annex, "codings", listed, whole))
        if annex.codings:  # a damaged field is refused here, not while the study is stored
            for guid, coding in drafts:
                self._coding(guid, coding)
        completed = LazyItems(lambda: (self._coding(guid, coding) for guid, coding in drafts), len(drafts))
        return sibtui_note.inserted(completed, whole)

    def _coding(self, guid: str, coding: CodingDraft) -> CodingDraft:
        fields = self._annex.codings.get(guid)
        if fields is None:
            return coding
        touched = coding.cases or ()
        coding = sibtui_note.apply_fields(self._name, fields, coding)
        return coding if "cases" not in fields or self._agree(coding.cases, touched) else replace(coding, cases=touched)

    def _memos(self) -> tuple[MemoDraft, ...]:
        return tuple(
            sibtui_note.apply_fields(self._name, self._annex.memos.get(guid, {}), memo)
            for guid, memo in self._read.notes.drafts()
        )

    def _count_lost(self) -> None:
        read = self._read
        present = {
            "cases": {guid for guid, _ in read.cases},
            "sources": {guid for guid, _ in read.sources.drafts},
            "codes": {guid for guid, _ in read.codes.drafts},
            "codings": {guid for guid, _ in read.codings.drafts} if self._annex.codings else set(),
        }
        self._lost += sum(len(set(getattr(self._annex, kind)) - guids) for kind, guids in present.items())


def _study_fields(fields: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(fields.get("first_note", 1), int):
        raise TypeError
    return fields
