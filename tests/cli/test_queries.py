"""`--where`: codings chosen by a query, in lists, changes, exports, matrices and reports."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from sibtui import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Result

    Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("sample")
NEAR = 'exactly "Rate card" overlapping exactly "Setting outcomes"'


def test_a_query_lists_codings(run: Run) -> None:
    listed = run("coding", "list", "--where", NEAR, "--format", "json").json
    assert [row["source"] for row in listed] == ["a1", "a4", "doc-a-programme"]
    assert len(run("coding", "list", "--where", NEAR, "--source", "a4", "--format", "json").json) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('code "Rate card" overlaping code Trust', "--where, character 18: expected “not”, "),
        ("", "--where, character 1: the query ends; expected “not”, "),
        ("case 'SIB X'", "--where, character 6: no case is named “SIB X”; did you mean"),
        ("attribute date < May", "--where, character 18: “May” is not a date: write it as 2020-03-17."),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ("coding", "list"), ("coding", "set", "--memo", "x"), ("coding", "remove"), ("export", "codings", "-"),
        ("matrix", "show", "table-1"), ("matrix", "evidence", "table-1"), ("report", "cooccurrence"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_error_names_the_option_and_the_character(
    run: Run, command: tuple[str, ...], query: str, message: str
) -> None:
    done = run(*command, "--where", query)
    assert done.status == 1
    assert done.err.splitlines()[-1].startswith(f"sibtui: {message}")


def test_a_query_chooses_the_codings_to_set(run: Run) -> None:
    done = run("coding", "set", "--where", NEAR, "--certainty", "tentative")
    assert done.err == "sibtui: changed 3 codings (`sibtui undo` takes it back).\n"
    assert len(run("coding", "list", "--where", f"{NEAR} and certainty tentative", "--format", "json").json) == 3
    assert run("undo").status == 0
    assert len(run("coding", "list", "--where", f"{NEAR} and certainty tentative", "--format", "json").json) == 1


def test_a_query_chooses_the_codings_to_remove(run: Run) -> None:
    done = run("coding", "remove", "--where", NEAR)
    assert done.err == "sibtui: removed 3 codings (`sibtui undo` brings them back).\n"
    assert run("coding", "list", "--where", NEAR, "--format", "json").json == []
    again = run("coding", "remove", "--where", NEAR)
    assert (again.status, again.err) == (1, "sibtui: No coding fits the query: nothing was changed.\n")


@pytest.mark.parametrize("command", [("set", "--memo", "x"), ("remove",)], ids=["set", "remove"])
def test_numbers_and_a_query_exclude_each_other(run: Run, command: tuple[str, ...]) -> None:
    for arguments in ((), ("12", "--where", "waiting")):
        done = run("coding", *command, *arguments)
        assert done.status == 2
        assert "Give either the numbers of codings, or --where or --set." in done.err


def test_an_export_holds_the_codings_of_a_query(run: Run, tmp_path: Path) -> None:
    assert run("export", "codings", "-", "--where", NEAR).out.count("\n") == 4
    assert "wrote 3 codings" in run("export", "codings", "near.csv", "--where", NEAR).err
    assert (tmp_path / "near.csv").read_text(encoding="utf-8").count("\n") == 4


def test_a_matrix_counts_the_codings_of_a_query_and_names_it(run: Run) -> None:
    done = run("matrix", "show", "table-1", "--where", "certainty tentative")
    assert "Codings of the query “certainty tentative” only." in done.out
    assert "left out 1 judgement of table-1: only part of the evidence counts here." in done.err
    rows = run("matrix", "show", "table-1", "--where", "certainty tentative", "--format", "csv")
    assert "Codings of the query “certainty tentative” only." in rows.err
    evidence = run("matrix", "evidence", "table-1", "--where", "certainty tentative", "--format", "csv").out
    assert {row["certainty"] for row in csv.DictReader(evidence.splitlines())} == {"tentative"}


def test_a_report_names_the_query(run: Run) -> None:
    done = run("report", "cooccurrence", "--where", 'case "SIB A"')
    assert 'Codings of the query “case "SIB A"” only.' in done.out


def test_passages_are_listed_with_the_numbers_of_both_sides(run: Run) -> None:
    table = run("coding", "list", "--passages", "--where", NEAR).out.splitlines()
    assert table[0].split() == ["place", "text", "left", "right"]
    assert len(table) == 5
    rows = run("coding", "list", "--passages", "--where", NEAR, "--format", "json").json
    assert [(row["left"], row["right"]) for row in rows][:1] == [([11], [12])]
    assert set(rows[0]) == {"source", "start", "end", "quote", "left", "right"}
    wide = run("coding", "list", "--union", "--where", NEAR, "--format", "csv", "--limit", "1").out.splitlines()
    assert len(wide) == 2
    assert wide[0] == "source,start,end,quote,left,right"


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (("--passages", "--union", "--where", NEAR), 2, "Give either --passages or --union, not both."),
        (("--passages",), 2, "--passages and --union need --where or --query, and no other filter"),
        (("--passages", "--where", NEAR, "--case", "SIB A"), 2, "--passages and --union need --where or --query, and no other filter"),
        (("--passages", "--where", "source a1"), 1, "--where, character 1: passages need a query with one relation"),
        (("--passages", "--where", "source a1 within 9 characters of source a1"), 1, "--where, character 11: codings with this relation"),
    ],
    ids=["both", "no query", "another filter", "no relation", "apart"],
)  # fmt: skip
def test_passages_need_one_relation(run: Run, options: tuple[str, ...], status: int, message: str) -> None:
    done = run("coding", "list", *options)
    assert done.status == status
    assert message in done.err


def test_the_passages_of_a_saved_query_are_listed(run: Run) -> None:
    expected = run("coding", "list", "--passages", "--where", NEAR, "--format", "json").json
    run("query", "save", "Near", NEAR)
    run("query", "save", "Outer", "query Near")
    run("query", "save", "Doubts", "certainty tentative")
    for options in (("--query", "Near"), ("--query", "Outer"), ("--where", "query Near")):
        assert run("coding", "list", "--passages", *options, "--format", "json").json == expected
    narrowed = run("coding", "list", "--passages", "--where", f"{NEAR} and source a4", "--format", "json").json
    joined = run("coding", "list", "--passages", "--where", "query Near and source a4", "--format", "json").json
    assert joined == narrowed
    refused = run("coding", "list", "--passages", "--query", "Doubts")
    assert (refused.status, "--query: passages need a query with one relation" in refused.err) == (1, True)
    unknown = run("coding", "list", "--passages", "--query", "Zoe")
    assert (unknown.status, "--query: no query is named “Zoe”" in unknown.err) == (1, True)


def test_a_saved_query_is_used_by_its_name(run: Run) -> None:
    done = run("query", "save", "Near", NEAR)
    assert done.err == "sibtui: saved the query Near, which finds 3 codings now (`sibtui undo` takes it back).\n"
    assert run("query", "list", "--format", "json").json == [{"name": "Near", "expression": NEAR}]
    assert run("query", "show", "near", "--format", "json").json == {"name": "Near", "expression": NEAR, "codings": 3}
    assert len(run("coding", "list", "--query", "Near", "--format", "json").json) == 3
    assert "Codings of the saved query “Near” only." in run("matrix", "show", "table-1", "--query", "near").out.replace(
        "near", "Near"
    )
    assert run("coding", "set", "--query", "Near", "--certainty", "tentative").err.startswith(
        "sibtui: changed 3 codings"
    )
    assert run("query", "remove", "Near").err == "sibtui: removed the query Near (`sibtui undo` brings it back).\n"
    assert run("query", "list", "--format", "json").json == []


def test_a_query_is_replaced_with_force_alone(run: Run) -> None:
    run("query", "save", "x", "waiting")
    again = run("query", "save", "x", "round 2")
    assert again.status == 1
    assert "There is already a query “x”: --force replaces it" in again.err
    assert "finds 0 codings" in run("query", "save", "x", "round 2", "--force").err


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        (("query", "save", "x", "code"), 1, "QUERY, character 5: the query ends; expected the name of a code."),
        (("coding", "list", "--query", "Zoe"), 1, "--query: no query is named “Zoe”"),
        (("coding", "list", "--query", "Zoe", "--where", "waiting"), 2, "Give either --query or --where"),
        (("query", "show", "Zoe"), 1, "No query is named “Zoe”"),
        (("coding", "remove", "--query", ""), 1, "--query: "),
    ],
    ids=["bad query", "unknown", "both", "show", "empty"],
)
def test_a_name_or_query_that_cannot_be_used_is_refused(
    run: Run, command: tuple[str, ...], status: int, message: str
) -> None:
    done = run(*command)
    assert (done.status, message in done.err) == (status, True), done.err


@pytest.mark.parametrize(
    ("command", "start"),
    [
        (("coding", "list", "--query", "b"), "--query: "),
        (("coding", "list", "--where", "waiting or query b"), "--where: "),
        (("query", "save", "c", "waiting and query b"), "QUERY: "),
        (("query", "show", "b"), "query b: "),
        (("query", "show", "a"), "query a, character 9: expected "),
    ],
    ids=["query", "where", "save", "show", "itself"],
)
def test_an_error_in_a_saved_query_names_only_this_query(
    run: Run, sample: Path, command: tuple[str, ...], start: str
) -> None:
    run("query", "save", "a", "waiting and round 2")
    run("query", "save", "b", "stance counters or query a")
    with Project.open(sample) as study, study.act("query save", "a query"):
        study._session.store.change("UPDATE queries SET expression = 'round 2 stance' WHERE name = 'a'")
    message = run(*command).err.splitlines()[-1]
    assert message.startswith(f"sibtui: {start}")
    assert command[-1] == "a" or message.removeprefix(f"sibtui: {start}").startswith("in the query “a”, character 9: ")
