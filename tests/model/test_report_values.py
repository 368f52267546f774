from __future__ import annotations

from dataclasses import replace

from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.matrix import Cell, CellEvidence, Matrix, MatrixRow
from sibtui.model.matrix_definition import Judgement
from sibtui.model.presence import DEFAULT_MARKS, Rule
from sibtui.model.records import Reading, Study
from sibtui.model.report_values import MatrixEvidence, extent, key_figures, method_figures, traced_cells

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
    assert dict(method_figures(STUDY, extent(STUDY)).rows) == {
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


def test_sources_count_as_read_by_the_readings_of_their_coders() -> None:
    at = "2024-05-01T10:00:00Z"
    readings = (
        *(Reading("n2", coder, at, number) for coder, number in (("x", None), ("y", None), ("y", "T"))),
        Reading("n2", "x", at, None, 2),
        Reading("d1", "x", at, "T"),
    )
    read = replace(STUDY, sources=tuple(replace(each, reading="unread") for each in STUDY.sources), readings=readings)
    figures = dict(method_figures(read, extent(read)).rows)
    assert figures["Sources read to the end"] == 1
    assert figures["Sources read to the end by several coders"] == 1


def test_codings_of_the_consensus_are_counted_apart() -> None:
    settled = replace(STUDY, codings=(*STUDY.codings, CodingDraft("n1", "U", coder="consensus", cases=("A",))))
    assert extent(settled) == extent(STUDY)


def test_agreement_before_and_after_consensus_is_a_figure_where_there_is_one() -> None:
    decided = replace(extent(STUDY), decided=2, before=81.25)
    figures = dict(method_figures(STUDY, decided).rows)
    assert figures["Disagreements decided by consensus"] == 2
    assert figures["Agreement before consensus, in percent of sentences"] == "81.2"
    assert "Agreement after consensus, in percent of sentences" not in figures


def test_an_empty_study_has_figures() -> None:
    empty = StudyDraft(STUDY.study)
    figures = dict(method_figures(empty, extent(empty)).rows)
    assert figures["Codings"] == 0
    assert "Coded from" not in figures


def test_cells_with_codings_or_a_judgement_are_listed_in_the_order_of_the_matrix() -> None:
    empty = Cell("absent", "absent", "", 0, 0, 0, 0, None)
    judged = replace(empty, state="present", judgement=Judgement("a", "B", "present", "why", "R1", "2026-01-01"))
    counted = [replace(empty, quotes=1), replace(empty, tentative=1), replace(empty, counter=1)]
    rows = (
        MatrixRow("a", (empty, judged, counted[0])),
        MatrixRow("b", (counted[1], empty, replace(judged, counter=1))),
        MatrixRow("c", (empty, counted[2], judged)),
    )
    matrix = Matrix("m", "M.", ("A", "B", "C"), rows, "presence", Rule(), DEFAULT_MARKS)
    cells = tuple(
        CellEvidence(row.label, column, cell.state, None, ())
        for row in rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
        if cell.has_codings
    )
    assert [(cell.row, cell.column) for cell in cells] == [("a", "C"), ("b", "A"), ("b", "C"), ("c", "B")]
    assert list(traced_cells(MatrixEvidence(matrix, cells))) == [
        ((0, 1), None), ((0, 2), cells[0]), ((1, 0), cells[1]), ((1, 2), cells[2]), ((2, 1), cells[3]), ((2, 2), None),
    ]  # fmt: skip


def test_the_declared_sentence_on_agreement_is_a_figure_of_its_own() -> None:
    declared = replace(STUDY, study=replace(STUDY.study, agreement="not reported: reflexive thematic analysis"))
    figures = dict(method_figures(declared, extent(declared)).rows)
    assert figures["Agreement between coders"] == "not reported: reflexive thematic analysis"
    assert "Agreement between coders" not in dict(method_figures(STUDY, extent(STUDY)).rows)


def test_key_figures_leave_out_what_a_study_does_not_have() -> None:
    assert key_figures(STUDY, extent(STUDY))[:2] == (("sources", "3"), ("cases", "2"))
    empty = StudyDraft(STUDY.study)
    assert key_figures(empty, extent(empty)) == ()
