"""`sibtui matrix show` with codes as columns, with columns of two attributes, and with shares in the cells."""

from __future__ import annotations

import pytest

from sibtui.cli.matrix_layout import FIGURES_OF_CODES
from sibtui.model.cooccurrence_table import COOCCURRENCE_CELLS

pytestmark = pytest.mark.usefixtures("sample")
STAGE, NOVELTY = "attribute:Stage of development", "attribute:Novelty of intervention"


def cells(run, *options: str) -> dict[str, dict[str, str]]:
    shown = run("matrix", "show", *options, "--format", "json").json
    return {row["label"]: {column: cell["mark"] for column, cell in row["cells"].items()} for row in shown["rows"]}


def test_a_table_of_codes_counts_their_meetings(run) -> None:
    rows = run("matrix", "show", "--columns", "codes", "--format", "json").json
    assert any(figure for row in rows for figure in row["cells"].values())
    report = run("report", "cooccurrence", "--matrix", "--cells", "meetings", "--format", "json").json
    assert rows == report


def test_rows_and_evidence_of_a_table_of_codes_are_narrowed(run) -> None:
    shown = run(
        "matrix",
        "show",
        "--rows-under",
        "Innovative services",
        "--columns",
        "codes",
        "--case",
        "SIB A",
        "--cells",
        "n12",
    )
    assert "The first code is Innovative services, or a code below it." in shown.out
    assert "Case: SIB A only." in shown.out
    both = run("matrix", "show", "--code", "Personal budgets", "--code", "Rate card", "--columns", "codes").out
    assert "or a code below one of them." in both


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("table-1",), "shows no saved matrix"),
        (("--states", "--min-quotes", "2"), "do not go with --columns codes"),
        (("--transpose",), "--transpose does not go with --columns codes"),
        (("--cells", "row %"), "--cells row % does not go with --columns codes"),
        (("--format", "latex"), "cannot be written as latex"),
    ],
)
def test_options_without_effect_on_a_table_of_codes_are_refused(run, options, error) -> None:
    refused = run("matrix", "show", "--columns", "codes", *options)
    assert (refused.status, error in refused.err) == (2, True)


def test_figures_of_codes_need_codes_as_columns(run) -> None:
    refused = run("matrix", "show", "table-1", "--cells", "meetings")
    assert (refused.status, "--cells meetings needs --columns codes." in refused.err) == (2, True)


def test_two_attributes_give_a_column_for_each_combination(run) -> None:
    found = cells(
        run, "--rows-under", "Innovative services", "--columns", STAGE, "--columns", NOVELTY, "--cells", "0/1"
    )
    assert list(found["New staff positions"].items()) == [
        ("Early stages of implementation / Re-design of existing services", "1"),
        ("Over half-way through / New services", "1"),
        ("Very close to completion / New services", "no data"),
    ]


def test_shares_of_a_row_add_up_to_a_hundred(run) -> None:
    found = cells(run, "--rows-under", "Innovative services", "--columns", STAGE, "--cells", "row %")
    assert sum(float(mark) for mark in found["Personal budgets"].values()) == pytest.approx(100, abs=0.2)
    shares = cells(run, "--rows-under", "Innovative services", "--columns", STAGE, "--cells", "column %")
    first = [float(row["Over half-way through"]) for row in shares.values()]
    assert sum(first) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize(
    ("columns", "status", "error"),
    [
        (("cases", STAGE), 2, "Give --columns once, or twice with two attributes"),
        ((STAGE, NOVELTY, STAGE), 2, "Give --columns once, or twice with two attributes"),
        (("magic",), 2, "is not one of cases, sources, kinds, coders, codes, attribute:NAME"),
    ],
)
def test_columns_that_cannot_be_combined_are_refused(run, columns, status, error) -> None:
    refused = run("matrix", "show", *(part for each in columns for part in ("--columns", each)))
    assert (refused.status, error in refused.err) == (status, True)


def test_an_attribute_of_cases_is_crossed_with_one_of_sources(run) -> None:
    run("source", "set", "a1", "b1", "m1", "--attribute", "mode=by phone")
    rows = ("--rows-under", "Innovative services", "--cells", "row %")
    found = cells(run, *rows, "--columns", STAGE, "--columns", "attribute:mode")
    turned = cells(run, *rows, "--columns", "attribute:mode", "--columns", STAGE)
    for row, marks in found.items():
        assert turned[row] == {" / ".join(reversed(column.split(" / "))): mark for column, mark in marks.items()}
        shares = [float(mark) for mark in marks.values() if mark.replace(".", "").isdigit()]
        assert not any(shares) or sum(shares) == pytest.approx(100, abs=0.2)
    assert "Over half-way through / by phone" in found["Personal budgets"]


def test_codings_of_a_crossed_cell_are_its_evidence(run) -> None:
    definition = ("--code", "Rate card", "--columns", "attribute:mode", "--columns", STAGE)
    listed = run("matrix", "evidence", *definition, "--format", "json").json
    assert listed
    for row in listed:
        assert row["column"].startswith("online / ")


def test_the_option_offers_all_figures_of_a_table_of_codes() -> None:
    assert FIGURES_OF_CODES == COOCCURRENCE_CELLS
