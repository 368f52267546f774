"""`sibtui report cooccurrence`: which codes occur together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.options import filter_options
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import pictured_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.cooccurrence import MEETING_UNITS
from sibtui.model.cooccurrence_table import COOCCURRENCE_CELLS

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.model.table import Table
    from sibtui.project import Project


@click.command()
@click.option(
    "--unit",
    type=click.Choice(MEETING_UNITS),
    default="overlap",
    show_default=True,
    help="Where codes meet: in passages that overlap, or in the same sentence, paragraph, section or source.",
)
@click.option(
    "--rows-under",
    metavar="CODE",
    default="",
    shell_complete=complete.codes,
    help="Only pairs with this code or a code below it.",
)
@click.option(
    "--min", "at_least", type=click.IntRange(min=1), default=1, metavar="N", help="Only pairs with n12 of N or more."
)
@click.option("--related", is_flag=True, help="Also list pairs of a code and a code above it.")
@click.option("--matrix", "as_matrix", is_flag=True, help="Show a table of codes by codes.")
@click.option(
    "--cells", type=click.Choice(COOCCURRENCE_CELLS), help="With --matrix: the figure in the cells.  [default: n12]"
)
@filter_options
@pictured_output_options
@with_whole_project
def cooccurrence(
    study: Project,
    unit: Any,
    rows_under: str,
    at_least: int,
    related: bool,
    as_matrix: bool,
    cells: Any,
    coding_filter: CodingFilter,
    **output: Any,
) -> None:
    """List the pairs of codes that occur together because their passages overlap, the strongest pairs first.

    n1 and n2 are the numbers of passages of the two codes, without their sub-codes. A passage that several coders coded
    with the same code and stance counts once. n12 is the number of overlaps: for each of the two codes, sibtui counts
    the passages that overlap a passage of the other code, and n12 is the smaller of these two counts. The coefficient c
    is n12 / (n1 + n2 - n12), from 0 to 1.

    --format picture prints a picture of the strongest pairs; with --matrix, a picture of the matrix. --picture FILE
    writes this picture to FILE, in addition to the table.

    \b
    Example:
      sibtui report cooccurrence
      sibtui report cooccurrence --unit paragraph --min 5
      sibtui report cooccurrence --rows-under "Innovative services" --case "SIB A"
      sibtui report cooccurrence --matrix --cells c -o cooccurrence.xlsx
      sibtui report cooccurrence --format picture
      sibtui report cooccurrence --picture pairs.svg
    """
    if cells and not as_matrix:
        raise click.UsageError("--cells goes with --matrix.")

    def table() -> Table:
        with progress_with_total("sources") as advance:
            return study.reports.cooccurrence(
                coding_filter, unit=unit, rows_under=rows_under, at_least=at_least, related=related,
                cells=(cells or "n12") if as_matrix else None, progress=advance,
            )  # fmt: skip

    write_report(table, **output)
