"""`sibtui matrix set`: options that change parts of a saved matrix.

The table editor of the screen uses the same functions.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import click

from sibtui.cli import complete
from sibtui.cli.column_lists import column_labels, columns_in
from sibtui.cli.matrix_layout import complete_columns
from sibtui.cli.matrix_options import (
    cases_option,
    codes_of,
    evidence_options,
    footer_options,
    labels_of,
    split_place,
    threshold_options,
)
from sibtui.cli.messages import change_reporter
from sibtui.cli.options import nothing_to_change, options_given, repeated_option
from sibtui.cli.study_option import with_project
from sibtui.model.frozen import dataclass
from sibtui.model.matrix_definition import COLUMNS, SAVED_SHOWS, are_columns
from sibtui.model.names import resolve_name
from sibtui.model.presence import STATES
from sibtui.model.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sibtui.cli.matrix_options import TableFooter, Thresholds
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.presence import State
    from sibtui.model.records import Kind
    from sibtui.project import Project

_ROW = "ROW=TEXT"


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The changes of rows that the user has given in options of `sibtui matrix set`.

    Each field has the values of one option. An option names a row by its label in the saved matrix, or by the label of
    an added row. The option --label gives rows new labels. These labels are set last, so the other options use the old
    ones.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    add_query: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    with_subcodes: tuple[str, ...] = ()
    without_subcodes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    cell_note: tuple[str, ...] = ()

    def apply_to(self, table: MatrixDefinition, project: Project) -> MatrixDefinition:
        """Return the definition of the table with these changes.

        Raises BadParameter for an invalid value. Raises NotFoundError for an unknown label.
        """
        from sibtui.workspace import table_edits as edits

        table = self._with_notes(table, project)
        for row, codes in _split(self.codes, table):
            table = edits.set_codes(table, _at(table, row), codes_of(codes, project))
        for row, query in _split(self.query, table):
            table = edits.set_query(table, _at(table, row), query)
        for row, kinds in _split(self.needs, table):
            table = edits.set_needs(table, _at(table, row), _kinds(kinds))
        for row in (*self.with_subcodes, *self.without_subcodes):
            at = _at(table, row)
            table = edits.set_subcodes(table, at, subcodes=row in self.with_subcodes)
        for row in self.remove:
            table = edits.remove_row(table, _at(table, row))
        table = self._with_new_rows(table, project)
        for row, position in _split(self.position, table):
            at = _at(table, row)
            table = edits.move_row(table, at, _whole(position) - 1 - at)
        for row, label in _split(self.label, table):
            table = edits.relabel(table, _at(table, row), label)
        return table

    def _with_notes(self, table: MatrixDefinition, project: Project) -> MatrixDefinition:
        from sibtui.workspace import table_edits as edits

        for row, text in _split(self.note, table):
            table = edits.set_note(table, _at(table, row), text)
        for row, column, text in _cell_notes(self.cell_note, table):
            label = resolve_name("column", column, column_labels(project, table))
            table = edits.set_note(table, _at(table, row), text, label)
        return table

    def _with_new_rows(self, table: MatrixDefinition, project: Project) -> MatrixDefinition:
        from sibtui.workspace import table_edits as edits

        for label, codes in map(_pair, self.add):
            table = _with_new_row(table, label, codes_of(codes, project))
        for label, query in map(_pair, self.add_query):
            table = edits.add_rows(table, ("",))
            at = len(table.rows) - 1
            table = edits.relabel(edits.set_query(table, at, query), at, label)
        return table


def _with_new_row(table: MatrixDefinition, label: str, codes: tuple[str, ...]) -> MatrixDefinition:
    from sibtui.workspace import table_edits as edits

    table = edits.add_rows(table, codes[:1] or ("",))
    at = len(table.rows) - 1
    return edits.relabel(edits.set_codes(table, at, codes), at, label)


def _pair(value: str) -> tuple[str, str]:
    """Split `ROW=TEXT` into the row and the text. The separator is the first equals sign."""
    left, equals, right = value.partition("=")
    if not equals or not left.strip():
        raise click.UsageError(f"“{value}” does not have the form {_ROW}.")
    return left.strip(), right.strip()


def _split(values: Iterable[str], table: MatrixDefinition) -> Iterable[tuple[str, str]]:
    """Yield (label of the row, text) for each `ROW=TEXT`. ROW is the label of a row of `table`.

    A label may contain an equals sign. So if several labels are possible, the longest one is used.
    """
    labels = sorted((row.label for row in table.rows), key=len, reverse=True)
    for value in values:
        known = next((label for label in labels if value.startswith(f"{label}=")), None)
        yield _pair(value) if known is None else (known, value[len(known) + 1 :].strip())


def _cell_notes(values: Iterable[str], table: MatrixDefinition) -> Iterable[tuple[str, str, str]]:
    """Yield (label of the row, column, text) for each `ROW:CASE=TEXT`. ROW is the label of a row of `table`.

    A label may contain a colon. So if several labels are possible, the longest one is used.
    """
    labels = sorted((row.label for row in table.rows), key=len, reverse=True)
    for value in values:
        known = next((label for label in labels if value.startswith(f"{label}:")), None)
        if known is None:
            place, text = _pair(value)
            yield *split_place(place, labels, "--cell-note"), text
        else:
            yield known, *_pair(value[len(known) + 1 :])


def _at(table: MatrixDefinition, row: str) -> int:
    labels = [each.label for each in table.rows]
    return labels.index(resolve_name("row", row, labels))


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise click.UsageError(f"“{text}” is not a position: the first row has position 1.")
    return int(text)


def _kinds(text: str) -> tuple[Kind, ...]:
    names = labels_of([text])
    for name in names:
        if name not in KINDS:
            raise click.UsageError(f"“{name}” is not a kind of source: there are {', '.join(KINDS)}.")
    return cast("tuple[Kind, ...]", names)


def _marks(values: Iterable[str]) -> dict[State, str]:
    marks: dict[State, str] = {}
    for state, mark in map(_pair, values):
        if state not in STATES:
            raise click.UsageError(f"“{state}” is not a state of a cell: there are {', '.join(STATES)}.")
        marks[state] = mark
    return marks


def row_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that change rows. The command receives them as `rows`, a RowChanges."""

    @repeated_option("--add-row", "add", metavar="LABEL=CODE[,CODE…]", help="Add a row for these codes at the end.")
    @repeated_option(
        "--add-row-query", "add_query", metavar="LABEL=QUERY", help="Add a row for the codings of a saved query."
    )
    @repeated_option(
        "--remove-row", "remove", metavar="ROW", help="Remove a row with its notes, judgements and summaries."
    )
    @repeated_option("--codes", metavar="ROW=CODE[,CODE…]", help="Let a row count these codes.")
    @repeated_option("--row-query", "query", metavar="ROW=QUERY", help="Let a row count the codings of a saved query.")
    @repeated_option("--label", metavar="ROW=LABEL", help="Give a row another label.")
    @repeated_option("--position", metavar="ROW=NUMBER", help="Move a row to this position.")
    @repeated_option("--with-subcodes", metavar="ROW", help="Count the codes below the codes of a row.")
    @repeated_option("--without-subcodes", metavar="ROW", help="Leave out the codes below the codes of a row.")
    @repeated_option("--row-needs", "row_needs", metavar="ROW=KIND[,KIND…]", help="Kinds of source that a row needs.")
    @repeated_option("--note", metavar="ROW=TEXT", help="The table note on a label; an empty text removes it.")
    @repeated_option("--cell-note", metavar="ROW:CASE=TEXT", help="The table note on a cell; an empty text removes it.")
    @wraps(command)
    def wrapper(*arguments: Any, row_needs: tuple[str, ...], **options: Any) -> Any:
        names = (
            "add",
            "remove",
            "codes",
            "add_query",
            "query",
            "label",
            "position",
            "with_subcodes",
            "without_subcodes",
            "note",
            "cell_note",
        )
        rows = RowChanges(**{name: options.pop(name) for name in names}, needs=row_needs)
        return command(*arguments, rows=rows, **options)

    return wrapper


@click.command("set")
@click.argument("name", shell_complete=complete.matrices)
@click.option("--new-name", help="Give the matrix another name.")
@click.option("--title", help="The title above the table.")
@click.option(
    "--columns",
    metavar="WHAT",
    shell_complete=complete_columns,
    help="Other columns. Notes on cells, judgements and summaries are removed.",
)
@cases_option
@click.option("--all-columns", is_flag=True, help="Show all columns again, also columns added later.")
@click.option("--no-needs", is_flag=True, help="A present cell needs no kind of source any more.")
@click.option("--all-lines", is_flag=True, help="Show all lines under the table again.")
@click.option("--cells", type=click.Choice(SAVED_SHOWS), help="The content of the cells.")
@repeated_option("--mark", "marks", metavar="STATE=MARK", help="The printed mark of a state; an empty mark is a blank.")
@threshold_options
@evidence_options
@click.option("--all-evidence", is_flag=True, help="All evidence counts again.")
@footer_options
@row_options
@with_project
def set_(
    study: Project,
    name: str,
    columns: str | None,
    no_needs: bool,
    all_lines: bool,
    thresholds: Thresholds,
    footer: TableFooter,
    rows: RowChanges,
    **parts: Any,
) -> None:
    """Change parts of a saved matrix. All other parts stay.

    Name a row by its old label, even with --label.

    \b
    Example:
      sibtui matrix set table-3 --title "Table 3. Design elements." --mark "contested=(X)"
      sibtui matrix set table-3 --add-row "Budgets=Personal budgets" --position "Budgets=1"
      sibtui matrix set table-3 --cell-note "Use of rate card:SIB A=Until 2019." --label "Use of rate card=Rate card"
    """
    if not options_given().keys() - {"name", "project"}:
        raise nothing_to_change()
    if columns is not None and not are_columns(columns):
        raise click.BadParameter(f"“{columns}” is not one of {', '.join(COLUMNS)}.", param_hint="--columns")
    from sibtui.project.tables.removed_texts import removed_texts

    report, lost = change_reporter(study), removed_texts(study)
    before = study.matrices.get(name)
    rule = replace(before.rule, needs=()) if no_needs else before.rule
    table = replace(_with_parts(study, before, columns, **parts), rule=thresholds.rule(rule))
    table = footer.apply_to(replace(table, leave_out=()) if all_lines else table)
    table = rows.apply_to(table, study)
    saved = table if table == before else study.matrices.define(table, replacing=before.name)
    report(f"changed matrix {saved.name}{lost()}")


def _with_parts(
    study: Project,
    table: MatrixDefinition,
    columns: str | None,
    *,
    new_name: str | None,
    title: str | None,
    cases: tuple[str, ...],
    all_columns: bool,
    cells: Any,
    marks: tuple[str, ...],
    kinds: tuple[Any, ...],
    coders: tuple[str, ...],
    all_evidence: bool,
) -> MatrixDefinition:
    """For each option that is given, replace one part of the definition.

    An option that is not given is None, empty or False.
    """
    from sibtui.workspace import table_edits as edits

    if columns is not None:
        table = edits.set_columns(table, columns)
    if cases or all_columns:
        table = edits.pick_columns(table, columns_in(cases, study, table))
    for state, mark in _marks(marks).items():
        table = edits.set_mark(table, state, mark)
    return replace(
        table,
        name=table.name if new_name is None else new_name.strip(),
        title=table.title if title is None else title,
        show=cells or table.show,
        kinds=kinds or (() if all_evidence else table.kinds),
        coders=coders or (() if all_evidence else table.coders),
    )
