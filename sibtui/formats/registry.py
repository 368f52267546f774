"""The registry of formats: a map from each format to the module that reads or writes it.

A module is imported only when it is needed.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from sibtui.errors import InputError, SibtuiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from sibtui.formats.documents.model import Document
    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

RENDERERS = {
    "table": "sibtui.formats.documents.renderers.text",
    "csv": "sibtui.formats.documents.renderers.csv",
    "md": "sibtui.formats.documents.renderers.markdown",
    "html": "sibtui.formats.documents.renderers.html",
    "latex": "sibtui.formats.documents.renderers.latex",
    "json": "sibtui.formats.documents.renderers.json",
    "tabs": "sibtui.formats.documents.renderers.tabs",
    "docx": "sibtui.formats.documents.renderers.docx",
    "xlsx": "sibtui.formats.documents.renderers.xlsx",
}
"""A dict: format → the module whose function `render` writes a document (see `documents.model`) in this format."""
BINARY_FORMATS = ("docx", "xlsx")
DOCUMENT_FORMATS = ("html", "md", "docx")
"""The formats that can hold headings and quotes. All other formats are only for tables."""
SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
    ".tex": "latex",
    ".json": "json",
    ".docx": "docx",
    ".xlsx": "xlsx",
}
"""A dict: file extension → the format of a table in a file with this extension."""

READERS = {
    ".txt": "sibtui.formats.sources.plain_text",
    ".md": "sibtui.formats.sources.plain_text",
    ".markdown": "sibtui.formats.sources.plain_text",
    ".text": "sibtui.formats.sources.plain_text",
    ".org": "sibtui.formats.sources.plain_text",
    ".rst": "sibtui.formats.sources.plain_text",
    ".docx": "sibtui.formats.sources.docx",
    ".docm": "sibtui.formats.sources.docx",
    ".dotx": "sibtui.formats.sources.docx",
    ".odt": "sibtui.formats.sources.odt",
    ".fodt": "sibtui.formats.sources.odt",
    ".rtf": "sibtui.formats.sources.rtf",
    ".pdf": "sibtui.formats.sources.pdf",
    ".html": "sibtui.formats.sources.html",
    ".htm": "sibtui.formats.sources.html",
    ".xhtml": "sibtui.formats.sources.html",
    ".epub": "sibtui.formats.sources.epub",
    ".vtt": "sibtui.formats.sources.subtitles",
    ".srt": "sibtui.formats.sources.subtitles",
    ".json": "sibtui.formats.sources.whisper_json",
    ".csv": "sibtui.formats.sources.survey",
    ".tsv": "sibtui.formats.sources.survey",
    ".xlsx": "sibtui.formats.sources.survey",
    ".xlsm": "sibtui.formats.sources.survey",
}
"""A dict: file extension → the module whose function `read` reads sources from such a file."""
COMMENT_SUFFIXES = (".docx", ".docm", ".dotx", ".odt", ".fodt", ".rtf")
"""The extensions of files whose comments can be read."""
_EMPTY = rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*"
"""The pattern of a file without content: only a byte order mark, spaces and NUL bytes."""


def read_source(
    name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions | None = None
) -> list[SourceDraft]:
    """Return the sources in a file. Most files have one source; a survey has one source per row.

    `name` is the path of the file; its extension selects the reader. If `encoding` is given, it is used; otherwise the
    encoding is detected. Raises InputError when the file cannot be read completely.
    """
    from sibtui.formats.sources.read_options import DEFAULT

    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a PurePath for each of 10,000 files takes five times as long
    if suffix not in READERS:
        suffix = "" if suffix == "." else suffix
        problem = f"{suffix} files cannot be read" if suffix else "its name has no file extension"
        raise InputError(f"{name} was not read: {problem}; there are readers for {' '.join(READERS)}.")
    module = READERS[suffix]
    if suffix in (".tsv", ".csv") and _is_transcript_table(data):
        module = "sibtui.formats.sources.subtitles"  # a table as of Whisper: its rows are the parts of one transcript
    if re.fullmatch(_EMPTY, data) and not module.endswith(
        (".plain_text", ".html")
    ):  # these return a source without text
        raise InputError(f"{name} is empty.")
    reader = import_module(module)
    try:
        return cast("list[SourceDraft]", reader.read(name, data, encoding=encoding, options=options or DEFAULT))
    except SibtuiError:
        raise
    except Exception as error:  # a hostile file can make a library raise anything: the other files are still read
        raise InputError(f"{name} cannot be read: it seems to be damaged ({type(error).__name__}).") from error


def format_of(file: PurePath | str) -> str:
    """Return the format, such as `csv`, for a table that is written to a file. The extension of the file decides.

    Raises InputError when no format has this extension.
    """
    from pathlib import PurePath

    path = PurePath(file)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path}: the file extension names no format; use one of {' '.join(SUFFIXES)}, or name the format."
        )
    return SUFFIXES[path.suffix.lower()]


def render_text(
    document: Document,
    form: str = "table",
    *,
    width: int | None = None,
    ascii: bool = False,  # noqa: A002 - the option's name
) -> str:
    """Return the document as a text. `form` is the format, a key of RENDERERS.

    Only the format `table` uses `width` and `ascii`. `width` is the greatest length of a line in terminal columns. If
    `ascii` is set, horizontal lines and the numbers of footnotes are written in ASCII. Raises InputError for an unknown
    format, and for a format that cannot hold the document (such as CSV for two tables).
    """
    if form in BINARY_FORMATS:
        raise InputError(f"{form} is not a text format.")
    options = {"width": width, "ascii": ascii} if form == "table" else {}
    return cast("str", _renderer(form).render(document, **options))


def render_bytes(document: Document, form: str) -> bytes:
    """Return the document as the bytes of a file. `form` is the format, a key of RENDERERS.

    Raises InputError as `render_text` does.
    """
    if form in BINARY_FORMATS:
        return cast("bytes", _renderer(form).render(document))
    return render_text(document, form).encode("utf-8", "surrogatepass")


def render_chunks(document: Document, form: str) -> Iterator[bytes]:
    """Yield the bytes that `render_bytes` returns, in chunks.

    Only a web page is made chunk by chunk, to save memory.
    """
    if form != "html":
        yield render_bytes(document, form)
        return
    for chunk in _renderer(form).render_chunks(document):
        yield chunk.encode("utf-8", "surrogatepass")


def _renderer(form: str) -> Any:
    if form not in RENDERERS:
        raise InputError(f"There is no format “{form}”; take one of {', '.join(RENDERERS)}.")
    return import_module(RENDERERS[form])


def _is_transcript_table(data: bytes) -> bool:
    from sibtui.formats.sources.transcript_columns import is_transcript_table

    return is_transcript_table(data)
