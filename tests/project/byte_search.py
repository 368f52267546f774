"""A search of the bytes of all files in a folder: in UTF-8 and UTF-16, composed and decomposed."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def files_with(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Return (file, word) for each word that a file holds in one of the encodings."""
    held = [
        (path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
    ]
    return [
        (name, word)
        for name, data in held
        for word in words
        if any(form in data for form in _forms(word)) or any(form in name.encode() for form in _forms(word))
    ]


def _forms(word: str) -> set[bytes]:
    spellings = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    spellings |= {json.dumps(spelling)[1:-1] for spelling in spellings}
    return {spelling.encode(encoding) for spelling in spellings for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
