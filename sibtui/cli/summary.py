"""`sibtui summary`: the researcher's texts on cells of matrices and on codes in cases, with links to quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.options import LONG_TEXT
from sibtui.cli.streams import write_data
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_facts, show_table
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sibtui.project import Project
    from sibtui.project.results import WrittenSummary

_CELL = "[MATRIX ROW] COLUMN"


@click.group()
def summary() -> None:
    """Texts on cells: what the quotes of a cell show, in your words. `sibtui matrix show --cells summary` prints them as a table.

    \b
    Example:
      sibtui summary set table-1 "More flexible workload distribution" "SIB A" "Loads shrink in a crisis [60]."
      sibtui matrix show table-1 --cells summary
    """


def _code_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--code", shell_complete=complete.codes, help="A code in place of a matrix and a row; COLUMN is a case then."
    )(command)


def _cell(words: Sequence[str], code: str | None, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the arguments of a command (`words`). Raises UsageError if their number is wrong.

    The arguments are MATRIX, ROW, COLUMN, and then those named in `more`, such as TEXT. With `code`, MATRIX and ROW
    are left out.
    """
    wanted = (*(() if code is not None else ("MATRIX", "ROW")), "COLUMN", *more)
    if len(words) != len(wanted):
        with_code = "with --code" if code is not None else "without --code"
        raise click.UsageError(f"This command takes {', '.join(wanted)} {with_code}.")
    return tuple(words)


@summary.command("set")
@with_project
@click.argument("words", metavar=f"{_CELL} TEXT", nargs=-1, required=True, type=LONG_TEXT)
@_code_option
def set_(project: Project, words: tuple[str, ...], code: str | None) -> None:
    """Write your summary of a cell. Your earlier summary of this cell is replaced.

    If TEXT is `-`, it is read from stdin. In the text, [12] links to coding 12, and [c1 5873:5937] to a place in the
    source c1. The coding or place must be a quote of the cell. With --code, the summary is about a code in a case.

    \b
    Example:
      sibtui summary set table-1 "More flexible workload distribution" "SIB A" "Loads shrink in a crisis."
      echo "Loads shrink in a crisis." | sibtui summary set table-1 "More flexible workload distribution" "SIB A" -
      sibtui summary set --code "Trust before assessment" "SIB A" "Trust came first."
    """
    cell = _cell(words, code, ("TEXT",))
    written = project.summaries.set(*cell) if code is None else project.summaries.set_code(code, *cell)
    report_change(f"wrote the summary of {one_line(written.summary.place, 80)}")


@summary.command()
@with_readable_project
@click.argument("words", metavar=_CELL, nargs=-1, required=True)
@_code_option
@format_option
def show(project: Project, words: tuple[str, ...], code: str | None, form: str) -> None:
    """Show the summaries of a cell, one for each coder, and how the quotes have changed since a summary was written.

    \b
    Example:
      sibtui summary set table-1 "More flexible workload distribution" "SIB A" "Loads shrink in a crisis."
      sibtui summary show table-1 "More flexible workload distribution" "SIB A"
    """
    cell = _cell(words, code)
    found = project.summaries.get(*cell) if code is None else project.summaries.get_code(code, *cell)
    if form == "json":
        from sibtui.formats.codec.json_text import dumps

        write_data([dumps([_facts(each) for each in found])])
        return
    for at, each in enumerate(found):
        if at:
            click.echo()
        show_facts({name: value for name, value in _facts(each).items() if value}, form)


def _facts(written: WrittenSummary) -> dict[str, Any]:
    summary = written.summary
    return {
        "matrix": summary.matrix, "row": summary.row, "column": summary.column, "code": summary.code, "case": summary.case,
        "text": summary.text, "coder": summary.coder, "at": summary.at,
        "changed since": written.changes, "lost links": written.lost,
    }  # fmt: skip


@summary.command("list")
@with_readable_project
@click.argument("matrix", required=False, shell_complete=complete.matrices)
@click.option("--row", help="Only summaries of this row.")
@click.option("--column", help="Only summaries of this column.")
@click.option("--code", shell_complete=complete.codes, help="Only summaries of this code.")
@click.option("--case", shell_complete=complete.cases, help="Only summaries of a code in this case.")
@click.option(
    "--stale", is_flag=True, help="Only summaries whose quotes have changed since, or whose links lead nowhere."
)
@click.option("--missing", is_flag=True, help="List the cells of MATRIX that have quotes and no summary.")
@format_option
def list_(
    project: Project,
    matrix: str | None,
    row: str | None,
    column: str | None,
    code: str | None,
    case: str | None,
    stale: bool,
    missing: bool,
    form: str,
) -> None:
    """List the summaries of cells. With --missing, list the cells that have quotes, but no summary.

    \b
    Example:
      sibtui summary set table-1 "More flexible workload distribution" "SIB A" "Loads shrink in a crisis."
      sibtui summary list
      sibtui summary list table-1 --missing
    """
    from sibtui.model.table import Table

    if missing:
        if matrix is None or any((row, column, code, case, stale)):
            raise click.UsageError("--missing needs MATRIX, and no other option.")
        show_table(Table(("row", "column"), tuple(project.summaries.missing(matrix))), form)
        return
    if (matrix or row or column) and (code or case):
        raise click.UsageError("Give MATRIX, --row and --column, or --code and --case.")
    found = project.summaries.list(matrix, row=row, column=column, code=code, case=case)
    columns = ("matrix", "row", "column", "coder", "text", "changed since")
    rows = [_row(each, whole=form != "table") for each in found if not stale or each.changes or each.lost]
    show_table(Table(columns, tuple(rows)), form)
    if not found:
        print_message("there is no summary.")


def _row(written: WrittenSummary, *, whole: bool) -> tuple[str, ...]:
    summary, since = written.summary, "; ".join((*written.changes, *written.lost))
    place = (summary.matrix, summary.row, summary.column) if summary.matrix else ("", summary.code, summary.case)
    return (*place, summary.coder, summary.text if whole else one_line(summary.text, 60), since)


@summary.command()
@with_project
@click.argument("words", metavar=_CELL, nargs=-1, required=True)
@_code_option
@click.option("--coder", shell_complete=complete.coders, help="Whose summary (default: yours).")
def remove(project: Project, words: tuple[str, ...], code: str | None, coder: str | None) -> None:
    """Remove your summary of a cell.

    \b
    Example:
      sibtui summary set table-1 "More flexible workload distribution" "SIB A" "Loads shrink in a crisis."
      sibtui summary remove table-1 "More flexible workload distribution" "SIB A"
    """
    cell, summaries = _cell(words, code), project.summaries
    removed = summaries.remove(*cell, coder=coder) if code is None else summaries.remove_code(code, *cell, coder=coder)
    report_change(f"removed the summary of {one_line(removed.place, 80)}", "brings it back")
