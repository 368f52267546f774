"""The option `--picture FILE`, which writes the picture of a table to a file, in addition to the table itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import print_message
from sibtui.cli.output import OutputPath, refuse_stdout
from sibtui.cli.streams import encodable_text
from sibtui.cli.tables import terminal_width
from sibtui.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.pictures.picture import Picture
    from sibtui.model.table import Table


def picture_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--picture",
        metavar="FILE",
        type=OutputPath(),
        callback=_checked,
        help="Also write a picture to this file, which ends in .svg, .png or .pdf.",
    )(command)


def _checked(_ctx: click.Context, _param: click.Parameter, file: Path | None) -> Path | None:
    if file is not None:
        from sibtui.project.exporting.pictures import picture_form

        refuse_stdout(file, "a picture")
        try:
            picture_form(file)
        except InputError as error:
            raise click.UsageError(str(error)) from error
    return file


def picture_of(table: Table) -> Picture:
    """Return the picture of a table. Raises InputError if the table has no picture."""
    from sibtui.project.tables.pictured_table import PicturedTable

    if not isinstance(table, PicturedTable):
        raise InputError("This table has no picture.")
    return table.picture()


def picture_text(picture: Picture) -> str:
    """Return a picture as text for stdout, as wide as the terminal.

    If stdout cannot encode the characters of lines and blocks, the text has only ASCII characters.
    """
    from sibtui.formats.pictures.text import SIGNS, render_picture_text

    drawable = encodable_text(SIGNS) == SIGNS
    return render_picture_text(picture, width=terminal_width(), ascii=not drawable, clean=encodable_text)


def picture_writer(
    picture: Callable[[], Picture], file: Path | None, content: str, *, force: bool
) -> Callable[[], None]:
    """Draw a picture, and return a function that writes it to the file. If there is no file, nothing is drawn.

    The caller prints the table after the drawing and before the writing. So nothing is printed if the drawing fails.
    `content` names the table in the message about the written file.
    """
    if file is None:
        return lambda: None
    from sibtui.project.exporting.pictures import picture_bytes, picture_form
    from sibtui.project.exporting.safe_write import refuse_existing, write_file

    refuse_existing(file, force=force)
    data = picture_bytes(picture(), picture_form(file))

    def write() -> None:
        write_file(file, [data], force=force)
        print_message(f"wrote a picture of {content} to {file}.")

    return write
