"""Reports of agreement: their rows, the words for missing numbers, and the lines under the tables."""

from __future__ import annotations

import pytest

from sibtui.model.agreement.cells import CellReport, ComparedCell
from sibtui.model.agreement.counts import CodeCounts, PatternCounts, UncodedSources
from sibtui.model.agreement.intervals import SourceDraws, UnitDraws
from sibtui.model.agreement.report import EXTRAS, AgreementBasis, AgreementReport
from sibtui.model.agreement.rows import Agreement, agreement
from sibtui.model.agreement.unitizing_report import UnitizingReport, free_agreement

from .test_coefficients import PUBLISHED

PAIR = AgreementBasis(("R1", "R2"), ("a1",), 3, "sentence")
TEN: PatternCounts = {(1, 1): 1, (1, 0): 1, (0, 1): 3, (0, 0): 5}


def code(*sources: PatternCounts) -> CodeCounts:
    return CodeCounts(UncodedSources(sources), {})


def row(report: AgreementReport, label: str) -> dict[str, object]:
    return next(dict(each) for each in report.table().objects if label in each.values())


def test_a_row_has_counts_and_coefficients() -> None:
    found = agreement("C", [code(TEN)])
    report = AgreementReport(PAIR, "code", (found,), found)
    assert row(report, "C") == {
        "code": "C", "units": 10, "both": 1, "only_a": 1, "only_b": 3, "neither": 5, "percent": 60.0,
        "kappa": 1 / 11, "alpha": found.alpha, "positive_agreement": 1 / 3, "why": "",
    }  # fmt: skip
    table = report.table()
    assert [str(value) for value in table.rows[0]] == [
        *("C", "10", "1", "1", "3", "5", "60.0", "0.091", "0.095", "0.333", "")
    ]


def test_a_number_that_does_not_exist_is_a_word_in_print_and_null_in_json() -> None:
    rows = (
        agreement("never used", [code({(0, 0): 10})]),
        agreement("everywhere", [code({(1, 1): 10})]),
        agreement("unread", [code({(0, None): 10})]),
    )
    report = AgreementReport(PAIR, "code", rows, rows[0])
    printed = {str(each[0]): dict(zip(report.table().columns, each, strict=True)) for each in report.table().rows[:3]}
    assert [printed[label]["kappa"] for label in ("never used", "everywhere", "unread")] == [
        "undefined", "undefined", "not computable",
    ]  # fmt: skip
    assert [printed[label]["why"] for label in ("never used", "everywhere", "unread")] == [
        "no variation: no unit has the code",
        "no variation: every unit has the code",
        "no two coders have read the same source for it",
    ]
    assert row(report, "never used")["kappa"] is None
    assert row(report, "unread")["percent"] is None
    assert printed["unread"]["percent"] == "not computable"


def test_kappa_over_several_codes_needs_a_code_that_varies() -> None:
    found = agreement("all codes", [code({(0, 0): 10}), code({(1, 1): 10})])
    assert (found.kappa, found.alpha, found.why) == (None, 1.0, "kappa: no code varies on its own")


def test_kappa_of_several_codes_is_pooled() -> None:
    found = agreement("all codes", [code(TEN), code({(1, 1): 2, (1, 0): 3, (0, 1): 3, (0, 0): 92})])
    assert found.units == 110
    assert found.kappa == pytest.approx(PUBLISHED["pooled_kappa"]["expected"])


def test_three_coders_have_fleiss_kappa_and_missing_values() -> None:
    found = agreement("C", [code({(1, 1, 1): 2, (0, 0, 0): 3, (1, 0, None): 4, (None, 1, None): 9})])
    assert (found.units, found.coded, found.kappa) == (9, (2, 4, 3), 1.0)
    assert found.observed == 15 / 19
    report = AgreementReport(AgreementBasis(("R1", "R2", "R3"), ("a1",), 1, "source"), "code", (found,), found)
    assert report.table(["ac1"]).columns == (
        "code", "units", "all", "some", "none", "percent", "Fleiss' kappa", "alpha", "why",
    )  # fmt: skip
    assert row(report, "C")["fleiss_kappa"] == 1.0
    assert "Coders: R1, R2 and R3." in report.table().below
    assert "Read by two coders or more: 1 of 1 source." in report.table().below


def test_fleiss_kappa_needs_a_unit_that_all_have_read() -> None:
    found = agreement("C", [code({(1, 0, None): 4, (1, 1, None): 5})])
    assert found.why == "kappa: no unit was read by all coders, or these units do not vary"


def test_the_interval_is_drawn_from_sources_or_units() -> None:
    sources = agreement("C", [code(*[TEN] * 12)], SourceDraws(12, 50, seed=1))
    assert sources.interval is not None
    assert (sources.interval.low, sources.interval.high) == (sources.alpha, sources.alpha)  # all sources are alike
    units = agreement("C", [code(TEN)], UnitDraws(200, seed=1))
    assert units.interval is not None
    assert units.alpha is not None
    assert (units.interval.low or 0) < units.alpha < (units.interval.high or 0)
    assert agreement("C", [code({(0, None): 3})], UnitDraws(9, seed=1)).interval is None


def test_a_row_names_the_draws_without_variation() -> None:
    rare = agreement("C", [code({(1, 1): 1, (0, 0): 1})], UnitDraws(40, seed=1))
    assert rare.interval is not None
    assert rare.why == f"{rare.interval.unvaried} draws without variation left out"


def test_a_report_with_draws_has_an_interval_and_names_the_seed() -> None:
    basis = AgreementBasis(("R1", "R2"), ("a1",), 3, "sentence", "half", False, "units", 1000, 5, ("Case: A only.",))
    rows = (agreement("C", [code(TEN)], UnitDraws(20, seed=5)), agreement("D", [code({(0, None): 1})]))
    table = AgreementReport(basis, "code", rows, rows[0]).table(EXTRAS)
    assert table.columns[-10:] == (
        "low", "high", "positive agreement",
        "AC1", "Brennan-Prediger", "Scott's pi", "highest kappa", "negative agreement", "Jaccard", "why",
    )  # fmt: skip
    assert [dict(each)["low"] is None for each in table.objects] == [False, True, False]
    assert table.below == (
        "A is R1, B is R2.",
        "Read by both coders: 1 of 3 sources.",
        "Unit: sentence. A unit has a code when codings cover half of its letters and digits.",
        "Low and high: the middle 95 % of alpha in 1,000 random draws of units (seed 5).",
        "Case: A only.",
        "In a row of several codes, a unit counts once for each code, and kappa is pooled over the codes (De Vries et al. 2008).",
    )


def test_a_report_of_rounds_names_rounds_in_place_of_coders() -> None:
    pair, several = (
        list(AgreementBasis(names, ("a1",), 3, "character", of_rounds=True).lines())
        for names in (("R1 in round 1", "R1 in round 2"), ("1", "2", "3"))
    )
    assert pair[:2] == ["A is R1 in round 1, B is R1 in round 2.", "Read in both rounds: 1 of 3 sources."]
    assert several[1] == "Read in two rounds or more: 1 of 3 sources."


def test_a_report_of_pairs_has_no_row_of_all_codes() -> None:
    found = Agreement("R1 and R3", (TEN,))
    table = AgreementReport(
        AgreementBasis(("R1", "R2", "R3"), (), 0, "character"), "coder pair", (found,), found
    ).table()
    assert len(table.rows) == 1
    assert table.columns[:3] == ("coder pair", "units", "both")
    assert table.below[0] == "A is the first coder of a pair, B is the second."
    assert "Unit: character." in table.below


def test_free_segments_are_compared_in_their_places() -> None:
    basis = AgreementBasis(("R1", "R2"), ("a1",), 1, "free")
    rows = (
        free_agreement("c", [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]], [(0, 300)]),
        free_agreement("k", [[(30, 90), (150, 200)]] * 2, [(0, 300)]),
        free_agreement("unused", [[], []], [(0, 300)]),
        free_agreement("unread", [[], []], []),
    )
    report = UnitizingReport(basis, rows, touching_merged=False)
    table = report.table()
    assert [(each.label, each.text) for each in report.picture().rows][2:] == [
        ("unused", "no coder used the code"), ("unread", "not all coders have read the same source for it"),
        ("all codes", "0.86"),
    ]  # fmt: skip
    assert [[str(value) for value in each] for each in table.rows] == [
        ["c", "2", "3", "75", "25", "45", "0.014", "0.053", "0.729", ""],
        ["k", "2", "2", "110", "0", "0", "0.000", "0.049", "1.000", ""],
        ["unused", "0", "0", "0", "0", "0", "0.000", "0.000", "undefined", "no coder used the code"],
        ["unread", "0", "0", "0", "0", "0", *["not computable"] * 3, "not all coders have read the same source for it"],
        ["all codes", "4", "5", "185", "25", "45", "0.014", "0.102", "0.859", ""],
    ]
    assert "Overlapping segments of one coder count as one." in table.below
    assert "Unit: segments as coded." in table.below


def test_free_segments_of_three_coders_are_counted_together() -> None:
    basis = AgreementBasis(("R1", "R2", "R3"), ("a1",), 1, "free")
    row_of_three = free_agreement("c", [[(10, 30)], [(12, 32)], [(60, 70)]], [(0, 100)])
    table = UnitizingReport(basis, (row_of_three,), touching_merged=True).table()
    assert [str(value) for value in table.rows[0]] == ["c", "3", "0", "32", "0.034", "0.036", "0.079", ""]
    assert "Overlapping or touching segments of one coder count as one." in table.below


def test_cells_are_compared_by_presence_and_by_state() -> None:
    report = CellReport(
        "table-1",
        ("R1", "R2"),
        (
            ComparedCell("Trust", "A", ("present", "contested")),
            ComparedCell("Trust", "B", ("absent", "present")),
            ComparedCell("Trust", "C", ("absent", None)),
        ),
    )
    assert [cell.same for cell in report.cells] == [True, False, None]
    assert (report.presence.percent, report.states.percent) == (50.0, 0.0)
    table = report.table()
    assert [[str(value) for value in each] for each in table.rows] == [
        ["Trust", "A", "present", "contested", "yes", "", "", "", ""],
        ["Trust", "B", "absent", "present", "no", "", "", "", ""],
        ["Trust", "C", "absent", "not read", "", "", "", "", ""],
        ["all cells: present or not", "", "", "", "", "2", "50.0", "0.000", ""],
        ["all cells: state", "", "", "", "", "2", "0.0", "-0.200", ""],
    ]
    assert table.objects[0] == {
        "row": "Trust", "column": "A", "states": {"R1": "present", "R2": "contested"}, "same": True,
    }  # fmt: skip


def test_cells_that_nobody_can_compare_have_words_in_place_of_numbers() -> None:
    alone = CellReport("m", ("R1", "R2"), (ComparedCell("Trust", "A", ("present", None)),))
    assert [str(value) for value in alone.table().rows[-1]][-4:] == [
        "0", "not computable", "not computable", "no two coders have read a source of the same column",
    ]  # fmt: skip
    alike = CellReport("m", ("R1", "R2"), (ComparedCell("Trust", "A", ("present", "present")),))
    assert [str(value) for value in alike.table().rows[-1]][-3:] == [
        "100.0", "undefined", "no variation: all cells have the same value",
    ]  # fmt: skip
