"""Fixtures that run the command line in this process, in a new folder, on the sample study or an empty study."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sibtui import Project, cli
from sibtui.formats.study_folder.folder import read_study

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE_NOTES = Path(__file__).parent.parent.parent / "sample_notes"


@dataclass(frozen=True)
class Result:
    """The exit status, stdout and stderr of one command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of a list in JSON, with arrays joined as in a table."""
        return [{k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items()} for row in self.json]

    @property
    def facts(self) -> dict[str, Any]:
        """Return the fields of a `show --format json`, with attributes and topics among them and lists joined."""
        fields: dict[str, Any] = {}
        for name, value in self.json.items():
            if name == "attributes":
                fields |= {f"attribute: {key}": each for key, each in value.items()}
            elif name == "topics":
                fields |= {
                    f"topic: {each['code']}{', ' + each['case'] if each['case'] else ''}": each["state"]
                    for each in value
                }
            elif name == "readings":
                fields |= {reading_fact(each): each["at"] for each in value}
            else:
                fields[name] = "; ".join(value) if isinstance(value, list) and name != "lineage" else value
        return fields


def reading_fact(reading: dict[str, Any]) -> str:
    """Return a reading as it is written in the table for people."""
    number = f", round {reading['round']}" if reading["round"] > 1 else ""
    return f"read by {reading['coder']}{number}{' for ' + reading['code'] if reading['code'] else ''}"


class Terminal(io.TextIOWrapper):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIBTUI_PROJECT", raising=False)
    monkeypatch.setenv("SIBTUI_CODER", "R9")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function: `run("source", "list")` runs `sibtui source list`.

    With `terminal`, stdout and stderr claim to be a terminal.
    """

    def run_one(*arguments: object, stdin: str | bytes = b"", terminal: bool = False) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        kind = Terminal if terminal else io.TextIOWrapper
        out, err = (kind(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            status = cli.run([str(argument) for argument in arguments])
        for stream in (out, err):
            stream.flush()
        return Result(status, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    return run_one


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        path.relative_to(SAMPLE_NOTES).as_posix(): path.read_bytes()
        for path in SAMPLE_NOTES.rglob("*")
        if path.is_file()
    }
    path = tmp_path_factory.mktemp("sample") / "sample.sibtui"
    Project.create(path, draft=read_study(files)).close()
    return path


@pytest.fixture
def sample(_sample_file: Path, tmp_path: Path) -> Path:
    """Copy the sample study to the current folder, where commands find it. Return its path."""
    return Path(shutil.copy(_sample_file, tmp_path / "sample.sibtui"))


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty study once. A copy takes a twentieth of the time, and hundreds of tests need one."""
    path = tmp_path_factory.mktemp("empty") / "empty.sibtui"
    Project.create(path).close()
    return path


@pytest.fixture
def empty(_empty_file: Path, tmp_path: Path) -> Path:
    """Copy an empty study to the current folder, where commands find it. Return its path."""
    return Path(shutil.copy(_empty_file, tmp_path))
