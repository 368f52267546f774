"""Bytes to text: Unicode when it is Unicode, else the likeliest of the old encodings, with how sure that is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.latin import ENCODINGS, reads_as
from sibtui.formats.signatures import seems_to_be
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins like that one's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHERS = (
    *("cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1250", "cp1257", "cp874", "koi8_r", "koi8_u"),
    *("big5", "gb18030", "cp949", "cp932", "euc_jp"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_STRAY, _STRAY_PART, _SHORT_PART = 2, 0.01, 0.1
"""A text may hold control characters: one in a hundred, and in a short one two, but not one in ten."""
_SAMPLE = 1 << 16
_IDEOGRAPHS = "\u2e80\u3100"  # from here on, and where their punctuation and the kana end

SURE, PLAIN, LATIN, GUESS = 1.0, 0.95, 0.85, 0.8
"""Confidence: Unicode or told; UTF-16 that merely lacks its mark; reads well by an old table; the most a guess can have."""
_RIVAL = 0.1
"""A second reading nearly as coherent as the first halves the confidence."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, normalised, and the encoding that it was read in; `confidence` is from 0 to 1, below 0.9 for a guess."""

    text: str
    encoding: str
    confidence: float


def decode(data: bytes, encoding: str | None = None, *, name: str = "The file") -> Decoded:
    """The text of a file. `encoding`, when told, overrules what the bytes look like; `name` is for messages.

    InputError when the encoding is unknown or does not fit, and when the file is no text at all.
    """
    if encoding is not None:
        return Decoded(normalise(_told(data, encoding, name)), encoding, SURE)
    found, confidence = detect(data, name=name)
    return Decoded(normalise(data.decode(found)), found, confidence)


def detect(data: bytes, *, name: str = "The file") -> tuple[str, float]:
    """The encoding in which these bytes can be read, and how sure that is. InputError when they are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            broken = _misfit(data, encoding)
            if broken is None:
                return encoding, SURE
            if encoding != "utf-32-le":
                raise InputError(f"{name} begins as {encoding.upper()} but is not: {_offence(broken)}.")
    if kind := seems_to_be(data):
        raise InputError(f"{name} seems to be {kind}, which cannot be read as text.")
    if wide := _utf16_without_mark(data):
        return wide, PLAIN
    if _is_binary(data):
        raise InputError(f"{name} seems to be a binary file, not text: it is full of control characters.")
    if _misfit(data, "utf-8") is None:
        return "utf-8", SURE
    return _legacy(data, name)


def _told(data: bytes, encoding: str, name: str) -> str:
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
    controls = len(_CONTROL.findall(data))
    return controls > (_STRAY_PART if controls > _STRAY else _SHORT_PART) * len(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 in one byte order that reads as text, when it does not in the other."""
    if b"\0" not in data or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    scores = {encoding: _texture(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    plain = scores[best] >= 0.97 and min(scores.values()) < 0.6
    return best if plain and _misfit(data, best) is None else None


def _texture(sample: bytes, encoding: str) -> float:
    """The part of the characters that texts are made of, less those that stand alone among another script."""
    text = sample.decode(encoding, "replace")
    usual = sum(c.isalnum() or c in " \t\r\n" or (c.isprintable() and c < _IDEOGRAPHS[1]) for c in text)
    blocks = [ord(c) >> 8 if c < _IDEOGRAPHS[0] else 0x2E for c in text]
    strays = sum(a != b and 0 not in (a, b) for a, b in pairwise(blocks))
    has_blanks = len(text) < 16 or any(c in " \r\n\u3000\u3002" for c in text)
    return (usual - strays) / len(text) if has_blanks else 0.0


def _legacy(data: bytes, name: str) -> tuple[str, float]:
    sample = _sample(data)
    for encoding in ENCODINGS:
        if _misfit(data, encoding) is None and reads_as(sample.decode(encoding, "replace"), encoding):
            return encoding, LATIN
    if guessed := _by_statistics(data):
        return guessed
    if _misfit(data, "cp1252") is None:
        return "cp1252", 0.1
    raise InputError(f"{name} is in no encoding that its bytes give away: name it, for example with --encoding cp1252.")


def _sample(data: bytes) -> bytes:
    """The lines with bytes beyond ASCII: a long report may have its first £ on page 30."""
    return b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]


def _by_statistics(data: bytes) -> tuple[str, float] | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only a text in an old encoding pays for it

    ranked = sorted(
        (match for match in from_bytes(data, cp_isolation=list(_OTHERS)) if _misfit(data, match.encoding) is None),
        # Hebrew has few letters and no capitals: what can be read as Hebrew can be read as anything, not the reverse
        key=lambda match: (match.chaos - _sense(match), match.encoding != "cp1255"),
    )
    if not ranked:
        return None
    best, *others = ranked
    rivals = any(other.coherence > _sense(best) - _RIVAL and str(other) != str(best) for other in others)
    confidence = GUESS * (1 - best.chaos) * (0.5 + min(_sense(best), 0.5)) * (0.5 if rivals else 1)
    return best.encoding, round(confidence, 2)


def _sense(match: CharsetMatch) -> float:
    """How much like a language it reads, 0 to 1. Coherence hardly knows those without an alphabet: count ideographs."""
    text = str(match)
    return max(match.coherence, 0.4 * sum(c >= _IDEOGRAPHS[0] for c in text) / len(text))
