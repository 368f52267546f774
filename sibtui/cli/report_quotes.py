"""`sibtui report quotes`: the quotes chosen for the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.options import filter_options
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.quote_tables import QUOTE_ROWS

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.project import Project


@click.command()
@click.option("--by", type=click.Choice(QUOTE_ROWS), default="quote", show_default=True, help="What each row is about.")
@filter_options
@report_output_options
@with_whole_project
def quotes(study: Project, by: Any, coding_filter: CodingFilter, **output: Any) -> None:
    """List the quotes chosen for the paper, sorted by code and participant, with their lines and recording times.

    `sibtui coding set --for-paper` chooses quotes. With --by participant, each row is a participant with the number
    of quotes, which may be 0. The participant is the speaker of the quote. In a source without speakers, the
    participant comes from the attribute `participants` of the source. Without this attribute, the name of the source
    is used.

    \b
    Example:
      sibtui report quotes
      sibtui report quotes --by participant
      sibtui report quotes --code "Rate card" -o quotes.docx
    """
    write_report(lambda: study.reports.quotes(coding_filter, by=by), **output)
