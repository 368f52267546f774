"""`sibtui query`: saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.messages import report_change
from sibtui.cli.options import LONG_TEXT
from sibtui.cli.queries import query_errors
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_facts, show_table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from sibtui.project import Project


@click.group()
def query() -> None:
    """Saved queries. `--query NAME` uses a saved query in place of a query in --where (see docs/queries.md).

    \b
    Example:
      sibtui query save Doubts 'stance counters and certainty tentative'
      sibtui coding list --query Doubts
    """


@query.command()
@with_project
@click.argument("name")
@click.argument("expression", metavar="QUERY", type=LONG_TEXT)
@click.option("--force", is_flag=True, help="Replace an existing query of this name.")
def save(project: Project, name: str, expression: str, force: bool) -> None:
    """Save a query under a name. If QUERY is `-`, it is read from stdin.

    \b
    Example:
      sibtui query save "Card and outcomes" 'code "Rate card" overlapping code "Setting outcomes"'
      sibtui query save "Card and outcomes" 'code "Rate card" within 1 sentence of code "Setting outcomes"' --force
    """
    with query_errors("QUERY"):
        saved = project.queries.save(name, expression, replace=force)
        count = project.codings.count(where=saved.expression)
    report_change(f"saved the query {saved.name}, which finds {plural(count, 'coding')} now")


@query.command("list")
@with_readable_project
@format_option
def list_(project: Project, form: str) -> None:
    """List the saved queries.

    \b
    Example:
      sibtui query list
    """
    from sibtui.model.table import Table

    show_table(
        Table(("name", "expression"), tuple((each.name, each.expression) for each in project.queries.list())), form
    )


@query.command()
@with_readable_project
@click.argument("name", shell_complete=complete.queries)
@format_option
def show(project: Project, name: str, form: str) -> None:
    """Show a saved query, and how many codings it finds.

    \b
    Example:
      sibtui query save Doubts 'stance counters and certainty tentative'
      sibtui query show Doubts
    """
    saved = project.queries.get(name)
    with query_errors(f"query {saved.name}"):
        count = project.codings.count(where=saved.expression)
    show_facts({"name": saved.name, "expression": saved.expression, "codings": count}, form)


@query.command()
@with_project
@click.argument("name", shell_complete=complete.queries)
def remove(project: Project, name: str) -> None:
    """Remove a saved query. The codings that it finds are not removed.

    \b
    Example:
      sibtui query save Doubts 'stance counters and certainty tentative'
      sibtui query remove Doubts
    """
    removed = project.queries.remove(name)
    report_change(f"removed the query {removed.name}", "brings it back")
