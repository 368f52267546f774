"""`sibtui matrix list`, `define`, `remove`, `export`: the saved matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.common import (
    done,
    force_option,
    format_option,
    out,
    plural,
    read_file,
    show_table,
    undoable,
    with_project,
)
from sibtui.cli.matrix_options import labels_of, layout_options
from sibtui.cli.options import FILE
from sibtui.errors import InputError
from sibtui.model.matrix import SHOWS
from sibtui.model.presence import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.cli.matrix_options import Layout
    from sibtui.model.matrix import MatrixDefinition
    from sibtui.project import Project


@click.command("list")
@format_option
@with_project
def list_(study: Project, form: str) -> None:
    """List the saved matrices, in their order.

    \b
    Example:
      sibtui matrix list
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415 - a matrix is shown without

    saved = study.matrices.list()
    rows = tuple((m.name, m.title, m.columns, m.show, len(m.rows), len(m.judgements)) for m in saved)
    show_table(Table(("name", "title", "columns", "cells", "rows", "judgements"), rows), form)


@click.command()
@click.argument("file", required=False, type=FILE)
@click.option("--name", help="The name to save it under (default: as in FILE, or as FILE is called).")
@click.option("--title", help="What stands above the table.")
@layout_options
@click.option(
    "--cases",
    "--case",
    multiple=True,
    metavar="LABEL[,LABEL…]",
    shell_complete=complete.cases,
    help="These columns, in this order.",
)
@click.option("--cells", type=click.Choice(SHOWS), help="What stands in the cells.")
@click.option("--min-quotes", type=click.IntRange(min=1), help="Firm quotes that make a cell present.")
@click.option("--min-sources", type=click.IntRange(min=1), help="Sources that they must come from.")
@with_project
def define(
    study: Project,
    file: Path | None,
    name: str | None,
    title: str | None,
    layout: Layout,
    cases: tuple[str, ...],
    **facts: Any,
) -> None:
    """Save a matrix, from a TOML file or from options; one with the same name is replaced.

    The file is what `sibtui matrix export` writes; notes, marks and judgements can be told in a file alone. `-` reads stdin.

    \b
    Example:
      sibtui matrix define --name new --rows-under "Innovative services" --title "Table 5. New services"
      sibtui matrix export table-1 | sibtui matrix define --name table-1b -
    """  # noqa: D301 - \b is click's
    if file is not None:
        definition = _read(file, name)
        if layout.has_rows:
            raise click.UsageError("The rows are told either by a file or by options.")
    elif name is None or not layout.has_rows:
        raise click.UsageError("Give a FILE, or --name and the rows (--rows-under, --code, --row).")
    else:
        definition = layout.definition(study)
    rule = Rule(facts["min_quotes"] or definition.rule.quotes, facts["min_sources"] or definition.rule.sources)
    _save(
        study,
        replace(
            definition,
            name=definition.name if name is None else name,
            title=definition.title if title is None else title,
            columns=layout.columns or definition.columns,
            only=labels_of(cases) or definition.only,
            show=facts["cells"] or definition.show,
            rule=rule,
        ),
    )  # fmt: skip


def _read(file: Path, name: str | None) -> MatrixDefinition:
    from sibtui.formats.matrix_toml import read_matrix  # noqa: PLC0415 - TOML is for definitions alone

    if str(file) != "-":
        return read_matrix(str(file), read_file(file))
    definition = read_matrix("stdin", read_file(file))
    if name is None and definition.name == "stdin":
        raise InputError("The matrix on stdin has no name: say it with --name.")
    return definition


def _save(study: Project, definition: MatrixDefinition) -> None:
    before = {saved.name: saved for saved in study.matrices.list()}.get(definition.name)
    saved = study.matrices.define(definition)
    if saved == before:
        done(f"nothing was changed: {saved.name} is so already.")
        return
    gone = len(before.judgements) if before and not saved.judgements else 0
    lost = f"; the {plural(gone, 'judgement')} that it had went with it" if gone else ""
    undoable(f"{'replaced' if before else 'saved'} matrix {saved.name}, {plural(len(saved.rows), 'row')}{lost}")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@with_project
def remove(study: Project, name: str) -> None:
    """Remove a saved matrix, with its notes and judgements.

    \b
    Example:
      sibtui matrix remove table-4
    """  # noqa: D301 - \b is click's
    undoable(f"removed matrix {study.matrices.remove(name).name}", "brings it back")


@click.command()
@click.argument("name", shell_complete=complete.matrices)
@click.option("-o", "--output", metavar="FILE", type=FILE, help="Write to a file (default: stdout).")
@force_option
@with_project
def export(study: Project, name: str, output: Path | None, force: bool) -> None:
    """Write the definition of a saved matrix as TOML: rows, columns, marks, notes, judgements.

    \b
    Example:
      sibtui matrix export table-1 -o table-1.toml
    """  # noqa: D301 - \b is click's
    from sibtui.formats.matrix_toml import write_matrix  # noqa: PLC0415 - TOML is for definitions alone

    definition = study.matrices.get(name)
    data = write_matrix(definition)
    if output is None or str(output) == "-":
        out(data.decode())
        return
    from sibtui.project.output import write_file  # noqa: PLC0415

    write_file(output, [data], force=force)
    done(f"wrote the definition of {definition.name} to {output}.")
