"""Round trips of REFI-QDA projects with 200,000 codings. `benchmarks/exchange.py` measures their costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.segments import Segment

pytestmark = pytest.mark.slow

SOURCES, EACH = 2_000, 100
WORDS = [
    "the",
    "bond",
    "was",
    "meant",
    "to",
    "pay",
    "for",
    "outcomes",
    "“not”",
    "for",
    "naïve",
    "hopes",
    "&",
    "promises",
    "of",
    "change",
    "£500",
    "each",
    "year",
    "\n",
]


def large() -> StudyDraft:
    text = " ".join(WORDS * 140)
    cases = [f"Case {at}" for at in range(100)]
    codes = [f"Theme {at % 15}/Code {at}" for at in range(300)]
    moment = "2026-05-07T09:00:00Z"
    codings = tuple(
        CodingDraft(
            f"interview-{source}", codes[(source * 7 + at) % 300], Segment(at * 60, at * 60 + 20 + at * 2),
            text[at * 60 : at * 60 + 20 + at * 2], None, "R1", "counters" if at % 13 == 0 else "supports",
            "tentative" if at % 9 == 0 else "firm", (cases[source % 100],), "", moment,
        )
        for source in range(SOURCES)
        for at in range(EACH)
    )  # fmt: skip
    return StudyDraft(
        Study("Large", "0", "", moment, 1),
        ("R1",),
        cases=tuple(map(CaseDraft, cases)),
        sources=tuple(SourceDraft(f"interview-{at}", text, cases=(cases[at % 100],)) for at in range(SOURCES)),
        codes=tuple(map(CodeDraft, dict.fromkeys([*(f"Theme {at}" for at in range(15)), *sorted(codes)]))),
        codings=codings,
    )


def test_project_with_200_000_codings_is_restored():
    study = large()
    result = read_qdpx("l.qdpx", write_qdpx(study))
    assert len(result.study.codings) == SOURCES * EACH
    assert replace(result.study, codings=()) == replace(study, codings=())
    assert result.study.codings == study.codings
    assert result.report.review == ()
