"""Decoding bytes to text: as Unicode, or else in the most likely older encoding. Each result has a confidence (0-1).

The module `single_byte` recognises the encodings of European languages. If none of them fits, the library
charset_normalizer guesses from statistics. Statistics are the second choice, because they need more letters than a
short note has.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.magic import guess_kind
from sibtui.formats.codec.single_byte import ENCODINGS, LATIN_ENCODINGS, fit
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from charset_normalizer import CharsetMatch

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # UTF-32 comes before UTF-16, because its mark begins like that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHERS = (
    *("cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1250", "cp1257", "cp874", "koi8_r", "koi8_u"),
    *("big5", "gb18030", "cp949", "cp932", "euc_jp"),
)
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_STRAY, _STRAY_PART, _SHORT_PART = 2, 0.01, 0.1
"""Limits for control characters in a text: a share of at most one in a hundred.

A short text may have two control characters, if they are less than a tenth of its characters.
"""
_STRAY_NULS, _UTF16_UNIT = 0.1, 2
"""The share of NUL characters up to which they are strays in UTF-8, and the number of bytes of a character in UTF-16."""
_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_IDEOGRAPHS = (
    "\u2e80\u3100"  # the first code point of ideographs, and the end of the range with their punctuation and the kana
)

SURE, PLAIN, LATIN, GUESS, UNSURE = 1.0, 0.95, 0.85, 0.8, 0.5
"""Levels of confidence in an encoding.

SURE: Unicode, or an encoding that the user names. PLAIN: UTF-16 without a byte order mark.

LATIN: an older encoding that fits well. GUESS: the best guess. UNSURE: one of several encodings that fit.
"""
_CLEAR = 2
"""An encoding is clearly the best if its text has at least this many more common words than the second-best one."""
_SHORT = 16
"""A text with fewer letters than this is short: it may have only one word or two."""
_RIVAL = 0.1
"""An encoding counts as a rival of the best one if its coherence (0-1) is lower by less than this.

A rival halves the confidence.
"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, with LF for each line break, and the encoding of its bytes.

    `confidence` (0-1) is below 0.9 if the encoding was guessed.
    """

    text: str
    encoding: str
    confidence: float


def chunks(data: bytes | BinaryIO) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a file in parts, from its beginning."""
    if isinstance(data, bytes):
        view = memoryview(data)
        yield from (view[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))
        return
    data.seek(0)
    while chunk := data.read(_CHUNK):
        yield chunk


def is_utf8(data: bytes | BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(data):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, encoding: str | None = None, *, name: str = "The file") -> Decoded:
    """Return the text of a file. If `encoding` is given, it is used; otherwise the encoding is detected.

    `name` is the name of the file in messages. Raises InputError when the encoding is unknown or does not fit the
    bytes, or when the file is not text.
    """
    if encoding is not None:
        return Decoded(normalise(_decode_as(data, encoding, name)), encoding, SURE)
    if (text := _plain_utf8(data)) is not None:
        return Decoded(normalise(text), "utf-8", SURE)
    detected, confidence = detect(data, name=name)
    return Decoded(normalise(data.decode(detected)), detected, confidence)


def _plain_utf8(data: bytes) -> str | None:
    """Return the decoded text if the bytes are UTF-8 without control characters; None otherwise."""
    if len(data.translate(None, _CONTROL)) < len(data) or guess_kind(data):
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def detect(data: bytes, *, name: str = "The file") -> tuple[str, float]:
    """Return (encoding of the bytes, confidence from 0 to 1). Raises InputError when the bytes are not text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            broken = _misfit(data, encoding)
            if broken is None:
                return encoding, SURE
            if encoding != "utf-32-le":
                raise InputError(f"{name} begins as {encoding.upper()} but is not: {_offence(broken)}.")
    if kind := guess_kind(data):
        raise InputError(f"{name} seems to be {kind}, which cannot be read as text.")
    if wide := _utf16_without_mark(data):
        return wide, PLAIN
    if _is_binary(data):
        raise InputError(f"{name} seems to be a binary file, not text: it is full of control characters.")
    if _misfit(data, "utf-8") is None:
        return "utf-8", SURE
    return _legacy(data, name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not {encoding}: {_offence(error)}.") from error
    except (LookupError, ValueError) as error:  # unknown, or a codec between bytes such as base64
        raise InputError(f"There is no encoding “{encoding}”: write, for example, utf-8, utf-16, cp1252.") from error


def _offence(error: UnicodeDecodeError) -> str:
    return f"the byte at offset {error.start} (0x{error.object[error.start]:02x}) does not fit"


def _misfit(data: bytes, encoding: str) -> UnicodeDecodeError | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error
    return None


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROL))
    return controls > (_STRAY_PART if controls > _STRAY else _SHORT_PART) * len(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """Return `utf-16-le` or `utf-16-be` if the bytes are clearly text in exactly one of the two; None otherwise."""
    if b"\0" not in data or len(data) % 2 or _has_stray_nuls(data):
        return None
    sample = data[:_SAMPLE]
    scores = {encoding: _texture(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    plain = scores[best] >= 0.97 and min(scores.values()) < 0.6
    return best if plain and _misfit(data, best) is None else None


def _has_stray_nuls(data: bytes) -> bool:
    """Return whether the bytes are UTF-8 text with a few NUL characters, and not UTF-16.

    In UTF-16, every second byte is NUL or one other value: always NUL in English, NUL or 4 in Cyrillic.
    """
    nuls = data.count(0)
    is_rare = len(data) > _UTF16_UNIT if nuls == 1 else nuls < _STRAY_NULS * len(data)
    if not is_rare or len(data) - len(data.translate(None, _CONTROL)) > nuls or _misfit(data, "utf-8"):
        return False
    halves = (data[start::2].replace(b"\0", b"") for start in (0, 1))
    return not any(len(half) > 1 and half.count(half[:1]) == len(half) for half in halves)


def _texture(sample: bytes, encoding: str) -> float:
    """Return a score that is high (up to 1) if these bytes are normal text in the given encoding.

    The score is the share of letters, digits, spaces and punctuation, minus the share of places where the script
    changes, such as from Greek to Hebrew. For a text of 16 or more characters without a space, a line end or an
    ideographic full stop, the score is 0.
    """
    text = sample.decode(encoding, "replace")
    usual = sum(c.isalnum() or c in " \t\r\n" or (c.isprintable() and c < _IDEOGRAPHS[1]) for c in text)
    blocks = [ord(c) >> 8 if c < _IDEOGRAPHS[0] else 0x2E for c in text]
    strays = sum(a != b and 0 not in (a, b) for a, b in pairwise(blocks))
    has_spaces = len(text) < 16 or any(c in " \r\n\u3000\u3002" for c in text)
    return (usual - strays) / len(text) if has_spaces else 0.0


def _legacy(data: bytes, name: str) -> tuple[str, float]:
    if found := _single_byte(data):
        return found
    if guessed := _by_statistics(data):
        return guessed
    if _misfit(data, "cp1252") is None:
        return "cp1252", 0.1
    raise InputError(f"{name} is in no encoding that can be detected.", "encoding")


def _single_byte(data: bytes) -> tuple[str, float] | None:
    """Return (single-byte encoding that fits best, confidence from 0 to 1); None when no encoding fits.

    The confidence is low if another encoding fits nearly as well and gives a different text.
    """
    sample = _sample(data)
    fits = []
    for encoding in ENCODINGS:
        if _misfit(data, encoding) is None:
            text = sample.decode(encoding, "replace")
            found = fit(text, encoding)
            # bytes of most scripts can be read as Cyrillic or Greek: these need a common word
            if found and (found[0] or encoding in LATIN_ENCODINGS):
                fits.append((found, encoding, text))
    if not fits:
        return None
    best, encoding, text = max(fits, key=lambda each: each[0])  # of equally good encodings, the first
    rivals = [found for found, _, other in fits if other != text]
    # Without common words, a text may be in a language or encoding that is not known here. In a text of one or two
    # words, a common word may be chance.
    fewest = 1 if sum(map(str.isalpha, text)) >= _SHORT else 2
    is_clear = best[0] >= fewest and all(
        best[0] - words >= _CLEAR and best[1] >= letters for words, letters, _ in rivals
    )
    return encoding, LATIN if is_clear else UNSURE


def _sample(data: bytes) -> bytes:
    """Return lines of the file as a sample: the lines that have bytes beyond ASCII, up to a limit.

    The beginning of the file is not enough: a long report may have its first £ on page 30.
    """
    return b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]


def _by_statistics(data: bytes) -> tuple[str, float] | None:
    from charset_normalizer import from_bytes

    ranked = sorted(
        (match for match in from_bytes(data, cp_isolation=list(_OTHERS)) if _misfit(data, match.encoding) is None),
        # Hebrew has few letters and no capitals: bytes of most scripts can be read as Hebrew, so it comes last.
        key=lambda match: (match.chaos - _sense(match), match.encoding != "cp1255"),
    )
    if not ranked:
        return None
    best, *others = ranked
    rivals = any(other.coherence > _sense(best) - _RIVAL and str(other) != str(best) for other in others)
    confidence = GUESS * (1 - best.chaos) * (0.5 + min(_sense(best), 0.5)) * (0.5 if rivals else 1)
    return best.encoding, round(confidence, 2)


def _sense(match: CharsetMatch) -> float:
    """Return a score (0-1): how much a decoded text resembles a language.

    charset_normalizer computes the score, but ignores ideographs, such as Chinese characters. So the result is at least
    0.4 times the share of ideographs.
    """
    text = str(match)
    return max(match.coherence, 0.4 * sum(c >= _IDEOGRAPHS[0] for c in text) / len(text))
