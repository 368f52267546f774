"""Every command that changes a study or writes a file, on a small study, in a child process that can be killed.

A child is forked, so that 300 kills take less than a minute: the program is loaded once.
"""

from __future__ import annotations

import os
import shlex
import signal
import sqlite3
import sys
import time
import warnings
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sibtui import Project, cli
from tests.damaging import NOTE, make_study

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES = (
    "source add new.md --case 'SIB A'",
    "source set a1 --title Changed",
    "source set a1 --text longer.txt",
    "source remove m1",
    "case add Z",
    "case set 'SIB A' --private-name Secret",
    "case merge 'SIB A' --into 'SIB B'",
    "attribute add size --of case --kind number",
    "code add Money/More",
    "code rename Trust Confidence",
    "code merge Trust --into Money",
    "code retire Trust",
    "code import codebook.toml",
    "coding add x1 Trust --span 2:6",
    "coding set 1 --stance counters",
    "coding remove 2",
    "coding import codings.csv",
    "memo add Thought --code Trust",
    "reading add m1",
    "matrix define --name other --rows-under Money",
    "matrix judge table Trust 'SIB A' present --because Why",
    "study set --name Other",
    "undo",
    "matrix remove table",
    "attribute remove date --of source",
)
"""Commands that change the study, each as one act."""
EXPORTS = (
    "export folder out",
    "export package out --despite-findings",
    "export codings out.csv",
    "export qdpx out.qdpx",
    "export report out.html",
    "export sqlite out.db",
    "matrix show table -o out.xlsx",
    "new again.sibtui",
    "new again.sibtui --from text",
)
"""Commands that write files."""


@dataclass(frozen=True)
class Scene:
    """A folder with a study and the files that the commands read."""

    folder: Path

    @property
    def study(self) -> Path:
        return self.folder / "study.sibtui"


def make_scene(folder: Path) -> Scene:
    folder.mkdir()
    make_study(folder / "study.sibtui")
    (folder / "new.md").write_text(NOTE * 20)
    (folder / "longer.txt").write_text("At first. " + NOTE * 3 + "At last.")
    (folder / "codebook.toml").write_text('[[code]]\npath = "New"\n\n[[code]]\npath = "New/Below"\n')
    lines = [f"m1,{start},{start + 9},,People/Trust,Ana,supports,firm,SIB A,," for start in range(0, 180, 3)]
    (folder / "codings.csv").write_text(
        "\n".join(["source,start,end,quote,code,coder,stance,certainty,cases,memo,created", *lines])
    )
    with Project.open(folder / "study.sibtui") as study:
        study.exports.folder(folder / "text")
    return Scene(folder)


@dataclass(frozen=True)
class Ended:
    """The end of a child: its exit status (negative: killed by this signal), stderr, and the steps that it counted."""

    status: int
    message: str
    steps: int


def in_child(
    folder: Path,
    work: Callable[[Callable[[int], None]], int],
    *,
    seconds: float = 0,
) -> Ended:
    """Run `work` in a forked child whose current folder is `folder`; kill it after `seconds`, if any.

    `work` gets a function that reports the number of steps, and returns the exit status.
    """
    read, write = os.pipe()
    child = fork()
    if child == 0:
        os.close(read)
        status = 70
        with suppress(BaseException):
            os.chdir(folder)
            os.environ["SIBTUI_CODER"] = "Ana"
            os.environ["SIBTUI_CONFIG_DIR"] = os.devnull
            sys.stderr = os.fdopen(write, "w", encoding="utf-8", closefd=False)
            sys.stdout = sys.stdin = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - until the end
            status = work(lambda steps: os.write(write, f"{STEP}{steps}\n".encode()) and None)
            sys.stderr.flush()
        os._exit(status)
    os.close(write)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    printed = b""
    while part := os.read(read, 1 << 16):
        printed += part
    os.close(read)
    _, ended = os.waitpid(child, 0)
    lines = printed.decode(errors="replace").splitlines()
    steps = [line.removeprefix(STEP) for line in lines if line.startswith(STEP)]
    message = "\n".join(line for line in lines if not line.startswith(STEP))
    return Ended(os.waitstatus_to_exitcode(ended), message, int(steps[-1]) if steps else 0)


STEP = "step "


def fork() -> int:
    """Fork this process. Newer Pythons warn that the threads of pytest-xdist are not in the child, which does not need them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def run_command(command: str) -> int:
    return cli.run(["-p", "study.sibtui", *shlex.split(command)])


STEPS = (
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.truncate",
    "os.chmod",
    "sqlite3.connect",
)
"""The events of Python at which a command that writes files is ended."""


def count_steps(act: Callable[[int], None]) -> None:
    """Call `act` with a running number at every statement of SQL and every change of the file system, from now on in this process."""
    number = 0

    def step(*_: Any) -> None:
        nonlocal number
        number += 1
        act(number)

    def audited(event: str, _arguments: tuple[Any, ...]) -> None:
        if event in STEPS:
            step()

    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(step)
        return connection

    sqlite3.connect = traced
    sys.addaudithook(audited)


def kill_at(step: int) -> Callable[[int], None]:
    def act(number: int) -> None:
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def problems(study: Path) -> list[str]:
    """Return what SQLite finds wrong with a study, after it has rolled back what was not finished."""
    with closing(sqlite3.connect(study)) as connection:
        return [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def state(study: Path) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return all rows of a study except those with random ids and times, to compare it before and after a command."""
    with closing(sqlite3.connect(study)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            if not name.startswith("_")
        ]
        rows = []
        for table in tables:
            columns = [
                f'"{column[1]}"'
                for column in connection.execute(f"PRAGMA table_info({table})")
                if column[1] not in _TIMES
                and (table != "seals" or column[1] == "id")  # the seals of acts have random salts
            ]
            rows += [
                (table, row) for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
            ]
    return tuple(rows)


_TIMES = {"at", "added", "created", "since", "uid", "image", "guid", "basis", "fingerprint", "read_at"}
