"""`sibtui export`: writes codings, the codebook or a whole study to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.messages import print_blind_round
from sibtui.cli.options import FILE, filter_options, repeated_option, with_attribute_option
from sibtui.cli.output import (
    check_extension,
    check_terminal,
    is_stdout,
    refuse_file_name,
    refuse_stdout,
    resolve_format,
    write_chunks,
    write_output,
)
from sibtui.cli.progress import progress, progress_with_total, stage_reporter
from sibtui.cli.root import LazyGroup
from sibtui.cli.streams import with_byte_order_mark, write_bytes, write_data
from sibtui.cli.study_option import with_whole_project
from sibtui.cli.tables import bom_option, byte_order_mark
from sibtui.model.filters import CodingFilter
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.import_reports import Loss
    from sibtui.project import Project


dry_run_option = click.option(
    "--dry-run", is_flag=True, help="List the parts of the study that other programs will not see, and write nothing."
)


@click.group(cls=LazyGroup, elsewhere={"package": "replication:write_package"})
def export() -> None:
    """Write codings, the codebook or the whole study to files.

    sibtui can read some of these files: `sibtui new --from` reads `folder` and `qdpx`, `sibtui coding import` reads the
    CSV file of `codings`, and `sibtui code import` reads `qdc`.

    \b
    Example:
      sibtui export codings codings.csv
      sibtui export folder study-as-text/
    """


@export.command()
@click.argument("file", metavar="FILE", type=FILE)
@filter_options
@with_attribute_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "xlsx")),
    help="The output format (default: that of FILE's extension, else CSV).",
)
@bom_option
@force_option
@with_whole_project
def codings(
    study: Project,
    file: Path,
    coding_filter: CodingFilter,
    with_attributes: Sequence[str],
    form: str | None,
    force: bool,
) -> None:
    """Write codings, one row per coding, as CSV or as an Excel workbook. `-` writes to stdout.

    `sibtui coding import` reads files in both formats, and ignores the columns of attributes.

    \b
    Example:
      sibtui export codings codings.csv
      sibtui export codings codings.xlsx
      sibtui export codings - --case "SIB A" --certainty tentative
      sibtui export codings - --with-attribute "Stage of development" --with-attribute mode
    """
    form = resolve_format(form, file, {".csv": "csv", ".xlsx": "xlsx"}, default="csv")
    print_blind_round(study)
    mark = byte_order_mark(form)
    if is_stdout(file) and form == "csv":
        write_data(
            with_byte_order_mark(study.exports.codings_csv(coding_filter, with_attributes=with_attributes), mark)
        )
        return
    everything = coding_filter == CodingFilter()  # all codings can be counted without a list of them
    count = study.codings.count(None if everything else coding_filter)
    with progress("codings", count) as advance:
        if form == "csv":
            study.exports.codings(
                file, coding_filter, with_attributes=with_attributes, force=force, bom=bool(mark), progress=advance
            )
        else:
            data = study.exports.codings_xlsx(coding_filter, with_attributes=with_attributes, progress=advance)
    if form == "csv":
        print_message(f"wrote {plural(count, 'coding')} to {file}.")
    else:
        write_output(data, file, plural(count, "coding"), form=form, force=force)


@export.command()
@click.argument("file", metavar="FILE.html", type=FILE)
@click.option("--with-coders", is_flag=True, help="Include who coded and judged (often a login name).")
@click.option("--with-memos", is_flag=True, help="Include the memos on codings.")
@click.option("--no-pictures", is_flag=True, help="Leave out the pictures: the page is the same on every machine.")
@force_option
@with_whole_project
def report(study: Project, file: Path, with_coders: bool, with_memos: bool, no_pictures: bool, force: bool) -> None:
    """Write the study as one web page. `-` writes to stdout.

    The page begins with the matrices: each cell is shaded by its number of quotes, and its mark links to these quotes.
    These parts follow: summaries of cells, claims of the paper with the results of their check, cells that depend on
    one source, new codes by interview, codes that occur together, numbers for the methods section, the codebook, and
    the quotes.

    The page is one file without scripts. It fits on a telephone, and can be printed. It has dark colours if the system
    has dark colours. Private names of cases are left out, and by default also memos and names of coders. The pictures
    need one more package: `pip install 'sibtui[pictures]'`.

    \b
    Example:
      sibtui export report study.html
    """
    check_extension(file, ".html", ".htm", content="a report")
    from sibtui.model.report_values import AppendixOptions
    from sibtui.project.exporting.pictures import drawing_problem
    from sibtui.project.exporting.study_report import MANY_INTERVIEWS

    options = AppendixOptions(coders=with_coders, memos=with_memos)
    page = study.exports.report_chunks(options=options, pictures=not no_pictures)
    write_chunks(page, file, "the report", form="html", force=force)
    interviews = sum(source.kind == "interview" for source in study.sources.list())
    if not no_pictures and interviews <= MANY_INTERVIEWS and (problem := drawing_problem()):
        print_message(f"the report has no pictures. {problem}")


@export.command()
@click.argument("file", metavar="FILE", type=FILE)
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("html", "docx")),
    help="The output format (default: that of FILE's extension, else HTML).",
)
@click.option("--with-coders", is_flag=True, help="Include who coded (often a login name).")
@click.option("--with-memos", is_flag=True, help="Include the memos on codings.")
@force_option
@with_whole_project
def transcript(
    study: Project, file: Path, coding_filter: CodingFilter, form: Any, with_coders: bool, with_memos: bool, force: bool
) -> None:
    """Write the texts with their codings, for printing or for other people. `-` writes to stdout.

    The web page has the codes in the margin. To get a PDF, print the page in a browser. The Word document has a comment
    on each coded passage. --source and --case choose the sources, and the remaining filters choose the codings.

    \b
    Example:
      sibtui export transcript a1.html --source a1
      sibtui export transcript sib-a.docx --case "SIB A" --with-memos
    """
    form = resolve_format(form, file, {".html": "html", ".htm": "html", ".docx": "docx"}, default="html")
    print_blind_round(study)
    if not study.codings.count(coding_filter):
        print_message(
            "No coding passes the filter: the texts have no codes."
            if coding_filter != CodingFilter()
            else "The texts have no codes yet."
        )
    data = study.exports.transcript(form, coding_filter, coders=with_coders, memos=with_memos)
    write_output(data, file, "the coded texts", form=form, force=force)


@export.command()
@click.argument("file", metavar="FILE.qdpx", type=click.Path(path_type=Path))
@click.option("--with-private-names", "private_names", is_flag=True, help="Include the private names of cases.")
@dry_run_option
@force_option
@with_whole_project
def qdpx(study: Project, file: Path, private_names: bool, dry_run: bool, force: bool) -> None:
    """Write the study as a REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder and others. `-` writes to stdout.

    A message lists the parts of the study that other programs cannot read. The history is not in the file. `sibtui new
    --from FILE.qdpx` makes a study from the file.

    \b
    Example:
      sibtui export qdpx study.qdpx
      sibtui export qdpx study.qdpx --dry-run
    """
    check_extension(file, ".qdpx", content="a REFI-QDA project")
    if dry_run:
        with progress_with_total("reading") as advance:
            _print_foreseen(study.exports.qdpx_losses(private_names=private_names, progress=advance))
        _print_private_names(study, private_names=private_names)
        return
    check_terminal("qdpx", file)
    with progress_with_total("writing") as advance:
        if is_stdout(file):
            data, losses = study.exports.qdpx_bytes(private_names=private_names, progress=advance)
        else:
            losses = study.exports.qdpx(file, force=force, private_names=private_names, progress=advance)
    if is_stdout(file):
        write_bytes([data])
    else:
        print_message(f"wrote {file}.")
    print_blind_round(study, complete=True)
    _print_losses(losses)
    _print_private_names(study, private_names=private_names)


@export.command()
@click.argument("file", metavar="FILE.qdc", type=click.Path(path_type=Path))
@dry_run_option
@force_option
@with_whole_project
def qdc(study: Project, file: Path, dry_run: bool, force: bool) -> None:
    """Write the codebook alone, in the REFI-QDA format. `-` writes to stdout.

    `sibtui code import` and other programs read the file.

    \b
    Example:
      sibtui export qdc codebook.qdc
    """
    check_extension(file, ".qdc", content="a REFI-QDA codebook")
    if dry_run:
        _print_foreseen(study.exports.qdc_losses())
        return
    data, losses = study.exports.qdc_bytes()
    write_output(data, file, plural(len(study.codes.list()), "code"), form="qdc", force=force)
    _print_losses(losses)


@export.command("taguette-csv")
@click.argument("file", metavar="FILE.csv", type=FILE)
@filter_options
@bom_option
@dry_run_option
@force_option
@with_whole_project
def taguette_csv(study: Project, file: Path, coding_filter: CodingFilter, dry_run: bool, force: bool) -> None:
    """Write codings as CSV with the columns of Taguette's highlights, for scripts that read these columns. `-` writes to stdout.

    \b
    Example:
      sibtui export taguette-csv highlights.csv
    """
    check_extension(file, ".csv", content="CSV")
    print_blind_round(study)
    mark = byte_order_mark("csv")
    if dry_run:
        _print_foreseen(study.exports.taguette_losses(coding_filter))
        return
    if is_stdout(file):
        write_data(with_byte_order_mark(study.exports.taguette_csv(coding_filter), mark))
    else:
        from sibtui.project.exporting.safe_write import write_file

        count = study.codings.count(coding_filter)
        with progress("codings", count) as advance:
            chunks = study.exports.taguette_csv(coding_filter, progress=advance)
            write_file(file, with_byte_order_mark(chunks, mark), force=force)
        print_message(f"wrote {plural(count, 'coding')} to {file}.")
    _print_losses(study.exports.taguette_losses(coding_filter))


def _print_foreseen(losses: Iterable[Loss]) -> None:
    """In a dry run, print which facts of the study would be missing in the exported file."""
    losses = list(losses)
    _print_losses(losses)
    print_message("Nothing was written." if losses else "Other programs will see everything. Nothing was written.")


def _print_losses(losses: Iterable[Loss]) -> None:
    from sibtui.formats.documents.import_lines import loss_lines

    lines = list(loss_lines(losses))
    if lines:
        print_message("other programs will not see:")
    for line in lines:
        print_message(f"  {line}")


def _print_private_names(study: Project, *, private_names: bool) -> None:
    left_out = 0 if private_names else sum(case.private_name is not None for case in study.cases.list())
    if left_out:
        print_message(f"{plural(left_out, 'private name')} of cases left out: --with-private-names includes them.")


@export.command()
@click.argument("file", metavar="FILE.db", type=click.Path(path_type=Path))
@force_option
@with_whole_project
def sqlite(study: Project, file: Path, force: bool) -> None:
    """Write simple tables to an SQLite file, for statistics and database programs.

    The table `about` describes each table and view. sibtui cannot make a study from this file; `sibtui export folder`
    writes files for that.

    \b
    Example:
      sibtui export sqlite flat.db
    """
    refuse_stdout(file, "a database")
    check_extension(file, ".db", ".sqlite", ".sqlite3", content="a database")
    study.exports.sqlite(file, force=force, progress=stage_reporter("writing"))
    print_message(f"wrote {file}.")


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-private-names", "private_names", is_flag=True, help="Include the private names of cases.")
@click.option(
    "--for",
    "coder",
    metavar="NAME",
    shell_complete=complete.coders,
    help="Write a package for this colleague: sources, codebook and the colleague's own work.",
)
@repeated_option("--case", "cases", shell_complete=complete.cases, help="With --for: only sources about this case.")
@repeated_option("--source", "sources", shell_complete=complete.sources, help="With --for: this source too.")
@force_option
@with_whole_project
def folder(
    study: Project,
    folder: Path,
    private_names: bool,
    coder: str | None,
    cases: tuple[str, ...],
    sources: tuple[str, ...],
    force: bool,
) -> None:
    """Write the whole study as a folder of plain text files, for example for git.

    `sibtui new STUDY --from DIR` makes a study from the folder. With --force, the folder may have contents: files of an
    exported study are replaced, and other files stay.

    With --for, the folder is a package for a colleague. A package has some sources with their cases, the codebook, and
    the codings of the colleague. It has no private names, no tables and no work of others. `sibtui study merge` brings
    the colleague's work back.

    \b
    Example:
      sibtui export folder study-as-text/
      sibtui export folder for-r2/ --for R2 --case "SIB B"
    """
    refuse_stdout(folder, "a folder")
    refuse_file_name(folder)
    if coder is not None:
        if private_names:
            raise click.UsageError("A package never has private names: leave out --with-private-names.")
        made = study.exports.package(folder, coder, cases=cases, sources=sources, force=force)
        of = plural(len(made.sources), "source")
        print_message(f"wrote a package for {made.coder} to {folder}: {of}, as of act {made.act}.")
        return
    if cases or sources:
        raise click.UsageError("--case and --source need --for: the whole study is written without it.")
    with progress_with_total("writing") as advance:
        count = study.exports.folder(folder, force=force, private_names=private_names, progress=advance)
    print_message(f"wrote {plural(count, 'file')} to {folder}.")
    print_blind_round(study, complete=True)
    _print_private_names(study, private_names=private_names)
