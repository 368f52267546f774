"""`sibtui report methods`: the methods of a study, for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.method_standards import METHOD_STANDARDS

if TYPE_CHECKING:
    from sibtui.model.method_standards import MethodStandard
    from sibtui.project import Project


@click.command()
@click.option(
    "--standard",
    type=click.Choice(METHOD_STANDARDS),
    default="coreq",
    show_default=True,
    help="The reporting standard whose items are listed; none lists the figures alone.",
)
@report_output_options
@with_whole_project
def methods(study: Project, standard: MethodStandard, **output: Any) -> None:
    """Report the methods of a study: counts, and the items of COREQ or SRQR with answers.

    COREQ and SRQR are standards for reporting. sibtui answers some items by counting, and you can answer others
    (`sibtui study set --method`). Every other item has the text [TO COMPLETE]. The last line is a paragraph with the
    counts (see docs/methods.md).

    \b
    Example:
      sibtui report methods
      sibtui report methods --standard srqr -o methods.docx
    """
    write_report(lambda: study.reports.methods(standard), **output)
