"""`python -m tests.benchmarks.run`: the table of ratios, each beside its budget."""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from . import exchange, measures, undoing
from .make_study import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = {"S": 15, "M": 9, "L": 5, "XL": 3}
PROCESSES = 15


def main() -> int:
    """Print the table; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=["S", "M", "L"], help="default: S M L")
    parser.add_argument("--only", metavar="TEXT", default="", help="only the figures with this in their names")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write all figures to a file too")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; ratios of medians, measured in turn\n")
    print(f"{'':40} {'size':>4} {'ours':>11} {'raw':>11} {'ratio':>6}  budget")
    found = []
    for one in figures(options.size, options.only):
        found.append(one)
        print(_line(one), flush=True)
    if options.json:
        options.json.write_text(json.dumps([_facts(one) for one in found], indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.met for one in found) else 1


def figures(sizes: list[str], only: str) -> Iterator[measures.Measured]:
    """One after the other, the processes first; a figure that cannot be measured yet is reported on stderr."""
    jobs: list[tuple[Callable[..., measures.Measured], tuple[object, ...]]] = [
        (work, (PROCESSES,)) for work in (measures.starting, measures.showing)
    ]
    jobs.append((exchange.documents, (RUNS["L"],)))
    for name in sizes:
        size, runs = SIZES[name], RUNS[name]
        jobs += [
            (work, (size, runs)) for work in (measures.matrix, measures.importing, measures.adding, measures.exporting)
        ]
        jobs += [(undoing.undo, (size, runs)), (undoing.redo, (size, runs)), (undoing.file_size, (size,))]
        jobs += [(work, (size, runs)) for work in (exchange.qdpx_in, exchange.qdpx_out)]
        jobs += [(measures.memory, (size,)), (measures.listing, (size, 4 * runs))]
        jobs += [(measures.noting, (size, runs)), (measures.noting_memory, (size,))]
    for work, arguments in jobs:
        if only not in work.__name__:
            continue
        try:
            yield work(*arguments)
        except measures.Unavailable as reason:
            print(f"{work.__name__}: skipped, {reason}", file=sys.stderr)


def _line(one: measures.Measured) -> str:
    ours, other = (f"{median(values):,.2f} {one.unit}" for values in (one.ours, one.raw))
    budget = "" if one.budget is None else f"{one.budget:.1f} {'met' if one.met else 'MISSED'}"
    return f"{one.name:40} {one.size:>4} {ours:>11} {other:>11} {one.ratio:6.2f}  {budget}"


def _facts(one: measures.Measured) -> dict[str, object]:
    return {
        "name": one.name, "size": one.size, "unit": one.unit, "ours": one.ours, "raw": one.raw,
        "ratio": one.ratio, "best": one.best, "budget": one.budget, "met": one.met,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
