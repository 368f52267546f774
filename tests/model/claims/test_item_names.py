"""The names of items in claims, and their replacement."""

from __future__ import annotations

from typing import Any

import pytest

from sibtui.model.claims.claim import Claim
from sibtui.model.claims.item_names import ColumnKind, with_item_names

NEW = {
    ("matrix", "t"): "design",
    ("code", "Trust"): "Hope",
    ("case", "A"): "North, A",
    ("case", "B, 2"): "B",
    ("case", "C"): "D",
    ("source", "A"): "a1",
    ("attribute", "Stage"): "Phase",
}
KNOWN = {kind: tuple(name for of, name in NEW if of == kind) for kind, _ in NEW}


def renamed(columns: ColumnKind | None = "case", **fields: Any) -> Claim:
    return with_item_names(Claim("C", "A claim.", **fields), lambda *of: NEW.get(of, of[1]), KNOWN, columns)  # type: ignore[arg-type]


def test_rows_codes_and_attributes_get_the_new_names() -> None:
    claim = renamed(rows=[("t", "Trust"), ("u", "x")], codes=["Trust", "Other"])
    assert (claim.rows, claim.codes) == ((("design", "Trust"), ("u", "x")), ("Hope", "Other"))
    claim = renamed(attribute="Stage", case="A, B, 2, E", statement="A")
    assert (claim.attribute, claim.case, claim.statement) == ("Phase", "North, A, B, E", "A")


@pytest.mark.parametrize(("case", "new"), [("A", "North, A"), ("A, C", "A, C"), ("", "")])
def test_a_number_of_one_case_gets_its_new_name(case: str, new: str) -> None:
    assert renamed(registry="interviews", case=case, statement="4").case == new


def test_an_attribute_of_cases_that_keep_their_names_keeps_its_spelling() -> None:
    assert renamed(attribute="Stage", case="E ,F").case == "E ,F"


@pytest.mark.parametrize(
    ("statement", "columns", "new"),
    [
        ('more in "A" than in  "E"', "case", 'more in "North, A" than in  "E"'),
        ('in "A, B, 2", "C"', "case", 'in "North, A" and "B", "D"'),
        ('not in "A"', "source", 'not in "a1"'),
        ('not in "A"', None, 'not in "A"'),
        ('not in "A', "case", 'not in "A'),
    ],
)
def test_the_columns_of_a_statement_get_the_new_names(statement: str, columns: Any, new: str) -> None:
    assert renamed(columns, codes=["Trust"], statement=statement).statement == new


def test_two_columns_that_become_one_are_named_once() -> None:
    claim = Claim("C", "A claim.", codes=["x"], statement='in "A, B"')
    assert with_item_names(claim, lambda _, name: "A" if name == "B" else name, {}, "case").statement == 'in "A"'


def test_the_statement_of_a_number_names_no_columns() -> None:
    assert renamed(codebook="themes", statement="six").statement == "six"
