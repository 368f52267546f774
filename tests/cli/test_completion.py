"""`sibtui completion`: shell completion of commands, options and names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .shells import shell

if TYPE_CHECKING:
    from pathlib import Path


def complete(words: list[str]) -> list[str]:
    """Return the completions of the last word that the program offers to bash."""
    environment = os.environ | {
        "_SIBTUI_COMPLETE": "bash_complete",
        "COMP_LINE": " ".join(["sibtui", *words]),
    }
    asked = subprocess.run(
        [sys.executable, "-m", "sibtui"], env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stderr == ""
    return [line.partition(",")[2] for line in asked.stdout.splitlines() if line.startswith("plain,")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_calls_the_program(run, shell: str) -> None:
    printed = run("completion", shell)
    assert (printed.status, printed.err) == (0, "")
    assert f"_SIBTUI_COMPLETE={shell}_complete" in printed.out


def test_an_unknown_shell_is_a_usage_error(run) -> None:
    refused = run("completion", "tcsh")
    assert refused.status == 2
    assert "Invalid value for 'SHELL': 'tcsh' is not one of 'bash', 'zsh', 'fish'." in refused.err


def test_a_missing_shell_is_named_with_the_choices(run) -> None:
    missing = run("completion")
    assert missing.status == 2
    assert "Missing argument 'SHELL'. Choose from:" in missing.err


def test_commands_and_options_are_completed() -> None:
    assert complete(["mat"]) == ["matrix"]
    assert complete(["matrix", "ev"]) == ["evidence"]
    assert "--rows-under" in complete(["matrix", "show", "--ro"])
    assert complete(["matrix", "show", "--kind", "re"]) == ["report"]


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["matrix", "show", "t"], ["table-1", "table-2", "table-3", "table-4"]),
        (["matrix", "show", "table-1", "--columns", "attribute:t"], [r"Target\ population"]),
        (["matrix", "judge", "table-3", r"use\ of\ rate"], [r"Use\ of\ rate\ card"]),
        (["matrix", "show", "--cases", r"sib\ a"], [r"SIB\ A"]),
        (["export", "codings", "-", "--source", "doc-b"], ["doc-b-closing"]),
        (["export", "codings", "-", "--coder", "R3"], ["R3"]),
        (["matrix", "show", "--rows-under", "Innov"], [r"Innovative\ services"]),
    ],
)
def test_names_of_the_study_are_escaped_for_bash(words: list[str], expected: list[str]) -> None:
    assert [line for line in complete(words) if "/" not in line] == expected


def test_the_completed_names_come_from_the_study_named_on_the_command_line(sample: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sample.rename(elsewhere / "sample.sibtui")
    assert complete(["matrix", "show", "t"]) == []
    assert len(complete(["-p", "elsewhere/sample.sibtui", "matrix", "show", "t"])) == 4
    assert len(complete(["matrix", "show", "-p", "elsewhere/sample.sibtui", "t"])) == 4


def test_a_broken_study_file_completes_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.sibtui").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert complete(["matrix", "show", "t"]) == []


@pytest.mark.usefixtures("empty")
def test_a_name_with_control_characters_is_not_offered(run) -> None:
    run("code", "add", "Safe")
    run("code", "add", "S\x1b[31mred")
    assert complete(["export", "codings", "-", "--code", "S"]) == ["Safe"]


CODES = ["Money, and who pays", "Ann's “own” room", 'He said "no"', "Half * full", "Risk: a/b"]


@pytest.fixture
def named(run, empty: Path) -> Path:
    """Return a study with names that contain special characters of shells."""
    for code in CODES:
        run("code", "add", code)
    run("case", "add", "Town, East")
    run("source", "add", "-", "--name", "a1", stdin="Words.\n")
    assert run("matrix", "define", "--name", "m", "--code", "Money, and who pays").status == 0
    return empty


LINES = [
    ("sibtui coding list --code Mon\t", ["coding", "list", "--code", "Money, and who pays"]),
    ("sibtui coding list --code Ann\t", ["coding", "list", "--code", "Ann's “own” room"]),
    ("sibtui coding list --code He\t", ["coding", "list", "--code", 'He said "no"']),
    ("sibtui coding list --code Half\t", ["coding", "list", "--code", "Half * full"]),
    ("sibtui coding list --code=Mon\t", ["coding", "list", "--code=Money, and who pays"]),
    ("sibtui coding list --case Tow\t", ["coding", "list", "--case", "Town, East"]),
    ("sibtui coding list --case 'Town, E\t", ["coding", "list", "--case", "Town, East"]),
    ('sibtui coding list --case "Town, E\t', ["coding", "list", "--case", "Town, East"]),
    ('sibtui coding list --code "He s\t', ["coding", "list", "--code", 'He said "no"']),
    ("sibtui coding list --code 'Ann\t", ["coding", "list", "--code", "Ann's “own” room"]),
    ("sibtui matrix evidence m --cell Mon\t", ["matrix", "evidence", "m", "--cell", "Money, and who pays:Town, East"]),
    (
        "sibtui matrix evidence m --cell Money,\\ and\\ who\\ pays:T\t",
        ["matrix", "evidence", "m", "--cell", "Money, and who pays:Town, East"],
    ),
    ("sibtui source set a1 --topic Half\\ \\*\\ full=n\t", ["source", "set", "a1", "--topic", "Half * full=not asked"]),
    ("sibtui -p em\t source list", ["-p", "empty.sibtui", "source", "list"]),
    ("sibtui -p fol\tem\t source list", ["-p", "folder of mine/empty too.sibtui", "source", "list"]),
    ("sibtui emp\t", ["empty.sibtui"]),
    ("sibtui matr\tsho\t", ["matrix", "show"]),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_real_shell_completes_names_with_special_characters(named: Path, tmp_path: Path, name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    (tmp_path / "folder of mine").mkdir()
    shutil.copy(named, tmp_path / "folder of mine" / "empty too.sibtui")
    (tmp_path / "folder of mine" / "empty.txt").touch()
    (tmp_path / "empty.txt").touch()
    with shell(name, tmp_path / "shell") as session:
        arguments = {line: session.given(line) for line, _ in LINES}
    assert arguments == dict(LINES)
