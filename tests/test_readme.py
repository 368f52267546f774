"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = [line[6:].split("#")[0].strip() for line in README.splitlines() if line.startswith("    $ sibtui")]


@pytest.fixture(scope="module")
def tour(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tour")
    sibtui(folder, "demo", "--into", "tour.sibtui")
    return folder


def sibtui(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sibtui", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_first_table_is_shown_as_it_is_printed(tour: Path) -> None:
    shown = sibtui(tour, "matrix", "show", "table-1").stdout
    block = "\n".join(f"    {line}".rstrip() for line in shown.splitlines())
    assert block in README


def test_the_commands_of_the_tour_do_what_they_say_one_after_the_other(tour: Path) -> None:
    for command in (c for c in COMMANDS if "demo" not in c):
        done = sibtui(tour, *shlex.split(command)[1:])
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert "Traceback" not in done.stderr


def test_the_script_of_the_readme_runs(tour: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", script], cwd=tour, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("row,SIB A")
