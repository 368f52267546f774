"""Stored claims follow matrices, rows, codes, cases, sources and attributes that get another name."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.model.claims.claim import Claim
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRUST, CARD = "Trust before assessment", "Rate card"


@pytest.fixture
def own(sample: Project, tmp_path: Path) -> Iterator[Project]:
    """A copy of the sample study with its own claims only, and with small tables."""
    with Project.open(shutil.copy(sample.path, tmp_path / "own.sibtui"), coder="R9") as project:
        for claim in project.claims.list():
            project.claims.remove(claim.key)
        rows = (RowDefinition("Trust", (TRUST,)), RowDefinition("Card", (CARD,)), RowDefinition("Both", (CARD, TRUST)))
        project.matrices.define(MatrixDefinition("t", "", rows))
        project.matrices.define(MatrixDefinition("texts", "", rows, "sources"))
        project.matrices.define(MatrixDefinition("all", "", (), rows_from="all"))
        yield project


def about(project: Project, **fields: object) -> Claim:
    return project.claims.add(Claim("Z1", "A claim.", **{"statement": "in all", **fields}), replace=True)  # type: ignore[arg-type]


def now(project: Project) -> Claim:
    return project.claims.get("Z1")


def test_claims_follow_a_matrix_that_is_renamed_and_undo_takes_both_back(own: Project) -> None:
    claim = about(own, rows=[("T", "card")])
    own.matrices.rename("t", "design")
    assert now(own).rows == (("design", "card"),)
    own.history.undo()
    assert now(own) == claim
    own.matrices.define(replace(own.matrices.get("t"), name="other"), replacing="t")
    assert now(own).rows == (("other", "card"),)


def relabelled(project: Project, *labels: str) -> None:
    table = project.matrices.get("t")
    rows = tuple(replace(row, label=label) for row, label in zip(table.rows, labels, strict=True))
    project.matrices.define(replace(table, rows=rows))


def test_claims_follow_rows_that_get_another_label(own: Project) -> None:
    about(own, rows=[("t", "card"), ("t", "Trust"), ("texts", "Card")])
    relabelled(own, "Trust", "Menu", "Both")
    assert now(own).rows == (("t", "Menu"), ("t", "Trust"), ("texts", "Card"))
    relabelled(own, "Menu", "Trust", "Both")
    assert now(own).rows == (("t", "Trust"), ("t", "Menu"), ("texts", "Card"))


def test_claims_stay_on_a_row_that_gets_other_codes(own: Project) -> None:
    claim = about(own, rows=[("t", "Card")])
    table = own.matrices.get("t")
    own.matrices.define(replace(table, rows=(table.rows[0], replace(table.rows[1], codes=("Personal budgets",)))))
    own.matrices.define(replace(table, rows=(replace(table.rows[0], codes=(CARD,)), *table.rows[2:])))
    assert now(own) == claim
    about(own, rows=[("t", "gone"), ("gone", "Card")])
    own.matrices.rename("t", "design")
    assert now(own).rows == (("design", "gone"), ("gone", "Card"))


def test_rows_with_equal_codes_are_followed_by_their_new_label(own: Project) -> None:
    table = own.matrices.get("t")
    table = own.matrices.define(replace(table, rows=(*table.rows, replace(table.rows[1], label="Card again"))))
    about(own, rows=[("t", "Card")])
    relabelled(own, "Trust", "Menu", "Both", "Card again")
    assert now(own).rows == (("t", "Menu"),)
    relabelled(own, "Trust", "One", "Both", "Two")
    assert now(own).rows == (("t", "Menu"),)  # nothing shows which of the two it is


def test_claims_follow_codes_and_the_rows_that_a_codebook_makes(own: Project) -> None:
    about(own, rows=[("all", CARD), ("t", "Card")], codes=["rate"])
    own.codes.rename(CARD, "Menu")
    claim = now(own)
    assert claim.rows == (("all", "Menu"), ("t", "Card"))
    assert claim.codes == ("SIB structure and partners/Menu",)
    own.codes.move("Menu", under="Wider system")
    assert now(own).codes == ("Wider system/Menu",)
    own.codes.merge("Menu", into=TRUST, because="one")
    claim = now(own)
    assert claim.codes == ("Assessment, planning and risk/Trust before assessment",)
    assert claim.rows == (("all", TRUST), ("t", "Card"))
    assert {each.verdict for each in own.claims.check().claims} != {"not checkable"}


def test_a_code_that_is_still_found_keeps_its_name_in_claims(own: Project) -> None:
    claim = about(own, codes=[CARD, "No such code"])
    own.codes.move(CARD, under="Wider system")
    assert now(own) == claim


def test_claims_follow_cases_that_exchange_their_labels(own: Project) -> None:
    about(own, rows=[("t", "Card")], statement='more in "SIB C" than in “sib d, SIB A”')
    own.cases.set("SIB C", new_label="X")
    own.cases.set("SIB D", new_label="SIB C")
    assert now(own).statement == 'more in "X" than in "SIB C" and "SIB A"'
    own.cases.set("X", new_label='X, the "last"')
    assert now(own).statement == 'more in "X, the ""last""" than in "SIB C" and "SIB A"'
    own.cases.set("SIB A", new_label="a")
    assert now(own).statement == 'more in "X, the ""last""" than in "SIB C" and "a"'
    assert own.claims.check().claims[0].verdict != "not checkable"


def test_claims_follow_cases_that_are_merged(own: Project) -> None:
    about(own, codes=[CARD], statement='in "SIB C, SIB D", "SIB B"')
    own.cases.merge("SIB C", into="SIB D")
    assert now(own).statement == 'in "SIB D", "SIB B"'
    about(own, attribute="Stage of development", case="SIB A, SIB D", statement="old")
    own.cases.merge("SIB D", into="SIB A")
    assert now(own).case == "SIB A"


def test_claims_about_attributes_and_numbers_follow_them(own: Project) -> None:
    about(own, attribute="stage of development", case="SIB A, SIB B", statement='in "SIB A"')
    own.attributes.set("case", "Stage of development", new_name="Stage")
    own.cases.set("SIB A", new_label="Leeds")
    claim = now(own)
    assert (claim.attribute, claim.case, claim.statement) == ("Stage", "Leeds, SIB B", 'in "SIB A"')
    own.cases.set("Leeds", new_label="North, Leeds")
    own.cases.set("SIB B", new_label="B")
    assert now(own).case == "North, Leeds, B"
    own.cases.set("B", new_label="SIB B")
    assert own.claims.check().claims[0].verdict != "not checkable"
    about(own, registry="interviews", case="SIB B", statement="1")
    own.cases.set("SIB B", new_label="York")
    assert now(own).case == "York"
    about(own, attribute="mode", statement="x")
    own.attributes.set("source", "mode", new_name="way")
    assert now(own).attribute == "mode"


def test_claims_about_columns_of_sources_follow_the_sources(own: Project) -> None:
    about(own, rows=[("texts", "Card")], statement='not in "a1" and "SIB A"')
    own.sources.set("a1", new_name="first")
    own.cases.set("SIB A", new_label="A")
    assert now(own).statement == 'not in "first" and "SIB A"'
    table = own.matrices.get("t")
    own.matrices.define(replace(table, name="kinds", columns="kinds"))
    claim = about(own, rows=[("kinds", "Card")], statement='in "a2"')
    own.sources.set("a2", new_name="second")
    assert now(own) == claim


def test_a_statement_that_cannot_be_read_stays_as_it_is(own: Project) -> None:
    about(own, rows=[("t", "Card")])
    with own.act("claim set", "damaged"):
        own._session.store.change("UPDATE claims SET facts = replace(facts, 'in all', 'in “SIB A')")
    own.cases.set("SIB A", new_label="A")
    assert now(own).statement == "in “SIB A"
