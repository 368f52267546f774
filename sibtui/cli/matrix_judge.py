"""`sibtui matrix judge`, `sibtui matrix unjudge`: the researcher's own verdicts on cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.common import undoable, with_project
from sibtui.cli.matrix_options import complete_rows
from sibtui.cli.options import LONG_TEXT
from sibtui.model.presence import STATES

if TYPE_CHECKING:
    from sibtui.project import Project


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("row", shell_complete=complete_rows)
@click.argument("case", shell_complete=complete.cases)
@click.argument("verdict", type=click.Choice(STATES, case_sensitive=False))
@click.option("--because", required=True, type=LONG_TEXT, help="The reason; `-` reads stdin.")
@with_project
def judge(study: Project, name: str, row: str, case: str, verdict: str, because: str) -> None:
    """Overrule a cell, with a reason. What is computed is kept beside it; when the evidence changes, it is shown as stale.

    \b
    Example:
      sibtui matrix judge table-1 "Use of more co-creation practices" "SIB C" present --because "Three tentative signs agree."
    """  # noqa: D301 - \b is click's
    made = study.matrices.judge(name, row, case, verdict, because)
    undoable(f"judged {made.row}, {made.column}: {made.verdict}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("row", shell_complete=complete_rows)
@click.argument("case", shell_complete=complete.cases)
@with_project
def unjudge(study: Project, name: str, row: str, case: str) -> None:
    """Take a judgement away: the cell shows what is computed again.

    \b
    Example:
      sibtui matrix unjudge table-1 "Use of more co-creation practices" "SIB C"
    """  # noqa: D301 - \b is click's
    was = study.matrices.unjudge(name, row, case)
    undoable(f"took the judgement on {was.row}, {was.column} away ({was.verdict}: {was.because})")
