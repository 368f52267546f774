"""Texts of a REFI-QDA project that are there as rich text alone: taken out of it by the readers that read notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from sibtui.errors import SibtuiError

_READ = (".docx", ".rtf", ".odt", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class RichText:
    """The text, or why there is none (`why`); `warnings` are parts of sentences about what was left out of it."""

    text: str | None
    suffix: str
    warnings: tuple[str, ...] = ()
    why: str = ""


def read_rich(member: str, data: bytes) -> RichText:
    """The text of a file of the project, by the suffix of its name."""
    from sibtui.formats.registry import read_source  # noqa: PLC0415 - few projects have a text in this form alone

    suffix = PurePosixPath(member).suffix.lower()
    if suffix not in _READ:
        return RichText(None, suffix, why=f"{suffix or 'such'} files are not read")
    try:
        draft = read_source(f"text{suffix}", data)[0]
    except SibtuiError:
        return RichText(None, suffix, why="it is damaged, or is not what its name says")
    return RichText(draft.text, suffix, draft.warnings)
