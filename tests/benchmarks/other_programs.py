"""The same work in qc and in Taguette, where they are installed: their figures beside ours and the floor, without a budget.

SIBTUI_QC and SIBTUI_TAGUETTE name the programs; otherwise they are searched on the PATH. Taguette's work is done by its own functions, in
its own Python (`taguette_tasks.py`). qc codes whole lines, so it keeps fewer codings than we do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import rows
from .make_study import as_installed, kept
from .measures import Measured, Unavailable, work_folder
from .rows import HERE, Names, Row, watched, words_of

if TYPE_CHECKING:
    from .make_study import Size

VARIABLES = {"qc": "SIBTUI_QC", "taguette": "SIBTUI_TAGUETTE"}


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A command, the task of the floor, and the same work in another program. `theirs` may name `{qc}`, a project in qc to run in."""

    program: str
    name: str
    ours: str
    floor: str
    theirs: str
    needs: str = ""


ROWS = (
    OtherRow("qc", "project into a study", "new {out}.sibtui --from {qdpx}", "qdpx_in {qdpx} {out}.db", "init --import {qdpx}"),
    OtherRow("qc", "project out", "-p {study} export qdpx {out}.qdpx", "qdpx_out {floor} {out}.zip", "export {out}-qc.qdpx", "qc_project"),
    OtherRow("qc", "codes with counts", "-p {study} code list --counts", "code_counts {floor}", "codes stats", "qc_project"),
    OtherRow("qc", "crosstab of codes", "-p {study} report cooccurrence --matrix", "overlap {floor}", "codes crosstab", "qc_project"),
    OtherRow("qc", "passages of a code", "-p {study} coding list --code Probe", "passages {floor} Probe", "codes find Probe", "qc_project"),
    OtherRow(
        "taguette", "documents in", "-p {out}.sibtui source add {pages}", "notes_in {pages} {out}.db",
        "documents {pages} {out}-taguette.db",
    ),
    OtherRow("taguette", "codebook out", "-p {study} code export {out}.csv", "codebook_out {floor} {out}-floor.csv", "codebook {taguette} {out}-taguette.csv"),
    OtherRow("taguette", "highlights out", "-p {study} export taguette-csv {out}.csv", "csv_out {floor} {out}-floor.csv", "highlights {taguette} {out}-taguette.csv"),
)  # fmt: skip


def installed(name: str) -> list[str]:
    """Return the words that start a program, or for Taguette the words that start a task of it."""
    found = os.environ.get(VARIABLES[name]) or shutil.which(name)
    if not found:
        raise Unavailable(f"{name} is not installed (set {VARIABLES[name]} to its path)")
    if name == "qc":
        return [found]
    return [str(Path(found).with_name("python")), str(HERE / "taguette_tasks.py")]


def measure(row: OtherRow, size: Size, runs: int) -> Measured:
    """Return the figures of ours and of the floor, and those of the other program."""
    program = installed(row.program)
    before = "new {out}.sibtui" if row.name == "documents in" else ""
    ours = rows.measure(
        Row(f"{row.name}, as {row.program}", row.ours, row.floor, None, None, before=before), size, runs
    )
    theirs = [_theirs(row, size, program) for _ in range(1 if size.name != "S" else runs)]
    return replace(ours, program=row.program, other=tuple(theirs))


def _theirs(row: OtherRow, size: Size, program: list[str]) -> float:
    with work_folder() as aside:
        names = _OtherNames(size, aside)
        folder = aside / "in"
        if row.needs:
            shutil.copytree(names[row.needs], folder)
        else:
            folder.mkdir()
        cpu, _ = watched([*program, *words_of(row.theirs, names)], folder, ENVIRONMENT)
        return cpu


ENVIRONMENT = {"PYTHONBREAKPOINT": "0"}
"""One release of qc has a breakpoint in its import."""


class _OtherNames(Names):
    """The files that a command of another program names."""

    def __init__(self, size: Size, aside: Path) -> None:
        super().__init__(size, aside, ())

    def __missing__(self, name: str) -> str:
        if name not in MAKERS:
            return super().__missing__(name)
        made_by = f"{super().__missing__('floor')}{Path(__file__).read_text('utf-8')}"
        extension = ".sqlite3" if name == "taguette" else ""
        return str(
            kept(f"{self.size.name}-{name}", made_by, lambda path: MAKERS[name](self, path), extension=extension)
        )


def _qc_project(names: _OtherNames, path: Path) -> None:
    path.mkdir()
    _run([*installed("qc"), "init", "--import", names["qdpx"]], path)


def _taguette(names: _OtherNames, path: Path) -> None:
    _run([*installed("taguette"), "fill", names["floor"], str(path)], path.parent)


def _run(command: list[str], folder: Path) -> None:
    environment = os.environ | as_installed() | ENVIRONMENT
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)


MAKERS = {"qc_project": _qc_project, "taguette": _taguette}
