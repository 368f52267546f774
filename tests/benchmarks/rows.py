"""The table of work: whole commands, each beside the floor of `floor.py`, with their processor time and peak memory."""

from __future__ import annotations

import html
import os
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sibtui.project import Project

from . import floor
from .make_study import as_installed, coded, folder, kept, notes, texts
from .measures import Measured, program, work_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .make_study import Size

HERE = Path(__file__).parent
SMALL = ("S", "M")
"""Sizes at which starting a program is a large part of the work."""


@dataclass(frozen=True, slots=True)
class Row:
    """A command and the task of the floor that does the same work.

    Words in braces name files of `MAKERS`; `out` is a name of a new file. `changes` are files that the command changes: it gets a copy
    each time. `budget` is the most of the ratio at L and XL, `at_m` at M, where the start of the program counts and where the tests
    judge, `most` the most memory in MB, `seconds` the most time at L.
    """

    name: str
    ours: str
    floor: str
    budget: float | None
    at_m: float | None
    most: float | None = None
    changes: tuple[str, ...] = ()
    before: str = ""
    seconds: float | None = None


OVERLAPPING = 'code "Theme 1" overlapping code "Theme 2"'
ROWS = (
    Row("export qdpx", "-p {study} export qdpx {out}.qdpx", "qdpx_out {floor} {out}.zip", 2, 2.3, 200),
    Row("new --from qdpx", "new {out}.sibtui --from {qdpx}", "qdpx_in {qdpx} {out}.db", 3, 3.3, 200),
    Row("export folder", "-p {study} export folder {out}", "folder_out {floor} {out}-floor", 2.5, 3.4, 200),
    Row("new --from folder", "new {out}.sibtui --from {folder}", "folder_in {floor_folder} {out}.db", 2.5, 4.1, 200),
    Row("export sqlite", "-p {study} export sqlite {out}.db", "flat_out {floor} {out}-floor.db", 1.5, 2.2),
    Row("export codings", "-p {study} export codings {out}.csv", "csv_out {floor} {out}-floor.csv", 1.5, 1.8, 80),
    Row("check", "-p {study} check", "check {floor}", 4, 4.5),
    Row(
        "coding import", "-p {bare} coding import {csv}", "csv_in {csv} {floor_bare}", 4, 3.6, 120,
        changes=("bare", "floor_bare"),
    ),
    Row(
        "source add", "-p {out}.sibtui source add {texts} --case Case", "notes_in {texts} {out}.db", 2.5, 2.6, 100,
        before="new {out}.sibtui",
    ),
    Row("undo of an import", "-p {coded} undo", "undo {floor}", 4, 3.2, changes=("coded", "floor")),
    Row(
        "redo of an import", "-p {undone} redo", "redo {floor_bare} {floor}", 3, 3.3, changes=("undone", "floor_bare")
    ),
    Row(
        "matrix evidence", "-p {study} matrix evidence all -o {out}.txt", "evidence {floor} {out}-floor.txt", None, 3.5, 200,
        seconds=6,
    ),
    Row(
        "export report", "-p {study} export report {out}.html", "evidence {floor} {out}-floor.txt", None, 3.3, 200, seconds=6
    ),
    Row("matrix show", "-p {study} matrix show all", "matrix {floor}", 2, 2.3),
    Row("coding list", "-p {study} coding list", "listing {floor}", 3, 2.9, 120),
    Row("report cooccurrence", "-p {study} report cooccurrence", "overlap {floor}", 2, 1.7),
    Row("coding list --where", f"-p {{study}} coding list --where '{OVERLAPPING}'", "query {floor}", 3, 1.7),
    Row("report agreement", "-p {read} report agreement --bootstrap 0", "agreement {floor}", None, None, seconds=3),
    Row("study diff", "study diff {study} {other}", "differences {study} {other}", 4, 4),
    Row("source search", "-p {study} source search bagu", "searching {floor} bagu", 2, 2),
    Row("history show of an import", "-p {study} history show 2", "listing {floor}", None, 1.8, 120, seconds=1.5),
    Row("history show --limit 100", "-p {study} history show 2 --limit 100", "listing {floor}", 1, 0.8, seconds=1.5),
)  # fmt: skip


def measure(row: Row, size: Size, runs: int) -> Measured:
    """Return the figures of a row: pairs of processor times, and the largest peak of memory."""
    with work_folder() as aside:
        ours: list[tuple[float, float]] = []
        floors: list[tuple[float, float]] = []
        for turn in range(runs + 1 if runs > 1 else 1):
            found = _run(row, size, aside / f"turn-{turn}")
            if turn or runs == 1:  # the first turn fills caches; a single one is for work that takes minutes
                ours.append(found[0])
                floors.append(found[1])
    return Measured(
        row.name, size.name, tuple(cpu for cpu, _ in ours), tuple(cpu for cpu, _ in floors), _budget(row, size),
        peak=max(peak for _, peak in ours), peak_floor=max(peak for _, peak in floors), most=row.most,
        slowest=None if row.seconds is None or size.name in SMALL else row.seconds * size.codings / 200,
    )  # fmt: skip


def _budget(row: Row, size: Size) -> float | None:
    """Return the budget of a row. At S a command costs little more than its start, which has rows of its own."""
    return None if size.name == "S" else row.at_m if size.name == "M" else row.budget


def _run(row: Row, size: Size, aside: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    aside.mkdir()
    names = Names(size, aside, row.changes)
    if row.before:
        subprocess.run([*program(), *words_of(row.before, names)], check=True, capture_output=True)
    ours = watched([*program(), *words_of(row.ours, names)])
    floors = watched([sys.executable, str(HERE / "floor.py"), *words_of(row.floor, names)])
    shutil.rmtree(aside)
    return ours, floors


def words_of(command: str, names: Names) -> list[str]:
    return [word.format_map(names) for word in shlex.split(command)]


def watched(
    command: list[str], folder: Path | None = None, environment: Mapping[str, str] = MappingProxyType({})
) -> tuple[float, float]:
    """Return the processor time in ms and the peak memory in MB of a program. `check` exits with 1 when tasks are open."""
    done = subprocess.run(
        [sys.executable, "-S", str(HERE / "watch.py"), *command],
        check=False, capture_output=True, text=True, env={**os.environ, **as_installed(), **environment}, cwd=folder,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode in (0, 1 if "check" in command else 0), (command, done.stderr[-500:])
    cpu, peak = done.stdout.split()
    return float(cpu), float(peak)


class Names(dict[str, str]):
    """The files that a command names."""

    def __init__(self, size: Size, aside: Path, changes: tuple[str, ...]) -> None:
        super().__init__(out=str(aside / "out"))
        self.size = size
        for name in changes:
            self[name] = shutil.copy(self._made(name), aside / f"{name}.sibtui")

    def __missing__(self, name: str) -> str:
        return str(self._made(name))

    def _made(self, name: str) -> Path:
        if name == "coded":
            return coded(self.size)
        if name == "bare":
            return notes(self.size)
        made_by = f"{coded(self.size)}{Path(floor.__file__).read_text('utf-8')}{Path(__file__).read_text('utf-8')}"
        return kept(
            f"{self.size.name}-{name}",
            made_by,
            lambda path: MAKERS[name](self.size, path),
            extension=EXTENSIONS.get(name, ".sibtui"),
        )


def _study(size: Size, path: Path) -> None:
    """Copy the coded study, and add a matrix of all codes."""
    shutil.copy(coded(size), path)
    with Project.open(path, coder="Coder 1") as project:
        project.matrices.define(replace(project.matrices.ad_hoc(), name="all"))


def _read(size: Size, path: Path) -> None:
    """Copy the coded study, and let both coders read every source."""
    shutil.copy(coded(size), path)
    with Project.open(path, coder="Coder 1") as project, project.act("reading add", "all sources"):
        for name in project.sources.names():
            for coder in ("Coder 1", "Coder 2"):
                project.readings.add(name, coder=coder)


def _other(size: Size, path: Path) -> None:
    """Copy the study, and make every hundredth coding tentative."""
    shutil.copy(Names(size, folder(), ())["study"], path)
    with Project.open(path, coder="Coder 2") as project, project.act("coding set", "some codings"):
        for number in range(1, size.codings, 100):
            project.codings.set(number, certainty="tentative")


def _undone(size: Size, path: Path) -> None:
    shutil.copy(coded(size), path)
    with Project.open(path, coder="Coder 1") as project:
        project.history.undo()


def _qdpx(size: Size, path: Path) -> None:
    with Project.open(coded(size)) as project:
        project.exports.qdpx(path)


def _folder(size: Size, path: Path) -> None:
    with Project.open(coded(size)) as project:
        project.exports.folder(path)


def _texts(size: Size, path: Path) -> None:
    path.mkdir()
    for name, text in texts(size):
        (path / f"{name}.txt").write_text(text, encoding="utf-8")


def _pages(size: Size, path: Path) -> None:
    """Write the texts as web pages, for another program that cannot read plain text by itself."""
    path.mkdir()
    for name, text in texts(size):
        paragraphs = "".join(f"<p>{html.escape(each)}</p>\n" for each in text.split("\n") if each)
        page = f'<html><head><meta charset="utf-8"></head><body>{paragraphs}</body></html>'
        (path / f"{name}.html").write_text(page, encoding="utf-8")


def _of_floor(size: Size, task: Callable[[str, str], None], path: Path) -> None:
    """Run a task of the floor on its database of a size."""
    task(Names(size, folder(), ())["floor"], str(path))


MAKERS: dict[str, Callable[[Size, Path], None]] = {
    "study": _study,
    "undone": _undone,
    "read": _read,
    "other": _other,
    "qdpx": _qdpx,
    "folder": _folder,
    "texts": _texts,
    "pages": _pages,
    "floor": lambda size, path: floor.from_study(str(coded(size)), str(path)),
    "floor_bare": lambda size, path: floor.from_study(str(notes(size)), str(path)),
    "floor_folder": lambda size, path: _of_floor(size, floor.folder_out, path),
    "csv": lambda size, path: _of_floor(size, floor.csv_out, path),
}
"""How the files of a size are made. They are kept for the next run."""
EXTENSIONS = {"qdpx": ".qdpx", "csv": ".csv", "folder": "", "floor_folder": "", "texts": "", "pages": ""}


def file_size(size: Size) -> Measured:
    """Bytes of a coded study's file per byte of text. Its budget is 3.5; the floor's database is the yardstick."""
    names = Names(size, folder(), ())
    with closing(floor.connect(names["floor"])) as connection:
        (length,) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts").fetchone()
    ours, bare = (Path(path).stat().st_size / length for path in (coded(size), names["floor"]))
    return Measured("file, bytes per byte of text", size.name, (ours,), (bare,), 3.5 / bare, "bytes")
