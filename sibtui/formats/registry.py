"""Which module reads or renders which format; a module is imported when it is asked for, not before."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.read_options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import CodeDraft, SourceDraft
    from sibtui.model.matrix import Matrix
    from sibtui.model.report import CodeFigures, MatrixEvidence, Telling
    from sibtui.model.table import Table

MATRIX_FORMATS = {
    "table": "sibtui.formats.matrix_text",
    "csv": "sibtui.formats.matrix_csv",
    "md": "sibtui.formats.matrix_md",
    "html": "sibtui.formats.matrix_html",
    "latex": "sibtui.formats.matrix_latex",
    "json": "sibtui.formats.matrix_json",
}
MATRIX_DOCUMENTS = {"docx": "sibtui.formats.matrix_docx", "xlsx": "sibtui.formats.matrix_xlsx"}
MATRIX_SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
    ".tex": "latex",
    ".json": "json",
    ".docx": "docx",
    ".xlsx": "xlsx",
}
TABLE_DOCUMENTS = {
    "html": "sibtui.formats.tables_html",
    "docx": "sibtui.formats.tables_docx",
    "xlsx": "sibtui.formats.tables_xlsx",
}
EVIDENCE_FORMATS = {
    "html": "sibtui.formats.evidence_html",
    "md": "sibtui.formats.evidence_md",
    "docx": "sibtui.formats.evidence_docx",
}
CODEBOOK_DOCUMENTS = {
    "html": "sibtui.formats.codebook_html",
    "md": "sibtui.formats.codebook_md",
    "docx": "sibtui.formats.codebook_docx",
}
"""For people; a codebook that is read back is a .csv or .toml file (`codebook_files`)."""

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


def matrix_document(matrices: Sequence[Matrix], format: str) -> bytes:  # noqa: A002 - the option's name
    """All the matrices as one file in the format (a key of MATRIX_DOCUMENTS)."""
    return cast("bytes", _writer("matrices", MATRIX_DOCUMENTS, format).render(*matrices))


def table_document(tables: Sequence[Table], format: str) -> bytes:  # noqa: A002 - the option's name
    """Lists and reports as one file in the format (a key of TABLE_DOCUMENTS)."""
    return _bytes(_writer("tables", TABLE_DOCUMENTS, format).render(*tables))


def evidence_document(
    matrices: Sequence[MatrixEvidence],
    format: str,  # noqa: A002 - the option's name
    *,
    title: str = "Evidence",
    telling: Telling | None = None,
) -> bytes:
    """The matrices with the quotes behind their cells as one file in the format (a key of EVIDENCE_FORMATS).

    Coders and memos are left out unless `telling` asks for them.
    """
    told = {} if telling is None else {"telling": telling}
    return _bytes(_writer("evidence", EVIDENCE_FORMATS, format).render(matrices, title=title, **told))


def codebook_document(
    codes: Sequence[CodeDraft],
    figures: Mapping[str, CodeFigures],
    format: str,  # noqa: A002 - the option's name
    *,
    title: str = "Codebook",
) -> bytes:
    """The codebook with the figures of its codes, by path, as one file in the format (a key of CODEBOOK_DOCUMENTS)."""
    return _bytes(_writer("a codebook", CODEBOOK_DOCUMENTS, format).render(codes, figures, title=title))


def _writer(what: str, known: Mapping[str, str], format: str) -> Any:  # noqa: A002 - the option's name
    if format not in known:
        raise InputError(f"There is no format “{format}” for {what}; take one of {', '.join(known)}.")
    return import_module(known[format])


def _bytes(written: str | bytes) -> bytes:
    return written.encode() if isinstance(written, str) else written
