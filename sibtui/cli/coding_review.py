"""`sibtui coding review` and `accept`: codings whose place in a corrected text is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.table import Table
from sibtui.model.text import excerpt, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui import UndecidedCoding
    from sibtui.model.table import Value
    from sibtui.project import Project

COLUMNS = ("number", "source", "code", "start", "end", "score", "quote", "nearest")


@click.command()
@click.argument("source", required=False, shell_complete=complete.sources)
@format_option
@with_readable_project
def review(study: Project, source: str | None, form: str) -> None:
    """List the codings whose place in a corrected text is uncertain, each with the nearest passage.

    SOURCE limits the list to one source. Until you decide, such a coding keeps its quote and counts as evidence. You
    have three choices: `sibtui coding accept` moves it to the nearest passage, `sibtui coding set` with --span moves it
    to another passage, and `sibtui coding remove` removes it. The column `score` (0 to 100) is the similarity of the
    quote and the passage.

    \b
    Example:
      sibtui coding review
      sibtui coding review a1 --format json
    """
    found = study.codings.undecided(source)
    width = 40 if form == "table" else None
    show_table(Table(COLUMNS, tuple(_row(each, width) for each in found)), form)
    if not found:
        print_message("every coding has a certain place.")


def _row(each: UndecidedCoding, width: int | None) -> tuple[Value, ...]:
    coding, segment = each.coding, each.coding.segment
    words = (
        (each.coding.quote, each.words)
        if width is None
        else (one_line(each.coding.quote, width), one_line(each.words, width))
    )
    return coding.id, coding.source, coding.code, segment.start, segment.end, each.score, *words


@click.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), metavar="N…")
@click.option(
    "--min-score", type=click.IntRange(0, 100), help="Take all codings of the review with this score or more."
)
@with_project
def accept(study: Project, numbers: Sequence[int], min_score: int | None) -> None:
    """Accept the most similar passage as the new quote of codings whose place is not certain.

    \b
    Example:
      sibtui coding accept --min-score 70
    """
    if bool(numbers) == (min_score is not None):
        raise click.UsageError("Give either the numbers of codings or --min-score.")
    if min_score is not None:
        numbers = [each.coding.id for each in study.codings.undecided() if each.score >= min_score]
        if not numbers:
            print_message("no coding of the review has such a score.")
            return
    report = change_reporter(study)
    accepted = study.codings.accept(tuple(dict.fromkeys(numbers)))
    for coding in accepted[:10]:
        print_message(f"  coding {coding.id}: “{excerpt(coding.quote, 60)}”")
    report(f"placed {plural(len(accepted), 'coding')}")
