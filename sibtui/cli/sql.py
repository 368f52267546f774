"""`sibtui sql`: answers questions in SQL about a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.options import LONG_TEXT
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project

if TYPE_CHECKING:
    from sibtui.project import Project


@click.command()
@click.argument("query", type=LONG_TEXT)
@report_output_options
@with_whole_project
def sql(study: Project, query: str, **output: Any) -> None:
    """Answer a question in SQL: one SELECT on simple tables of the study.

    If the question is `-`, it is read from stdin. The tables are those of `sibtui export sqlite`: sources, cases,
    codes, codings, quotes_by_code, cells and more. The table `about` lists these tables with the meaning of each
    column. The tables contain no private names, and a question cannot change them.

    \b
    Example:
      sibtui sql 'SELECT * FROM about'
      sibtui sql 'SELECT code, count(*) AS codings FROM codings GROUP BY code ORDER BY 2 DESC LIMIT 5'
      sibtui sql 'SELECT matrix, row, mark FROM cells WHERE "column" = "SIB C"' -o sib-c.csv
    """
    write_report(lambda: study.exports.sql(query), **output)
