"""Shell completion of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from sibtui.cli.root import cli

if TYPE_CHECKING:
    from pathlib import Path


def completions(*words: str) -> list[str]:
    *before, incomplete = words
    return [item.value for item in ShellComplete(cli, {}, "sibtui", "_X").get_completions(before, incomplete)]


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("source", "show", "b"), ["b1"]),
        (("coding", "list", "--case", "sib b"), ["SIB B"]),
        (("code", "show", "personal"), ["Innovative services/Personal budgets"]),
        (("memo", "add", "--matrix", "table-2"), ["table-2"]),
        (("coding", "list", "--coder", "R1"), ["R1"]),
        (("attribute", "remove", "mod"), ["mode"]),
        (("coding", "list", "--stance", ""), ["supports", "counters"]),
    ],
)
def test_names_of_the_study_are_completed(words: tuple[str, ...], expected: list[str]) -> None:
    assert completions(*words) == expected


def test_the_completed_names_come_from_the_study_given_by_the_option(sample: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path.parent)
    assert completions("source", "show", "-p", str(sample), "b") == ["b1"]
    assert completions("-p", str(sample), "source", "show", "b") == ["b1"]


def test_without_a_study_no_names_are_offered() -> None:
    assert completions("source", "show", "b") == []


@pytest.mark.usefixtures("empty")
def test_names_with_control_characters_or_newlines_are_not_offered(run) -> None:
    for label in ("\x1b[31mred", "two\nlines", "plain"):
        run("case", "add", label)
    assert completions("case", "set", "") == ["plain"]
