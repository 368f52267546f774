"""`sibtui matrix evidence`: each X traced to its quotes."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("sample")

CARD = "Use of rate card:SIB A"


def test_a_cell_is_shown_with_its_state_and_every_quote(run) -> None:
    shown = run("matrix", "evidence", "table-3", "--cell", CARD)
    assert shown.status == 0, shown.err
    first, *rest = shown.out.splitlines()
    assert first.startswith("Use of rate card, SIB A: contested (")
    rows = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    for row in rows:
        place = f"  {row['source']} {row['start']}:{row['end']} {row['code']}, {row['coder']}"
        said = next(line for line in rest if line.startswith(place))
        assert ("counters" in said) == (row["stance"] == "counters")
        assert ("tentative" in said) == (row["certainty"] == "tentative")
        assert f"(coding {row['coding']})" in said


def test_the_quotes_are_the_codings_of_the_cell(run) -> None:
    rows = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    codings = run("coding", "list", "--code", "Rate card", "--case", "SIB A", "--format", "json").json
    assert [(row["source"], row["start"], row["quote"]) for row in rows] == [
        (coding["source"], coding["start"], coding["quote"]) for coding in codings
    ]


def test_every_present_cell_says_what_it_hangs_on(run) -> None:
    cells = {
        (row["label"], case): cell
        for row in run("matrix", "show", "table-1", "--format", "json").json["rows"]
        for case, cell in row["cells"].items()
    }
    rows = run("matrix", "evidence", "table-1", "--format", "json").json
    found = {(row["row"], row["column"]): (row["state"], row["fragility"]) for row in rows}
    assert {at for at, cell in cells.items() if cell["quotes"] or cell["tentative"] or cell["counter"]} <= set(found)
    for at, (state, fragility) in found.items():
        assert (state, fragility) == (cells[at]["state"], cells[at]["fragility"] or "")
    text = run("matrix", "evidence", "table-1").out
    assert all(f"; {word})" in text for word in {fragility for _, fragility in found.values() if fragility})


@pytest.mark.parametrize("form", ["table", "md"])
def test_words_of_notes_never_stand_in_quotation_marks_and_verbatim_ones_do(run, form: str) -> None:
    rows = run("matrix", "evidence", "table-3", "--format", "json").json
    spoken = {row["quote"] for row in rows if row["fidelity"] == "verbatim" and "\n" not in row["quote"]}
    paraphrased = {row["quote"] for row in rows if row["fidelity"] == "notes" and "\n" not in row["quote"]}
    shown = run("matrix", "evidence", "table-3", "--format", form).out
    plain = {quote for quote in spoken | paraphrased if quote.replace(" ", "").replace(",", "").isalpha()}
    assert plain & paraphrased
    assert not any(f"“{quote}”" in shown for quote in paraphrased)
    assert all(f"“{quote}”" in shown for quote in spoken if form == "table")


def test_a_judged_cell_shows_who_judged_and_why_also_without_quotes(run) -> None:
    row = "More flexible workload distribution"
    run("matrix", "judge", "table-1", row, "SIB B", "present", "--because", "Seen on the visit.")
    text = run("matrix", "evidence", "table-1").out
    assert f"{row}, SIB B: present, computed" in text
    assert "Judged present by R9: Seen on the visit." in text
    rows = run("matrix", "evidence", "table-1", "--format", "json").json
    assert any(r["row"] == row and r["column"] == "SIB B" and r["judged"] == "Seen on the visit." for r in rows)


def test_evidence_is_narrowed_as_the_matrix_is(run) -> None:
    rows = run("matrix", "evidence", "table-3", "--kind", "report", "--format", "json").json
    assert rows
    kinds = {row["name"]: row["kind"] for row in run("source", "list", "--format", "json").json}
    assert {kinds[row["source"]] for row in rows} == {"report"}
    only = run("matrix", "evidence", "table-3", "--cases", "SIB B", "--format", "json").json
    assert {row["column"] for row in only} == {"SIB B"}


def test_a_matrix_made_up_on_the_spot_has_its_evidence_too(run) -> None:
    rows = run("matrix", "evidence", "--code", "Rate card", "--columns", "sources", "--format", "json").json
    assert rows
    assert all(row["column"] == row["source"] for row in rows)


def test_a_colon_may_stand_in_a_row(run) -> None:
    run("matrix", "define", "--name", "odd", "--row", "Money: the card=Rate card")
    shown = run("matrix", "evidence", "odd", "--cell", "money: the card:sib a")
    assert shown.out.startswith("Money: the card, SIB A:")


def test_an_empty_cell_says_that_it_has_no_quotes(run) -> None:
    shown = run(
        "matrix", "evidence", "table-1", "--cell", "Use of more co-creation practices:SIB A", "--kind", "report"
    )
    assert shown.status == 0
    assert "No quotes." in shown.out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["table-3", "--cell", "nothing"], 2, "ROW:CASE"),
        (["table-3", "--cell", "Use of cards:SIB A"], 1, "Use of rate card"),
        (["table-3", "--cell", "Use of rate card:SIB Z"], 1, "SIB A"),
        (["table-3", "table-4", "--cell", CARD], 2, "name it"),
    ],
)
def test_a_cell_that_is_not_there_is_answered_with_the_nearest(
    run, arguments: list[str], status: int, told: str
) -> None:
    refused = run("matrix", "evidence", *arguments)
    assert (refused.status, refused.out) == (status, "")
    assert told in refused.err


def test_a_hostile_quote_is_shown_inert(run) -> None:
    run("source", "add", "-", "--name", "x1", "--case", "SIB A", stdin="They \x1b[31mlaughed\x1b[0m \u202eloud.\n")
    added = run("coding", "add", "x1", "Rate card", "--span", "0:20", "--memo", "\x1b[2J")
    assert added.status == 0, added.err
    shown = run("matrix", "evidence", "table-3", "--cell", CARD)
    assert "␛[31mlaughed" in shown.out
    assert "\x1b" not in shown.out
