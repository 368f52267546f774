"""The command line run in this process, in a folder of its own, on a copy of the sample study or on an empty one."""

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
from sibtui.formats.study_folder import read_study

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE_NOTES = Path(__file__).parent.parent.parent / "sample_notes"


@dataclass(frozen=True)
class Result:
    """What one command did: its exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of a `show --format json`."""
        return {row["fact"]: row["value"] for row in self.json}


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIBTUI_PROJECT", raising=False)
    monkeypatch.setenv("SIBTUI_CODER", "R9")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`run("source", "list")` is `sibtui source list`; `stdin` are bytes or a text, `terminal`: stdout and stderr are one."""

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
    """A copy of the sample study in the current folder, where commands find it."""
    return Path(shutil.copy(_sample_file, tmp_path / "sample.sibtui"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty study in the current folder, where commands find it."""
    path = tmp_path / "empty.sibtui"
    Project.create(path).close()
    return path
