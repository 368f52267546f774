"""`sibtui coding decide`: stores decisions on the disagreements of two coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli.messages import report_change
from sibtui.cli.options import LONG_TEXT, coders_in, coders_option
from sibtui.cli.study_option import with_project
from sibtui.model.agreement.decisions import TAKES
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import DecisionTake
    from sibtui.project import Project


@click.command()
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(min=1), metavar="N…")
@click.option(
    "--take",
    type=click.Choice(TAKES),
    required=True,
    help="The coding of the first coder (1), of the second (2), both, or neither.",
)
@coders_option
@click.option("--reason", type=LONG_TEXT, default="", help="The reason: the memo of the new codings (`-`: stdin).")
@with_project
def decide(study: Project, numbers: Sequence[int], take: DecisionTake, coder_list: str, reason: str) -> None:
    """Decide passages that two coders coded differently.

    N is the number of a passage in `sibtui report disagreements`.

    A decision adds codings of a coder named `consensus`. The codings of the two coders do not change. In tables, the
    codings of `consensus` replace the codings on which the decision was made. A second decision on the same codings
    replaces the first. `--take 1` decides for the coder named first in --coders, who is A in the report.

    \b
    Example:
      sibtui coding add b1 "Personal budgets" --span 200:260 --coder R9
      sibtui reading add b1 --coder R9
      sibtui report disagreements --coders R2,R9
      sibtui coding decide 635 --take 2 --coders R2,R9 --reason "Agreed on 3 May."
    """
    made = study.codings.decide(tuple(numbers), take, reason=reason, coder=coders_in(study, coder_list))
    codings = plural(len(made), "coding") if made else "no coding"
    where = f" ({', '.join(str(coding.id) for coding in made)})" if made else ""
    report_change(f"decided: the consensus has {codings}{where}")
