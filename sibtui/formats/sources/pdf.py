"""The reader of PDF documents. It returns the text that is stored in the pages, page by page.

A scanned page has no such text; a warning lists these pages. Comments and pictures are only counted.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.magic import guess_kind
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.pdf_columns import PdfRows
from sibtui.formats.sources.pdf_layout import joined_pages
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PageObject, PdfReader

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_END = b"%%EOF"
_TAIL = 1024
"""The header must be in this many bytes at the beginning of a file, the end mark in this many at its end.

Acrobat has the same number.
"""

_HARMFUL = re.compile(
    r"impossible to decode|exceeded .* form xobject|cyclic form|broken line|invalid hex|fonttools is required|may be missing"
    r"|might be truncated|skipping the entry|ignoring the stream|invalid stream|not defined|might be incorrect|check if output"
    r"|descendantfonts|encoding differences|rotated text|uninterpretable|might be wrong|object not found",
    re.IGNORECASE,
)
"""The pattern of messages of pypdf which mean that text may be missing or wrong.

Other messages are about layout or repaired faults.
"""
_DEEPEST = 8
"""The largest depth of nested forms in which pictures are counted."""


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the document as a list with one source.

    Lines are as they are printed, with an empty line between pages. Raises InputError when no page has text, or when
    the file is not a PDF document, is damaged, or has a password.
    """
    if b"%PDF-" not in data[:_TAIL]:
        other = guess_kind(data)
        raise InputError(
            f"{name} is not a PDF document: it {f'seems to be {other}' if other else 'does not begin like one'}."
        )
    if _END not in data.rstrip(b"\0 \t\r\n")[-_TAIL:]:
        raise InputError(f"{name} is cut short: the end mark of a PDF document (%%EOF) is missing.")
    counts: Counter[LeftOutKind] = Counter()
    mixed: dict[int, bool] = {}
    with _faults() as faults:
        pages = _pages(name, data, counts, mixed)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        raise InputError(
            f"{name} has no text, only pictures of {'its page' if len(pages) == 1 else f'{len(pages)} pages'}:"
            " run text recognition (OCR) on it first."
        )
    notices = [f"{_pages_are(empty)} without text, perhaps scanned: nothing was read from there"] if empty else []
    harmful = [fault for fault in faults if _HARMFUL.search(fault)]
    if harmful:
        notices.append(f"it has faults ({one_line(harmful[0], 80)}): compare the text with the document")
    notices += _columns(mixed)
    return [source_draft(name, data, joined_pages(pages), warnings=notices, left_out=counts)]


def _pages(name: str, data: bytes, counts: Counter[LeftOutKind], mixed: dict[int, bool]) -> list[str]:
    """Return the texts of the pages. Content that is left out is counted in `counts`.

    pypdf can mix the lines of two columns. `mixed` gets an entry for each such page: number of the page → True if its
    text was put in order.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    number = 0
    pictures: set[object] = set()
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            _open(name, reader)
        pages = []
        for number, page in enumerate(reader.pages, 1):
            rows = PdfRows()
            pages.append(page.extract_text(visitor_text=rows).replace("\0", ""))
            with suppress(Exception):  # a damaged annotation, picture or size: the text is there
                pages[-1] = _in_columns(pages[-1], rows, float(page.mediabox.width), number, mixed)
                _count_annotations(page, counts)
                _find_pictures(page, pictures)
    except DependencyError as error:
        raise InputError(
            f"{name} is protected against changes: print it to a new PDF document, and add that."
        ) from error
    except InputError:
        raise
    # pypdf raises its own errors, and on hostile files KeyError, RecursionError and others.
    except (PyPdfError, Exception) as error:
        at = f"page {number} of it, or the next, cannot be read" if number else "it cannot be opened"
        raise InputError(f"{name} is damaged: {at}.") from error
    if not pages:
        raise InputError(f"{name} is damaged: it has no pages.")
    counts["picture"] = len(pictures)
    return pages


def _in_columns(text: str, rows: PdfRows, width: float, number: int, mixed: dict[int, bool]) -> str:
    """Return the text of a page. If the lines of its two columns are mixed, they are put in order.

    If a word would be lost or joined to another word, the text stays as it is. `number` is the number of the page.
    `mixed` is explained at `_pages`.
    """
    column = rows.column(width)
    if column is None:
        return text
    ordered = rows.in_columns(column, width).replace("\0", "")
    mixed[number] = sorted(ordered.split()) == sorted(text.split())
    return ordered if mixed[number] else text


def _columns(mixed: dict[int, bool]) -> Iterator[str]:
    """Yield up to two warnings about pages with mixed columns. Each warning is a text without a full stop.

    `mixed` is a map: number of such a page → True if its text was put in order. One warning is about the pages put
    in order, and one about the other pages.
    """
    for in_order, what in ((True, "were put in order"), (False, "follow each other in turn")):
        pages = [number for number, ordered in mixed.items() if ordered is in_order]
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {listed(map(str, pages), 8)}"
        if pages:
            yield f"lines of columns or long cells {what} on {where}: compare the text with the document"


def _count_annotations(page: PageObject, counts: Counter[LeftOutKind]) -> None:
    """Count the comments and the filled-in form fields of a page as left out. The text of the page lacks them."""
    for each in page.annotations or ():
        annotation = each.get_object()
        kind = annotation.get("/Subtype")
        if kind == "/Widget":
            value = annotation.get("/V") or annotation.get("/Parent", {}).get("/V")
            counts["form field"] += bool(value) and value != "/Off"
        elif kind not in ("/Link", "/Popup") and str(annotation.get("/Contents") or "").strip():
            counts["comment"] += 1


def _find_pictures(part: Any, found: set[object], depth: int = 0) -> None:
    """Add the ids of the pictures in a page, or in a part of a page, to `found`.

    `depth` is the number of parts around `part`; 0 for a page.
    """
    objects: Any = part.get("/Resources", {}).get("/XObject", {}) if depth < _DEEPEST else {}
    for name in objects:
        each = objects[name]
        if each.get("/Subtype") == "/Image":
            reference = objects.raw_get(name)
            found.add(getattr(reference, "idnum", id(each)))
        elif each.get("/Subtype") == "/Form":
            _find_pictures(each, found, depth + 1)


def _open(name: str, reader: PdfReader) -> None:
    """Unlock a document with an empty password. Raises InputError if another password is needed.

    Many documents have an empty password, which only forbids changes.
    """
    from pypdf import PasswordType

    if reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise InputError(f"{name} has a password: save a copy without one.")


@contextmanager
def _faults() -> Iterator[list[str]]:
    """Collect the warnings of pypdf inside the `with` block, in place of printing them. Yield the list of warnings.

    Warnings of other libraries are ignored, because they are not about the document.
    """
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("pypdf")
    handler, propagates = Collector(logging.WARNING), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _pages_are(numbers: Sequence[int]) -> str:
    return f"page {numbers[0]} is" if len(numbers) == 1 else f"pages {listed(map(str, numbers))} are"
