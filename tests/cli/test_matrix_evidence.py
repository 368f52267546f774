"""`sibtui matrix evidence`: the quotes behind each cell."""

from __future__ import annotations

import pytest

from sibtui.model.presence import RESTS

pytestmark = pytest.mark.usefixtures("sample")

CARD = "Use of rate card:SIB A"


def test_a_cell_is_shown_with_its_state_and_every_quote(run) -> None:
    shown = run("matrix", "evidence", "table-3", "--cell", CARD)
    assert shown.status == 0, shown.err
    first, *rest = shown.out.splitlines()
    assert first.startswith("Use of rate card, SIB A: contested (")
    assert any(words in first for words in RESTS.values())
    rows = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    for row in rows:
        place = f"  {row['source']} {row['start']}:{row['end']} {row['code']}, {row['coder']}"
        output = next(line for line in rest if line.startswith(place))
        assert ("counters" in output) == (row["stance"] == "counters")
        assert ("tentative" in output) == (row["certainty"] == "tentative")
        assert f"(coding {row['coding']})" in output


def test_the_quotes_are_the_codings_of_the_cell(run) -> None:
    rows = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    codings = run("coding", "list", "--code", "Rate card", "--case", "SIB A", "--format", "json").json
    assert [(row["source"], row["start"], row["quote"]) for row in rows] == [
        (coding["source"], coding["start"], coding["quote"]) for coding in codings
    ]


def test_the_evidence_contains_the_state_and_the_robustness_of_each_cell(run) -> None:
    cells = {
        (row["label"], case): cell
        for row in run("matrix", "show", "table-1", "--format", "json").json["rows"]
        for case, cell in row["cells"].items()
    }
    rows = run("matrix", "evidence", "table-1", "--format", "json").json
    by_cell = {(row["row"], row["column"]): (row["state"], row["fragility"]) for row in rows}
    assert {at for at, cell in cells.items() if cell["quotes"] or cell["tentative"] or cell["counter"]} <= set(by_cell)
    for at, (state, fragility) in by_cell.items():
        assert (state, fragility) == (cells[at]["state"], cells[at]["fragility"] or "")
    text = run("matrix", "evidence", "table-1").out
    assert all(f"; {RESTS[word]})" in text for word in {fragility for _, fragility in by_cell.values() if fragility})


@pytest.mark.parametrize("form", ["table", "md"])
def test_only_quotes_from_verbatim_sources_have_quotation_marks(run, form: str) -> None:
    rows = run("matrix", "evidence", "table-3", "--format", "json").json
    spoken = {row["quote"] for row in rows if row["fidelity"] == "verbatim" and "\n" not in row["quote"]}
    paraphrased = {row["quote"] for row in rows if row["fidelity"] == "notes" and "\n" not in row["quote"]}
    shown = run("matrix", "evidence", "table-3", "--format", form).out
    plain = {quote for quote in spoken | paraphrased if quote.replace(" ", "").replace(",", "").isalpha()}
    assert plain & paraphrased
    assert not any(f"“{quote}”" in shown for quote in paraphrased)
    assert all(f"“{quote}”" in shown for quote in spoken if form == "table")


def test_a_judged_cell_shows_the_judgement_even_without_quotes(run) -> None:
    row = "More flexible workload distribution"
    run("matrix", "judge", "table-1", row, "SIB B", "present", "--because", "Seen on the visit.")
    text = run("matrix", "evidence", "table-1").out
    assert f"{row}, SIB B: judged present, computed" in text
    assert "Judged present by R9: Seen on the visit." in text
    rows = run("matrix", "evidence", "table-1", "--format", "json").json
    assert any(r["row"] == row and r["column"] == "SIB B" and r["judged"] == "Seen on the visit." for r in rows)


def test_the_evidence_contains_the_reasons_of_open_cells_and_the_changes_since_a_judgement(run) -> None:
    row, column = "Use of rate card", "SIB A"
    run("matrix", "judge", "table-3", row, column, "present", "--because", "Seen on the visit.")
    coding = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json[0]
    run("coding", "remove", str(coding["coding"]))
    (first, *_) = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    assert (first["row"], first["column"], first["judged"]) == (row, column, "Seen on the visit.")
    assert first["changed"][0].startswith("1 quote is gone (“")
    words = " ".join(run("matrix", "evidence", "table-3", "--cell", CARD).out.split())
    assert "Seen on the visit; changed since: 1 quote is gone (“" in words
    readers = {
        each["coder"] for each in run("reading", "list", "--format", "json").json if each["source"] == coding["source"]
    }
    for reader in readers:
        run("reading", "remove", coding["source"], "--coder", reader)
    (first, *_) = run("matrix", "evidence", "table-3", "--cell", CARD, "--format", "json").json
    assert first["reasons"] == [f"{coding['source']} is unread"]
    assert f"; {coding['source']} is unread)" in " ".join(
        run("matrix", "evidence", "table-3", "--cell", CARD).out.split()
    )


def test_the_options_of_evidence_are_the_options_of_the_matrix(run) -> None:
    rows = run("matrix", "evidence", "table-3", "--kind", "report", "--format", "json").json
    assert rows
    kinds = {row["name"]: row["kind"] for row in run("source", "list", "--format", "json").json}
    assert {kinds[row["source"]] for row in rows} == {"report"}
    only = run("matrix", "evidence", "table-3", "--cases", "SIB B", "--format", "json").json
    assert {row["column"] for row in only} == {"SIB B"}


def test_a_matrix_from_options_has_evidence(run) -> None:
    rows = run("matrix", "evidence", "--code", "Rate card", "--columns", "sources", "--format", "json").json
    assert rows
    assert all(row["column"] == row["source"] for row in rows)


def test_a_row_label_may_contain_a_colon(run) -> None:
    run("matrix", "define", "--name", "odd", "--row", "Money: the card=Rate card")
    shown = run("matrix", "evidence", "odd", "--cell", "money: the card:sib a")
    assert shown.out.startswith("Money: the card, SIB A:")


def test_for_a_cell_without_quotes_no_quotes_are_printed(run) -> None:
    shown = run(
        "matrix", "evidence", "table-1", "--cell", "Use of more co-creation practices:SIB A", "--kind", "report"
    )
    assert shown.status == 0
    assert "No quotes." in shown.out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["table-3", "--cell", "nothing"], 2, "ROW:CASE"),
        (["table-3", "--cell", "Use of cards:SIB A"], 1, "Use of rate card"),
        (["table-3", "--cell", "Use of rate card:SIB Z"], 1, "SIB A"),
        (["table-3", "table-4", "--cell", CARD], 2, "name it"),
    ],
)
def test_an_unknown_cell_is_refused_with_a_suggestion(run, arguments: list[str], status: int, message: str) -> None:
    refused = run("matrix", "evidence", *arguments)
    assert (refused.status, refused.out) == (status, "")
    assert message in refused.err


def test_control_characters_in_a_quote_are_printed_inert(run) -> None:
    run("source", "add", "-", "--name", "x1", "--case", "SIB A", stdin="They \x1b[31mlaughed\x1b[0m \u202eloud.\n")
    added = run("coding", "add", "x1", "Rate card", "--span", "0:20", "--memo", "\x1b[2J")
    assert added.status == 0, added.err
    shown = run("matrix", "evidence", "table-3", "--cell", CARD)
    assert "␛[31mlaughed" in shown.out
    assert "\x1b" not in shown.out
