"""Which module renders which format; a module is imported when it is asked for, not before."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from sibtui.errors import InputError

if TYPE_CHECKING:
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
