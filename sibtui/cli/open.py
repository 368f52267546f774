"""`sibtui open`: the screen. The one command that imports it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli.common import find_study
from sibtui.errors import InputError, StudyFileError
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command("open")
@click.argument("file", metavar="[STUDY.sibtui]", type=click.Path(path_type=Path), required=False)
@click.option("-p", "--project", metavar="FILE", help="The study.")
@click.pass_context
def open_(ctx: click.Context, file: Path | None, project: str | None) -> int:
    """Open a study on the screen. `sibtui STUDY.sibtui` does so too, and plain `sibtui` where there is one study.

    \b
    Example:
      sibtui open study.sibtui
      sibtui study.sibtui
    """  # noqa: D301 - \b is click's
    return on_screen(file or find_study(project or (ctx.obj or {}).get("project")))


def on_screen(file: Path, *, passing: bool = False) -> int:
    """Open a study on the screen until the researcher leaves; the exit status. A `passing` one is not remembered."""
    if not is_terminal():
        raise InputError(
            "The screen needs a terminal: without one there is `sibtui code --linear SOURCE`, and every other command."
        )
    from sibtui.tui.run import open_study  # noqa: PLC0415 - nothing else starts a screen

    return open_study(file, passing=passing)


def without_command(ctx: click.Context) -> int:
    """What plain `sibtui` does: the study that is meant is opened; where there is none, the welcome; without a terminal, help."""
    if not is_terminal():
        raise click.exceptions.NoArgsIsHelpError(ctx)
    try:
        file = find_study(ctx.obj["project"])
    except StudyFileError:  # none here, or several
        from sibtui.tui.run import open_welcome  # noqa: PLC0415

        return open_welcome(make_demo)
    return on_screen(file)


def is_terminal() -> bool:
    """Whether there is a terminal to read keys from and to draw on (which is done on stderr)."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def make_demo(file: Path, *, force: bool = False, progress: Callable[[str], None] | None = None) -> None:
    """Build the sample study."""
    from sibtui.project.folder import read_folder, sample_folder  # noqa: PLC0415 - reading a folder is heavy

    Project.create(file, draft=read_folder(sample_folder()), force=force, progress=progress).close()


def show_demo(into: Path | None, *, force: bool = False) -> int:
    """Open the sample study on the screen; without a file to keep it in it is gone when that closes."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with TemporaryDirectory(prefix="sibtui-demo-") as folder:
        file = into or Path(folder, f"demo{SUFFIX}")
        make_demo(file, force=force)
        return on_screen(file, passing=into is None)
