"""`sibtui memo`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize(
    ("options", "on", "of"),
    [
        ([], "project", ""),
        (["--source", "B1"], "source", "b1"),
        (["--case", "sib b"], "case", "SIB B"),
        (["--code", "Personal budgets"], "code", "Innovative services/Personal budgets"),
        (["--matrix", "table-1"], "matrix", "table-1"),
        (["--coding", "12"], "coding", "12"),
    ],
)
def test_a_memo_is_written_and_listed_on_every_kind_of_target(run, options: list[str], on: str, of: str) -> None:
    assert run("memo", "add", "A thought of mine", *options).status == 0
    memo = run("memo", "list", "--on", on, *options, "--format", "json").json[-1]
    assert (memo["on"], memo["of"]) == (on, of)
    assert "A thought of mine" in memo["text"]


def test_the_text_of_a_memo_can_come_from_stdin_or_a_file(run) -> None:
    Path("thought.txt").write_text("From a file.\nIn two lines.\n", encoding="utf-8")
    run("memo", "add", "-", "--title", "One", stdin="From stdin.\n")
    run("memo", "add", "--file", "thought.txt", "--title", "Two")
    texts = {row["title"]: row["text"] for row in run("memo", "list", "--format", "json").json}
    assert (texts["One"], texts["Two"]) == ("From stdin.", "From a file.\nIn two lines.")


def test_a_memo_is_shown_changed_and_removed(run) -> None:
    run("memo", "add", "First line.\nSecond line.", "--title", "Doubt")
    number = next(row["number"] for row in run("memo", "list", "--format", "json").json if row["title"] == "Doubt")
    shown = run("memo", "show", number).out
    assert shown.startswith("Doubt\nOn the study, by R9, ")
    assert shown.endswith("\n\nFirst line.\nSecond line.\n")
    run("memo", "set", number, "-", "--title", "No doubt", stdin="Third line.")
    row = run("memo", "show", number, "--format", "json").json
    assert (row["title"], row["text"]) == ("No doubt", "Third line.")
    assert "brings it back" in run("memo", "remove", number).err
    assert run("memo", "show", number).status == 1
    run("undo")
    assert run("memo", "show", number).status == 0


def test_setting_the_current_values_again_prints_no_advice_on_undo(run) -> None:
    text = run("memo", "show", 1, "--format", "json").json["text"]
    assert run("memo", "set", 1, text).err == "sibtui: nothing was changed: the study is already in this state.\n"
    assert run("memo", "set", 1).status == 2


def test_a_memo_on_two_targets_is_a_usage_error(run) -> None:
    assert run("memo", "add", "x", "--source", "b1", "--case", "SIB B").status == 2
    assert run("memo", "list", "--source", "b1", "--on", "case").status == 2
    assert run("memo", "add", "x", "--file", "y").status == 2


def test_a_memo_without_a_text_is_refused(run) -> None:
    assert run("memo", "add").status == 2
    assert run("memo", "add", "  ").status == 1


def test_control_characters_in_a_memo_are_printed_inert(run) -> None:
    run("memo", "add", "\x1b]0;title\x07 [red]", "--title", "\x1b[2J")
    number = next(row["number"] for row in run("memo", "list", "--format", "json").json if row["title"] == "\x1b[2J")
    for shown in (run("memo", "show", number).out, run("memo", "list").out):
        assert "\x1b" not in shown
        assert "[red]" in shown
