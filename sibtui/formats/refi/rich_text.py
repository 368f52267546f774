"""The texts of sources that a REFI-QDA project has only as rich text. The readers of source files extract the texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from sibtui.errors import SibtuiError

_READ = (".docx", ".rtf", ".odt", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class RichText:
    """The text of a rich-text file. If the file cannot be read, `text` is None and `reason` explains why.

    `suffix` is the extension of the file. `warnings` are about missing content; each is a text without a full stop.
    """

    text: str | None
    suffix: str
    warnings: tuple[str, ...] = ()
    reason: str = ""


def read_rich(member: str, data: bytes) -> RichText:
    """Return the text of a rich-text file. The extension of its name `member` selects the reader."""
    from sibtui.formats.registry import read_source

    suffix = PurePosixPath(member).suffix.lower()
    if suffix not in _READ:
        return RichText(None, suffix, reason=f"there is no reader for {suffix or 'such'} files")
    try:
        draft = read_source(f"text{suffix}", data)[0]
    except SibtuiError:
        return RichText(None, suffix, reason="it is damaged, or its file extension is wrong")
    return RichText(draft.text, suffix, draft.notices)
