"""`python -m tests.benchmarks.run`: one table of all work, each row beside its floor, with its budget and verdict.

With `--screens`, the rows of the screen follow: keys, the picker, the codebook, tables, the history, the search and another source.
"""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
from math import log
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from . import exchange, measures, other_programs, rows, undoing
from .make_study import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .make_study import Size
    from .screen_rows import ScreenRow

RUNS = {"S": 15, "M": 9, "L": 5, "XL": 3}
PROCESSES = 15
STARTS = (measures.starting, measures.listing_codes, measures.adding_one, measures.showing)


def main() -> int:
    """Print the table; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=["S", "M", "L"], help="default: S M L")
    parser.add_argument("--only", metavar="TEXT", default="", help="only the rows with this in their names")
    parser.add_argument("--runs", metavar="N", type=int, help="pairs of figures for each row (default: by size)")
    parser.add_argument("--screens", action="store_true", help="measure the rows of the screen too")
    parser.add_argument("--turns", metavar="N", type=int, default=40, help="times each action of the screen is done")
    parser.add_argument("--no-commands", action="store_true", help="with --screens: measure no commands")
    parser.add_argument("--save", "--json", metavar="FILE", type=Path, help="write all figures to a file too")
    parser.add_argument("--compare", metavar="FILE", type=Path, help="print the figures of a saved file beside today's")
    options = parser.parse_args()
    before = _saved(options.compare)
    load = os.getloadavg()[0]
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; ratios of medians, measured in turn;"
        f" {load:.1f} processes ran before the start\n"
    )
    facts: list[dict[str, Any]] = []
    missed = False
    if not options.no_commands:
        found = _print_commands(options, before)
        facts += [_facts(one) for one in found]
        missed |= not all(one.met for one in found)
    if options.screens:
        shown = _print_screens(options, before)
        facts += [row.facts() for row in shown]
        missed |= any(row.missed for row in shown)
    if options.save:
        options.save.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return 1 if missed else 0


def _print_commands(
    options: argparse.Namespace, before: dict[tuple[str, str], dict[str, Any]]
) -> list[measures.Measured]:
    print(
        f"{'':40} {'size':>4} {'ours':>11} {'floor':>11} {'ratio':>6} {'budget':>8} {'growth':>6} {'peak':>7} {'floor':>6}"
        f" {'most':>5}  verdict{'  before' if before else ''}"
    )
    found: list[measures.Measured] = []
    for one in figures(options.size, options.only, options.runs):
        found.append(one)
        earlier = before.get((one.name, one.size))
        line = _line(one, _growth(one, found)) + ("" if earlier is None else f"  {earlier['ratio']:6.2f}")
        print(line + one.other_text, flush=True)
    return found


def _print_screens(options: argparse.Namespace, before: dict[tuple[str, str], dict[str, Any]]) -> list[ScreenRow]:
    if sys.platform != "linux":
        print("The rows of the screen read another process's clock as Linux has it.", file=sys.stderr)
        return []
    from . import screens  # it reads the clock of another process, which only Linux offers
    from .screen_rows import HEAD

    print(f"\n{HEAD}")
    found: list[ScreenRow] = []
    for row in screens.all_rows(options.only, options.turns, xl="XL" in options.size):
        found.append(row)
        print(row.line(before.get((row.name, row.study))), flush=True)
    return found


def _saved(path: Path | None) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the figures of a saved file by name and size."""
    if path is None:
        return {}
    return {(fact["name"], fact["size"]): fact for fact in json.loads(path.read_text("utf-8"))}


def _growth(one: measures.Measured, found: list[measures.Measured]) -> float | None:
    """Return the exponent with which the time grows with the codings, from the next smaller size. 1 is linear."""
    smaller = [each for each in found if each.name == one.name and each is not one and each.size in SIZES]
    if not smaller or one.unit != "ms" or one.size not in SIZES:
        return None
    last = smaller[-1]
    codings = SIZES[one.size].codings / SIZES[last.size].codings
    return log(median(one.ours) / median(last.ours)) / log(codings)


Job = tuple[str, "Callable[..., measures.Measured]", tuple[object, ...]]
"""Name, function and arguments of a measurement."""


def figures(sizes: list[str], only: str, runs: int | None = None) -> Iterator[measures.Measured]:
    """One after the other, the processes first; a figure that cannot be measured yet is reported on stderr."""
    jobs: list[Job] = [(f"start {each.__name__}", each, (runs or PROCESSES,)) for each in STARTS]
    jobs.append(("documents", exchange.documents, (runs or RUNS["L"],)))
    for name in sizes:
        jobs += _of_size(SIZES[name], runs or RUNS[name])
        if name in rows.SMALL:
            jobs += [
                (f"{row.name} {row.program}", other_programs.measure, (row, SIZES[name], min(runs or 3, 3)))
                for row in other_programs.ROWS
            ]
    for name, work, arguments in jobs:
        if only not in name:
            continue
        try:
            yield work(*arguments)
        except measures.Unavailable as reason:
            print(f"{name}: skipped, {reason}", file=sys.stderr)


def _of_size(size: Size, runs: int) -> Iterator[Job]:
    for row in rows.ROWS:
        yield row.name, rows.measure, (row, size, runs)
    yield "file", rows.file_size, (size,)
    yield "file", undoing.file_size, (size,)
    for work in (measures.matrix, measures.matrix_counts, measures.importing, measures.adding):
        yield work.__name__, work, (size, runs)
    yield "listing", measures.listing, (size, 4 * runs)


def _line(one: measures.Measured, growth: float | None) -> str:
    digits = 2 if max(one.ours) < 100 else 0
    ours, other = (f"{median(values):,.{digits}f} {one.unit}" for values in (one.ours, one.raw))
    budget = f"{one.slowest / 1000:.1f} s" if one.budget is None and one.slowest else _shown(one.budget, ".1f")
    peaks = f"{_shown(one.peak, '.0f'):>7} {_shown(one.peak_floor, '.0f'):>6} {_shown(one.most, '.0f'):>5}"
    verdict = "" if not budget and one.most is None else "met" if one.met else "MISSED"
    return (
        f"{one.name:40} {one.size:>4} {ours:>11} {other:>11} {one.ratio:6.2f} {budget:>8} {_shown(growth, '.2f'):>6} {peaks}"
        f"  {verdict:7}"
    )


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else f"{value:{form}}"


def _facts(one: measures.Measured) -> dict[str, object]:
    return {
        "name": one.name, "size": one.size, "unit": one.unit, "ours": one.ours, "raw": one.raw,
        "ratio": one.ratio, "best": one.best, "budget": one.budget, "met": one.met, "peak": one.peak,
        "peak_floor": one.peak_floor, "most": one.most, "slowest": one.slowest, "program": one.program, "other": one.other,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
