"""Losses of an export to REFI-QDA: facts of a study that other programs will not show.

Most of these facts are in the exported file, and sibtui can read them again. Each loss names the place of the facts in
the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.refi.codebook import QdcTree
from sibtui.formats.refi.guids import Guids
from sibtui.formats.refi.placed_codings import by_source, has_place
from sibtui.model.import_reports import Loss
from sibtui.model.lazy_items import heads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.drafts import CodingDraft, StudyDraft

_NOTE = "in the Note “sibtui”"
_SELECTION = "in the Description of the selection"
_DESCRIPTION = "in the Description of the code"
_NOWHERE = "in no .qdc; a .qdpx keeps it"


class CodingLosses:
    """Counts the codings with facts that other programs will not show after an export, such as counter-evidence."""

    def __init__(self, study: StudyDraft) -> None:
        self._labels = {case.label for case in study.cases}
        self._counters = self._tentative = self._unplaced = self._elsewhere = 0
        self._chosen = self._found = 0

    def count(self, coding: CodingDraft, *, placed: bool) -> None:
        """Count one coding. `placed` is set if the exported file has it at a passage of a text."""
        if coding.stance == "counters":
            self._counters += 1
        if coding.certainty == "tentative":
            self._tentative += 1
        if not placed:
            self._unplaced += 1
        if coding.cases and not self._labels.issuperset(coding.cases):
            self._elsewhere += 1
        if coding.for_paper:
            self._chosen += 1
        if coding.how:
            self._found += 1

    def losses(self) -> Iterator[tuple[str, int, str]]:
        """Yield (fact that other programs will not show, number of codings with it, place of the fact in the file)."""
        yield "codings without a place in a text of the study", self._unplaced, _NOTE
        yield "codings that are counter-evidence, which look like any other", self._counters, _SELECTION
        yield "tentative codings, which look like firm ones", self._tentative, _SELECTION
        yield "codings of cases that the study does not have", self._elsewhere, _NOTE
        yield "quotes for the paper", self._chosen, _NOTE
        yield "codings whose passages the program found, which look like any other", self._found, _NOTE


def losses(study: StudyDraft, codings: CodingLosses | None = None) -> tuple[Loss, ...]:
    """Return the facts that other programs lose from a REFI-QDA project (.qdpx). Facts about codings come first.

    `codings` has the losses of codings; if it is None, these losses are counted here.
    """
    of_codings = _of_codings(study) if codings is None else codings.losses()
    return tuple(Loss(fact, count, place) for fact, count, place in (*of_codings, *_of_the_rest(study)) if count)


def codebook_losses(study: StudyDraft) -> tuple[Loss, ...]:
    """Return the facts about codes that are lost when another program opens an exported codebook (.qdc)."""
    sections, qualified, events = _of_codes(study)
    counts = (
        ("when to use codes, when not, and examples, as fields of their own", sections, _DESCRIPTION),
        ("origin, status, key or age of codes", qualified, _NOWHERE),
        ("events in the lives of codes", events, _NOWHERE),
    )
    return tuple(Loss(fact, count, place) for fact, count, place in counts if count)


def _of_codes(study: StudyDraft) -> tuple[int, int, int]:
    sections = sum(bool(code.include or code.exclude or code.example) for code in study.codes)
    qualified = sum(bool(code.origin or code.status or code.key or code.since) for code in study.codes)
    return sections, qualified, sum(len(code.lineage) for code in study.codes)


def _of_codings(study: StudyDraft) -> Iterator[tuple[str, int, str]]:
    codes = QdcTree(study.codes, Guids("")).guids
    lost = CodingLosses(study)
    for source, group in by_source(study):
        for _, coding in group:
            lost.count(coding, placed=source is not None and has_place(coding, source.text, codes))
    return lost.losses()


def _of_the_rest(study: StudyDraft) -> Iterator[tuple[str, int, str]]:
    sections, qualified, events = _of_codes(study)
    yield "when to use codes, when not, and examples, as fields of their own", sections, _DESCRIPTION
    yield "origin, status, key or age of codes", qualified, _NOTE
    yield "events in the lives of codes", events, _NOTE
    yield "codes whose paths have no place in a tree", len(QdcTree(study.codes, Guids("")).odd), _NOTE
    yield "kinds and reading states of sources", len(study.sources), _NOTE
    yield (
        "titles of sources as fields of their own",
        sum(bool(s.title) for s in heads(study.sources)),
        ("in the Description of the source"),
    )
    yield "private names of cases", sum(case.private_name is not None for case in study.cases), _NOTE
    yield "records of what sources were asked", len(study.topics), _NOTE
    yield "proposals of codes", len(study.proposals), _NOTE
    yield "rounds of coding, and the round of each coding", len(study.rounds), _NOTE
    yield "saved queries", len(study.queries), _NOTE
    yield "claims of a paper", len(study.claims), _NOTE
    yield "answers about the methods", len(study.answers), _NOTE
    yield "summaries of cells", len(study.summaries), "each in a Note on its codes, with the name of the case"
    yield "matrices with their notes and judgements", len(study.matrices), "each in a Note, as TOML"
    loose = sum(memo.on in ("case", "matrix", "coding") for memo in study.memos)
    yield "what memos on cases and matrices are about", loose, f"the memos are Notes; what they are on is {_NOTE}"
