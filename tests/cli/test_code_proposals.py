"""`sibtui code propose`, `proposals`, `accept`, `reject`, and `code import --propose`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

FIRST = "path,definition\nPeers/Peer roles,People who were helped help others.\nMoney,Budgets.\n"
SECOND = "path,definition\nPeers/Roles of peers,Helping other people after help.\nmoney,Sums to spend.\n"


@pytest.fixture
def proposed(empty, run):
    """Run the command line on a study in which R1 and R2 have proposed two codes each."""
    for coder, text in (("R1", FIRST), ("R2", SECOND)):
        Path("themes.csv").write_text(text)
        assert run("code", "import", "themes.csv", "--propose", "--coder", coder).status == 0
    return run


def test_a_list_becomes_proposals_and_no_codes(empty, run) -> None:
    Path("themes.csv").write_text(FIRST)
    result = run("code", "import", "themes.csv", "--propose", "--coder", "R1")
    assert (result.status, result.err) == (
        0,
        "sibtui: 2 proposals added, 0 already in the study (`sibtui undo` takes it back).\n",
    )
    assert run("code", "list").out == ""
    again = run("code", "import", "themes.csv", "--propose", "--coder", "R1")
    assert (again.status, again.err) == (0, "sibtui: 0 proposals added, 2 already in the study.\n")


def test_a_list_never_changes_a_code(empty, run) -> None:
    run("code", "add", "Money", "--definition", "What is spent.")
    run("code", "import", "-", "--propose", stdin=FIRST)
    assert run("code", "list", "--format", "csv").out.count("\n") == 2
    assert run("code", "show", "Money", "--format", "json").facts["definition"] == "What is spent."
    (row,) = [row for row in run("code", "proposals", "--format", "json").json if row["exists"]]
    assert (row["code"], row["proposals"][0]["coder"]) == ("Money", "R9")


def test_options_that_exclude_each_other_are_refused(proposed) -> None:
    assert proposed("code", "import", "themes.csv", "--propose", "--update").status == 2
    assert proposed("code", "import", "themes.csv", "--coder", "R1").status == 2
    assert proposed("code", "proposals", "--similar", "--all").status == 2
    assert proposed("code", "reject", "1").status == 2
    assert proposed("code", "accept").status == 2


def test_proposals_are_side_by_side(proposed) -> None:
    table = list(csv.reader(io.StringIO(proposed("code", "proposals", "--format", "csv").out)))
    assert table == [
        ["code", "R1", "R2"],
        ["Peers/Peer roles", "1 Peers/Peer roles: People who were helped help others.", ""],
        ["Money", "2 Money: Budgets.", "4 money: Sums to spend."],
        ["Peers/Roles of peers", "", "3 Peers/Roles of peers: Helping other people after help."],
    ]
    table = list(csv.reader(io.StringIO(proposed("code", "proposals", "--similar", "--format", "csv").out)))
    assert [row[0] for row in table] == ["code", "Peers/Peer roles", "Money"]


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html", "docx", "xlsx"])
def test_proposals_have_every_format(proposed, form: str) -> None:
    result = proposed("code", "proposals", "--similar", "--format", form, "-o", f"proposals.{form}")
    assert result.status == 0
    assert Path(f"proposals.{form}").stat().st_size


def test_proposals_are_accepted(proposed) -> None:
    result = proposed("code", "accept", "1", "3", "--into", "Peers/Peer roles", "--because", "One topic.")
    assert result.err == "sibtui: merged 2 proposals into new code Peers/Peer roles (`sibtui undo` takes it back).\n"
    facts = proposed("code", "show", "Peer roles", "--format", "json").facts
    assert [(e["event"], e["code"], e["note"]) for e in facts["lineage"]] == [
        ("merged", "Peers/Peer roles", "proposed by R1; One topic."),
        ("merged", "Peers/Roles of peers", "proposed by R2; One topic."),
    ]
    proposed("code", "add", "Sums")
    result = proposed(
        "code", "accept", "4", "--into", "Sums", "--definition", "-", "--origin", "deductive", stdin="All.\n"
    )
    assert "merged 1 proposal into code Sums" in result.err
    facts = proposed("code", "show", "Sums", "--format", "json").facts
    assert (facts["definition"], facts["origin"]) == ("All.", "deductive")
    proposed("undo")
    assert [row["state"] for row in proposed("code", "proposals", "--all", "--format", "json").json] == [
        "merged",
        "open",
        "merged",
        "open",
    ]


def test_proposals_are_rejected_with_a_reason(proposed) -> None:
    result = proposed("code", "reject", "2", "4", "--because", "Too broad.")
    assert result.err == "sibtui: rejected 2 proposals: Money, money (`sibtui undo` takes it back).\n"
    rows = proposed("code", "proposals", "--all", "--format", "json").json
    assert [(row["proposal"], row["state"], row["reason"]) for row in rows][1] == (2, "rejected", "Too broad.")
    again = proposed("code", "accept", "2")
    assert again.status == 1
    assert again.err == "sibtui: Proposal 2 is rejected already: `sibtui code proposals` shows their numbers.\n"


def test_a_message_reports_that_no_proposal_is_open(empty, run) -> None:
    result = run("code", "proposals", "--format", "json")
    assert (result.out, result.err) == (
        "[]\n",
        "sibtui: no proposal is open: `sibtui code import FILE --propose` adds a list.\n",
    )
    assert run("code", "proposals", "--all").err == ""


def test_one_code_is_proposed(empty, run) -> None:
    result = run("code", "propose", "Money", "--definition", "Budgets.")
    assert result.err == "sibtui: proposal 1 by R9: Money (`sibtui undo` takes it back).\n"
    assert run("code", "propose", "Money", "--definition", "Budgets.").status == 1
    assert run("code", "propose", "A//B").status == 1
