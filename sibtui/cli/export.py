"""`sibtui export`: codings and whole studies, out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli import say
from sibtui.cli.common import done, force_option, out, plural, progress, stages, with_project
from sibtui.cli.options import FILE, filter_options
from sibtui.model.filters import CodingFilter

if TYPE_CHECKING:
    from sibtui.project import Project


@click.group()
def export() -> None:
    """Codings and whole studies, out. What an export holds, an import brings back.

    \b
    Example:
      sibtui export codings codings.csv
      sibtui export folder study-as-text/
    """  # noqa: D301 - \b is click's


@export.command()
@click.argument("file", metavar="FILE.csv", type=FILE)
@filter_options
@force_option
@with_project
def codings(study: Project, file: Path, wanted: CodingFilter, force: bool) -> None:
    """Write codings as CSV, one row a coding: what `sibtui coding import` reads back. `-` is stdout.

    \b
    Example:
      sibtui export codings codings.csv
      sibtui export codings - --case "SIB A" --certainty tentative
    """  # noqa: D301 - \b is click's
    if str(file) == "-":
        for chunk in study.exports.codings_csv(wanted):
            out(chunk)
        return
    count = study.codings.count(None if wanted == CodingFilter() else wanted)  # all of them are counted without a list
    with progress("codings", count) as now:
        study.exports.codings(file, wanted, force=force, progress=now)
    done(f"wrote {plural(count, 'coding')} to {file}.")


@export.command()
@click.argument("file", metavar="FILE.db", type=click.Path(path_type=Path))
@force_option
@with_project
def sqlite(study: Project, file: Path, force: bool) -> None:
    """Write flat, documented tables to a SQLite file, for programs that have never seen sibtui.

    Its table `about` says what each table and view holds. It cannot be made a study again: `sibtui export folder` can.

    \b
    Example:
      sibtui export sqlite flat.db
    """  # noqa: D301 - \b is click's
    study.exports.sqlite(file, force=force, progress=stages("writing"))
    done(f"wrote {file}.")


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-private-names", "private_names", is_flag=True, help="With the private names of cases.")
@force_option
@with_project
def folder(study: Project, folder: Path, private_names: bool, force: bool) -> None:
    """Write the whole study as a folder of plain text, made for git: `sibtui new STUDY --from DIR` builds it again.

    With --force a folder that has something in it is written to: files of a study that are there are replaced, others stay.

    \b
    Example:
      sibtui export folder study-as-text/
    """  # noqa: D301 - \b is click's
    count = study.exports.folder(folder, force=force, private_names=private_names)
    done(f"wrote {plural(count, 'file')} to {folder}.")
    left_out = 0 if private_names else sum(case.private_name is not None for case in study.cases.list())
    if left_out:
        say(f"{plural(left_out, 'private name')} of cases left out: --with-private-names writes them too.")
