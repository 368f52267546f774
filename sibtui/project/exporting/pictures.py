"""Pictures as text for a terminal, and as files.

The file extension selects the format. An existing file is replaced only with `force`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.pictures.forms import PICTURE_FORMS, PictureForm
from sibtui.model.arguments import AnyPath, as_path, maybe_whole
from sibtui.model.text import listed
from sibtui.project.exporting.safe_write import refuse_existing, write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.pictures.picture import Picture


def drawing_problem() -> str:
    """Return the reason why pictures cannot be written to files; empty if they can be."""
    from sibtui.formats.pictures.files import text_measure

    try:
        text_measure()
    except InputError as error:
        return str(error)
    return ""


def picture_form(path: AnyPath) -> PictureForm:
    """Return the format of a picture with this file name. Raises InputError for another file extension.

    >>> picture_form("figure-1.PDF")
    'pdf'
    """
    file = as_path(path)
    for form in PICTURE_FORMS:
        if file.suffix.lower() == f".{form}":
            return form
    raise InputError(
        f"{file}: the file name of a picture must end in {listed([f'.{form}' for form in PICTURE_FORMS], last='or')}."
    )


def picture_bytes(picture: Picture, form: PictureForm) -> bytes:
    """Return the bytes of a picture file. Raises InputError without matplotlib, or for a picture that is too large."""
    from sibtui.formats.pictures.files import render_picture

    return render_picture(picture, form)


def picture_text(picture: Picture, *, width: int | None, ascii: bool) -> str:  # noqa: A002 - the option's name
    """Return a picture as text for a terminal. Raises OutOfRangeError for a width below 1."""
    from sibtui.formats.pictures.text import render_picture_text

    return render_picture_text(picture, width=maybe_whole("width", width, 1), ascii=ascii)


def write_picture(path: AnyPath, draw: Callable[[], Picture], *, force: bool = False) -> str:
    """Write the picture that `draw` returns to a file, and return its format.

    Raises ConflictError when the file exists and `force` is not set, and the errors of `picture_form` and
    `picture_bytes`.
    """
    form = picture_form(path)
    refuse_existing(path, force=force)
    write_file(path, [picture_bytes(draw(), form)], force=force)
    return form
