"""`sibtui report`: tables of the cases, the interviews and the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.common import table_text, terminal_width, with_whole_project
from sibtui.cli.output import TABLE_SUFFIXES, is_stdout, output_options, resolve_format, write_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.table import Table
    from sibtui.project import Project

_form_options = output_options("table", "csv", "json", "md", "html", "docx", "xlsx")


@click.group()
def report() -> None:
    """Tables of the cases, the interviews and the codebook. `sibtui export report` writes the whole study as one page.

    \b
    Example:
      sibtui report interviews --format md
      sibtui report cases -o cases.docx
    """


@report.command()
@_form_options
@with_whole_project
def cases(study: Project, **options: Any) -> None:
    """Show the cases with their attributes: one row per attribute, one column per case.

    \b
    Example:
      sibtui report cases
      sibtui report cases -o cases.xlsx
    """
    _write(study.reports.cases, **options)


@report.command()
@click.option(
    "--as-published", is_flag=True, help="Only the four columns of a published appendix, with their headings."
)
@_form_options
@with_whole_project
def interviews(study: Project, as_published: bool, **options: Any) -> None:
    """Count the interviews by case: interviews, people and types of organisation, with totals.

    Interviews about several cases have a row of their own. The counts use the source attributes `people`, `organisation` and
    `organisation type`.

    \b
    Example:
      sibtui report interviews --format csv
      sibtui report interviews --as-published -o appendix-2.docx
    """
    _write(lambda: study.reports.interviews(as_published=as_published), **options)


@report.command()
@_form_options
@with_whole_project
def codebook(study: Project, **options: Any) -> None:
    """Show every code with its definition, its numbers of quotes, sources and cases, and its history.

    The formats html and docx give the document that `sibtui code export` writes, instead of a table.

    \b
    Example:
      sibtui report codebook --format md
      sibtui report codebook -o codebook.docx
    """
    _write(study.reports.codebook, document=study.reports.codebook_document, **options)


def _write(
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


def _render(table: Table, form: str, file: Path | None) -> str | bytes:
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_bytes

    if form == "table" and is_stdout(file):
        return table_text(table, terminal_width())
    return render_bytes(list_document(table), form)
