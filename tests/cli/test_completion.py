"""`sibtui completion`: the shell completes commands, options and names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")


def complete(words: list[str], *, shell: str = "bash") -> list[str]:
    """What the program answers to a shell that asks how the last word could go on."""
    environment = os.environ | {
        "_SIBTUI_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "\n".join(["sibtui", *words]),
        "COMP_CWORD": str(len(words)),
    }
    asked = subprocess.run(
        [sys.executable, "-m", "sibtui"], env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stderr == ""
    return [line.partition(",")[2] for line in asked.stdout.splitlines() if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_asks_the_program(run, shell: str) -> None:
    printed = run("completion", shell)
    assert (printed.status, printed.err) == (0, "")
    assert f"_SIBTUI_COMPLETE={shell}_complete" in printed.out


def test_another_shell_is_wrong_usage(run) -> None:
    assert run("completion", "tcsh").status == 2


def test_commands_and_options_are_completed() -> None:
    assert complete(["mat"]) == ["matrix"]
    assert complete(["matrix", "ev"]) == ["evidence"]
    assert "--rows-under" in complete(["matrix", "show", "--ro"])
    assert complete(["matrix", "show", "--kind", "re"]) == ["report"]


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["matrix", "show", "t"], ["table-1", "table-2", "table-3", "table-4"]),
        (["matrix", "show", "table-1", "--columns", "attribute:t"], [r"attribute:Target\\ population"]),
        (["matrix", "judge", "table-3", r"use\ of\ rate"], [r"Use\\ of\\ rate\\ card"]),
        (["matrix", "show", "--cases", r"sib\ a"], [r"SIB\\ A"]),
        (["export", "codings", "-", "--source", "doc-b"], ["doc-b-closing"]),
        (["export", "codings", "-", "--coder", "R3"], ["R3"]),
        (["matrix", "show", "--rows-under", "Innov"], [r"Innovative\\ services"]),
    ],
)
def test_names_of_the_study_are_completed_as_bash_reads_them(words: list[str], found: list[str]) -> None:
    assert [line for line in complete(words) if "/" not in line] == found


def test_names_are_those_of_the_study_that_the_line_names(sample: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sample.rename(elsewhere / "sample.sibtui")
    assert complete(["matrix", "show", "t"]) == []
    assert len(complete(["-p", "elsewhere/sample.sibtui", "matrix", "show", "t"])) == 4
    assert len(complete(["matrix", "show", "-p", "elsewhere/sample.sibtui", "t"])) == 4


def test_a_file_that_is_no_study_completes_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.sibtui").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert complete(["matrix", "show", "t"]) == []


@pytest.mark.usefixtures("empty")
def test_a_name_that_a_terminal_would_obey_is_not_offered(run) -> None:
    run("code", "add", "Safe")
    run("code", "add", "S\x1b[31mred")
    assert complete(["export", "codings", "-", "--code", "S"]) == ["Safe"]


@needs_bash
@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("sibtui matrix show --cases SIB\\ ", ["SIB\\ A", "SIB\\ B", "SIB\\ C", "SIB\\ D"]),
        ('sibtui matrix show --cases "SIB', ["SIB A", "SIB B", "SIB C", "SIB D"]),
        ("sibtui matrix show table-", ["table-1", "table-2", "table-3", "table-4"]),
    ],
)
def test_bash_itself_gets_whole_names(tmp_path: Path, line: str, found: list[str]) -> None:
    program = tmp_path / "bin" / "sibtui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sibtui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    # readline gives a function the words of the line as they were typed
    words = line.replace("SIB\\ ", "SIB\\_").split(" ")
    typed = " ".join(f"'{word.replace('_', ' ')}'" for word in words)
    script = (
        f"source <(sibtui completion bash); COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
        '_sibtui_completion sibtui; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    asked = subprocess.run(
        ["bash", "--norc", "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.splitlines() == found
