"""Making the sources for an import. The text of a source is the text that a reader has extracted from a file."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.formats.sources import comment_marks
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.drafts import SourceDraft
from sibtui.model.left_out import left_out as losses
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import CommentDraft
    from sibtui.model.left_out import LeftOutKind
    from sibtui.model.records import Fidelity

_INVISIBLE = ("Cc", "Cf")
"""The Unicode categories of control characters and of characters without width, such as U+200B and the byte order mark."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def source_draft(
    name: str,
    data: bytes,
    text: str,
    *,
    title: str = "",
    fidelity: Fidelity = "notes",
    encoding: str = "utf-8",
    confidence: float = 1.0,
    warnings: Iterable[str] = (),
    left_out: Mapping[LeftOutKind, int] | None = None,
    comments: Sequence[CommentDraft] = (),
    options: ReadOptions = DEFAULT,
) -> SourceDraft:
    """Return a source for the import. `name` is the name of its file, and `data` are the bytes of the file.

    `text` is the text that the reader has extracted. It contains the markers of `comments` (see `comment_marks`).
    `confidence` (0-1) states how certain the encoding is. `left_out` is a map: kind of content that is not in the text
    → its count. If `options` ask for comments, the source has them; otherwise they are counted as left out. If the text
    is empty, a warning is added.
    """
    stem = PurePath(name).stem
    whole, found = comment_marks.extract(normalise(whole_characters(text)), comments)
    counts = dict(left_out or {})
    if not options.comments:
        counts["comment"] = counts.get("comment", 0) + len(found)
    notices = tuple(warnings)
    return SourceDraft(
        name=stem,
        text=whole,
        title=title or stem,
        fidelity=fidelity,
        original=PurePath(name).name,
        sha256=sha256(data).hexdigest(),
        encoding=encoding,
        confidence=confidence,
        warnings=(*notices, *no_text(whole)),
        left_out=losses(counts),
        comments=found if options.comments else (),
    )


def no_text(text: str) -> tuple[str, ...]:
    """Return a tuple with one warning if the text has no visible character; otherwise an empty tuple."""
    visible = any(not c.isspace() and unicodedata.category(c) not in _INVISIBLE for c in text)
    return () if visible else ("there is no text in the file",)


def whole_characters(text: str) -> str:
    """Return the text with each pair of surrogates joined to one character.

    A surrogate without a partner becomes U+FFFD, because it cannot be stored in a file.
    """
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
