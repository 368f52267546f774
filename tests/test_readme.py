"""The examples of the README work and print the output shown."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sibtui import cli
from tests.optional import lacks_package

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = {
    line[6:].split("#")[0].strip(): int("# exit status 1" in line)
    for line in README.splitlines()
    if line.startswith("    $ sibtui")
}
"""Each command of the README with its exit status."""


@pytest.fixture(scope="module")
def tour(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tour")
    sibtui(folder, "demo", "--into", "tour.sibtui")
    return folder


def sibtui(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sibtui", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_first_table_is_the_output_of_its_command(tour: Path) -> None:
    shown = sibtui(tour, "matrix", "show", "table-1").stdout
    block = "\n".join(f"    {line}".rstrip() for line in shown.splitlines())
    assert block in README


def test_the_commands_of_the_tour_succeed_in_their_order(
    tour: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tour)
    for command, expected in COMMANDS.items():
        if "demo" in command or lacks_package(command):
            continue
        status = cli.run(shlex.split(command)[1:])
        assert status == expected, f"{command}: {capsys.readouterr().err}"


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("matrices", ("matrix", "show", "table-1")),
        ("evidence", ("matrix", "evidence", "table-1")),
        ("reports", ("report", "interviews")),
    ],
)
def test_the_formats_of_the_readme_are_those_that_the_command_writes(
    tour: Path, monkeypatch: pytest.MonkeyPatch, kind: str, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tour)
    (listed,) = re.findall(rf"^\| {kind} \| – \| (.*) \|$", README, re.MULTILINE)
    known = (".txt", ".csv", ".md", ".html", ".tex", ".json", ".docx", ".xlsx")
    written = [end for end in known if cli.run([*command, "-o", f"format-of-{kind}{end}"]) == 0]
    assert written == listed.split()


def test_the_script_of_the_readme_runs(tour: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    result = subprocess.run([sys.executable, "-c", script], cwd=tour, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("row,SIB A")


def test_the_table_of_the_readme_is_saved_and_shown(tour: Path) -> None:
    (table,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tour / "my-table.toml").write_text(table, encoding="utf-8")
    saved = sibtui(tour, "matrix", "define", "my-table.toml", "-p", "tour.sibtui")
    assert saved.returncode == 0, saved.stderr
    shown = sibtui(tour, "matrix", "show", "my-table", "-p", "tour.sibtui").stdout
    assert "An X needs 2 quotes from 2 kinds of source, with an interview." in shown
