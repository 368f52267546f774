"""`python -m tests.benchmarks.screens`: what the other screens cost in large studies: another source, the picker, codebook, table and history."""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import argparse
import inspect
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project

from .keys import SCREEN, _environment, percentile
from .make_study import SIZES, Size, _code, coded, folder, kept
from .terminal import Cost, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MANY_CODES = Size("codes", 200, 400, 2_000, 20, 20_000)
WIDE = Size("wide", 2_000, 200, 500, 500, 20_000)
F2, F3, F7 = b"\x1bOQ", b"\x1bOR", b"\x1b[18~"
WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Row:
    """Costs of one action. `of` is the figure that the budget limits: processor time, or the latency."""

    name: str
    study: str
    costs: tuple[Cost, ...]
    budget: float
    of: str = "cpu"

    @property
    def figure(self) -> float:
        """Return the median in milliseconds."""
        return median(getattr(cost, self.of) for cost in self.costs)

    @property
    def missed(self) -> bool:
        return self.figure > self.budget


def study_of(size: Size) -> Path:
    """Return a coded study of this size with a table of all codes and all cases."""
    made_by = inspect.getsource(sys.modules[__name__]).partition("# Measuring")[0] + str(coded(SIZES["S"]))
    return kept(f"{size.name}-table", made_by, lambda path: _make(size, path))


def _make(size: Size, path: Path) -> None:
    if size.name in SIZES:
        shutil.copy(coded(size), path)
    else:
        _code(size, path)
    with Project.open(path, coder="Coder 1") as project:
        rows = [RowDefinition(code.name, (code.path,)) for code in project.codes.list() if code.parent is not None]
        project.matrices.define(MatrixDefinition("all", "All codes, all cases", tuple(rows)))


# Measuring


@contextmanager
def on_screen(study: Path) -> Iterator[Terminal]:
    """Open the coding screen on a copy of the study."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        copy = shutil.copy(study, name)
        with Terminal([sys.executable, "-m", "sibtui", "open", copy], SCREEN, _environment(name)) as terminal:
            terminal.cost(lambda: None)
            yield terminal


def sources(size: Size, turns: int) -> Iterator[Row]:
    """The next source, and the one before."""
    with on_screen(study_of(size)) as screen:
        keys = [b">", b">", b"<"]
        costs = [screen.press(keys[at % 3]) for at in range(turns + 3)][3:]
    yield Row("another source", size.name, tuple(costs), 16)


def picker(size: Size, turns: int) -> Iterator[Row]:
    """A letter in the picker of codes, with all codes listed before the first one."""
    with on_screen(study_of(size)) as screen:
        opened, typed = [], []
        for at in range(turns // 4 + 2):
            opened.append(screen.press(b"\r"))
            typed += [screen.press(bytes([letter])) for letter in b"code"][: 4 if at else 0]
            screen.press(b"\x1b")
    yield Row("a letter in the picker", size.name, tuple(typed), 8)
    yield Row("picker opens", size.name, tuple(opened[1:]), 80)


def codebook(size: Size, turns: int) -> Iterator[Row]:
    """F2 until the codebook is seen, for the first time and later."""
    yield from _screen("codebook", size, F2, turns, 120)


def matrix(size: Size, turns: int) -> Iterator[Row]:
    """F3 until a table of all codes and all cases is seen, for the first time and later."""
    yield from _screen("table", size, F3, turns, 1000)


def _screen(name: str, size: Size, key: bytes, turns: int, budget: float) -> Iterator[Row]:
    first, later = [], []
    for _ in range(3):
        with on_screen(study_of(size)) as screen:
            first.append(screen.press(key))
            for _ in range(max(2, turns // 10)):
                screen.press(b"q")
                later.append(screen.press(key))
    yield Row(f"{name}, first time", size.name, tuple(first), budget)
    yield Row(f"{name}, later", size.name, tuple(later), budget)


def history(size: Size, turns: int) -> Iterator[Row]:
    """F7 until the first rows are painted, and until all is still."""
    painted, still = [], []
    for _ in range(max(2, turns // 10)):
        with on_screen(study_of(size)) as screen:
            screen.drawn, begun, before = b"", time.perf_counter(), screen.cpu
            os.write(screen._file, F7)
            while b"History" not in screen.drawn:
                screen.drawn = (screen.drawn + screen._read())[-(1 << 16) :]
                if time.perf_counter() - begun > WAIT:
                    raise TimeoutError(screen.drawn[-500:])
            painted.append(Cost(screen.cpu - before, (time.perf_counter() - begun) * 1000))
            last = screen.settle(begun)
            still.append(Cost(screen.cpu - before, (last - begun) * 1000))
    yield Row("history is painted", size.name, tuple(painted), 500, "latency")
    yield Row("history is still", size.name, tuple(still), 1500, "latency")


ROWS: dict[str, tuple[Callable[[Size, int], Iterator[Row]], Size]] = {
    "sources": (sources, SIZES["XL"]),
    "picker": (picker, MANY_CODES),
    "codebook": (codebook, MANY_CODES),
    "table": (matrix, WIDE),
    "history": (history, SIZES["L"]),
}


def main() -> int:
    """Print the table; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.screens", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(ROWS), default=list(ROWS), help="default: all")
    parser.add_argument("--size", choices=list(SIZES), help="another size of the study")
    parser.add_argument("--turns", type=int, default=40, help="times each action is done (default: 40)")
    options = parser.parse_args()
    print(f"{'ms':34} {'cpu p50':>8} {'p95':>8} {'latency p50':>12} {'p95':>8} {'budget':>8}")
    missed = False
    for name in options.only:
        measure, size = ROWS[name]
        for row in measure(SIZES[options.size] if options.size else size, options.turns):
            cpu, wall = [cost.cpu for cost in row.costs], [cost.latency for cost in row.costs]
            print(
                f"{row.study:6} {row.name:27} {median(cpu):8.1f} {percentile(cpu, 95):8.1f} {median(wall):12.1f}"
                f" {percentile(wall, 95):8.1f} {row.budget:8.0f}{'!' if row.missed else ' '} {row.of}",
                flush=True,
            )
            missed |= row.missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
