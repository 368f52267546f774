"""What is measured: pairs of times, the project's and the yardstick's, taken in turn so that both see the same machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.project import Project

from . import raw
from .make_study import PROBE, PROBED, SIZES, as_installed, coded, codings, folder, kept, notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from .make_study import Size

REPOSITORY = Path(__file__).parents[2]
ADDS = 25
"""Durable codings that are added for one figure: a disk's own pauses are longer than what is measured."""

IN_MEMORY = 0.03
"""A write that is synced in fewer milliseconds did not reach a disk."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of figures, and the budget for their ratio (None: only printed)."""

    name: str
    size: str
    ours: tuple[float, ...]
    raw: tuple[float, ...]
    budget: float | None
    unit: str = "ms"
    peak: float | None = None
    """Peak memory of the whole process in MB, with that of the yardstick, and the most that is allowed."""
    peak_floor: float | None = None
    most: float | None = None
    slowest: float | None = None
    """The most milliseconds that are allowed, beside the budget."""
    program: str = ""
    """Another program that does the same work, and its figures."""
    other: tuple[float, ...] = ()

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.raw)

    @property
    def other_text(self) -> str:
        """Return the figure of the other program, for the end of the row."""
        if not self.other:
            return ""
        figure = median(self.other)
        return f"  {self.program} {figure:,.0f} {self.unit}, {figure / median(self.ours):.1f} × ours"

    @property
    def best(self) -> float:
        """The lowest ratio of a pair: noise only ever adds, but a slow program is slow in every pair."""
        return min(ours / other for ours, other in zip(self.ours, self.raw, strict=True))

    @property
    def met(self) -> bool:
        fast = self.slowest is None or median(self.ours) <= self.slowest
        return (self.budget is None or self.ratio <= self.budget) and fast and self.is_small

    @property
    def is_small(self) -> bool:
        """Whether the process needs no more memory than is allowed."""
        return self.most is None or self.peak is None or self.peak <= self.most


class Unavailable(Exception):  # noqa: N818 - no error: the figure has to wait
    """Something that a figure needs is missing; the message names it."""


def matrix(size: Size, runs: int) -> Measured:
    """Presence of all codes in all cases, every cell with its state, against one aggregate of the same rows."""
    with opened(coded(size)) as project, _loaded(size) as other:
        ours, yardstick = in_turn(
            runs,
            lambda: cpu(lambda: project.matrices.show(project.matrices.ad_hoc())),
            lambda: cpu(lambda: raw.aggregate(other)),
        )
    return Measured("matrix, all codes × all cases", size.name, ours, yardstick, _of_matrix(size))


def matrix_counts(size: Size, runs: int) -> Measured:
    """Numbers of codings of all codes in all cases, against the same aggregate."""
    with opened(coded(size)) as project, _loaded(size) as other:
        definition = replace(project.matrices.ad_hoc(), show="count")
        ours, yardstick = in_turn(
            runs, lambda: cpu(lambda: project.matrices.show(definition)), lambda: cpu(lambda: raw.aggregate(other))
        )
    return Measured("matrix of counts, all codes × all cases", size.name, ours, yardstick, _of_matrix(size))


def _of_matrix(size: Size) -> float | None:
    """Return the budget. In a small study a matrix costs what the codebook and the cases cost, which the aggregate does not read."""
    return 2 if size.codings >= SIZES["L"].codings else None


def importing(size: Size, runs: int) -> Measured:
    """All codings as one act with its history, against `executemany` of ready rows."""
    drafts = list(codings(size))
    rows, cases = raw.rows(coded(size))

    def ours() -> float:
        with copied(notes(size)) as path, opened(path) as project:
            return cpu(lambda: project.codings.import_(drafts))

    def yardstick() -> float:
        with work_folder() as aside, closing(raw.create(aside / "raw.db", coded(size))) as connection:
            return cpu(lambda: raw.load(connection, rows, cases))

    # 3.3 (M, L) beside a yardstick with the contexts and indexes that version 12 of the file removed; 4.0 and 4.7 without
    return Measured("codings imported, with history", size.name, *in_turn(runs, ours, yardstick), 5)


def adding(size: Size, runs: int) -> Measured:
    """One coding, durable when the call returns, against one durable insert; wall time."""
    if _sync() < IN_MEMORY:
        raise Unavailable(
            f"{folder()} is in memory, where nothing is durable: set SIBTUI_BENCH_DIR to a folder on a disk"
        )
    drafts = codings(size)
    with copied(coded(size)) as path, opened(path) as project, _loaded(size) as other:
        number = 0

        def ours() -> float:
            nonlocal number
            number += 1
            draft = next(drafts)
            draft = replace(draft, segment=Segment(number, number + 40), code=PROBE)
            return _wall(lambda: project.codings.add(draft))

        row = other.execute("SELECT * FROM codings LIMIT 1").fetchone()[1:]
        pairs = [in_turn(ADDS, ours, lambda: _wall(lambda: raw.add(other, row, 1))) for _ in range(runs)]
    return Measured(
        "one coding, durable", size.name, tuple(median(p[0]) for p in pairs), tuple(median(p[1]) for p in pairs), 2
    )


def listing(size: Size, runs: int) -> Measured:
    """`coding list --code`: an answer of the same size in a study of this size, and in the study M."""
    with opened(coded(size)) as large, opened(coded(SIZES["M"])) as small:

        def found(project: Project) -> float:
            return cpu(lambda: [list(project.codings.list(CodingFilter(codes=(PROBE,)))) for _ in range(5)]) / 5

        for project in (large, small):
            assert project.codings.count(CodingFilter(codes=(PROBE,))) == PROBED

        ours, yardstick = in_turn(runs, lambda: found(large), lambda: found(small))
    return Measured(f"coding list --code, {PROBED} found, to M's", size.name, ours, yardstick, 2)


def starting(runs: int) -> Measured:
    """`sibtui --version`, against Python and click."""
    return _processes("sibtui --version, to import click", runs, [*program(), "--version"], "import click")


def listing_codes(runs: int) -> Measured:
    """The codebook of the sample study, against Python, click and sqlite3."""
    with sample() as study:
        return _processes("sibtui code list", runs, [*program(), "-p", str(study), "code", "list"], START, 1.5)


def adding_one(runs: int) -> Measured:
    """One coding of the sample study, another one each time, against Python, click and sqlite3."""
    with sample() as study:
        places = iter(range(100, 3000, 20))

        def ours() -> float:
            at = next(places)
            return _process(
                [*program(), "-p", str(study), "coding", "add", "a1", "Trust before", "--span", f"{at}:{at + 9}"]
            )

        times = in_turn(runs, ours, lambda: _process([sys.executable, "-c", START]))
        return Measured("sibtui coding add", "–", *times, 1.5)


def showing(runs: int) -> Measured:
    """A table of the sample study from the shell, against Python, click and sqlite3."""
    with sample() as study:
        return _processes(
            "sibtui matrix show", runs, [*program(), "-p", str(study), "matrix", "show", "table-1"], START, 1.8
        )


START = "import click, sqlite3"


@contextmanager
def sample() -> Iterator[Path]:
    """The sample study in a file of its own."""
    with work_folder() as aside:
        study = aside / "sample.sibtui"
        made = subprocess.run(
            [*program(), "new", str(study), "--from", str(REPOSITORY / "sample_notes")],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            raise Unavailable(f"the sample study cannot be made: {made.stderr.strip()[-200:]}")
        yield study


def program() -> list[str]:
    script = Path(sys.executable).with_name("sibtui")
    return [str(script)] if script.exists() else [sys.executable, "-m", "sibtui"]


def _processes(name: str, runs: int, command: Sequence[str], code: str, budget: float = 1.3) -> Measured:
    tried = subprocess.run(command, check=False, capture_output=True, text=True)
    if tried.returncode:
        raise Unavailable(f"{' '.join(command[-3:])} fails: {tried.stderr.strip()[-200:]}")
    times = in_turn(runs, lambda: _process(command), lambda: _process([sys.executable, "-c", code]))
    return Measured(name, "–", *times, budget)


def _process(command: Sequence[str]) -> float:
    """The processor time of a whole process, from its start to its end."""
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | as_installed()
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, command
    return (usage.ru_utime + usage.ru_stime) * 1000


def in_turn(
    runs: int, ours: Callable[[], float], yardstick: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The figures of both, one after the other, after a first turn that fills caches and is not counted."""
    pairs = [(ours(), yardstick()) for _ in range(runs + 1)][1:]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _sync() -> float:
    """How long the disk takes to make a page durable."""
    with work_folder() as aside, (aside / "page").open("wb") as file:

        def write() -> None:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())

        return median(_wall(write) for _ in range(9))


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@contextmanager
def opened(path: Path) -> Iterator[Project]:
    with Project.open(path, coder="Coder 1") as project:
        yield project


@contextmanager
def _loaded(size: Size) -> Iterator[sqlite3.Connection]:
    """The yardstick's own copy of a size, with its codings."""

    def make(path: Path) -> None:
        with closing(raw.create(path, coded(size))) as connection:
            raw.load(connection, *raw.rows(coded(size)))

    made_by = f"{coded(size)} {Path(raw.__file__).read_text('utf-8')}"
    with copied(kept(f"{size.name}-raw", made_by, make)) as path, closing(raw.connect(path)) as connection:
        yield connection


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    with work_folder() as aside:
        copy = Path(shutil.copy(path, aside))
        with copy.open("rb") as file:
            os.fsync(file.fileno())  # or the first durable writes would wait for the copy to reach the disk
        yield copy


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder beside the studies: on the same disk, for durable writes to cost the same."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        yield Path(name)
