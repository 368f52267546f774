"""The file to which the matrix screen writes a table: its proposed name, the check of a typed name, and the writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.formats.pictures.forms import PICTURE_FORMS
from sibtui.formats.registry import SUFFIXES, format_of
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from sibtui.project.tables.shown_matrix import ShownMatrix

_FILE_KINDS = {
    "table": "plain text",
    "csv": "a CSV table",
    "md": "Markdown",
    "html": "a web page",
    "latex": "LaTeX",
    "json": "JSON",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
    "svg": "a heat map in SVG",
    "png": "a heat map as a PNG image",
    "pdf": "a heat map in PDF",
}


def proposed_name(table: str | None) -> str:
    """Return the file name that the screen proposes for a table. `table` is its name, or None."""
    stem = "".join(char if char.isalnum() or char in "-_." else "-" for char in table or "matrix")
    return f"{stem.strip('-.') or 'matrix'}.docx"


def file_message(typed: str) -> Validation:
    """Return the message that explains what happens if the user writes a table to the file with the typed name."""
    if not typed.strip():
        return Validation("A name is needed, table.docx for example.", "no")
    path = _path_of(typed)
    form = _form_of(path)
    if form is None:
        known = " ".join((*SUFFIXES, *(f".{each}" for each in PICTURE_FORMS)))
        return Validation(f"The file extension names the format: {known}", "no")
    if path.is_dir():
        return Validation(f"{path} is a folder.", "no")
    if not path.parent.is_dir():
        return Validation(f"There is no folder {path.parent}.", "no")
    if path.exists():
        return Validation(f"{path} exists and would be overwritten.", "again")
    return Validation(f"{path}: {_FILE_KINDS[form]}.")


def write_matrix(matrix: ShownMatrix, typed: str) -> str:
    """Write the table to the file with the typed name, and return a message. An existing file is replaced."""
    path = _path_of(typed)
    write = matrix.write_picture if _form_of(path) in PICTURE_FORMS else matrix.write
    return f"Wrote {path}: {_FILE_KINDS[write(path, force=True)]}"


def _path_of(typed: str) -> Path:
    return Path(typed.strip()).expanduser().absolute()


def _form_of(file: Path) -> str | None:
    """Return the format of a table or picture by the file extension, such as "csv"; None for an unknown extension."""
    form = file.suffix.lower().removeprefix(".")
    if form in PICTURE_FORMS:
        return form
    try:
        return format_of(file)
    except SibtuiError:
        return None
