"""`sibtui matrix list`, `define`, `duplicate`, `rename`, `remove` and `export`: the saved matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.column_lists import columns_in
from sibtui.cli.file_options import force_option, read_file
from sibtui.cli.matrix_layout import layout_options
from sibtui.cli.matrix_options import cases_option, evidence_options, footer_options, threshold_options
from sibtui.cli.messages import report_change
from sibtui.cli.options import FILE
from sibtui.cli.output import check_extension, write_output
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.errors import InputError
from sibtui.model.folding import identical
from sibtui.model.matrix_definition import SAVED_SHOWS
from sibtui.model.text import plural

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.cli.matrix_layout import TableLayout
    from sibtui.cli.matrix_options import TableFooter, Thresholds
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project import Project

_FURTHER_COLUMNS = (
    "rows_from", "rows_below", "min_quotes", "min_sources", "min_kinds", "needs", "leave_out", "judged_suffix",
    "kinds", "coders", "stale", "incomplete",
)  # fmt: skip


@click.command("list")
@format_option
@with_readable_project
def list_(study: Project, form: str) -> None:
    """List the saved matrices in their order.

    CSV and JSON have more columns, such as the thresholds, the number of stale judgements, and the number of
    incomplete cells. A judgement is stale if its evidence has changed since. A cell without quotes is incomplete if
    a source must still be read for it, or a coding has no case.

    \b
    Example:
      sibtui matrix list
      sibtui matrix list --format json
    """
    from sibtui.model.table import Table

    columns: tuple[str, ...] = ("name", "title", "columns", "cells", "rows", "judgements")
    saved = study.matrices.list()
    rows = [(m.name, m.title, m.columns, m.show, len(m.rows), len(m.judgements)) for m in saved]
    if form in {"csv", "json"}:  # a terminal is too narrow for more columns
        columns += _FURTHER_COLUMNS
        states = [(summary.stale, summary.incomplete) for summary in study.matrices.summaries()]
        rows = [(*row, *_further_values(m), *state) for row, m, state in zip(rows, saved, states, strict=True)]
    show_table(Table(columns, tuple(rows)), form)


def _further_values(matrix: MatrixDefinition) -> tuple[Any, ...]:
    rule = matrix.rule
    return (
        matrix.rows_from, matrix.rows_below, rule.quotes, rule.sources, rule.kinds, tuple(rule.needs),
        tuple(matrix.leave_out), matrix.judged_suffix, tuple(matrix.kinds), tuple(matrix.coders),
    )  # fmt: skip


@click.command()
@click.argument("file", required=False, type=FILE)
@click.option("--name", help="The name of the matrix (default: the name in FILE, else FILE's own name).")
@click.option("--title", help="The title above the table.")
@layout_options
@cases_option
@click.option("--cells", type=click.Choice(SAVED_SHOWS), help="The content of the cells.")
@threshold_options
@evidence_options
@footer_options
@with_project
def define(
    study: Project, file: Path | None, name: str | None, layout: TableLayout, footer: TableFooter, **parts: Any
) -> None:
    """Save a matrix that is defined by a TOML file (`-`: stdin) or by options. A matrix of the same name is replaced.

    The TOML file has the form that `sibtui matrix export` writes. Table notes and marks can be set in the file, or
    later with `sibtui matrix set`.

    With --all-codes or --rows-below, the rows follow the codebook: each new code gets a row.

    \b
    Example:
      sibtui matrix define --name new --rows-under "Innovative services" --title "Table 5. New services"
      sibtui matrix define --name everything --all-codes
      sibtui query save Doubts 'code "Rate card" and certainty tentative'
      sibtui matrix define --name doubts --row "Rate card=Rate card" --row-query "Doubts about it=Doubts"
      sibtui matrix export table-1 | sibtui matrix define --name table-1b -
    """
    if file is not None:
        definition = _read(file, name)
        if layout.has_rows:
            raise click.UsageError("Give the rows either in a file or by options, not both.")
    elif name is None or not layout.has_rows:
        raise click.UsageError(
            "Give a FILE, or --name and the rows (--all-codes, --rows-below, --rows-under, --code, --row, --row-query)."
        )
    else:
        definition = layout.definition(study)
    named = replace(definition, name=definition.name if name is None else name)
    _save(study, _with_parts(study, footer.apply_to(named), columns=layout.columns or named.columns, **parts))


def _with_parts(
    study: Project,
    definition: MatrixDefinition,
    *,
    title: str | None,
    columns: str,
    cases: tuple[str, ...],
    cells: Any,
    thresholds: Thresholds,
    kinds: tuple[Any, ...],
    coders: tuple[str, ...],
) -> MatrixDefinition:
    """For each option that is given, replace one part of the definition.

    An option that is not given is None or empty.
    """
    return replace(
        definition,
        title=definition.title if title is None else title,
        columns=columns,
        only=columns_in(cases, study, replace(definition, columns=columns)) or definition.only,
        show=cells or definition.show,
        rule=thresholds.rule(definition.rule),
        kinds=kinds or definition.kinds,
        coders=coders or definition.coders,
    )


def _read(file: Path, name: str | None) -> MatrixDefinition:
    from sibtui.formats.study_folder.matrix_toml import read_matrix

    if str(file) != "-":
        return read_matrix(str(file), read_file(file))
    definition = read_matrix("stdin", read_file(file))
    if name is None and definition.name == "stdin":
        raise InputError("The matrix on stdin has no name: give one with --name.")
    return definition


def _save(study: Project, definition: MatrixDefinition) -> None:
    from sibtui.project.tables.removed_texts import removed_texts

    known, lost = {saved.name: saved for saved in study.matrices.list()}, removed_texts(study)
    before = known.get(identical(definition.name, known) or "")
    saved = study.matrices.define(definition)
    if saved == before:
        print_message(f"nothing was changed: {saved.name} has this definition already.")
        return
    report_change(f"{'replaced' if before else 'saved'} matrix {saved.name}, {plural(len(saved.rows), 'row')}{lost()}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("new")
@click.option("--title", help="The title of the copy (default: the same title).")
@with_project
def duplicate(study: Project, name: str, new: str, title: str | None) -> None:
    """Save a copy of a matrix under a new name. Its table notes, judgements and summaries are copied too.

    \b
    Example:
      sibtui matrix duplicate table-1 table-1b --title "Table 1b. Firm evidence only."
    """
    report_change(f"saved matrix {study.matrices.duplicate(name, new, title=title).name}, a copy of {name}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.argument("new")
@with_project
def rename(study: Project, name: str, new: str) -> None:
    """Rename a saved matrix. Its rows, table notes, judgements, summaries and memos do not change.

    \b
    Example:
      sibtui matrix rename table-4 challenges
    """
    report_change(f"renamed matrix {name} to {study.matrices.rename(name, new).name}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@with_project
def remove(study: Project, name: str) -> None:
    """Remove a saved matrix with its table notes, judgements and summaries.

    \b
    Example:
      sibtui matrix remove table-4
    """
    from sibtui.project.tables.removed_texts import removed_texts

    lost = removed_texts(study)
    removed = study.matrices.remove(name)
    report_change(f"removed matrix {removed.name}{lost()}", "brings it back")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.option("-o", "--output", metavar="FILE", type=FILE, help="Write to this file (default: stdout).")
@force_option
@with_readable_project
def export(study: Project, name: str, output: Path | None, force: bool) -> None:
    """Write the definition of a saved matrix as a TOML file: its rows, columns, marks, table notes and judgements.

    \b
    Example:
      sibtui matrix export table-1 -o table-1.toml
    """
    from sibtui.formats.study_folder.matrix_toml import write_matrix

    if output is not None:
        check_extension(output, ".toml", content="a definition")
    definition = study.matrices.stored(name)
    data = write_matrix(definition)
    write_output(data, output, f"the definition of {definition.name}", form="toml", force=force)
