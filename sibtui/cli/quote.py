"""`sibtui quote`: the quotations in a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project

if TYPE_CHECKING:
    from sibtui.project import Project


@click.group()
def quote() -> None:
    """Check the quotations in a paper.

    \b
    Example:
      sibtui quote check draft.docx
    """


@quote.command()
@with_whole_project
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["quotation", "participant"]),
    default="quotation",
    show_default=True,
    help="One row per quotation, or the numbers of quotations of each participant.",
)
@click.option(
    "--min-words",
    "fewest",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Check quotations of this number of words or more.",
)
@report_output_options
def check(project: Project, draft: Path, by: str, fewest: int, **output: Any) -> None:
    """Search the sources for each quotation in DRAFT. DRAFT is a Markdown, LaTeX, Word or plain text file.

    The result for a quotation is: exact; altered (the words that differ are listed); a paraphrase in the source; or not
    found. In notes, only words in quotation marks count as spoken; all other words are a paraphrase. A quotation may
    have […] where words are cut out, and [words] that were inserted. If all quotations are exact, the exit status is 0,
    otherwise 1.

    \b
    Example:
      sibtui quote check draft.md
      sibtui quote check draft.md --by participant --format csv
    """
    with progress_with_total("quotations") as advance:
        report = project.quotes.check(draft, fewest=fewest, progress=advance)
    write_report(report.table if by == "quotation" else report.by_participant, **output)
    if not report.is_sound:
        click.get_current_context().exit(FAILED)
