"""`sibtui matrix set`: options for the same changes as in the table editor on the screen."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize("cases", ["North, Leeds,SIB A", '"North, Leeds",SIB A'])
def test_a_case_with_a_comma_in_its_label_is_a_column(run, cases: str) -> None:
    run("case", "set", "SIB B", "--label", "North, Leeds")
    run("matrix", "set", "table-3", "--cases", cases)
    run("matrix", "define", "--name", "t", "--code", "Rate card", "--cases", cases)
    for name in ("table-3", "t"):
        assert run("matrix", "show", name, "--format", "json").json["columns"] == ["North, Leeds", "SIB A"]


def test_parts_of_a_matrix_are_changed_and_the_other_parts_stay(run) -> None:
    before = run("matrix", "export", "table-3").out
    changed = run(
        "matrix", "set", "table-3", "--title", "T.", "--cases", "SIB B,SIB A", "--mark", "contested=(X)", "--mark", "present=",
        "--add-row", "Budgets=Personal budgets,Rate card", "--remove-row", "Service provider autonomy", "--position", "Budgets=1",
        "--note", "Use of rate card=A list of prices.", "--cell-note", "Use of rate card:SIB A=Until 2019.",
        "--label", "Use of rate card=Card = list", "--without-subcodes", "Use of rate card", "--row-needs", "Use of rate card=report",
        "--min-quotes", "2", "--leave-out", "contested", "--judged-suffix", "†", "--new-name", "design",
    )  # fmt: skip
    assert changed.status == 0, changed.err
    assert "changed matrix design" in changed.err
    shown = run("matrix", "show", "design", "--first-note", "1", "--format", "json").json
    assert (shown["title"], shown["columns"], shown["rule"]["quotes"]) == ("T.", ["SIB B", "SIB A"], 2)
    assert [row["label"] for row in shown["rows"]] == [
        "Budgets", "Shifting risk to investors", "Card = list", "Long-term flexible funding",
    ]  # fmt: skip
    assert shown["notes"] == {"1": "A list of prices.", "2": "Until 2019."}
    text = run("matrix", "export", "design").out
    assert 'contested = "(X)"\npresent = ""' in text
    assert "subcodes = false" in text
    again = run(
        "matrix",
        "set",
        "design",
        "--note",
        "Card = list=",
        "--codes",
        "Card = list=Rate card",
        "--all-columns",
        "--all-lines",
    )
    assert again.status == 0, again.err
    assert 'note = "A list' not in run("matrix", "export", "design").out
    run("undo")
    run("undo")
    assert run("matrix", "export", "table-3").out == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--note", "no sign"], "does not have the form"),
        (["--mark", "maybe=X"], "is not a state of a cell"),
        (["--position", "Use of rate card=first"], "is not a position"),
        (["--row-needs", "Use of rate card=letter"], "is not a kind of source"),
        (["--columns", "rows"], "is not one of"),
        (["--remove-row", "Nothing"], "No row is named"),
        (["--cell-note", "Use of rate card:SIB Z=x"], "No column is named"),
        (["--label", "Use of rate card=Shifting risk to investors"], "already a row"),
        (["--new-name", "table-1"], "already a matrix"),
    ],
)
def test_an_invalid_value_of_an_option_is_refused(run, arguments: list[str], message: str) -> None:
    before = run("matrix", "export", "table-3").out
    refused = run("matrix", "set", "table-3", *arguments)
    assert refused.status != 0
    assert message in refused.err
    assert run("matrix", "export", "table-3").out == before


def test_set_without_a_change_is_refused_and_lists_what_can_be_changed(run) -> None:
    refused = run("matrix", "set", "table-3")
    assert refused.status == 2
    assert "Give at least one change: --new-name, --title, --columns, " in " ".join(refused.err.split())
    assert "--note or --cell-note." in " ".join(refused.err.split())


@pytest.mark.parametrize(
    ("command", "last"),
    [
        (["case", "set", "SIB A"], "--label, --private-name, --position, --letter, --attribute or --no-attribute."),
        (["attribute", "set", "Stage of development", "--of", "case"], "--name, --kind or --position."),
        (["code", "set", "Rate card"], "--colour, --key, --reread or --because."),
        (["coding", "set", "12"], "--case, --no-cases, --coder, --memo or --for-paper."),
        (["coding", "set", "--where", "code Trust"], "--case, --no-cases, --coder, --memo or --for-paper."),
        (["memo", "set", "1"], "Give at least one change: TEXT, --file or --title."),
        (["source", "set", "a1"], "--set, --no-set, --attribute, --no-attribute, --topic, --position or --text."),
        (["study", "set"], "--agreement, --first-note or --method."),
    ],
)
def test_every_set_command_without_a_change_lists_what_can_be_changed(run, command: list[str], last: str) -> None:
    refused = run(*command)
    assert refused.status == 2
    assert " ".join(refused.err.split()).endswith(last)


def test_setting_the_current_value_of_a_matrix_changes_nothing(run) -> None:
    assert "nothing was changed" in run("matrix", "set", "table-3", "--cells", "presence").err


def test_a_change_of_rows_that_follow_the_codebook_is_refused_with_advice(run) -> None:
    run("matrix", "define", "--name", "all", "--all-codes")
    refused = run("matrix", "set", "all", "--remove-row", "Rate card")
    assert refused.status == 1
    assert "follow the codebook" in refused.err


def test_only_the_saved_kinds_and_coders_count_until_all_evidence_counts_again(run) -> None:
    assert (
        run("matrix", "define", "--name", "new", "--code", "Rate card", "--kind", "report", "--coder", "R1").status == 0
    )
    listed = run("matrix", "list", "--format", "json").json[-1]
    assert (listed["kinds"], listed["coders"]) == (["report"], ["R1"])
    text = run("matrix", "export", "new").out
    assert run("matrix", "define", "-", "--name", "copy", stdin=text).status == 0
    assert run("matrix", "export", "copy").out == text.replace('"new"', '"copy"')
    narrowed = run("matrix", "show", "new", "--format", "csv").out
    assert (
        narrowed
        == run("matrix", "show", "--code", "Rate card", "--kind", "report", "--coder", "R1", "--format", "csv").out
    )
    assert run("matrix", "set", "new", "--all-evidence").status == 0
    assert (
        run("matrix", "show", "new", "--format", "csv").out
        == run("matrix", "show", "--code", "Rate card", "--format", "csv").out
    )


def test_rows_draw_on_saved_queries(run) -> None:
    run("query", "save", "Doubts", "certainty tentative")
    done = run("matrix", "define", "--name", "q", "--row", "Card=Rate card", "--row-query", "Doubted=doubts")
    assert done.err == "sibtui: saved matrix q, 2 rows (`sibtui undo` takes it back).\n"
    assert '[[row]]\nlabel = "Doubted"\nquery = "Doubts"\n' in run("matrix", "export", "q").out
    run("query", "save", "Against", "stance counters")
    run(
        "matrix",
        "set",
        "q",
        "--add-row-query",
        "No=Against",
        "--row-query",
        "Card=Against",
        "--codes",
        "Doubted=Rate card",
    )
    rows = [row["label"] for row in run("matrix", "show", "q", "--format", "json").json["rows"]]
    assert rows == ["Card", "Doubted", "No"]
    exported = run("matrix", "export", "q").out
    assert exported.count('query = "Against"') == 2
    assert exported.count('"SIB structure and partners/Rate card"') == 1
    shown = run("matrix", "show", "--row-query", "No=Against", "--format", "json").json
    assert {cell["state"] for row in shown["rows"] for cell in row["cells"].values()} <= {"rejected", "absent"}
    refused = run("query", "remove", "Against")
    assert (refused.status, "The query Against is used in 2 rows: “Card” of q and “No” of q." in refused.err) == (
        1,
        True,
    )
    assert "`sibtui matrix set`" in refused.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("define", "--name", "q", "--row-query", "Doubted=Zoe"), 1, "No query is named “Zoe”"),
        (("define", "--name", "q", "--row-query", "Doubted"), 2, "is not LABEL=QUERY"),
        (("show", "--row-query", "=Doubts"), 2, "is not LABEL=QUERY"),
        (("set", "table-1", "--add-row-query", "Doubted="), 1, "needs a query"),
        (("set", "table-1", "--row-query", "Nobody=Doubts"), 1, "No row is named “Nobody”"),
    ],
)
def test_rows_on_queries_that_do_not_exist_are_refused(run, arguments, status, message) -> None:
    done = run("matrix", *arguments)
    assert (done.status, message in done.err) == (status, True)
