"""`sibtui report saturation`: how many new codes each interview adds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.options import filter_options, options_given, read_text
from sibtui.cli.report_output import pictured_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.records import ORIGINS
from sibtui.model.saturation_report import SATURATION_TABLES
from sibtui.model.text import listed

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.project import Project


@click.command()
@click.option(
    "--table",
    type=click.Choice(SATURATION_TABLES),
    default="interviews",
    show_default=True,
    help="New codes by interview or by run, the point for twelve choices of base, run and threshold, or over random orders.",
)
@click.option(
    "--base", type=click.IntRange(min=1), default=4, show_default=True, metavar="N", help="Interviews in the base."
)
@click.option(
    "--run", type=click.IntRange(min=1), default=2, show_default=True, metavar="N", help="Interviews in a run."
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    default=5,
    show_default=True,
    metavar="PERCENT",
    help="The ratio at which saturation is reached.",
)
@click.option(
    "--order",
    metavar="date|study|FILE",
    default="date",
    show_default=True,
    help="The order: a FILE has one name per line.",
)
@click.option("--origin", type=click.Choice(ORIGINS), help="Only codes of this origin.")
@click.option(
    "--level",
    type=click.Choice(("code", "theme")),
    default="code",
    show_default=True,
    help="Count codes, or their themes.",
)
@click.option(
    "--shuffles",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="With --table orders: random orders.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of the random orders.")
@filter_options
@pictured_output_options
@with_whole_project
def saturation(
    study: Project,
    table: Any,
    base: int,
    run: int,
    threshold: float,
    order: str,
    origin: Any,
    level: Any,
    shuffles: int,
    seed: int,
    coding_filter: CodingFilter,
    **output: Any,
) -> None:
    """Show how many new codes each interview adds, and when the new codes become few (Guest, Namey and Chen 2020).

    The base is the set of codes used in the first interviews. A run is a few successive interviews after the first
    interviews. Each run begins one interview later than the previous run, so that the runs overlap. A point of
    saturation is written as two numbers. For example, 6+2 means that after 6 interviews, the next 2 added few new
    codes: at most 5 % of the number of codes in the base.

    Interviews that nobody has read or coded are left out. The lines below the table give the result in words, and give
    warnings. They also name the interviews that are left out, and those that are not read to the end. The order of the
    interviews comes from the attribute `date` of sources.

    --format picture prints a picture of the new codes, their sum and the point of saturation. --picture FILE writes
    this picture to FILE, in addition to the table.

    \b
    Example:
      sibtui report saturation
      sibtui report saturation --table choices
      sibtui report saturation --table orders --shuffles 500
      sibtui report saturation --origin emergent --format csv
      sibtui report saturation --format picture
      sibtui report saturation --picture saturation.pdf
    """
    odd = [option for name, option in options_given().items() if name in ("shuffles", "seed")]
    if odd and table != "orders":
        raise click.UsageError(f"{listed(odd)} {'need' if odd[1:] else 'needs'} --table orders.")
    names: Any = order
    if order not in ("date", "study"):
        if not Path(order).is_file():
            raise click.UsageError(f"--order {order}: write date, study, or the name of a file.")
        names = [line.strip() for line in read_text(Path(order)).splitlines() if line.strip()]
    write_report(
        lambda: study.reports.saturation(
            coding_filter, table=table, base=base, run=run, threshold=threshold, order=names, origin=origin, level=level,
            shuffles=shuffles, seed=seed,
        ),
        **output,
    )  # fmt: skip
