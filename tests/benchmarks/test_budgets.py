"""The budgets of speed and memory at M, as ratios taken in one run. `python -m tests.benchmarks.run` prints the figures.

`SIBTUI_BENCH_SIZES="L XL"` judges other sizes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from . import exchange, measures, rows, run, undoing
from .make_study import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable

    from .make_study import Size
    from .measures import Measured

pytestmark = pytest.mark.slow

SIZED = [SIZES[name] for name in os.environ.get("SIBTUI_BENCH_SIZES", "M").split()]
LARGE = [size for size in SIZED if size.codings >= SIZES["L"].codings]
PAIRS = 5
ATTEMPTS = 3


STARTS = {"starting": 1.1, "listing_codes": 1.6, "adding_one": 1.9, "showing": 2.4}
"""The ratios that the starts of commands keep today. Their budgets, which the table prints, are lower."""


def within_budget(measure: Callable[..., Measured], *arguments: object, budget: float | None = None) -> None:
    """Fail when the figure is above its budget each time: another program on the machine disturbs one, a slow program all."""
    try:
        for _ in range(ATTEMPTS):
            measured = measure(*arguments)
            most = budget or measured.budget
            fast = most is None or measured.best <= most
            in_time = measured.slowest is None or min(measured.ours) <= measured.slowest
            if fast and in_time and measured.is_small:
                return
    except measures.Unavailable as reason:
        pytest.skip(str(reason))
    pytest.fail(
        f"{measured.name} at {measured.size}: the best of {len(measured.ours)} ratios is {measured.best:.2f}, the median"
        f" {measured.ratio:.2f}, the budget {most}; {min(measured.ours):,.0f} {measured.unit} of"
        f" {measured.slowest}; peak {measured.peak} MB of {measured.most}"
    )


@pytest.fixture(params=SIZED, ids=lambda size: size.name)
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.mark.parametrize("row", rows.ROWS, ids=lambda row: row.name)
def test_a_command_keeps_the_budgets_of_its_row(row: rows.Row, size: Size) -> None:
    within_budget(rows.measure, row, size, 2)


def test_a_file_does_not_grow_when_an_import_is_undone_and_redone(size: Size) -> None:
    within_budget(undoing.file_size, size)


@pytest.mark.parametrize("size", LARGE, ids=lambda size: size.name)
def test_a_matrix_of_everything_costs_a_few_aggregates(size: Size) -> None:
    within_budget(measures.matrix, size, PAIRS)


def test_an_import_with_history_costs_a_few_times_a_bare_one(size: Size) -> None:
    within_budget(measures.importing, size, PAIRS)


def test_one_durable_coding_costs_at_most_twice_a_bare_insert(size: Size) -> None:
    within_budget(measures.adding, size, PAIRS)


@pytest.mark.parametrize("size", LARGE, ids=lambda size: size.name)
def test_the_time_of_a_list_grows_with_its_answer_not_with_the_study(size: Size) -> None:
    within_budget(measures.listing, size, 4 * PAIRS)


@pytest.mark.parametrize("measure", run.STARTS, ids=lambda measure: measure.__name__)
def test_a_command_starts_hardly_slower_than_its_imports(measure: Callable[[int], Measured]) -> None:
    within_budget(measure, 3 * PAIRS, budget=STARTS[measure.__name__])


def test_a_hundred_documents_cost_little_more_than_python_docx_takes_to_read_them() -> None:
    within_budget(exchange.documents, 3)
