from __future__ import annotations

from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.report_values import method_figures

STUDY = StudyDraft(
    Study("A study", "", "", "", 1),
    cases=(CaseDraft("A"), CaseDraft("B")),
    sources=(
        SourceDraft("n1", "12345", cases=("A",), reading="read"),
        SourceDraft("n2", "123", fidelity="verbatim", cases=("A", "B")),
        SourceDraft("d1", "", kind="document"),
    ),
    codes=(
        CodeDraft("T", origin="deductive"),
        CodeDraft("T/a\\/b", origin="emergent", status="retired"),
        CodeDraft("T/c/d", origin="emergent"),
        CodeDraft("U"),
    ),
    codings=(
        CodingDraft("n1", "T/c/d", coder="x", cases=("A",), created="2024-05-02T10:00:00Z"),
        CodingDraft("n1", "T/c/d", coder="y", cases=("A", "B"), created="2024-05-01T10:00:00Z", stance="counters"),
        CodingDraft("n2", "T/c/d", coder="y", cases=(), certainty="tentative"),
        CodingDraft("n2", "U", cases=None),
    ),
)


def test_the_figures_of_the_method_count_the_study() -> None:
    assert dict(method_figures(STUDY).rows) == {
        "Cases": 2,
        "Sources": 3,
        "Kinds of source": "interview 2, document 1",
        "Sources that hold words as spoken": 1,
        "Sources on several cases": 1,
        "Sources read to the end": 1,
        "Characters of text": 8,
        "Themes": 2,
        "Codes below them": 2,
        "Origins of codes": "deductive 2, emergent 2",
        "States of codes": "active 3, retired 1",
        "Coders": 2,
        "Codings": 4,
        "Codings that counter": 1,
        "Codings that are tentative": 1,
        "Codings not yet given to a case": 2,
        "Matrices": 0,
        "Coded from": "2024-05-01",
        "Coded until": "2024-05-02",
    }


def test_an_empty_study_has_figures() -> None:
    figures = dict(method_figures(StudyDraft(STUDY.study)).rows)
    assert figures["Codings"] == 0
    assert "Coded from" not in figures
