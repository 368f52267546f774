"""`sibtui coding import`: imports codings from a table.

Rows whose place is uncertain are written to a file for review.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.file_options import force_option, read_file
from sibtui.cli.hints import with_hint
from sibtui.cli.messages import report_change
from sibtui.cli.options import FILE, repeated_option
from sibtui.cli.output import check_extension, write_output
from sibtui.cli.progress import progress
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import show_table
from sibtui.errors import ConflictError
from sibtui.model.text import excerpt, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sibtui.model.drafts import CodingDraft
    from sibtui.project import Project
    from sibtui.project.importing.coding_tables import CodingTableOptions
    from sibtui.project.results import CodingsImported

_COLUMN_OPTIONS = (
    click.option("--source-column", metavar="NAME", default="", help="The column with the names of the sources."),
    repeated_option(
        "--code-column",
        "code_columns",
        metavar="NAME",
        help="A column with codes. With --wide, a column named after a code.",
    ),
    click.option("--quote-column", metavar="NAME", default="", help="The column with the quotes."),
    click.option("--coder-column", metavar="NAME", default="", help="The column with the coders."),
    click.option("--memo-column", metavar="NAME", default="", help="The column with memos on the codings."),
    click.option("--case-column", metavar="NAME", default="", help="The column with the cases of the codings."),
    click.option(
        "--split", metavar="TEXT", default="", help="The text between several codes in one cell, such as `;`."
    ),
    click.option(
        "--wide", is_flag=True, help="The table has one column per code, with 1 or x in the rows that have the code."
    ),
    click.option("--flat", is_flag=True, help="Read a slash as part of a code's name."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook (default: the first that is not empty)."),
    click.option("--encoding", help="The encoding of a text file (default: detected)."),
)


def _table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for a table of codings. The command receives them as `options`, a CodingTableOptions."""

    @wraps(command)
    def wrapper(*arguments: Any, **values: Any) -> Any:
        from sibtui.project.importing.coding_tables import CodingTableOptions

        names = CodingTableOptions.__dataclass_fields__
        given = {name: values.pop(name) for name in tuple(values) if name in names}
        given["split"] = given["split"].replace("\\n", "\n").replace("\\t", "\t")
        return command(*arguments, options=CodingTableOptions(**given), **values)

    for option in reversed(_COLUMN_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


@click.command("import")
@with_project
@click.argument("file", type=FILE)
@_table_options
@click.option("--new-codes", is_flag=True, help="Add codes that are not in the codebook yet.")
@click.option("--update", is_flag=True, help="Change codings whose stance, certainty, memo or cases differ.")
@click.option(
    "--accept",
    type=click.IntRange(0, 100),
    metavar="SCORE",
    help="Import a quote that is not in the text at its best place, if this place has at least this score (of 100). Without the option, an "
    "approximate match needs a score of 90.",
)
@click.option("--review", type=FILE, metavar="FILE.csv", help="Write the rows that are not imported to this file.")
@force_option
@click.option("--strict", is_flag=True, help="Import all rows or none.")
@click.option("--dry-run", is_flag=True, help="Print the changes and the first codings. Nothing is changed.")
def import_(
    project: Project,
    file: Path,
    options: CodingTableOptions,
    review: Path | None,
    force: bool,
    **how: Any,
) -> None:
    """Import codings from a table (.csv, .tsv, .xlsx), or from stdin (`-`, CSV).

    Each row has a source, one or several codes, and either a quote or a start and end. Columns with usual names are
    recognised, and so are the columns of Taguette, QualCoder and MAXQDA. For other columns, there are options.
    Columns that are not used are listed. A row has the name of its source, with or without a file extension, or the
    name of the original file.

    A row is imported if its place is certain. A quote is searched in three ways, one after the other: exactly; with
    other typography or with words cut out (`[...]`); and as an approximate match with a score of at least 90 of 100.
    If a quote occurs several times, and the rows of its source are in the order of the text, it is imported if only
    one of its places lies between those of the rows before and after it.

    The other rows are counted by the kind of problem. --review writes them to a file, each with the passage most
    similar to its quote, and the score of this passage. Correct the quotes or the offsets in this file, and import
    the file. If rows are left for review and --review is not given, the exit status is 1.

    All columns of `sibtui export codings` are read, such as stance, certainty, cases, memo, created, round,
    for_paper, how and nth. In the column cases, `; ` separates several cases, and `?` marks a coding without a case.
    If the text has a quote several times, the column nth is the number of the occurrence, from 1.

    The study may already have a coding with the coder, code and segment of a row. If the row has the same values, it
    is skipped. If it has other values, it is left for review; with --update, the coding gets the values of the row.

    --update refuses a row if it is not clear which coding the row changes: several codings are possible, or several
    rows are about the same coding. A row is also refused if an earlier row has the opposite stance for the same coder,
    code and segment. --review lists refused rows, too.

    \b
    Example:
      sibtui coding import new-codings.csv --dry-run
      sibtui coding import coded.xlsx --source-column participant --code-column theme --split ";" --review review.csv
      sibtui coding import grid.csv --wide --new-codes
      sibtui coding list --format csv | sibtui -p other.sibtui coding import -
    """
    _check_review(review, force=force)
    name, data = ("stdin", read_file(file)) if str(file) == "-" else (str(file), file)
    _check_flat(name, data, options)
    with progress("Codings") as advance:
        report = project.codings.import_table(data, options, name=name, progress=advance, **how)
    _print_messages(name, report)
    left = len(report.review)
    if how["strict"] and left:
        print_message(f"{plural(left, 'row')} of {one_line(name)} refused: nothing was imported.")
        click.get_current_context().exit(FAILED)
    _print_imported(report, dry_run=how["dry_run"])
    if left:
        _review(report, None if how["dry_run"] else review, force=force)


def _check_review(review: Path | None, *, force: bool) -> None:
    """Raise ConflictError if the review file exists and `force` is not set.

    Call this before the import, so that nothing is imported if the list of refused rows cannot be written.
    """
    if review is not None:
        check_extension(review, ".csv", content="a review list")
        if review.exists() and not force:
            raise ConflictError(f"{review} exists already.", "overwrite")


def _check_flat(name: str, data: bytes | Path, options: CodingTableOptions) -> None:
    """Raise UsageError if `--flat` is given for a file that sibtui wrote.

    `--flat` takes a slash as a part of a code's name. In a file of sibtui, a slash separates a theme from its code.
    """
    from sibtui.project.importing.coding_tables import is_own

    if options.flat and is_own(name, data if isinstance(data, bytes) else read_file(data)):
        raise click.UsageError(f"--flat is for other programs' files, but {name} has the columns of sibtui.")


def _review(report: CodingsImported, file: Path | None, *, force: bool) -> None:
    """Write the rows for review to the file. Without a file, end the command with exit status 1."""
    left = len(report.review)
    if file is not None:
        write_output(report.review_csv(), file, f"{plural(left, 'coding')} for review", form="csv", force=force)
        return
    rows = f"{plural(left, 'row')} {'was' if left == 1 else 'were'} not imported"
    print_message(f"{rows}: --review FILE.csv writes them to a file for correction.")
    click.get_current_context().exit(FAILED)


def _print_messages(name: str, report: CodingsImported) -> None:
    from sibtui.project.importing.coding_tables import messages

    for facts, hint in messages(name, report):
        print_message(with_hint(facts, hint))


def _show_preview(examples: Sequence[CodingDraft]) -> None:
    """Print the first codings that a dry run would import."""
    from sibtui.model.table import Table

    columns = ("line", "source", "place", "code", "quote")
    rows = ((one.line, one.source, str(one.segment), one.code, excerpt(one.quote or "", 80)) for one in examples)
    if examples:
        show_table(Table(columns, tuple(rows)), "table")


def _print_imported(report: CodingsImported, *, dry_run: bool) -> None:
    for path in report.new_codes:
        print_message(one_line(f"“{path}” {'would be' if dry_run else 'is'} a new code."))
    if dry_run:
        _show_preview(report.examples)
    _print_summary(report, dry_run=dry_run)


def _print_summary(report: CodingsImported, *, dry_run: bool) -> None:
    changed = len(report.changed) if report.updated else 0
    parts = [f"{plural(report.added, 'coding')} {'would be ' if dry_run else ''}imported"]
    parts += [f"{changed:,} {'would be ' if dry_run else ''}changed"] if changed else []
    parts += [f"{report.same:,} already in the study"] if report.same else []
    parts += [f"{len(report.nearly):,} by an approximate match"] if report.nearly else []
    parts += [f"{report.unattributed:,} without a case"] if report.unattributed else []
    if dry_run or not (report.added or changed):
        print_message(", ".join(parts) + (" (a dry run: nothing was changed)." if dry_run else "."))
    else:
        report_change(", ".join(parts))
