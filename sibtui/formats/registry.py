"""Registry of readers and renderers by format. A module is imported on first use."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.transcript_columns import is_transcript_table

if TYPE_CHECKING:
    from collections.abc import Iterator

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
"""Format → module whose function `render` draws a document (`documents.model`) in it."""
BINARY_FORMATS = ("docx", "xlsx")
DOCUMENT_FORMATS = ("html", "md", "docx")
"""The formats for documents with headings and quotes. The other formats are for tables alone."""
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
"""File suffix → format in which a table is written to such a file."""

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
"""File suffix → module whose function `read` reads sources from such files."""
COMMENT_SUFFIXES = (".docx", ".docm", ".dotx", ".odt", ".fodt", ".rtf")
"""The files whose comments a reader keeps when the options ask for them."""
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*")
"""The bytes of a file that holds nothing: a byte order mark and white space."""


def read_source(
    name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT
) -> list[SourceDraft]:
    """Return the sources in a file: one, or one per row of a survey.

    `name` is the path of the file; its suffix selects the reader. `encoding` overrules detection. Raises InputError
    when the file cannot be used; a part of a file is never read.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        problem = f"{suffix} files cannot be read" if suffix else "its name has no file extension"
        raise InputError(f"{name} was not read: {problem}; there are readers for {' '.join(READERS)}.")
    module = READERS[suffix]
    if suffix in (".tsv", ".csv") and is_transcript_table(data):
        module = "sibtui.formats.sources.subtitles"  # a table as of Whisper: its rows are the cues of one transcript
    if _EMPTY.fullmatch(data) and not module.endswith((".plain_text", ".html")):  # these give a source without text
        raise InputError(f"{name} is empty.")
    reader = import_module(module)
    try:
        return cast("list[SourceDraft]", reader.read(name, data, encoding=encoding, options=options))
    except SibtuiError:
        raise
    except Exception as error:  # a hostile file can make a library raise anything: the other files are still read
        raise InputError(f"{name} cannot be read: it seems to be damaged ({type(error).__name__}).") from error


def format_of(file: PurePath | str) -> str:
    """Return the format for the suffix of a file name. Raises InputError when there is none."""
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
    """Return the document in a text format (a key of RENDERERS). `width` and `ascii` are for `table` alone.

    Raises InputError for an unknown format, and for one that cannot hold the document: CSV holds one table.
    """
    if form in BINARY_FORMATS:
        raise InputError(f"{form} is not a text format.")
    options = {"width": width, "ascii": ascii} if form == "table" else {}
    return cast("str", _renderer(form).render(document, **options))


def render_bytes(document: Document, form: str) -> bytes:
    """Return the bytes of a file with the document in any format. Raises InputError as `render_text` does."""
    if form in BINARY_FORMATS:
        return cast("bytes", _renderer(form).render(document))
    return render_text(document, form).encode("utf-8", "surrogatepass")


def render_chunks(document: Document, form: str) -> Iterator[bytes]:
    """Yield the bytes that `render_bytes` returns. A web page is made as it is written."""
    if form != "html":
        yield render_bytes(document, form)
        return
    for chunk in _renderer(form).render_chunks(document):
        yield chunk.encode("utf-8", "surrogatepass")


def _renderer(form: str) -> Any:
    if form not in RENDERERS:
        raise InputError(f"There is no format “{form}”; take one of {', '.join(RENDERERS)}.")
    return import_module(RENDERERS[form])
