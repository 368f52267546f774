"""`sibtui report`: tables about the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.common import with_whole_project
from sibtui.cli.options import filter_options
from sibtui.cli.report_agreement import agreement, disagreements
from sibtui.cli.report_cooccurrence import cooccurrence
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.report_saturation import saturation
from sibtui.cli.report_sensitivity import sensitivity
from sibtui.cli.report_words import words
from sibtui.model.coverage import COVERAGE_ROWS

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.project import Project


@click.group()
def report() -> None:
    """Tables about the study: its cases, interviews and codes, the words of its sources, and the agreement of its coders.

    `sibtui export report` writes the whole study as one page.

    \b
    Example:
      sibtui report interviews --format md
      sibtui report cases -o cases.docx
    """


@report.command()
@report_output_options
@with_whole_project
def cases(study: Project, **options: Any) -> None:
    """Show the cases with their attributes: one row per attribute, one column per case.

    \b
    Example:
      sibtui report cases
      sibtui report cases -o cases.xlsx
    """
    write_report(study.reports.cases, **options)


@report.command()
@click.option(
    "--as-published", is_flag=True, help="Only the four columns of a published appendix, with their headings."
)
@report_output_options
@with_whole_project
def interviews(study: Project, as_published: bool, **options: Any) -> None:
    """Count the interviews by case: interviews, people and types of organisation, with totals.

    Interviews about several cases have a row of their own. The counts use the source attributes `people`, `organisation` and
    `organisation type`.

    \b
    Example:
      sibtui report interviews --format csv
      sibtui report interviews --as-published -o appendix-2.docx
    """
    write_report(lambda: study.reports.interviews(as_published=as_published), **options)


@report.command()
@report_output_options
@with_whole_project
def codebook(study: Project, **options: Any) -> None:
    """Show every code with its definition, its numbers of quotes, sources and cases, and its history.

    A code with accepted proposals (`sibtui code accept`) has the coders who proposed it, and the day on which it was agreed.

    The formats html and docx give the document that `sibtui code export` writes, instead of a table.

    \b
    Example:
      sibtui report codebook --format md
      sibtui report codebook -o codebook.docx
    """
    write_report(study.reports.codebook, document=study.reports.codebook_document, **options)


@report.command()
@click.option(
    "--by", type=click.Choice(COVERAGE_ROWS), default="source", show_default=True, help="What each row is about."
)
@filter_options
@report_output_options
@with_whole_project
def coverage(study: Project, by: Any, coding_filter: CodingFilter, **options: Any) -> None:
    """Show how far the texts are coded: the share of each source that has a code, its codes, and who has read it.

    With --by code, each row is a code with its share of all characters.

    \b
    Example:
      sibtui report coverage
      sibtui report coverage --case "SIB A" --format csv
      sibtui report coverage --by code -o coverage.xlsx
    """
    write_report(lambda: study.reports.coverage(coding_filter, by=by), **options)


report.add_command(agreement)
report.add_command(cooccurrence)
report.add_command(disagreements)
report.add_command(saturation)
report.add_command(sensitivity)
report.add_command(words)
