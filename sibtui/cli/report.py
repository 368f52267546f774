"""`sibtui report`: tables about the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.options import filter_options
from sibtui.cli.report_agreement import agreement, disagreements
from sibtui.cli.report_cooccurrence import cooccurrence
from sibtui.cli.report_methods import methods
from sibtui.cli.report_output import pictured_output_options, report_output_options, write_report
from sibtui.cli.report_quotes import quotes
from sibtui.cli.report_saturation import saturation
from sibtui.cli.report_sensitivity import sensitivity
from sibtui.cli.report_words import words
from sibtui.cli.study_option import with_whole_project
from sibtui.model.coverage import COVERAGE_ROWS

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.project import Project


@click.group()
def report() -> None:
    """Tables about the study: its cases, interviews and codes, the words of its sources, the agreement of its coders.

    To write the whole study as one page, use `sibtui export report`.

    \b
    Example:
      sibtui report interviews --format md
      sibtui report cases -o cases.docx
    """


@report.command()
@report_output_options
@with_whole_project
def cases(study: Project, **options: Any) -> None:
    """Show the attributes of the cases: a row for each attribute, a column for each case.

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
    """Count the interviews of each case, their people and their types of organisation, with totals.

    Interviews about several cases have a separate row. The counts use the attributes `people`, `organisation` and
    `organisation type` of sources.

    \b
    Example:
      sibtui report interviews --format csv
      sibtui report interviews --as-published -o appendix-2.docx
    """
    write_report(lambda: study.reports.interviews(as_published=as_published), **options)


@report.command()
@pictured_output_options
@with_whole_project
def codebook(study: Project, **options: Any) -> None:
    """Show all codes with their definitions, their numbers of quotes, sources and cases, and their changes.

    A passage that several coders coded with the same code and stance is one quote.

    A code that was made from proposals (`sibtui code accept`) is shown with the coders of these proposals, and with the
    day of the agreement. With --format html or docx, the result is the document that `sibtui code export` writes, not a
    table. --format picture prints the tree of the codes, with a bar for the quotes of each code. --picture FILE writes
    this picture to FILE, in addition to the table.

    \b
    Example:
      sibtui report codebook --format md
      sibtui report codebook -o codebook.docx
      sibtui report codebook --format picture
      sibtui report codebook --picture codebook.svg
    """
    write_report(study.reports.codebook, document=study.reports.codebook_document, **options)


@report.command()
@click.option(
    "--by", type=click.Choice(COVERAGE_ROWS), default="source", show_default=True, help="What each row is about."
)
@filter_options
@pictured_output_options
@with_whole_project
def coverage(study: Project, by: Any, coding_filter: CodingFilter, **options: Any) -> None:
    """Show how much of each source is coded (the share of its text that has a code), and its codes and readers.

    With --by code, each row is about a code, and shows the share of all characters that have this code. The column
    `codings` counts a passage only once if several coders coded it with the same code and stance.

    --format picture prints a portrait of the sources, which shows where in each text the passages of each theme are.
    --picture FILE writes the portrait to FILE, in addition to the table.

    \b
    Example:
      sibtui report coverage
      sibtui report coverage --case "SIB A" --format csv
      sibtui report coverage --by code -o coverage.xlsx
      sibtui report coverage --source a1 --format picture
      sibtui report coverage --kind interview --picture portrait.png
    """
    write_report(lambda: study.reports.coverage(coding_filter, by=by), **options)


report.add_command(agreement)
report.add_command(cooccurrence)
report.add_command(disagreements)
report.add_command(quotes)
report.add_command(methods)
report.add_command(saturation)
report.add_command(sensitivity)
report.add_command(words)
