"""Writing to stdout: data for programs in UTF-8, and text for people in the encoding of the terminal."""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from sibtui.cli import OutputClosedError
from sibtui.model.text import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUBSTITUTES = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "─": "-",
    "‐": "-", "‑": "-", "−": "-", "…": "...", "→": "->", "←": "<-", "↑": "^", "·": "-", "•": "*", "×": "x", "≥": ">=",
    "≤": "<=", "✓": "ok", "◐": "X!", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
} | {raised: f"[{digit}]" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}  # fmt: skip
"""A dict: character → ASCII text that replaces it if the encoding of stdout lacks this character."""
_HANDLER = "sibtui.substitute"
_HELD = 1 << 22
"""How many bytes of the output are kept in memory before the first byte is written.

If an error occurs before that, nothing is written.
"""
_written = False


def configure_streams() -> None:
    """Set how stdout and stderr write a character that their encoding lacks: as similar ASCII text, or as an escape.

    By default, Python would write `?` for such a character, or raise UnicodeEncodeError.
    """
    global _written  # noqa: PLW0603 - stdout is global too
    _written = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    substitutes = (_SUBSTITUTES.get(c) or c.encode("ascii", "backslashreplace").decode() for c in characters)
    return "".join(substitutes), error.end


codecs.register_error(_HANDLER, _substitute)


def is_utf8() -> bool:
    """Return whether stdout can encode all characters except surrogates, which are no real characters."""
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"


def encodable_text(text: str) -> str:
    """Return the text with ASCII characters in place of the characters that stdout cannot encode.

    Call this before a table is laid out: the result may be longer, and would shift the columns.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text if text.isascii() else text.encode(encoding, _HANDLER).decode(encoding)


def write_text(text: str) -> None:
    """Write text for people to stdout. On a terminal, control characters are shown as visible symbols."""
    _note_output()
    try:
        sys.stdout.write(_with_newline(inert(text) if sys.stdout.isatty() else text))
        sys.stdout.flush()
    except BrokenPipeError:
        raise OutputClosedError from None  # click would report a failure


def write_data(chunks: Iterable[str]) -> None:
    """Write data for programs to stdout, in UTF-8 for any locale.

    If stdout is a terminal, the data is written as text for people.
    """
    write_bytes(_with_newline(chunk).encode("utf-8", "surrogatepass") for chunk in chunks)


def write_bytes(chunks: Iterable[bytes]) -> None:
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        for chunk in chunks:
            write_text(chunk.decode("utf-8", "surrogatepass"))
        return
    try:
        sys.stdout.flush()
        held: list[bytes] = []
        size = 0
        for chunk in chunks:
            if size > _HELD:
                _note_output()
                sys.stdout.buffer.writelines([*held, chunk])
                held.clear()
            else:
                held.append(chunk)
                size += len(chunk)
        _note_output()
        sys.stdout.buffer.writelines(held)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise OutputClosedError from None


def _with_newline(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def is_written() -> bool:
    """Return whether the command has written anything to stdout."""
    return _written


def _note_output() -> None:
    global _written  # noqa: PLW0603 - stdout is global too
    _written = True


def with_byte_order_mark(chunks: Iterable[str], mark: str) -> Iterator[str]:
    """Yield the chunks, the first one with `mark` before it. `mark` is a byte order mark, or empty."""
    for chunk in chunks:
        yield mark + chunk
        mark = ""
