"""The verdicts on claims about rows, on small tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.errors import NotFoundError
from sibtui.model.claims.claim import Claim
from sibtui.model.claims.row_cells import ClaimRow, claim_row, column_named, states_inside
from sibtui.model.claims.statement import parse_rows
from sibtui.model.claims.verdicts import CheckedClaim, judge_rows, row_lines
from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.matrix_definition import Judgement
from sibtui.model.presence import DEFAULT_MARKS, Rule

PAPER = {**DEFAULT_MARKS, "contested": "X", "tentative": "X", "rejected": "", "incomplete": ""}
ABSENT = Cell("absent", "absent", "", 0, 0, 0, 0, None, covered_by="asked")
CELLS = {
    "X": Cell("present", "present", "X", 3, 2, 0, 0, "robust"),
    "1": Cell("present", "present", "X", 1, 1, 0, 0, "single quote"),
    "s": Cell("present", "present", "X", 2, 1, 0, 0, "single source"),
    "c": Cell("contested", "contested", "X", 2, 2, 0, 1, "robust"),
    "t": Cell("tentative", "tentative", "X", 0, 0, 2, 0, None),
    "j": replace(ABSENT, state="present", judgement=Judgement("r", "A", "present", "why", "R1", "2026")),
    "z": replace(
        ABSENT, state="present", judgement=Judgement("r", "A", "present", "why", "R1", "2026"), changes=("x",)
    ),
    "J": replace(ABSENT, judgement=Judgement("r", "A", "absent", "why", "R1", "2026")),
    "r": Cell("rejected", "rejected", "", 0, 0, 0, 2, None),
    "i": Cell("incomplete", "incomplete", "", 0, 0, 0, 0, None, waiting=1),
    ".": ABSENT,
}


def rows(*patterns: str, marks: dict = PAPER, states: tuple = ()) -> tuple[ClaimRow, ...]:
    """Return rows with one letter of `CELLS` per cell."""
    columns = tuple("ABCD"[: len(patterns[0])])
    made = tuple(MatrixRow(f"row {at}", tuple(CELLS[each] for each in pattern)) for at, pattern in enumerate(patterns))
    matrix = Matrix("t", "T", columns, made, "presence", Rule(), marks)
    return tuple(claim_row(matrix, at, states_inside(matrix, states)) for at in range(len(made)))


def judged(statement: str, *patterns: str, **claim: str) -> CheckedClaim:
    return judge_rows(Claim("C1", "A claim.", **claim), parse_rows(statement), rows(*patterns))


VERDICTS = [
    ("in all", "XXXX", "holds", ()),
    ("in all", "XXX.", "contradicted", ("D: absent, asked",)),
    ("in all", "XXXc", "holds with reserve", ("D: contested, 2 for, 1 against",)),
    ("in none", "....", "holds", ()),
    ("in none", "...X", "contradicted", ("D: present, 3 for",)),
    ("in none", "...i", "holds with reserve", ("D: incomplete, 1 coding waits for its case",)),
    ("in 2", "XX..", "holds", ()),
    ("in 2", "XX.J", "holds with reserve", ("D: a judgement",)),
    ("in 2", "XXX.", "contradicted", ("A: present, 3 for", "B: present, 3 for", "C: present, 3 for")),
    ("in 3", "XXr.", "contradicted", ("C: rejected, 2 against", "D: absent, asked")),
    ("in at least 2", "XX1.", "holds", ()),
    ("in at least 2", "X1s.", "holds with reserve", ("B: rests on a single quote", "C: rests on a single source")),
    ("in at least 3", "XX..", "contradicted", ("C: absent, asked", "D: absent, asked")),
    ("in at most 2", "XX..", "holds", ()),
    ("in at most 3", "XX.i", "holds", ()),
    ("in at most 2", "XX.i", "holds with reserve", ("D: incomplete, 1 coding waits for its case",)),
    ("in at most 1", "XX..", "contradicted", ("A: present, 3 for", "B: present, 3 for")),
    ("in all but 1", "XXX.", "holds", ()),
    ("in all but 1", "XXXX", "contradicted", tuple(f"{column}: present, 3 for" for column in "ABCD")),
    ("in most", "XXX.", "holds", ()),
    ("in most", "XXz.", "holds with reserve", ("C: a stale judgement",)),
    ("in most", "XX..", "contradicted", ("C: absent, asked", "D: absent, asked")),
    ('in "A"', "Xc..", "holds", ()),
    ('in "a, B"', "Xj..", "holds with reserve", ("B: a judgement",)),
    ('in "A", "D"', "X...", "contradicted", ("D: absent, asked",)),
    ('not in "B"', "XrXX", "holds", ()),
    ('not in "A"', "X...", "contradicted", ("A: present, 3 for",)),
    ('only in "A"', "X...", "holds", ()),
    ('only in "A"', "XX..", "contradicted", ("B: present, 3 for",)),
    ('only in "A, C"', "XX..", "contradicted", ("B: present, 3 for", "C: absent, asked")),
    ('more in "A" than in "B"', "X1..", "holds", ()),
    ('more in "A" than in "B"', "Xs..", "holds with reserve", ("the difference is a single quote",)),
    ('more in "A" than in "D"', "X..i", "holds with reserve", ("D: 1 coding waits for its case",)),
    ('more in "A" than in "B"', "XX..", "contradicted", ("3 quotes to 3",)),
]


@pytest.mark.parametrize(("statement", "pattern", "verdict", "because"), VERDICTS)
def test_a_statement_has_a_verdict_with_its_reasons(
    statement: str, pattern: str, verdict: str, because: tuple[str, ...]
) -> None:
    checked = judged(statement, pattern)
    assert (checked.verdict, checked.because) == (verdict, because)


def test_a_hedged_claim_needs_no_reserve_for_a_tentative_cell() -> None:
    assert judged("in all", "XXXt").because == ("D: tentative, 2 tentative",)
    assert judged("in all", "XXXt", certainty="tentative").verdict == "holds"


def test_several_rows_are_joined_by_any_or_all() -> None:
    assert judged("in all", "XX..", ".1XX").verdict == "holds"
    assert judged("in all", "XX..", ".XX1").because == ("D: rests on a single quote",)
    assert judged("in all", "XX..", "..X.").because == ("D: row 0 absent, asked; row 1 absent, asked",)
    assert judged("in 1", "XX..", ".XX.", join="all").verdict == "holds"
    assert judged("in 1", "X1..", ".XX.", join="all").because == ("B: rests on a single quote",)
    # One absent cell decides that a column is outside, so that a doubtful other one does not matter
    assert judged("in 1", "Xi..", "X.X.", join="all").verdict == "holds"
    assert judged("in none", "i...", ".t..").verdict == "contradicted"


def test_the_states_that_count_are_those_printed_like_present() -> None:
    assert judge_rows(Claim("C1", "x"), parse_rows("in 1"), rows("Xct.", marks=DEFAULT_MARKS)).verdict == (
        "holds with reserve"
    )
    given = rows("Xct.", marks=DEFAULT_MARKS, states=("present", "contested"))
    assert judge_rows(Claim("C1", "x"), parse_rows("in 2"), given).found == "2 of 4: A, B"


def test_the_row_is_shown_with_marks_and_states() -> None:
    assert row_lines(judged("in all", "X.cr")) == [
        "C1: t / row 0: A X (present, 3 for); B blank (absent, asked); C X (contested, 2 for, 1 against); D blank (rejected, 2 against)"
    ]
    assert replace(rows("X")[0], matrix="").name == "row 0"


def test_a_label_with_a_comma_is_one_column() -> None:
    assert column_named(("A, B", "C"), ("a, b",)) == {"A, B"}
    assert column_named(("A", "B"), ("A, B",)) == {"A", "B"}
    assert column_named(("A, B", "C"), ("A, B, C",)) == {"A, B", "C"}
    assert column_named(("A, B", "A", "B"), ('"A", "B"',)) == {"A", "B"}
    with pytest.raises(NotFoundError, match="No column is named “E”"):
        column_named(("A", "B"), ("A, E",))
    with pytest.raises(NotFoundError, match="names no column"):
        column_named(("A", "B"), (",",))
