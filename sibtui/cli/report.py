"""`sibtui report`: tables about the study itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.common import terminal_width, with_project
from sibtui.cli.output import BINARY, TABLE_SUFFIXES, deliver, form_of, output_options, to_stdout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.table import Table
    from sibtui.project import Project

_form_options = output_options("table", "csv", "json", "md", "html", "docx", "xlsx")


@click.group()
def report() -> None:
    """Tables about the study itself. See `sibtui export report` for all of it on one page.

    \b
    Example:
      sibtui report interviews --format md
      sibtui report cases -o cases.docx
    """  # noqa: D301 - \b is click's


@report.command()
@_form_options
@with_project
def cases(study: Project, **how: Any) -> None:
    """The cases and their attributes: a row an attribute, a column a case.

    \b
    Example:
      sibtui report cases
      sibtui report cases -o cases.xlsx
    """  # noqa: D301 - \b is click's
    _write(study.reports.cases, **how)


@report.command()
@_form_options
@with_project
def interviews(study: Project, **how: Any) -> None:
    """The interviews by case: how many, with how many people, of which types of organisation; totals.

    Interviews on several cases have a row of their own. People, organisations and their types are read from the attributes of
    sources `people`, `organisation` and `organisation type`.

    \b
    Example:
      sibtui report interviews --format csv
      sibtui report interviews -o interviews.docx
    """  # noqa: D301 - \b is click's
    _write(study.reports.interviews, **how)


@report.command()
@_form_options
@with_project
def codebook(study: Project, **how: Any) -> None:
    """Every code, with its definition, the counts of its quotes, sources and cases, and its history.

    As html and docx it is a document rather than a table: see `sibtui code export`.

    \b
    Example:
      sibtui report codebook --format md
      sibtui report codebook -o codebook.docx
    """  # noqa: D301 - \b is click's
    _write(study.reports.codebook, document=study.reports.codebook_document, **how)


def _write(
    make: Callable[[], Table],
    form: str | None,
    output: Path | None,
    force: bool,
    *,
    document: Callable[[str], bytes] | None = None,
) -> None:
    form = form_of(form, output, TABLE_SUFFIXES)
    if document is not None and form in ("html", "docx"):
        deliver(_text_of(document(form), form), output, "the codebook", force=force)
        return
    table = make()
    data = _rendered(table, form, terminal_width() if to_stdout(output) else None)
    deliver(data, output, f"“{table.title}”", force=force)


def _rendered(table: Table, form: str, width: int | None) -> str | bytes:
    from sibtui.formats.registry import TABLE_DOCUMENTS, table_document  # noqa: PLC0415
    from sibtui.formats.tables import render  # noqa: PLC0415

    if form in TABLE_DOCUMENTS:
        return _text_of(table_document([table], form), form)
    return render(table, form, width=width if form == "table" else None)  # type: ignore[arg-type] # one of the others


def _text_of(data: bytes, form: str) -> str | bytes:
    """A page is text, which a terminal can be shown; a document is not."""
    return data if form in BINARY else data.decode("utf-8")
