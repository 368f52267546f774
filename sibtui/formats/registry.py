"""Which module reads or renders which format; a module is imported when it is asked for, not before."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.read_options import DEFAULT

if TYPE_CHECKING:
    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.matrix import Matrix

MATRIX_FORMATS = {
    "table": "sibtui.formats.matrix_text",
    "csv": "sibtui.formats.matrix_csv",
    "md": "sibtui.formats.matrix_md",
    "html": "sibtui.formats.matrix_html",
    "latex": "sibtui.formats.matrix_latex",
    "json": "sibtui.formats.matrix_json",
}
MATRIX_SUFFIXES = {".txt": "table", ".csv": "csv", ".md": "md", ".html": "html", ".tex": "latex", ".json": "json"}

READERS = {
    ".txt": "sibtui.formats.notes",
    ".md": "sibtui.formats.notes",
    ".docx": "sibtui.formats.docx",
    ".docm": "sibtui.formats.docx",
    ".dotx": "sibtui.formats.docx",
    ".odt": "sibtui.formats.odt",
    ".fodt": "sibtui.formats.odt",
    ".rtf": "sibtui.formats.rtf",
    ".pdf": "sibtui.formats.pdf",
    ".html": "sibtui.formats.html",
    ".htm": "sibtui.formats.html",
    ".xhtml": "sibtui.formats.html",
    ".epub": "sibtui.formats.epub",
    ".vtt": "sibtui.formats.subtitles",
    ".srt": "sibtui.formats.subtitles",
    ".csv": "sibtui.formats.survey",
    ".tsv": "sibtui.formats.survey",
    ".xlsx": "sibtui.formats.survey",
    ".xlsm": "sibtui.formats.survey",
}
"""Which module reads sources from files with which suffix, by its function `read`."""


def read_source(
    name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT
) -> list[SourceDraft]:
    """The sources in a file: one, but for the rows of a survey.

    `name` is the file's, path and all; its suffix tells the format. `encoding` overrules what the bytes look like.

    InputError says in one sentence why the file cannot be used: all of it is read, or nothing.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        what = f"{suffix} files cannot be read" if suffix else "its name does not end in what it is"
        raise InputError(f"{name} was not read: {what}; there are readers for {' '.join(READERS)}.")
    reader = import_module(READERS[suffix])
    try:
        return cast("list[SourceDraft]", reader.read(name, data, encoding=encoding, options=options))
    except SibtuiError:
        raise
    except (
        Exception
    ) as error:  # whatever a hostile file leads a library to: it is this file's failure, not the import's
        raise InputError(f"{name} cannot be read: it seems to be damaged ({type(error).__name__}).") from error


def render_matrix(
    matrix: Matrix,
    format: str = "table",  # noqa: A002 - the option's name
    *,
    width: int | None = None,
    ascii: bool = False,  # noqa: A002 - the option's name
) -> str:
    """The matrix in the format (a key of MATRIX_FORMATS). `width` and `ascii` are for `table` alone."""
    if format not in MATRIX_FORMATS:
        raise InputError(f"There is no format “{format}” for a matrix; take one of {', '.join(MATRIX_FORMATS)}.")
    renderer = import_module(MATRIX_FORMATS[format])
    if format == "table":
        return cast("str", renderer.render(matrix, width=width, ascii=ascii))
    return cast("str", renderer.render(matrix))


def matrix_format_of(file: PurePath | str) -> str:
    """The format that a file's name asks for by its suffix."""
    path = PurePath(file)
    if path.suffix.lower() not in MATRIX_SUFFIXES:
        raise InputError(
            f"{path}: the name does not say what to write; end it in one of {' '.join(MATRIX_SUFFIXES)}, or name the format."
        )
    return MATRIX_SUFFIXES[path.suffix.lower()]
