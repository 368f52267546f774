"""The output of a report: one table, which goes to stdout or to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sibtui.cli.output import TABLE_SUFFIXES, is_stdout, output_options, resolve_format, write_output
from sibtui.cli.pictures import picture_of, picture_option, picture_text, picture_writer
from sibtui.cli.tables import WITHOUT_LINES, print_lines_below, table_text, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.table import Table

_FORMS = ("table", "csv", "json", "md", "html", "docx", "xlsx")
report_output_options = output_options(*_FORMS)


def pictured_output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    return output_options(*_FORMS, "picture")(picture_option(command))


def write_report(
    make_table: Callable[[], Table],
    form: str | None,
    output: Path | None,
    force: bool,
    *,
    document: Callable[[str], bytes] | None = None,
    picture: Path | None = None,
) -> None:
    """Write the table of a report to stdout or to a file. `make_table` computes the table.

    `document` takes the format html or docx, and returns a whole document, which is written instead of the table. In
    other formats, or without `document`, the table is written. `picture` is the file for the picture of the table.
    """
    form = resolve_format(form, output, TABLE_SUFFIXES)
    table = make_table()
    write_its_picture = picture_writer(partial(picture_of, table), picture, f"“{table.title}”", force=force)
    whole = document if form in ("html", "docx") else None
    if whole is not None:
        write_output(whole(form), output, "the codebook", form=form, force=force)
    else:
        written = "table" if form == "picture" else form
        write_output(_render(table, form, output), output, f"“{table.title}”", form=written, force=force)
    if form in WITHOUT_LINES or whole is not None:
        print_lines_below(table)
    write_its_picture()


def _render(table: Table, form: str, file: Path | None) -> str | bytes:
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_bytes

    if form == "picture":
        return picture_text(picture_of(table))
    if form == "table" and is_stdout(file):
        return table_text(table, terminal_width())
    return render_bytes(list_document(table), form)
