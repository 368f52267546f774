"""`sibtui history`, `undo`, `redo`."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = pytest.mark.usefixtures("empty")


def codes(run) -> list[str]:
    return [row["code"] for row in run("code", "list", "--format", "json").json]


def acts(run) -> list[tuple[str, str]]:
    return [(row["verb"], row["state"]) for row in run("history", "list", "--format", "json").json]


def test_the_history_lists_acts_and_coders_newest_first(run) -> None:
    run("code", "add", "Trust")
    run("code", "rename", "Trust", "Distrust")
    rows = list(csv.DictReader(io.StringIO(run("history", "list", "--format", "csv").out)))
    assert [(row["act"], row["verb"], row["coder"], row["state"]) for row in rows] == [
        ("2", "code rename", "R9", "done"),
        ("1", "code add", "R9", "done"),
    ]
    limited = run("history", "list", "--limit", "1", "--format", "json").json
    assert [row["act"] for row in limited] == [2]


def test_the_history_can_be_filtered_by_kind_and_source(run, tmp_path) -> None:
    for name in ("a1", "b1"):
        (tmp_path / f"{name}.txt").write_text(f"Nobody called {name} back.", encoding="utf-8")
        run("source", "add", tmp_path / f"{name}.txt")
    run("code", "add", "Trust")
    run("coding", "add", "b1", "Trust", "--quote", "Nobody")
    run("coding", "add", "a1", "Trust", "--quote", "Nobody")
    only = run("history", "list", "--verb", "coding", "--source", "b1", "--format", "json").json
    assert [row["verb"] for row in only] == ["coding add"]
    assert run("history", "list", "--verb", "fly").status == 1
    assert run("history", "list", "--coder", "Nobody").status == 1
    run("coding", "set", 1, "--coder", "Imported")
    imported = run("history", "list", "--coder", "imported", "--format", "json")
    assert (imported.status, imported.json) == (0, [])


def test_the_history_of_a_removed_source_and_a_removed_code_can_be_listed(run, tmp_path) -> None:
    (tmp_path / "a1.txt").write_text("Nobody called back.", encoding="utf-8")
    run("source", "add", tmp_path / "a1.txt")
    run("code", "add", "Trust")
    run("source", "remove", "a1")
    run("code", "remove", "Trust")
    for item in (("--source", "a1", "source"), ("--code", "trust", "code")):
        rows = run("history", "list", *item[:2], "--format", "json").json
        assert [row["verb"] for row in rows] == [f"{item[2]} remove", f"{item[2]} add"]
    assert run("history", "list", "--source", "b1").status == 1


def test_undo_and_redo_name_their_acts(run) -> None:
    run("code", "add", "Trust")
    run("code", "add", "Money")
    undone = run("undo")
    assert (undone.status, undone.out) == (0, "")
    assert undone.err.startswith("sibtui: undone: code Money added (act 2, ")
    assert codes(run) == ["Trust"]
    redone = run("redo")
    assert redone.err.startswith("sibtui: redone: code Money added (act 2, ")
    assert codes(run) == ["Trust", "Money"]


def test_several_acts_are_undone_and_redone_together(run) -> None:
    for name in ("A", "B", "C"):
        run("code", "add", name)
    assert run("undo", "2").err.count("undone: code") == 2
    assert codes(run) == ["A"]
    more = run("redo", "5")
    assert more.status == 0
    assert more.err.count("redone: code") == 2
    assert "only 2 acts of 5: there is no more to" in more.err
    assert codes(run) == ["A", "B", "C"]


def test_several_acts_are_named_as_they_are_undone_and_redone_one_by_one(run, tmp_path) -> None:
    (tmp_path / "a1.txt").write_text("Nobody called back.", encoding="utf-8")
    run("source", "add", tmp_path / "a1.txt")
    run("case", "add", "North")
    run("source", "set", "a1", "--case", "North", "--attribute", "mode=x")
    run("source", "set", "a1", "--case", "", "--attribute", "mode=")
    run("case", "remove", "North")
    set_ = "source a1: now about North, mode now “x”"
    assert f"undone: {set_}" in run("undo", "4").err
    assert f"redone: {set_}" in run("redo", "4").err


def test_the_exit_status_is_1_if_there_is_nothing_to_undo_or_redo(run) -> None:
    for do in ("undo", "redo"):
        nothing = run(do)
        assert (nothing.status, nothing.out) == (1, "")
        assert f"nothing to {do}" in nothing.err


def test_a_change_after_undo_drops_the_undone_act(run) -> None:
    run("code", "add", "A")
    run("undo")
    run("code", "add", "B")
    assert acts(run) == [("code add", "done"), ("code add", "dropped")]
    assert run("redo").status == 1


def test_the_values_that_an_act_changed_are_shown(run) -> None:
    run("code", "add", "Trust", "--definition", "Old.")
    run("code", "set", "Trust", "--definition", "New.")
    (change,) = run("history", "show", "2", "--format", "json").json["changes"]
    assert (change["table"], change["change"]) == ("codes", "changed")
    assert change["before"] == {"definition": "Old."}
    assert change["after"] == {"definition": "New."}
    added = run("history", "show", "1", "--format", "json").json["changes"]
    assert {row["change"] for row in added} == {"added"}
    assert all(row["before"] is None for row in added)
    assert run("history", "show", "2").out.startswith("2. code set, ")


@pytest.mark.parametrize(
    ("arguments", "status"), [(["show", "7"], 1), (["show", "0"], 2), (["list", "--limit", "0"], 2)]
)
def test_an_unknown_act_is_refused(run, arguments: list[str], status: int) -> None:
    assert run("history", *arguments).status == status


def test_an_undone_act_can_still_be_shown(run) -> None:
    run("code", "add", "Trust")
    result = run("history", "show", "1", "--format", "json").json
    run("undo")
    assert run("history", "show", "1", "--format", "json").json == result | {"state": "undone"}


def test_control_characters_in_a_summary_are_printed_inert(run) -> None:
    run("code", "add", "\x1b[31mTrust")
    for arguments in (["history", "list"], ["history", "show", "1"], ["undo"]):
        shown = run(*arguments)
        assert "\x1b" not in shown.out + shown.err


def test_only_the_first_changed_rows_are_shown(run) -> None:
    run("code", "add", "Trust")
    run("code", "rename", "Trust", "Distrust")
    whole, some = (run("history", "show", "2", *limit, "--format", "json").json for limit in ((), ("--limit", "1")))
    assert len(whole["changes"]) == 2
    assert some["changes"] == whole["changes"][:1]
    assert some["digest"] == whole["digest"]
    assert len(run("history", "show", "2", "--limit", "1").out.splitlines()) == 5


def test_many_changed_rows_are_shown_in_several_tables(run, monkeypatch) -> None:
    run("code", "add", "Trust")
    run("code", "rename", "Trust", "Distrust")
    monkeypatch.setattr("sibtui.cli.history._PAGE", 1)
    lines = run("history", "show", "2").out.splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("table")]
    assert heads == [2, 5]  # the title and an empty line; heading, line and row of each table
    assert len(lines) == 8
