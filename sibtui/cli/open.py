"""`sibtui open`: opens a study on the screen. No other module of the command line imports Textual."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.errors import InputError, StudyFileError
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command("open")
@click.argument(
    "file", metavar="[STUDY.sibtui]", type=click.Path(path_type=Path), required=False, shell_complete=complete.studies
)
@click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
@click.pass_context
def open_(ctx: click.Context, file: Path | None, project: str | None) -> int:
    """Open a study on the screen.

    `sibtui STUDY.sibtui` does the same, and so does `sibtui` in a folder with only one study.

    \b
    Example:
      sibtui open study.sibtui
      sibtui study.sibtui
    """
    if file is None:
        from sibtui.cli.study_option import find_study

        file = find_study(project or (ctx.obj or {}).get("project"))
    return on_screen(file)


def on_screen(file: Path, *, passing: bool = False) -> int:
    """Open a study on the screen. When the screen closes, return the exit status.

    With `passing`, the study is not added to the list of recent studies. Raises InputError if there is no terminal.
    """
    if not is_terminal():
        raise InputError(
            "The screen needs a terminal. Without one, use `sibtui code --linear SOURCE` or any other command."
        )
    from sibtui.tui.run import open_study

    return open_study(file, passing=passing)


def without_command(ctx: click.Context) -> int:
    """Do what `sibtui` does without a command: open the current study, or the welcome screen if there is none.

    Without a terminal, print the help. Return the exit status.
    """
    if not is_terminal():
        raise click.exceptions.NoArgsIsHelpError(ctx)
    from sibtui.cli.study_option import find_study

    try:
        file = find_study(ctx.obj["project"])
    except StudyFileError:  # the folder holds no study, or several studies
        from sibtui.tui.run import open_welcome

        return open_welcome(make_demo)
    return on_screen(file)


def is_terminal() -> bool:
    """Return whether stdin, stdout and stderr are all connected to a terminal.

    The screen reads keys from stdin, and draws on stderr.
    """
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def make_demo(file: Path, *, force: bool = False, progress: Callable[[str], None] | None = None) -> None:
    """Make the sample study in a file. `progress` is called with the name of each part that is being made."""
    from sibtui.project.importing.study_folder_reader import sample_draft

    Project.create(file, draft=sample_draft(), force=force, progress=progress).close()


def show_demo(into: Path | None, *, force: bool = False) -> int:
    """Make the sample study, and open it on the screen.

    If `into` is None, the study is deleted when the screen closes.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="sibtui-demo-") as folder:
        file = into or Path(folder, f"demo{SUFFIX}")
        make_demo(file, force=force)
        return on_screen(file, passing=into is None)
