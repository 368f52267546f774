"""Losses of a REFI-QDA export: the facts of a study that other programs do not show, and where sibtui keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.refi.codebook import QdcTree
from sibtui.formats.refi.guids import Guids
from sibtui.model.import_reports import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.drafts import StudyDraft

_NOTE = "in the Note “sibtui”"
_SELECTION = "in the Description of the selection"
_DESCRIPTION = "in the Description of the code"
_NOWHERE = "in no .qdc; a .qdpx keeps it"


def losses(study: StudyDraft) -> tuple[Loss, ...]:
    """Return the losses of a .qdpx export, losses of codings first. sibtui itself reads all of these facts back."""
    return tuple(
        Loss(fact, count, place) for fact, count, place in (*_of_codings(study), *_of_the_rest(study)) if count
    )


def codebook_losses(study: StudyDraft) -> tuple[Loss, ...]:
    """Return the losses of a REFI-QDA codebook (.qdc)."""
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
    texts = {source.name: source.text for source in study.sources}
    codes = QdcTree(study.codes, Guids("")).guids
    labels = {case.label for case in study.cases}
    counters = tentative = unplaced = elsewhere = 0
    for coding in study.codings:
        counters += coding.stance == "counters"
        tentative += coding.certainty == "tentative"
        text, segment = texts.get(coding.source), coding.segment
        has_place = (
            text is not None
            and segment is not None
            and not coding.undecided
            and coding.code in codes
            and segment.end <= len(text)
            and coding.quote in (None, segment.quote(text))
        )
        unplaced += not has_place
        elsewhere += any(label not in labels for label in coding.cases or ())
    yield "codings without a place in a text of the study", unplaced, _NOTE
    yield "codings that are counter-evidence, which look like any other", counters, _SELECTION
    yield "tentative codings, which look like firm ones", tentative, _SELECTION
    yield "codings of cases that the study does not have", elsewhere, _NOTE


def _of_the_rest(study: StudyDraft) -> Iterator[tuple[str, int, str]]:
    sections, qualified, events = _of_codes(study)
    yield "when to use codes, when not, and examples, as fields of their own", sections, _DESCRIPTION
    yield "origin, status, key or age of codes", qualified, _NOTE
    yield "events in the lives of codes", events, _NOTE
    yield "codes whose paths have no place in a tree", len(QdcTree(study.codes, Guids("")).odd), _NOTE
    yield "kinds and reading states of sources", len(study.sources), _NOTE
    yield (
        "titles of sources as fields of their own",
        sum(bool(s.title) for s in study.sources),
        ("in the Description of the source"),
    )
    yield "private names of cases", sum(case.private_name is not None for case in study.cases), _NOTE
    yield "records of what sources were asked", len(study.topics), _NOTE
    yield "matrices with their notes and judgements", len(study.matrices), "each in a Note, as TOML"
    loose = sum(memo.on in ("case", "matrix", "coding") for memo in study.memos)
    yield "what memos on cases and matrices are about", loose, f"the memos are Notes; what they are on is {_NOTE}"
