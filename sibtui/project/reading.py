"""Notes read from files and folders, before anything is stored: which files, what is in each, and why one is refused.

Both front ends bring notes in by these, and add what was read with `project.sources.add`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.read_options import DEFAULT, ReadOptions
from sibtui.formats.registry import READERS, read_source
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft

__all__ = [
    "READERS",
    "FoundFiles",
    "ReadFile",
    "ReadOptions",
    "doubt",
    "find_files",
    "is_survey",
    "read_bytes",
    "read_file",
    "with_speakers",
]

GUESS = 0.9
"""Below this confidence the encoding of a file was guessed, and that is told."""
_SURVEY = "sibtui.formats.survey"


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files that are to be read, each once; and, in a sentence each, what was left alone in folders."""

    files: tuple[Path, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, its size in bytes, and the sources in it; or why it was refused."""

    path: str
    drafts: tuple[SourceDraft, ...] = ()
    why: str = ""
    size: int = 0


def is_survey(file: Path) -> bool:
    """Whether such a file is a table, a source a row."""
    return READERS.get(file.suffix.lower()) == _SURVEY


def find_files(paths: Iterable[Path], look: Callable[[], None] = lambda: None) -> FoundFiles:
    """The files that are named, and those in the named folders that can be read.

    `look` is called now and then; by raising it ends the search.
    """
    files: list[Path] = []
    told: list[str] = []
    for path in paths:
        files.extend(_within(path, told, look) if path.is_dir() else (path,))
    return FoundFiles(tuple(dict.fromkeys(files)), tuple(told))


def _within(folder: Path, told: list[str], look: Callable[[], None]) -> Iterator[Path]:
    """What can be read in a folder and below it, in order. Links that lead out of it are left alone, and what else is there is counted."""
    others: list[str] = []
    found = 0
    inside = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=_unreadable):
        look()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith((".", "~$"))):  # ~$: Word's locks
            path = Path(place, name)
            if path.suffix.lower() in READERS and path.is_file() and path.resolve().is_relative_to(inside):
                found += 1
                yield path
            else:
                others.append(path.suffix.lower())
    shown = one_line(str(folder))
    if others:
        kinds = listed(dict.fromkeys(one_line(suffix, 12) or "no suffix" for suffix in sorted(others)))
        told.append(f"{plural(len(others), 'other file')} in {shown} left alone ({kinds}).")
    if not found:
        told.append(f"there is nothing in {shown} that can be read: there are readers for {' '.join(READERS)}.")


def _unreadable(error: OSError) -> None:
    raise InputError(f"Cannot read {error.filename}: {error.strerror}.") from error


def read_file(
    path: Path,
    *,
    encoding: str | None = None,
    options: ReadOptions = DEFAULT,
    name: str | None = None,
    data: bytes | None = None,
) -> ReadFile:
    """A file with its sources, or the reason why it has none. `name` names its only source.

    `data` are its bytes when they come from elsewhere, such as stdin: then `name` stands for the file too.
    """
    size = 0
    try:
        known = read_bytes(path) if data is None else data
        size = len(known)
        read_as = str(path) if data is None else f"{name}.md"
        drafts = read_source(read_as, known, encoding=encoding, options=options)
        return ReadFile(str(path), tuple(drafts if name is None else _named(path, drafts, name, data)), size=size)
    except SibtuiError as error:
        return ReadFile(str(path), why=str(error), size=size)


def read_bytes(path: Path) -> bytes:
    """A file's bytes. InputError says why it cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name a file.") from None
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error


def _named(path: Path, drafts: Sequence[SourceDraft], name: str, data: bytes | None) -> Iterator[SourceDraft]:
    if len(drafts) != 1:
        raise InputError(f"{path} holds {len(drafts)} sources, and --name names one: --name-column names such rows.")
    yield replace(drafts[0], name=name, original=drafts[0].original if data is None else "")


def doubt(draft: SourceDraft) -> str:
    """How sure the encoding of a file is, as a part of a sentence; empty when it is sure."""
    if draft.confidence >= GUESS:
        return ""
    return f"read as {draft.encoding}, which is a guess ({draft.confidence * 100:.0f} of 100 sure)"


def with_speakers(file: ReadFile, asking: Sequence[str] = ()) -> ReadFile:
    """The file's sources with the attributes `people` and `participants`, from who speaks in them; `asking` names who asks."""
    alone = len(file.drafts) == 1
    return replace(file, drafts=tuple(_with_speakers(draft, asking, alone=alone) for draft in file.drafts))


def _with_speakers(draft: SourceDraft, asking: Sequence[str], *, alone: bool) -> SourceDraft:
    from sibtui.formats.speakers import asked, turns  # noqa: PLC0415 - most files are added without it

    found = turns(draft.text)
    people = asked(found, asking)
    if not people:
        told = (
            ("nobody is recognised who speaks in it: turns begin with a name and a colon, each name more than once",)
            if alone
            else ()
        )
        return replace(draft, warnings=(*draft.warnings, *told))
    interviewers = [speaker for speaker in dict.fromkeys(turn.speaker for turn in found) if speaker not in people]
    asks = f"; asked by {listed(interviewers)}" if interviewers else "; nobody is known to ask (tell --interviewer)"
    told = (f"{plural(len(people), 'person speaks', 'people speak')}: {listed(people)}{asks}",)
    known = {"people": len(people), "participants": "; ".join(people)}
    return replace(draft, attributes=known | dict(draft.attributes), warnings=(*draft.warnings, *told))
