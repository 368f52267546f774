"""`sibtui matrix judge`, `unjudge` and `judgements`: the researcher's own judgements of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.matrix_layout import complete_rows
from sibtui.cli.messages import report_change
from sibtui.cli.options import LONG_TEXT
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.presence import STATES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.matrix_summary import JudgedCell
    from sibtui.project import Project


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("row", shell_complete=complete_rows)
@click.argument("case", shell_complete=complete.cases)
@click.argument("verdict", type=click.Choice(STATES, case_sensitive=False))
@click.option("--because", required=True, type=LONG_TEXT, help="The reason (`-`: stdin).")
@with_project
def judge(study: Project, name: str, row: str, case: str, verdict: str, because: str) -> None:
    """Replace the computed state of a cell by your own judgement (VERDICT), with a reason.

    The computed state is kept beside the judgement. If the evidence changes later, the judgement is marked as stale.

    \b
    Example:
      sibtui matrix judge table-1 "Use of more co-creation practices" "SIB C" present --because "Three tentative signs agree."
    """
    judged = study.matrices.judge(name, row, case, verdict, because)
    made, old = judged.judgement, judged.replaced
    if old is not None:
        print_message(
            one_line(f"replaces the judgement of {old.coder}, {old.at[:10]}: {old.verdict}, because: {old.because}")
        )
    report_change(f"judged {made.row}, {made.column}: {made.verdict}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("row", shell_complete=complete_rows)
@click.argument("case", shell_complete=complete.cases)
@with_project
def unjudge(study: Project, name: str, row: str, case: str) -> None:
    """Remove the judgement of a cell. The cell then shows its computed state again.

    \b
    Example:
      sibtui matrix unjudge table-1 "Use of more co-creation practices" "SIB C"
    """
    removed = study.matrices.unjudge(name, row, case)
    report_change(
        f"removed the judgement on {removed.row}, {removed.column} ({removed.verdict}: {removed.because})",
        "brings it back",
    )


@click.command()
@click.argument("name", required=False, shell_complete=complete.matrices)
@click.option("--stale", is_flag=True, help="Only judgements whose evidence has changed since.")
@format_option
@with_project
def judgements(study: Project, name: str | None, stale: bool, form: str) -> None:
    """List the judgements of cells, of one matrix or of all matrices.

    The column `computed` is the state that the cell would have without the judgement.

    \b
    Example:
      sibtui matrix judgements
      sibtui matrix judgements table-1 --stale --format csv
    """
    from sibtui.model.table import Table

    columns: tuple[str, ...] = (
        "matrix",
        "row",
        "column",
        "verdict",
        "computed",
        "changed since",
        "because",
        "coder",
        "at",
    )
    rows: list[tuple[str, ...]] = [
        _values(judged) for judged in study.matrices.judgements(name) if judged.changes or not stale
    ]
    if form == "table":  # a terminal is too narrow for more columns
        columns, rows = columns[:6], [row[:6] for row in rows]
    show_table(Table(columns, tuple(rows)), form)


def _values(judged: JudgedCell) -> tuple[str, ...]:
    judgement, cell = judged.judgement, judged.cell
    computed = "column not shown" if cell is None else cell.computed
    return (
        judged.matrix, judgement.row, judgement.column, judgement.verdict, computed, "; ".join(judged.changes),
        judgement.because, judgement.coder, judgement.at,
    )  # fmt: skip
