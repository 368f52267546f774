"""Charts: the saturation curve, the tree of codes, agreement with intervals, and pairs of codes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.agreement.intervals import Interval
from sibtui.model.agreement.report import AgreementBasis, AgreementReport
from sibtui.model.agreement.rows import Agreement
from sibtui.model.cooccurrence import Cooccurrence
from sibtui.model.cooccurrence_table import CooccurrenceReport
from sibtui.model.pictures.charts import MOST_PAIRS, agreement_chart, code_tree, saturation_chart
from sibtui.model.pictures.code_labels import short_labels, tree_labels
from sibtui.model.records import Code, Status
from sibtui.model.saturation import SaturationCurve, so_far
from sibtui.model.saturation_report import InterviewCodes, SaturationReport


def code(number: int, path: str, parent: int | None = None, status: Status = "active") -> Code:
    return Code(number, parent, path.rpartition("/")[2], path, "", "", "", "", "emergent", status, None, None, "")


def test_the_curve_has_a_bar_for_each_interview_and_the_point() -> None:
    new = (5, 3, 2, 1, 0, 1, 0, 0)
    seen = iter(range(100))
    interviews = tuple(
        InterviewCodes(f"i{at}", "", frozenset(next(seen) for _ in range(count)), frozenset())
        for at, count in enumerate(new)
    )
    found = SaturationReport(interviews, threshold=5).picture()
    assert (found.new, found.so_far, found.labels[0]) == (new, (5, 8, 10, 11, 11, 12, 12, 12), "i0")
    assert (found.point, found.run, found.base, found.unit) == (6, 2, 4, "codes")
    assert "new codes of 8 interviews: 5, 3, 2, 1, 0, 1, 0, 0." in found.description
    assert "at 6+2" in found.description


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
@example([0])
@example([5, 4, 3, 2, 1, 0])
def test_the_bars_add_up_to_the_line(new: list[int]) -> None:
    curve = SaturationCurve(tuple(new))
    found = saturation_chart([str(at) for at in range(len(new))], curve, so_far(new), 5, "code", ["Result."])
    assert found.so_far[-1] == sum(found.new)
    assert found.base <= len(new)
    assert found.point is None or found.base <= found.point <= len(new) - found.run


def test_a_curve_without_interviews_is_refused() -> None:
    with pytest.raises(InputError, match="no interviews"):
        saturation_chart([], SaturationCurve(()), [], 5, "code", [""])


CODES = [code(1, "Staff"), code(2, "Staff/Pay", 1), code(3, "Staff/Old", 1, "retired"), code(4, "Costs")]


def test_the_tree_has_an_indented_row_for_each_code_that_is_not_retired() -> None:
    found = code_tree(CODES, {2: 7, 3: 9}, {2: 3, 3: 4})
    assert [(row.label, row.level, row.value, row.text) for row in found.rows] == [
        ("Staff", 0, 0, ""), ("Pay", 1, 7, "7 (3)"), ("Costs", 0, 0, "0 (0)"),
    ]  # fmt: skip
    assert [row.colour for row in found.rows] == ["orange", "orange", "sky"]
    assert found.description == (
        "A tree of 3 codes in 2 themes, with a bar for the quotes of each: 7 in all. The most are in Pay: 7."
    )
    assert (found.start, found.end) == (0, 8)


def test_a_codebook_without_codings_has_a_picture_and_one_without_codes_has_none() -> None:
    assert code_tree(CODES[:1], {}, {}).end == 1
    assert "most" not in code_tree(CODES[:1], {}, {}).description
    with pytest.raises(InputError, match="no codes"):
        code_tree([], {}, {})


@pytest.mark.parametrize(("most", "end"), [(1, 1), (5, 5), (6, 6), (37, 40), (51, 60), (1234, 1500)])
def test_the_axis_ends_at_a_round_number(most: int, end: int) -> None:
    assert code_tree(CODES[:1], {1: most}, {1: 1}).end == end


def test_agreement_has_a_dot_with_its_interval_or_a_reason() -> None:
    rows = [
        ("Staff", 0.5, 0.25, 0.75, ""),
        ("Staff/Pay", -0.14, None, None, ""),
        ("Costs", None, None, None, "no unit"),
    ]
    found = agreement_chart("Agreement", rows, "alpha", ["A note."], by_code=True)
    assert [(row.label, row.level, row.value, row.text) for row in found.rows] == [
        ("Staff", 0, 0.5, "0.50 [0.25, 0.75]"), ("Pay", 1, -0.14, "-0.14"), ("Costs", 0, None, "no unit"),
    ]  # fmt: skip
    assert (found.start, found.end, found.mark, found.notes) == (-0.2, 1, "dot", ("A note.",))
    assert found.description == (
        "Dots show alpha for 3 rows. It ranges from -0.140 (Staff/Pay) to 0.500 (Staff). 1 row has no coefficient."
    )


def test_the_range_of_agreement_keeps_codes_with_the_same_name_apart() -> None:
    rows = [(path, value, None, None, "") for path, value in (("Staff/Pay", 0.1), ("Costs", 0.6), ("Costs/Pay", 0.9))]
    found = agreement_chart("Agreement", rows, "alpha", (), by_code=True)
    assert found.description.endswith("It ranges from 0.100 (Staff/Pay) to 0.900 (Costs/Pay).")


def test_agreement_without_a_coefficient_is_described() -> None:
    found = agreement_chart("Agreement", [("A and B", None, None, None, "why")], "alpha", (), by_code=False)
    assert (found.start, found.rows[0].text) == (0, "why")
    assert found.description == "Dots show alpha for 1 row. 1 row has no coefficient."


def test_the_report_of_agreement_draws_alpha_with_its_interval() -> None:
    basis = AgreementBasis(("R1", "R2"), ("a1",), 1, "sentence", drawn="units", draws=10)
    patterns = {(1, 1): 3, (1, 0): 1, (0, 0): 6}
    row = Agreement("Pay", (patterns,), Interval(0.2, 0.9))
    overall = Agreement("all codes", (patterns,))
    found = AgreementReport(basis, "code", (row,), overall).picture()
    assert [(each.label, each.low) for each in found.rows] == [("Pay", 0.2), ("all codes", None)]
    assert found.rows[0].value == row.alpha
    assert found.notes[0] == "A is R1, B is R2."
    assert any(note.startswith("Low and high") for note in found.notes)
    pairs = AgreementReport(basis, "coder pair", (row,), overall).picture()
    assert [each.label for each in pairs.rows] == ["Pay"]


def test_the_strongest_pairs_are_drawn_and_the_others_counted() -> None:
    paths = {at: f"Theme/Code {at}" for at in range(MOST_PAIRS + 3)}
    pairs = tuple(Cooccurrence(0, at, 99, 99, at, at, 0.1) for at in range(1, MOST_PAIRS + 3))
    found = CooccurrenceReport("overlap", pairs, paths, 9).picture()
    assert len(found.rows) == MOST_PAIRS
    assert (found.rows[0].label, found.rows[0].value) == (f"Code 0 + Code {MOST_PAIRS + 2}", MOST_PAIRS + 2)
    assert found.notes == ("2 weaker pairs left out: the table has all.",)
    few = CooccurrenceReport("sentence", pairs[:1], paths, 9).picture()
    assert (few.axis, few.notes) == ("sentences with both codes", ())


def test_a_report_without_pairs_has_no_picture() -> None:
    with pytest.raises(InputError, match="no pairs"):
        CooccurrenceReport("overlap", (), {}, 0).picture()


def test_labels_are_the_last_names_unless_these_are_alike() -> None:
    assert short_labels(["Staff/Training", "Staff/Pay", "Costs/Pay"]) == ("Training", "Staff/Pay", "Costs/Pay")
    assert short_labels([]) == ()


def test_levels_count_the_listed_codes_above() -> None:
    paths = ["Staff", "Staff/Pay", "Costs/Rent", "Staff/Pay/Low/Lowest", r"Costs/Rent\/heat"]
    assert tree_labels(paths) == (
        ("Staff", 0), ("Pay", 1), ("Costs/Rent", 0), ("Low/Lowest", 2), (r"Costs/Rent\/heat", 0),
    )  # fmt: skip
