"""`sibtui report sensitivity`: the evidence on which each X of a table depends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.sensitivity import LEFT_OUT

if TYPE_CHECKING:
    from sibtui.model.table import Table
    from sibtui.project import Project


@click.command()
@click.argument("matrices", nargs=-1, metavar="[MATRIX]...", shell_complete=complete.matrices)
@click.option(
    "--without",
    type=click.Choice(LEFT_OUT),
    multiple=True,
    help="Leave out only these, one after another. Can be repeated.  [default: all]",
)
@report_output_options
@with_whole_project
def sensitivity(study: Project, matrices: tuple[str, ...], without: tuple[Any, ...], **output: Any) -> None:
    """Show on which evidence each X of a matrix depends. An X is the mark of a present cell.

    The report computes the matrix again without one source, then without the next one. The same is done for
    organisations, participants, coders and kinds of source. The column `hangs on` lists the items without which the
    cell has no X.

    The remaining columns show whether the X remains under these conditions: without interviews about several cases;
    with interviews only; with documents only; if two or three sources are required.

    MATRIX is the name of a saved matrix; by default, the report is about all saved matrices. Cells that a person has
    judged are not in the report.

    \b
    Example:
      sibtui report sensitivity table-1
      sibtui report sensitivity --without organisation --format csv
      sibtui report sensitivity -o sensitivity.xlsx
    """

    def table() -> Table:
        with progress_with_total("matrices") as advance:
            return study.reports.sensitivity(matrices, without=without or LEFT_OUT, progress=advance)

    write_report(table, **output)
