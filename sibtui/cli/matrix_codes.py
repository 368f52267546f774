"""`sibtui matrix show --columns codes`: a table with a row and a column for each code.

A cell counts how often passages of its two codes overlap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.matrix_layout import FIGURES_OF_CODES
from sibtui.cli.options import names_of, options_given
from sibtui.cli.report_output import write_report
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.cli.matrix_layout import TableLayout
    from sibtui.cli.matrix_options import Narrowing
    from sibtui.project import Project

_WITHOUT_EFFECT = (
    "rows", "leave_out", "judged_suffix", "first_note", "states", "sort", "transpose", "plain", "min_quotes", "min_sources", "min_kinds", "needs",
)  # fmt: skip


def show_codes(
    study: Project,
    names: Sequence[str],
    layout: TableLayout,
    narrowing: Narrowing,
    cells: Any,
    form: str | None,
    output: Path | None,
    force: bool,
    picture: Path | None = None,
) -> None:
    """Write the table of codes by codes to stdout or to a file. The arguments are those of `matrix_show.show`.

    Raises UsageError for options that have no effect on this table.
    """
    from sibtui.model.filters import CodingFilter

    if names:
        raise click.UsageError("--columns codes shows no saved matrix: choose the rows with --rows-under or --code.")
    if odd := [option for name, option in options_given().items() if name in _WITHOUT_EFFECT]:
        raise click.UsageError(f"{listed(odd)} {'do' if odd[1:] else 'does'} not go with --columns codes.")
    if cells is not None and cells not in FIGURES_OF_CODES:
        raise click.UsageError(
            f"--cells {cells} does not go with --columns codes: choose {listed(FIGURES_OF_CODES, last='or')}."
        )
    if form == "latex" or (output is not None and output.suffix.lower() == ".tex"):
        raise click.UsageError("--columns codes cannot be written as latex.")
    tops = [each for each in (layout.under, layout.below, *layout.codes) if each is not None]
    chosen = CodingFilter(
        cases=names_of(narrowing.cases, lambda: [case.label for case in study.cases.list()]),
        kinds=narrowing.kinds,
        coders=narrowing.coders,
        rounds=narrowing.rounds,
        where=narrowing.query(study),
    )
    write_report(
        lambda: study.reports.cooccurrence(chosen, rows_under=tops, cells=cells or "meetings"), form, output, force,
        picture=picture,
    )  # fmt: skip
