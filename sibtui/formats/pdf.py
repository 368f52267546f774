"""PDF documents: their text layer, page by page. What was only scanned has none, and that is said."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.signatures import seems_to_be
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfReader

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_END = b"%%EOF"
_TAIL = 1024
"""How far from its end a PDF may say that it ends: Acrobat's own rule."""


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """The document as one source: its lines as they are printed, broken words and all, a blank line between pages.

    Pages without text are told in the warnings; InputError when none has any.
    """
    if b"%PDF-" not in data[:_TAIL]:
        found = seems_to_be(data)
        raise InputError(
            f"{name} is no PDF document: it {f'seems to be {found}' if found else 'does not begin like one'}."
        )
    if _END not in data.rstrip(b"\0 \t\r\n")[-_TAIL:]:
        raise InputError(f"{name} is cut short: a PDF document says where it ends, and this one does not.")
    with _faults() as faults:
        pages = _pages(name, data)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        raise InputError(
            f"{name} has no text, only pictures of {'its page' if len(pages) == 1 else f'{len(pages)} pages'}:"
            " run text recognition (OCR) on it first."
        )
    warnings = [f"{_listed(empty)} without text, scanned perhaps: nothing was read there"] if empty else []
    if faults:
        warnings.append(f"it has faults ({one_line(faults[0], 80)}): compare the text with the document")
    text = "\n\n".join(page.strip("\n") for page in pages if page.strip())
    return [extracted(name, data, text, warnings=warnings)]


def _pages(name: str, data: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - only a PDF pays for it
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 - see above

    number = 0
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            _open(name, reader)
        pages = []
        for number, page in enumerate(reader.pages, 1):  # noqa: B007 - for the message
            pages.append(page.extract_text().replace("\0", ""))
    except DependencyError as error:
        raise InputError(
            f"{name} is protected against changes: print it to a new PDF document, and add that."
        ) from error
    except InputError:
        raise
    # pypdf raises its own errors, and whatever a hostile file leads it to besides (KeyError, RecursionError …)
    except (PyPdfError, Exception) as error:
        at = f"page {number} of it, or the next, cannot be read" if number else "it cannot be opened"
        raise InputError(f"{name} is damaged: {at}.") from error
    if not pages:
        raise InputError(f"{name} is damaged: it has no pages.")
    return pages


def _open(name: str, reader: PdfReader) -> None:
    """Many documents are locked with no password at all, to forbid changes."""
    from pypdf import PasswordType  # noqa: PLC0415 - see _pages

    if reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise InputError(f"{name} has a password: save a copy without one.")


@contextmanager
def _faults() -> Iterator[list[str]]:
    """What pypdf says, in the order in which it says it, instead of on the screen."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("pypdf")
    handler, propagates = Keep(logging.WARNING), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _listed(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]} is"
    shown = ", ".join(map(str, pages[:10]))
    return f"pages {shown} are" if len(pages) <= 10 else f"{len(pages)} pages ({shown} …) are"
