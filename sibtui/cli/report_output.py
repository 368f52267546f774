"""The output of a report: one table, which goes to stdout or to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.cli import print_message
from sibtui.cli.common import table_text, terminal_width
from sibtui.cli.output import TABLE_SUFFIXES, is_stdout, output_options, resolve_format, write_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.table import Table

report_output_options = output_options("table", "csv", "json", "md", "html", "docx", "xlsx")


def write_report(
    make_table: Callable[[], Table],
    form: str | None,
    output: Path | None,
    force: bool,
    *,
    document: Callable[[str], bytes] | None = None,
) -> None:
    form = resolve_format(form, output, TABLE_SUFFIXES)
    if document is not None and form in ("html", "docx"):
        write_output(document(form), output, "the codebook", form=form, force=force)
        return
    table = make_table()
    write_output(_render(table, form, output), output, f"“{table.title}”", form=form, force=force)
    if form == "csv":  # CSV has no place for the lines under a table
        for line in table.below:
            print_message(line)


def _render(table: Table, form: str, file: Path | None) -> str | bytes:
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_bytes

    if form == "table" and is_stdout(file):
        return table_text(table, terminal_width())
    return render_bytes(list_document(table), form)
