"""`sibtui export package` and `sibtui package verify`: replication packages for reviewers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.options import key_option
from sibtui.cli.output import refuse_file_name, refuse_stdout
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_project
from sibtui.model.text import plural

if TYPE_CHECKING:
    from sibtui.project import Project


@click.command("package")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--without-notes", is_flag=True, help="Leave out the words of the notes, in quotes too.")
@click.option("--with-memos", is_flag=True, help="Include the memos.")
@click.option("--with-pictures", is_flag=True, help="Include a picture of each table, as SVG.")
@click.option("--despite-findings", is_flag=True, help="Write the package although the study has traces of people.")
@key_option
@force_option
@with_project
def write_package(
    study: Project,
    folder: Path,
    without_notes: bool,
    with_memos: bool,
    with_pictures: bool,
    despite_findings: bool,
    key: Path | None,
    force: bool,
) -> None:
    """Write a replication package for reviewers: the data of the study, its tables, and all that is needed to check them.

    DIR gets the notes, the codebook, the codings, each saved table with its evidence, the claims, the numbers for the
    methods, a REFI-QDA project, an SQLite database, checksums, and a README.md that explains each file. Private names,
    memos and the history are left out, and a message counts them. `sibtui package verify DIR` checks the package.

    With --without-notes, each character of a text is an x, so that the codings keep their places. Quotes of five words
    or more are left out of definitions, summaries and other texts too.

    The command writes nothing if `sibtui check --confidential --exports-only` finds traces of people. For a colleague
    who codes, use `sibtui export folder --for` instead.

    \b
    Example:
      sibtui export package for-reviewers
      sibtui export package for-readers --without-notes --despite-findings
    """
    refuse_stdout(folder, "a folder")
    refuse_file_name(folder)
    with progress_with_total("writing") as advance:
        made = study.exports.replication_package(
            folder, notes=not without_notes, memos=with_memos, pictures=with_pictures, despite_findings=despite_findings,
            key=key, force=force, progress=advance,
        )  # fmt: skip
    print_message(f"wrote a replication package of {plural(made.files, 'file')} to {folder}.")
    if made.left_out:
        print_message("left out:")
    for count, what in made.left_out:
        print_message(f"  {what}: {count:,}")


@click.group()
def package() -> None:
    """Check a replication package, the folder that `sibtui export package` writes for reviewers.

    \b
    Example:
      sibtui package verify from-the-authors
    """


@package.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@report_output_options
def verify(folder: Path, **output: Any) -> None:
    """Check the replication package in DIR: compare its checksums, and compute its tables again from its data.

    The command makes a study from the data in the package. It computes each table, the evidence and the remaining files
    from this study, and compares them with the files in DIR. You need no study of your own, and DIR does not change.

    The column `checksum` is: equal; changed; missing; or extra (the file has no checksum, or is no part of a package).
    The column `computed` is equal or changed, and empty for a file that is not computed. The exit status is 1 if there
    is a difference.

    \b
    Example:
      sibtui package verify from-the-authors
      sibtui package verify from-the-authors --format json
    """
    from sibtui import verify_replication_package

    with progress_with_total("checking") as advance:
        check = verify_replication_package(folder, progress=advance)
    write_report(check.table, **output)
    if not check.is_sound:
        click.get_current_context().exit(FAILED)
