"""`sibtui export`: codings and whole studies, out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli import say
from sibtui.cli.common import done, force_option, out, plural, progress, progress_of, stages, with_project
from sibtui.cli.options import FILE, filter_options
from sibtui.cli.output import check_terminal, deliver, to_stdout
from sibtui.model.filters import CodingFilter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.imports import Loss
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
@click.argument("file", metavar="FILE", type=FILE)
@filter_options
@click.option(
    "--format", "form", type=click.Choice(("csv", "xlsx")), help="What to write (default: as FILE ends, else CSV)."
)
@force_option
@with_project
def codings(study: Project, file: Path, wanted: CodingFilter, form: str | None, force: bool) -> None:
    """Write codings, one row a coding, as CSV, which `sibtui coding import` reads back, or as an Excel workbook.

    `-` is stdout.

    \b
    Example:
      sibtui export codings codings.csv
      sibtui export codings codings.xlsx
      sibtui export codings - --case "SIB A" --certainty tentative
    """  # noqa: D301 - \b is click's
    form = form or ("xlsx" if file.suffix.lower() == ".xlsx" else "csv")
    check_terminal(form, file)
    if to_stdout(file) and form == "csv":
        for chunk in study.exports.codings_csv(wanted):
            out(chunk)
        return
    count = study.codings.count(None if wanted == CodingFilter() else wanted)  # all of them are counted without a list
    with progress("codings", count) as now:
        if form == "csv":
            study.exports.codings(file, wanted, force=force, progress=now)
        else:
            data = study.exports.codings_xlsx(wanted, progress=now)
    if form == "csv":
        done(f"wrote {plural(count, 'coding')} to {file}.")
    else:
        deliver(data, file, plural(count, "coding"), force=force)


@export.command()
@click.argument("file", metavar="FILE.html", type=FILE)
@click.option("--with-coders", is_flag=True, help="Who coded and judged (often a login name).")
@click.option("--with-memos", is_flag=True, help="The memos on codings.")
@force_option
@with_project
def report(study: Project, file: Path, with_coders: bool, with_memos: bool, force: bool) -> None:
    """Write the whole study as one page: method in figures, tables, codebook, matrices, and the quotes behind each cell.

    It needs nothing but itself, can be printed, and each mark of a matrix leads to its quotes. Memos, private names of cases
    and who coded are left out. `-` is stdout.

    \b
    Example:
      sibtui export report study.html
    """  # noqa: D301 - \b is click's
    if not to_stdout(file) and file.suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"{file}: a report is a page: end its name in .html.")
    from sibtui.model.report import Telling  # noqa: PLC0415

    page = study.exports.report(telling=Telling(coders=with_coders, memos=with_memos))
    deliver(page, file, "the report", force=force)


@export.command()
@click.argument("file", metavar="FILE.qdpx", type=click.Path(path_type=Path))
@click.option("--with-private-names", "private_names", is_flag=True, help="With the private names of cases.")
@force_option
@with_project
def qdpx(study: Project, file: Path, private_names: bool, force: bool) -> None:
    """Write the study as a REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.

    `sibtui new --from FILE.qdpx` reads all of it back; what other programs will not see is told. The history stays here.

    \b
    Example:
      sibtui export qdpx study.qdpx
    """  # noqa: D301 - \b is click's
    with progress_of("writing") as now:
        losses = study.exports.qdpx(file, force=force, private_names=private_names, progress=now)
    done(f"wrote {file}.")
    _tell_losses(losses)
    _tell_private(study, private_names=private_names)


@export.command()
@click.argument("file", metavar="FILE.qdc", type=click.Path(path_type=Path))
@force_option
@with_project
def qdc(study: Project, file: Path, force: bool) -> None:
    """Write the codebook alone as a REFI-QDA codebook: `sibtui code import` and other programs read it.

    \b
    Example:
      sibtui export qdc codebook.qdc
    """  # noqa: D301 - \b is click's
    losses = study.exports.qdc(file, force=force)
    done(f"wrote {plural(len(study.codes.list()), 'code')} to {file}.")
    _tell_losses(losses)


@export.command("taguette-csv")
@click.argument("file", metavar="FILE.csv", type=FILE)
@filter_options
@force_option
@with_project
def taguette_csv(study: Project, file: Path, wanted: CodingFilter, force: bool) -> None:
    """Write codings with the columns of Taguette's export of highlights, for scripts that read those. `-` is stdout.

    \b
    Example:
      sibtui export taguette-csv highlights.csv
    """  # noqa: D301 - \b is click's
    if to_stdout(file):
        for chunk in study.exports.taguette_csv(wanted):
            out(chunk)
    else:
        from sibtui.project.output import write_file  # noqa: PLC0415

        count = study.codings.count(wanted)
        with progress("codings", count) as now:
            write_file(file, study.exports.taguette_csv(wanted, progress=now), force=force)
        done(f"wrote {plural(count, 'coding')} to {file}.")
    _tell_losses(study.exports.taguette_losses(wanted))


def _tell_losses(losses: Iterable[Loss]) -> None:
    from sibtui.formats.import_text import loss_lines  # noqa: PLC0415

    lines = list(loss_lines(losses))
    if lines:
        done("other programs will not see:")
    for line in lines:
        done(f"  {line}")


def _tell_private(study: Project, *, private_names: bool) -> None:
    left_out = 0 if private_names else sum(case.private_name is not None for case in study.cases.list())
    if left_out:
        say(f"{plural(left_out, 'private name')} of cases left out: --with-private-names writes them too.")


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
    with progress_of("writing") as now:
        count = study.exports.folder(folder, force=force, private_names=private_names, progress=now)
    done(f"wrote {plural(count, 'file')} to {folder}.")
    _tell_private(study, private_names=private_names)
