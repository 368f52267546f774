"""Claims as values, and claims about numbers and attributes."""

from __future__ import annotations

import pytest

from sibtui.errors import InputError, StatementError
from sibtui.model.claims.claim import Claim, claim_of, facts_in, facts_of, facts_text, row_of
from sibtui.model.claims.notes import NoteClaim, columns_in
from sibtui.model.claims.report import ClaimReport, claims_table
from sibtui.model.claims.row_cells import ClaimCell, ClaimRow
from sibtui.model.claims.values import judge_number, judge_values
from sibtui.model.claims.verdicts import CheckedClaim

SIBS = ("SIB A", "SIB B", "SIB C", "SIB D")


def test_the_facts_of_a_claim_make_the_same_claim() -> None:
    claim = Claim(
        "C1", "A claim.", "Findings", (("table-1", "Trust / hope"),), statement="in 3", join="all", certainty="tentative",
        human="kept", uid="u",
    )  # fmt: skip
    facts = facts_of(claim)
    assert facts == {
        "rows": [["table-1", "Trust / hope"]], "statement": "in 3", "join": "all", "certainty": "tentative",
    }  # fmt: skip
    assert claim_of("C1", "A claim.", "Findings", facts | {"later": 1}, "kept", "u") == claim
    assert facts_of(Claim("C1", "x", codes="Trust")) == {"codes": ["Trust"]}


def test_a_claim_names_its_subject() -> None:
    assert row_of("table-1 / a / b") == ("table-1", "a / b")
    assert row_of("table-1") == ("table-1", "")
    assert Claim("C1", "x", rows=((" t ", " Trust "),), codes="Hope").subject == ("t / Trust", "Hope")
    assert Claim("C1", "x", attribute="Stage", case="SIB A").subject == ("Stage, SIB A",)
    assert Claim("C1", "x", attribute="Stage").subject == ("Stage",)
    assert Claim("C1", "x", registry="people").subject == ("people",)
    assert Claim("C1", "x", registry="people", case="SIB A").subject == ("people, SIB A",)
    assert Claim("C1", "x", codebook="themes").subject == ("themes",)
    with pytest.raises(InputError, match="way to join rows"):
        Claim("C1", "x", join="both")


def test_a_number_holds_or_is_contradicted() -> None:
    claim = Claim("C1", "x", registry="people", statement="at least 19")
    assert judge_number(claim, 1900) == CheckedClaim(claim, "holds", "1,900")
    assert judge_number(claim, 18).because == ("the study has 18",)
    with pytest.raises(StatementError):
        judge_number(Claim("C1", "x", registry="people", statement="many"), 19)


@pytest.mark.parametrize(
    ("statement", "value", "verdict"),
    [
        ("New services", "new  services", "holds"),
        ("New", "New services", "holds with reserve"),
        ("New", "Newer services", "contradicted"),
        ("New services", "", "contradicted"),
        ("at least 3", "3", "holds"),
        ("fewer than 3", "3.5", "contradicted"),
        ("many", "3", "contradicted"),
    ],
)
def test_a_value_of_an_attribute_is_compared_with_its_words(statement: str, value: str, verdict: str) -> None:
    assert judge_values(Claim("C1", "x", attribute="a", statement=statement), {"SIB A": value}).verdict == verdict


def test_a_contradicted_value_is_named() -> None:
    claim = Claim("C1", "x", attribute="a", statement="New")
    assert judge_values(claim, {"A": "New", "B": ""}).because == ("B: no value",)
    assert judge_values(claim, {"A": "New", "B": "New services"}).because == ("B: the value has more words",)


@pytest.mark.parametrize(
    ("note", "columns"),
    [
        ("This includes social prescribing in SIBs B and D.", ("SIB B", "SIB D")),
        ("Used within SIB A, SIB B, and SIB D only", ("SIB A", "SIB B", "SIB D")),
        ("Only in the SIB C", ("SIB C",)),
        ("SIB B's providers see this as deficit-based", ()),
        ("in SIB Bristol", ()),
        ("in both SIBs A & C", ("SIB A", "SIB C")),
        ("within a year", ()),
    ],
)
def test_a_note_names_columns_after_in(note: str, columns: tuple[str, ...]) -> None:
    assert columns_in(note, SIBS) == columns


def test_labels_without_a_common_word_are_found_whole() -> None:
    assert columns_in("as in interview and report", ("interview", "report", "document")) == ("interview", "report")
    assert columns_in("as in interviews", ()) == ()
    assert columns_in("in North, C+", ("North", "C+")) == ("North", "C+")


def test_a_report_counts_and_lists() -> None:
    cell = ClaimCell(True, "X (present)", "present", "", 1, "", False)
    row = ClaimRow("t", "Trust", ("A",), (cell,))
    claim = Claim("C1", "x", rows=(("t", "Trust"),), statement="in none")
    checked = (
        CheckedClaim(claim, "contradicted", "1 of 1: A", ("A: present",), (row,)),
        CheckedClaim(Claim("C2", "y"), "holds"),
    )
    report = ClaimReport(checked, (NoteClaim("t", "Trust", "", "in A", ("A",)),))
    assert not report.is_sound
    assert report.sentence == "1 holds, 0 with reserve, 1 contradicted, 0 not checkable"
    table = report.table()
    assert table.below == (
        "2 claims: 1 holds, 0 with reserve, 1 contradicted, 0 not checkable.",
        "C1: t / Trust: A X (present).",
        "t: Trust: the note “in A” names A, where the row has no X.",
    )
    assert table.objects[0]["cells"] == [
        {"matrix": "t", "row": "Trust", "column": "A", "counts": True, "state": "present"}
    ]
    assert ClaimReport(checked[1:]).is_sound
    assert not ClaimReport((CheckedClaim(claim, "not checkable", faulty=True),)).is_sound
    assert claims_table([claim]).rows == (("C1", "x", "", ("t / Trust",), "in none", ""),)


def test_damaged_facts_are_no_facts() -> None:
    claim = Claim("C1", "x", codes="Trust")
    assert facts_in(facts_text(claim)) == {"codes": ["Trust"]}
    assert (facts_text(Claim("C1", "x")), facts_in(""), facts_in("{"), facts_in("[1]")) == ("", {}, {}, {})
