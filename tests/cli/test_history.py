"""`sibtui history`, `undo`, `redo`."""

from __future__ import annotations

import csv
import io
import json

import pytest

pytestmark = pytest.mark.usefixtures("empty")


def codes(run) -> list[str]:
    return [row["code"] for row in run("code", "list", "--format", "json").json]


def acts(run) -> list[tuple[str, str]]:
    return [(row["verb"], row["state"]) for row in run("history", "list", "--format", "json").json]


def test_the_history_lists_who_did_what_newest_first(run) -> None:
    run("code", "add", "Trust")
    run("code", "rename", "Trust", "Distrust")
    rows = list(csv.DictReader(io.StringIO(run("history", "list", "--format", "csv").out)))
    assert [(row["act"], row["verb"], row["coder"], row["state"]) for row in rows] == [
        ("2", "code rename", "R9", "done"),
        ("1", "code add", "R9", "done"),
    ]
    limited = run("history", "list", "--limit", "1", "--format", "json").json
    assert [row["act"] for row in limited] == [2]


def test_undo_and_redo_say_what_they_did(run) -> None:
    run("code", "add", "Trust")
    run("code", "add", "Money")
    undone = run("undo")
    assert (undone.status, undone.out) == (0, "")
    assert undone.err.startswith("sibtui: undid 2, code add: code Money")
    assert codes(run) == ["Trust"]
    redone = run("redo")
    assert redone.err.startswith("sibtui: redid 2, code add")
    assert codes(run) == ["Trust", "Money"]


def test_several_acts_are_undone_and_redone_at_once(run) -> None:
    for name in ("A", "B", "C"):
        run("code", "add", name)
    assert run("undo", "2").err.count("undid") == 2
    assert codes(run) == ["A"]
    more = run("redo", "5")
    assert more.status == 0
    assert more.err.count("redid") == 2
    assert "that was all: 2 acts, not 5" in more.err
    assert codes(run) == ["A", "B", "C"]


def test_with_nothing_to_undo_or_redo_the_status_is_1(run) -> None:
    for do in ("undo", "redo"):
        nothing = run(do)
        assert (nothing.status, nothing.out) == (1, "")
        assert f"nothing to {do}" in nothing.err


def test_something_else_done_after_an_undo_drops_what_was_undone(run) -> None:
    run("code", "add", "A")
    run("undo")
    run("code", "add", "B")
    assert acts(run) == [("code add", "done"), ("code add", "dropped")]
    assert run("redo").status == 1


def test_an_act_shows_the_values_that_differ(run) -> None:
    run("code", "add", "Trust", "--definition", "Old.")
    run("code", "set", "Trust", "--definition", "New.")
    (change,) = run("history", "show", "2", "--format", "json").json
    assert (change["table"], change["change"]) == ("codes", "changed")
    assert json.loads(change["before"]) == {"definition": "Old."}
    assert json.loads(change["after"]) == {"definition": "New."}
    added = run("history", "show", "1", "--format", "json").json
    assert {row["change"] for row in added} == {"added"}
    assert all(row["before"] == "" for row in added)
    assert run("history", "show", "2").out.startswith("2. code set, ")


@pytest.mark.parametrize(
    ("arguments", "status"), [(["show", "7"], 1), (["show", "0"], 2), (["list", "--limit", "0"], 2)]
)
def test_an_act_that_is_not_there_is_told(run, arguments: list[str], status: int) -> None:
    assert run("history", *arguments).status == status


def test_an_undone_act_can_still_be_read(run) -> None:
    run("code", "add", "Trust")
    done = run("history", "show", "1", "--format", "json").json
    run("undo")
    assert run("history", "show", "1", "--format", "json").json == done


def test_a_hostile_summary_is_shown_inert(run) -> None:
    run("code", "add", "\x1b[31mTrust")
    for arguments in (["history", "list"], ["history", "show", "1"], ["undo"]):
        shown = run(*arguments)
        assert "\x1b" not in shown.out + shown.err
