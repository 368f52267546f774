"""`sibtui report agreement` and `disagreements`: how far coders agree, and which passages they coded differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.options import coders_in, coders_option, filter_options, options_given
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import pictured_output_options, report_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.agreement.report import EXTRAS, ROWS
from sibtui.model.agreement.units import TOUCHES, UNITS, unused_arguments
from sibtui.model.text import listed

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.model.table import Table
    from sibtui.project import Project

_FREE, _CELL = "free", "cell"
_FOR_CELLS = {
    "unit",
    "matrix",
    "coder_list",
    "coders",
    "round_list",
    "rounds",
    "consensus",
    "project",
    "form",
    "output",
    "force",
    "bom",
}
"""The parameters that are allowed with --unit cell."""

_rounds_option = click.option(
    "--rounds",
    "round_list",
    metavar="N,N",
    help="The rounds to compare: with one coder, how the coder agrees with the own earlier codings.",
)


@click.command()
@coders_option
@_rounds_option
@click.option(
    "--unit",
    type=click.Choice((*UNITS, _CELL)),
    default="sentence",
    show_default=True,
    help="The units that the coders judged; free: the segments as coded; cell: the cells of --matrix.",
)
@click.option("--by", type=click.Choice(ROWS), default="code", show_default=True, help="What each row is about.")
@click.option(
    "--touch",
    type=click.Choice(TOUCHES),
    default="any",
    show_default=True,
    help="The part of a unit's letters and digits that codings must cover.",
)
@click.option("--no-headings", "headings", flag_value=False, default=True, help="Do not count headings as units.")
@click.option("--merge-touching", is_flag=True, help="With --unit free: join touching segments of one coder.")
@click.option("--matrix", metavar="NAME", shell_complete=complete.matrices, help="With --unit cell: the matrix.")
@click.option(
    "--bootstrap",
    "draws",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Random draws for the interval of alpha; 0 for no interval.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of the random draws.")
@click.option(
    "--with",
    "extras",
    type=click.Choice(EXTRAS),
    multiple=True,
    help='A further coefficient of two coders; for more coders, with --by "coder pair".',
)
@click.option("--consensus", is_flag=True, help="Put codings of the consensus in place of those that they settle.")
@filter_options
@pictured_output_options
@with_whole_project
def agreement(
    study: Project,
    coder_list: str,
    round_list: str | None,
    unit: Any,
    matrix: str | None,
    coding_filter: CodingFilter,
    by: Any,
    touch: Any,
    headings: bool,
    merge_touching: bool,
    draws: int,
    seed: int,
    extras: tuple[Any, ...],
    consensus: bool,
    **output: Any,
) -> None:
    """Compare the coders of a study: how far do they agree on each code?

    Only sources that at least two coders have read are compared (see `sibtui reading add`). Each row has counts, the
    percentage of agreement, Cohen's kappa (Fleiss' kappa for three or more coders), and Krippendorff's alpha with
    its confidence interval. If disagreements were decided, a line gives the percentage of agreement before and after
    the decisions. `--coders R2,R9` is short for `--coder R2 --coder R9`.

    An option that has no effect with the chosen --unit is refused. With `--unit cell`, you can choose only the coders,
    their rounds and `--consensus`.

    If a value cannot be computed, its cell is `undefined` or `not computable`, and the column `why` gives the reason.
    In JSON, such a value is null.

    --format picture prints a picture of alpha and its interval. --picture FILE writes this picture to FILE, in addition
    to the table.

    \b
    Example:
      sibtui reading add b1 --coder R9
      sibtui report agreement
      sibtui report agreement --coders R2,R9 --unit paragraph --by source
      sibtui report agreement --format picture
      sibtui report agreement --picture agreement.svg
      sibtui report agreement --unit free
      sibtui round start again --coder R9
      sibtui reading add b1 --coder R9
      sibtui report agreement --coders R9 --rounds 1,2
      sibtui report agreement --unit cell --matrix table-1 --format csv
    """
    if (matrix is None) == (unit == _CELL):
        raise click.UsageError("--unit cell and --matrix go together.")
    _refuse_without_effect(unit)
    chosen = _chosen(coding_filter, coders_in(study, coder_list), round_list)

    def table() -> Table:
        if matrix is not None:
            return study.reports.cell_agreement(matrix, chosen.coders, round=chosen.rounds, consensus=consensus)
        with progress_with_total("sources") as advance:
            return study.reports.agreement(
                chosen, unit=unit, by=by, touch=touch, headings=headings, merge_touching=merge_touching,
                draws=draws, seed=seed, extras=extras, consensus=consensus, progress=advance,
            )  # fmt: skip

    write_report(table, **output)


@click.command()
@coders_option
@_rounds_option
@filter_options
@report_output_options
@with_whole_project
def disagreements(
    study: Project, coder_list: str, round_list: str | None, coding_filter: CodingFilter, **output: Any
) -> None:
    """List the passages that two coders coded differently, side by side.

    Only sources that both coders have read are compared. In the list, the first of the two coders is A, and the
    second is B. The kind of a disagreement is: only A; only B; other code; other extent; other stance; other
    certainty; or other case. The numbers of the disagreements are for `sibtui coding decide`.

    \b
    Example:
      sibtui reading add b1 --coder R9
      sibtui report disagreements --coders R2,R9
      sibtui report disagreements --coders R2,R9 --code "Personal budgets" -o disagreements.xlsx
    """
    write_report(
        lambda: study.reports.disagreements(_chosen(coding_filter, coders_in(study, coder_list), round_list)), **output
    )


def _refuse_without_effect(unit: Any) -> None:
    """Raise UsageError if the user has given an option that has no effect with this unit."""
    given = options_given()
    if unit == _CELL:
        odd = [option for name, option in given.items() if name not in _FOR_CELLS]
    else:
        unused = (*unused_arguments(unit), *(("draws", "seed") if unit == _FREE else ()))
        odd = [option for name, option in given.items() if name in unused]
    if odd:
        raise click.UsageError(f"{listed(odd)} {'do' if odd[1:] else 'does'} not go with --unit {unit}.")


def _chosen(coding_filter: CodingFilter, coder_list: tuple[str, ...], round_list: str | None) -> CodingFilter:
    """Return the filter, extended by the coders and rounds of the options --coders and --rounds.

    The coders in `coder_list` come before those of the filter. `round_list` has numbers of rounds with commas between
    them.
    """
    from dataclasses import replace

    from sibtui.model.arguments import as_names, as_rounds

    numbers = [part.strip() for part in (round_list or "").split(",") if part.strip()]
    valid = all(number.isascii() and number.isdecimal() and int(number) for number in numbers)
    if not valid or (round_list is not None and not numbers):
        raise click.UsageError(
            f"--rounds needs numbers from 1 with commas between them, such as 1,2, not “{round_list}”."
        )
    return replace(
        coding_filter,
        coders=(*coder_list, *as_names(coding_filter.coders)),
        rounds=(*as_rounds(coding_filter.rounds), *map(int, numbers)),
    )
