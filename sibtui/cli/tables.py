"""Tables and fields that a command prints to stdout, and the options `--format` and `--bom` for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import print_message
from sibtui.cli.streams import encodable_text, is_utf8, write_data, write_text
from sibtui.model.text import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sibtui.model.table import Table, Value


_BOM = "sibtui.bom"
FORMATS = ("table", "csv", "json", "md")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--format` and `--bom` to a command that prints a table."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the table.",
    )
    return option(bom_option(command))


def bom_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--bom` to a command that writes CSV. With `--bom`, the CSV begins with a byte order mark.

    The command does not receive the option as an argument. `byte_order_mark` returns the mark.
    """
    return click.option(
        "--bom",
        is_flag=True,
        expose_value=False,
        callback=_keep_bom,
        help="Begin CSV with a byte order mark. Excel on Windows needs one to show accents correctly.",
    )(command)


def _keep_bom(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    if given:
        ctx.meta[_BOM] = True


def byte_order_mark(form: str) -> str:
    """Return the byte order mark if the user has given `--bom`, and an empty text otherwise.

    Raises UsageError if `--bom` is given and `form`, the format of the output, is not CSV.
    """
    if not click.get_current_context().meta.get(_BOM):
        return ""
    if form != "csv":
        raise click.UsageError("--bom is for CSV only: add --format csv, or name a file that ends in .csv.")
    return "\ufeff"


def show_table(table: Table, form: str) -> None:
    """Print a table to stdout. `form` is one of `FORMATS`, such as “csv”."""
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_text

    mark = byte_order_mark(form)
    if form == "table":
        write_text(table_text(table, terminal_width()))
    else:
        write_data([mark + render_text(list_document(table), form)])
    if form in WITHOUT_LINES:
        print_lines_below(table)


WITHOUT_LINES = ("csv", "json")
"""The formats of a list that have no place for the lines below a table."""


def print_lines_below(table: Table) -> None:
    """Print the lines below a table to stderr. They explain its figures, such as the number of hidden codings."""
    for line in table.below:
        print_message(line)


def show_long_list(columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    """Print a table to stdout, as `show_table` prints it with the form “table”. There may be very many rows.

    If stdout is a terminal, all rows are held in memory, because the lines must fit its width. Otherwise, the rows are
    printed in parts, and few rows are in memory.
    """
    from itertools import islice

    from sibtui.formats.documents.renderers.text_lists import long_list_lines
    from sibtui.model.table import Table

    if terminal_width() is not None:
        show_table(Table(columns, tuple(rows)), "table")
        return
    byte_order_mark("table")
    lines = long_list_lines(tuple(map(encodable_text, columns)), _encodable_rows(iter(rows)))
    while block := list(islice(lines, TOGETHER)):
        write_text("\n".join((*block, "")))


def _encodable_rows(rows: Iterator[tuple[str | int, ...]]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows. Characters that stdout cannot encode are replaced.

    Many rows are tested at once, because a separate test of each row is slow.
    """
    from itertools import islice

    while part := list(islice(rows, TOGETHER)):
        joined = "".join(cell for row in part for cell in row if isinstance(cell, str))
        if encodable_text(joined) == joined:
            yield from part
        else:
            yield from (tuple(map(_encodable, row)) for row in part)


def show_facts(
    fields: Mapping[str, Any],
    form: str,
    facts: Callable[[Mapping[str, Any]], Iterable[tuple[str, Value]]] = lambda fields: fields.items(),
) -> None:
    """Print the fields of an item to stdout.

    In JSON, the fields are one object. In any other format, they are a table. `facts` makes the rows of this table from
    the fields: pairs (name, value).
    """
    if form == "json":
        from sibtui.formats.codec.json_text import dumps

        write_data([dumps(fields)])
        return
    from sibtui.model.table import Table

    show_table(Table(("fact", "value"), tuple(facts(fields))), form)


def table_text(table: Table, width: int | None) -> str:
    """Return a table as text for stdout. Characters that stdout cannot encode are replaced.

    `width` is the greatest length of a line in terminal columns. If it is None, lines are not limited.
    """
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_text
    from sibtui.model.table import Table

    if is_utf8():
        text = render_text(list_document(table), width=width)
        if "\ufffd" not in text:  # surrogates, which UTF-8 cannot encode, are drawn so too
            return text
    columns, below = (tuple(map(encodable_text, texts)) for texts in (table.columns, table.below))
    rows = (tuple(map(_encodable, row)) for row in table.rows)
    encodable = Table(columns, tuple(rows), encodable_text(table.title), below)
    return render_text(list_document(encodable), width=width)


def _encodable(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(map(encodable_text, value))
    return encodable_text(value) if isinstance(value, str) else value


def terminal_width() -> int | None:
    """Return the width of the terminal in columns; None if stdout is a file or a pipe.

    With None, lines are not wrapped.
    """
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def format_time(at: str) -> str:
    """Format a stored time for people: `2026-11-28 19:53Z`."""
    return f"{at[:10]} {at[11:16]}Z" if len(at) > 16 else at
