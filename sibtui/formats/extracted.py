"""A source made of the text that was taken out of a file."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.model.drafts import SourceDraft
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.records import Fidelity

_SURROGATE = re.compile("[\ud800-\udfff]")


def extracted(
    name: str,
    data: bytes,
    text: str,
    *,
    title: str = "",
    fidelity: Fidelity = "notes",
    encoding: str = "utf-8",
    confidence: float = 1.0,
    warnings: Iterable[str] = (),
) -> SourceDraft:
    """The draft of the file `name` with the bytes `data`; a file without any text is told in the warnings."""
    stem = PurePath(name).stem
    whole = normalise(whole_characters(text))
    said = tuple(warnings)
    return SourceDraft(
        name=stem,
        text=whole,
        title=title or stem,
        fidelity=fidelity,
        original=PurePath(name).name,
        sha256=sha256(data).hexdigest(),
        encoding=encoding,
        confidence=confidence,
        warnings=said if whole.strip() else (*said, "there is no text in the file"),
    )


def whole_characters(text: str) -> str:
    """The text with surrogate halves put together; one without its other half, which no file can hold, becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
