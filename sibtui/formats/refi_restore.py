"""A study of our own out of a REFI-QDA project: what is in the annex put to what stands in the file itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.errors import InputError
from sibtui.formats import refi_annex
from sibtui.formats.matrix_toml import read_placed
from sibtui.formats.refi_form import ANNEX, description

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.formats.refi_annex import Annex
    from sibtui.formats.refi_codebook import CodesRead
    from sibtui.formats.refi_codings import CodingsBuilder
    from sibtui.formats.refi_notes import Notes
    from sibtui.formats.refi_sources import SourcesRead
    from sibtui.formats.refi_variables import Variables
    from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.matrix import MatrixDefinition

D = TypeVar("D", "CaseDraft", "SourceDraft")


@dataclass
class Read:
    """What was read of the file itself. `touched` gives the cases of a source, `users` names coders by GUID."""

    study: StudyDraft
    users: dict[str, str]
    cases: Sequence[tuple[str, CaseDraft]]
    sources: SourcesRead
    codes: CodesRead
    codings: CodingsBuilder
    notes: Notes
    variables: Variables
    touched: Callable[[str], tuple[str, ...]]


def restored(name: str, annex: Annex, read: Read) -> tuple[StudyDraft, int]:
    """The study, and how many things the annex tells of that are not in the file. InputError for a damaged annex."""
    try:
        return _Restoring(name, annex, read).study()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise refi_annex.damaged(name, type(error).__name__) from error


class _Restoring:
    def __init__(self, name: str, annex: Annex, read: Read) -> None:
        self._name = name
        self._annex = annex
        self._read = read
        self._labels = {case.label for _, case in read.cases}
        self._lost = 0

    def study(self) -> tuple[StudyDraft, int]:
        annex, read = self._annex, self._read
        matrices = self._matrices()
        study = read.study
        unlisted = set(annex.unlisted)
        found = replace(
            study,
            study=refi_annex.checked(self._name, _study_fields(annex.study), study.study),
            coders=tuple(name for guid, name in read.users.items() if guid not in unlisted),
            cases=tuple(self._case(guid, case) for guid, case in read.cases),
            sources=tuple(self._source(guid, source) for guid, source in read.sources.drafts),
            codes=self._codes(),
            codings=self._codings(),
            coverage=refi_annex.coverage(self._name, annex),
            memos=self._memos(),
            matrices=matrices,
        )
        self._count_lost()
        return found, self._lost

    def _matrices(self) -> tuple[MatrixDefinition, ...]:
        self._read.notes.take_named(ANNEX)
        found = []
        for guid in self._annex.matrices:
            text = self._read.notes.text(guid)
            try:
                position, matrix = read_placed(self._name, (text or "").encode())
            except InputError:  # taken away, or changed, by another program: what is left of it stays a memo
                self._lost += 1
                continue
            self._read.notes.take(guid)
            found.append((position or 0, matrix))
        return tuple(matrix for _, matrix in sorted(found, key=lambda pair: pair[0]))

    def _case(self, guid: str, case: CaseDraft) -> CaseDraft:
        case = replace(case, attributes=self._read.variables.values("case", case.label))
        return self._told("cases", guid, case)

    def _told(self, kind: str, guid: str, draft: D) -> D:
        told = dict(getattr(self._annex, kind).get(guid, ()))
        if not told:
            return draft
        odd = told.pop("attributes", None)
        draft = refi_annex.checked(self._name, told, draft)
        if odd is not None:
            added = refi_annex.checked(self._name, {"attributes": odd}, draft).attributes
            draft = replace(draft, attributes={**draft.attributes, **added})
        return draft

    def _source(self, guid: str, source: SourceDraft) -> SourceDraft:
        touched = self._read.touched(source.name)
        source = self._read.variables.attributed("source", replace(source, cases=touched))
        source = self._told("sources", guid, source)
        return source if self._agree(source.cases, touched) else replace(source, cases=touched)

    def _agree(self, told: tuple[str, ...] | None, touched: tuple[str, ...]) -> bool:
        """Whether the cases that are told are still those of the file: another program may have changed them."""
        return {label for label in told or () if label in self._labels} == set(touched)

    def _codes(self) -> tuple[CodeDraft, ...]:
        made = set(self._annex.made)
        there = [(guid, self._code(guid, code)) for guid, code in self._read.codes.drafts if guid not in made]
        there += [(code.path, code) for code in self._read.codings.new_codes]
        whole = refi_annex.whole_codes(self._name, self._annex)
        return tuple(refi_annex.ordered(self._annex, "codes", there, whole))

    def _code(self, guid: str, code: CodeDraft) -> CodeDraft:
        told = dict(self._annex.codes.get(guid, ()))
        sections = told.pop("sections", None)
        written = description(code)  # what the Description is, however it was taken apart
        if sections is None:
            code = replace(code, definition=written, include="", exclude="", example="")
        else:
            definition, include, exclude, example = (str(each) for each in sections)
            exact = replace(code, definition=definition, include=include, exclude=exclude, example=example)
            code = exact if description(exact) == written else code
        if "colour" in told and code.colour is not None:
            del told["colour"]
        return refi_annex.checked(self._name, told, code)

    def _codings(self) -> tuple[CodingDraft, ...]:
        annex = self._annex
        there: Sequence[tuple[str, CodingDraft]] = self._read.codings.drafts
        if annex.codings:
            there = [(guid, self._coding(guid, coding)) for guid, coding in there]
        return tuple(refi_annex.ordered(annex, "codings", there, refi_annex.whole_codings(self._name, annex)))

    def _coding(self, guid: str, coding: CodingDraft) -> CodingDraft:
        told = self._annex.codings.get(guid)
        if told is None:
            return coding
        touched = coding.cases or ()
        coding = refi_annex.checked(self._name, told, coding)
        return coding if "cases" not in told or self._agree(coding.cases, touched) else replace(coding, cases=touched)

    def _memos(self) -> tuple[MemoDraft, ...]:
        return tuple(
            refi_annex.checked(self._name, self._annex.memos.get(guid, {}), memo)
            for guid, memo in self._read.notes.drafts()
        )

    def _count_lost(self) -> None:
        read = self._read
        there = {
            "cases": {guid for guid, _ in read.cases},
            "sources": {guid for guid, _ in read.sources.drafts},
            "codes": {guid for guid, _ in read.codes.drafts},
            "codings": {guid for guid, _ in read.codings.drafts},
        }
        self._lost += sum(len(set(getattr(self._annex, kind)) - guids) for kind, guids in there.items())


def _study_fields(told: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(told.get("first_note", 1), int):
        raise TypeError
    return told
