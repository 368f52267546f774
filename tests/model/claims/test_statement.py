"""The language of claims: what each form means, and the errors that name the place."""

from __future__ import annotations

import pytest

from sibtui.errors import StatementError
from sibtui.model.claims.claim import Claim
from sibtui.model.claims.statement import NumberStatement, RowStatement, check_statement, parse_number, parse_rows

ROWS = [
    ("in all", RowStatement("all")),
    ("in none", RowStatement("none")),
    ("in 3", RowStatement("exactly", 3)),
    ("In Three", RowStatement("exactly", 3)),
    ("in exactly 2", RowStatement("exactly", 2)),
    ("in at least 2", RowStatement("at least", 2)),
    ("in at most one", RowStatement("at most", 1)),
    ("in all but 1", RowStatement("all but", 1)),
    ("in most", RowStatement("most")),
    ('in "SIB A, SIB D"', RowStatement("in", labels=("SIB A, SIB D",))),
    ('in "SIB A","SIB C" and “SIB D”', RowStatement("in", labels=("SIB A", "SIB C", "SIB D"))),
    ('only in "SIB A"', RowStatement("only in", labels=("SIB A",))),
    ('not in "SIB B"', RowStatement("not in", labels=("SIB B",))),
    ('more in "SIB A" than in "SIB B"', RowStatement("more", labels=("SIB A",), than=("SIB B",))),
]


@pytest.mark.parametrize(("text", "statement"), ROWS, ids=[text for text, _ in ROWS])
def test_a_statement_about_rows_becomes_a_value(text: str, statement: RowStatement) -> None:
    assert parse_rows(text) == statement


ODD = [
    ("", 1, "the text ends; expected: “only”, “not”, “more” or “in”."),
    ("all", 1, "“all” does not fit; expected: “only”, “not”, “more” or “in”."),
    ("in", 3, "the text ends; expected: “all”, “none”, “most”, “exactly”, “at”, a number or a name in quotation marks."),
    ("in SIB A", 4, "“SIB” does not fit; expected: “all”, “none”, “most”, “exactly”, “at”, a number or a name in quotation marks."),
    ('in ""', 4, "“” does not fit; expected: “all”, “none”, “most”, “exactly”, “at”, a number or a name in quotation marks."),
    ("in 99999999999", 4, "“99999999999” does not fit; expected: “all”, “none”, “most”, “exactly”, “at”, a number or a name in quotation marks."),
    ("in all but", 11, "the text ends; expected: a number."),
    ("in at 3", 7, "“3” does not fit; expected: “least” or “most”."),
    ("in 3 bonds", 6, "“bonds” does not fit; expected: the end."),
    ("only 3", 6, "“3” does not fit; expected: “in”."),
    ('more in "A" in "B"', 13, "“in” does not fit; expected: “and”, “,” or “than”."),
    ('in "SIB A', 4, "the quotation mark is not closed."),
    ("in 3 )", 6, "“)” does not fit; expected: the end."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "position", "reason"), ODD, ids=[text for text, *_ in ODD])
def test_an_error_names_the_character_and_what_can_be_there(text: str, position: int, reason: str) -> None:
    with pytest.raises(StatementError) as raised:
        parse_rows(text)
    assert (raised.value.position, raised.value.reason) == (position, reason)
    assert str(raised.value) == f"Character {position} of the statement: {reason}"


@pytest.mark.parametrize(
    ("text", "fitting", "odd"),
    [
        ("12", 12, 11), ("exactly twelve", 12, 13), ("at least 9", 9, 8), ("at most 9", 9, 10), ("more than nine", 10, 9),
        ("fewer than 9", 8, 9), ("less than 9", 8, 9),
    ],
)  # fmt: skip
def test_a_statement_about_a_number_fits_or_not(text: str, fitting: int, odd: int) -> None:
    statement = parse_number(text)
    assert statement.fits(fitting)
    assert not statement.fits(odd)


def test_a_number_must_end_the_statement() -> None:
    assert parse_number("3") == NumberStatement("exactly", 3)
    with pytest.raises(StatementError, match="Character 3 of the statement: “bonds” does not fit; expected: the end"):
        parse_number("3 bonds")
    with pytest.raises(StatementError, match="expected: “at”, “more”, “fewer”, “less”, “exactly” or a number"):
        parse_number("some")


def test_only_a_statement_that_is_read_is_checked() -> None:
    check_statement(Claim("C1", "Odd."))
    check_statement(Claim("C1", "Odd.", attribute="Stage", statement="early stages"))
    check_statement(Claim("C1", "Odd.", registry="people", statement="12"))
    check_statement(Claim("C1", "Odd.", rows=(("t", "Trust"),), statement="in 3"))
    for claim in (
        Claim("C1", "Odd.", codebook="themes", statement="early"),
        Claim("C1", "Odd.", rows=(("t", "Trust"),), statement="3"),
    ):
        with pytest.raises(StatementError):
            check_statement(claim)
