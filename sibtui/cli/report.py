"""`sibtui report`: tables about the study itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli.common import format_option, show_table, with_project

if TYPE_CHECKING:
    from sibtui.project import Project


@click.group()
def report() -> None:
    """Tables about the study itself.

    \b
    Example:
      sibtui report interviews --format md
    """  # noqa: D301 - \b is click's


@report.command()
@format_option
@with_project
def cases(study: Project, form: str) -> None:
    """The cases and their attributes: a row an attribute, a column a case.

    \b
    Example:
      sibtui report cases
    """  # noqa: D301 - \b is click's
    show_table(study.reports.cases(), form)


@report.command()
@format_option
@with_project
def interviews(study: Project, form: str) -> None:
    """The interviews by case: how many, with how many people, of which types of organisation; totals.

    Interviews on several cases have a row of their own. People, organisations and their types are read from the attributes of
    sources `people`, `organisation` and `organisation type`.

    \b
    Example:
      sibtui report interviews --format csv
    """  # noqa: D301 - \b is click's
    show_table(study.reports.interviews(), form)


@report.command()
@format_option
@with_project
def codebook(study: Project, form: str) -> None:
    """Every code, with its definition, the counts of its quotes, sources and cases, and its history.

    \b
    Example:
      sibtui report codebook --format md
    """  # noqa: D301 - \b is click's
    show_table(study.reports.codebook(), form)
