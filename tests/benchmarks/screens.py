"""`python -m tests.benchmarks.screens`: what the other screens cost in large studies: another source, the picker, codebook, table, history and search."""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import argparse
import inspect
import shutil
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project

from . import keys
from .keys import SCREEN, _environment
from .make_study import SIZES, Size, _code, coded, folder, kept
from .screen_rows import HEAD, Limit, ScreenRow
from .terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MANY_CODES = Size("codes", 200, 400, 2_000, 20, 20_000)
WIDE = Size("wide", 2_000, 200, 500, 500, 20_000)
F2, F3, F5, F7 = b"\x1bOQ", b"\x1bOR", b"\x1b[15~", b"\x1b[18~"


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


def sources(size: Size, turns: int) -> Iterator[ScreenRow]:
    """The next source, and the one before."""
    with on_screen(study_of(size)) as screen:
        keys = [b">", b">", b"<"]
        costs = [screen.press(keys[at % 3]) for at in range(turns + 3)][3:]
    yield ScreenRow("another source", size.name, tuple(costs), (Limit("cpu", 50, 16),))


def picker(size: Size, turns: int) -> Iterator[ScreenRow]:
    """A letter in the picker of codes, with all codes listed before the first one."""
    with on_screen(study_of(size)) as screen:
        opened, typed = [], []
        for at in range(turns // 4 + 2):
            opened.append(screen.press(b"\r"))
            typed += [screen.press(bytes([letter])) for letter in b"code"][: 4 if at else 0]
            screen.press(b"\x1b")
    yield ScreenRow("a letter in the picker", size.name, tuple(typed), (Limit("cpu", 50, 8),))
    yield ScreenRow("picker opens", size.name, tuple(opened[1:]), (Limit("cpu", 50, 80),))


def codebook(size: Size, turns: int) -> Iterator[ScreenRow]:
    """F2 until the codebook is seen, for the first time and later."""
    yield from _screen("codebook", size, F2, turns, 120)


def matrix(size: Size, turns: int) -> Iterator[ScreenRow]:
    """F3 until a table of all codes and all cases is seen, for the first time and later."""
    yield from _screen("table", size, F3, turns, 1000)


def _screen(name: str, size: Size, key: bytes, turns: int, budget: float) -> Iterator[ScreenRow]:
    first, later = [], []
    for _ in range(3):
        with on_screen(study_of(size)) as screen:
            first.append(screen.press(key))
            for _ in range(max(2, turns // 10)):
                screen.press(b"q")
                later.append(screen.press(key))
    yield ScreenRow(f"{name}, first time", size.name, tuple(first), (Limit("cpu", 50, budget),))
    yield ScreenRow(f"{name}, later", size.name, tuple(later), (Limit("cpu", 50, budget),))


def search(size: Size, turns: int) -> Iterator[ScreenRow]:
    """A letter in the search of all notes, until all matches are listed; and a letter in the search of one note."""
    everywhere, here = [], []
    with on_screen(study_of(size)) as screen:
        for _ in range(max(2, turns // 10)):
            screen.press(F5)
            everywhere += [screen.press(bytes([letter])) for letter in b"bagu"]
            screen.press(b"\x7f" * 4)
            screen.press(b"\x1b")
            screen.press(b"/")
            here += [screen.press(bytes([letter])) for letter in b"bagu"]
            screen.press(b"\x1b")
    yield ScreenRow("a letter in the search of all", size.name, tuple(everywhere))
    yield ScreenRow("a letter in the search of a note", size.name, tuple(here), (Limit("latency", 50, 50),))


def history(size: Size, turns: int) -> Iterator[ScreenRow]:
    """F7 until the first rows are painted, and until all is still."""
    painted, still = [], []
    for _ in range(max(2, turns // 10)):
        with on_screen(study_of(size)) as screen:
            first, all_of_it = screen.press_until(F7, b"History")
            painted.append(first)
            still.append(all_of_it)
    yield ScreenRow("history is painted", size.name, tuple(painted), (Limit("latency", 50, 500),))
    yield ScreenRow("history is still", size.name, tuple(still), (Limit("latency", 50, 1500),))


ROWS: dict[str, tuple[Callable[[Size, int], Iterator[ScreenRow]], Size]] = {
    "sources": (sources, SIZES["L"]),
    "sources of XL": (sources, SIZES["XL"]),
    "picker": (picker, MANY_CODES),
    "codebook": (codebook, MANY_CODES),
    "table": (matrix, WIDE),
    "history": (history, SIZES["L"]),
    "search": (search, SIZES["L"]),
}
"""The actions, each with the study in which it is measured."""


def all_rows(only: str, turns: int, *, xl: bool = False) -> Iterator[ScreenRow]:
    """Yield the rows with these words in their names: keys in a note of 2 MB, the first paint, and the actions of `ROWS`.

    Another source is measured in 2,000 sources, and in 10,000 with `xl`.
    """
    note = keys.NOTES["2MB"]
    if only in "keys" or any(only in work.name for work in keys.WORKS) or only in "resize":
        yield from (figure.row("2MB") for figure in keys.figures(note, turns, of="" if only == "keys" else only))
    if only in "first paint":
        yield keys.painting(max(5, turns // 6)).row("demo")
    for name, (measure, size) in ROWS.items():
        if only in name and (xl or size is not SIZES["XL"]):
            yield from measure(size, turns)


def main() -> int:
    """Print the table; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.screens", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(ROWS), default=list(ROWS), help="default: all")
    parser.add_argument("--size", choices=list(SIZES), help="another size of the study")
    parser.add_argument("--turns", type=int, default=40, help="times each action is done (default: 40)")
    options = parser.parse_args()
    print(HEAD)
    missed = False
    for name in options.only:
        measure, size = ROWS[name]
        for row in measure(SIZES[options.size] if options.size else size, options.turns):
            print(row.line(), flush=True)
            missed |= row.missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
