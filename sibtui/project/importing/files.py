"""Finding and reading files, and making drafts of sources from them.

If a file cannot be read, the result has the reason. `project.sources.add` stores the drafts.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.registry import READERS, read_source
from sibtui.formats.sources.personal_columns import PERSONAL
from sibtui.formats.sources.read_options import DEFAULT, ReadOptions
from sibtui.model.arguments import AnyPath, Names, Paths, as_names, as_path, as_paths
from sibtui.model.deprecation import warn_renamed
from sibtui.model.drafts import SourceDraft
from sibtui.model.frozen import dataclass
from sibtui.model.text import listed, one_line, plural
from sibtui.project.importing.recordings import without_repeats

__all__ = [
    "PERSONAL",
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
"""The least confidence (0-1) at which the encoding of a file counts as certain. Below it, the encoding is a guess."""
_SURVEY = "sibtui.formats.sources.survey"
_BATCH = 32
"""The number of files that are read before they are stored together.

Storing each file separately takes an eighth longer.
"""
_AHEAD = 2 << 20
"""The number of bytes that are read from files before the import locks the study."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to read, each only once, and messages about the files that are ignored."""

    files: tuple[Path, ...]
    messages: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The old name of `messages`."""
        warn_renamed("FoundFiles.told", "FoundFiles.messages")
        return self.messages


NO_INTERVIEWER = "the interviewer is not known"
"""The last words of a warning about speakers, if no interviewer was named."""
NOBODY = "nobody is recognised who speaks in it: turns begin with a name and a colon, each name more than once"
"""The warning about a text in which no speakers were found. A pattern for the names of speakers may help."""
_NOBODY_MATCHES = "nobody is recognised who speaks in it: the pattern for speakers matches nowhere"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, with its path, its size in bytes, and the drafts of its sources.

    If the file cannot be read, `why` is the reason, and there are no drafts.
    """

    path: str
    drafts: tuple[SourceDraft, ...] = ()
    why: str = ""
    size: int = 0
    hint: str = ""


def is_survey(file: AnyPath) -> bool:
    """Return whether a file is a survey table. Each row of a survey table becomes a source."""
    return READERS.get(as_path(file).suffix.lower()) == _SURVEY


def find_files(paths: Paths, look: Callable[[], None] = lambda: None) -> FoundFiles:
    """Return the files in `paths`, and all readable files in the folders in `paths`.

    If a recording has transcripts in several formats, only the format with the most information is returned. `look` is
    called at intervals, and may raise to cancel. Raises InputError for a folder that cannot be read.

    >>> files_written = project.exports.folder("study-in-text")
    >>> [path.name for path in find_files("study-in-text/notes").files][:3]
    ['a1.md', 'a2.md', 'a3.md']
    """
    files: list[Path] = []
    messages: list[str] = []
    for path in as_paths(paths):
        files.extend(_within(path, messages, look) if path.is_dir() else (path,))
    kept, repeats = without_repeats(list(dict.fromkeys(files)), read_bytes)
    return FoundFiles(tuple(kept), (*messages, *repeats))


def _within(folder: Path, messages: list[str], look: Callable[[], None]) -> Iterator[Path]:
    """Yield the readable files in a folder and its subfolders, in order.

    `messages` gets a message about the other files, including links that lead out of the folder. `look` is called at
    intervals, and may raise to cancel.
    """
    others: list[str] = []
    found = 0
    inside = folder.resolve()
    for entry in _entries(folder, look):
        if _is_readable(entry) and (not entry.is_symlink() or Path(entry).resolve().is_relative_to(inside)):
            found += 1
            yield Path(entry)
        else:
            others.append(Path(entry.name).suffix.lower())
    shown = one_line(str(folder))
    if others:
        kinds = listed(dict.fromkeys(one_line(suffix, 12) or "no suffix" for suffix in sorted(others)))
        messages.append(f"{plural(len(others), 'other file')} in {shown} left alone ({kinds}).")
    if not found:
        messages.append(f"there is nothing in {shown} that can be read: there are readers for {' '.join(READERS)}.")


def _entries(folder: Path, look: Callable[[], None]) -> Iterator[os.DirEntry[str]]:
    """Yield the files of a folder in the order of their names, then those of each subfolder.

    Hidden files and folders, lock files of Word, and links to folders are left out. The entries know their kind, so
    that no file needs a call of the operating system.
    """
    waiting = [str(folder)]
    while waiting:
        look()
        folders: list[str] = []
        try:
            with os.scandir(waiting.pop()) as listing:
                entries = sorted((each for each in listing if not each.name.startswith(".")), key=attrgetter("name"))
        except OSError as error:
            raise InputError(f"Cannot read {error.filename}: {error.strerror}.") from error
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif not (entry.name.startswith("~$") or (entry.is_symlink() and os.path.isdir(entry))):  # noqa: PTH112 - no error for a link that cannot be followed
                yield entry
        waiting.extend(reversed(folders))


def _is_readable(entry: os.DirEntry[str]) -> bool:
    """Return whether a file in a folder can be read as sources. A JSON file must contain a transcript."""
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - a Path for each of 10,000 files takes longer
    is_file = os.path.isfile(entry) if entry.is_symlink() else entry.is_file(follow_symlinks=False)  # noqa: PTH113 - as above
    if suffix not in READERS or not is_file:
        return False
    if suffix != ".json":
        return True
    from sibtui.formats.sources.whisper_json import MARKS

    data = read_bytes(entry.path)
    return any(mark in data for mark in MARKS)


def read_file(
    path: AnyPath,
    *,
    encoding: str | None = None,
    options: ReadOptions = DEFAULT,
    name: str | None = None,
    data: bytes | None = None,
) -> ReadFile:
    """Read a file, and return drafts of its sources. If the file cannot be read, the result has the reason instead.

    If the file is one source, `name` becomes the name of this source. `data` are bytes to read in place of the file,
    for example from stdin. In this case, `name` is also used as the name of the file.

    >>> file = read_file("notes.md", data=b"They met every week.", name="a9")
    >>> [(draft.name, draft.text) for draft in file.drafts], file.why
    ([('a9', 'They met every week.')], '')
    """
    path, size = as_path(path), 0
    try:
        known = read_bytes(path) if data is None else data
        size = len(known)
        read_as = str(path) if data is None else f"{name}.md"
        drafts = read_source(read_as, known, encoding=encoding, options=options)
        return ReadFile(str(path), tuple(drafts if name is None else _named(path, drafts, name, data)), size=size)
    except SibtuiError as error:
        return ReadFile(str(path), why=str(error), size=size, hint=error.hint)


def read_ahead(files: Iterable[ReadFile]) -> Iterator[ReadFile]:
    """Read the first files (about 2 MB together), and return an iterator over all files, in the same order.

    So an import of usual size has read all files before it locks the study.

    >>> [file.path for file in read_ahead([read_file("notes.md", data=b"They met.", name="a9")])]
    ['notes.md']
    """
    waiting, rest, room = deque[ReadFile](), iter(files), _AHEAD
    for file in rest:
        waiting.append(file)
        room -= file.size
        if room < 0:
            break
    return _each(waiting, rest)


def _each(first: deque[ReadFile], rest: Iterator[ReadFile]) -> Iterator[ReadFile]:
    while first:
        while first:
            yield first.popleft()
        first.extend(islice(rest, _BATCH))


def read_bytes(path: AnyPath) -> bytes:
    """Return the content of a file. Raises InputError when the file cannot be read."""
    path = as_path(path)
    try:
        with path.open("rb", buffering=0) as file:  # one read of the whole file needs no buffer
            return file.readall()
    except OSError as error:
        raise _unreadable_file(path, error) from error


@contextmanager
def opened_bytes(path: AnyPath) -> Iterator[bytes | BinaryIO]:
    """Open a file, and yield it as a stream. For a pipe, yield its bytes instead, because a pipe can be read only once.

    Raises InputError when the file cannot be opened.
    """
    path = as_path(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable_file(path, error) from error
    with file:
        yield file if file.seekable() else file.read()


def _unreadable_file(path: Path, error: OSError) -> InputError:
    if isinstance(error, IsADirectoryError):
        return InputError(f"{path} is a folder: name a file.")
    return InputError(f"Cannot read {path}: {error.strerror}.")


def _named(path: Path, drafts: Sequence[SourceDraft], name: str, data: bytes | None) -> Iterator[SourceDraft]:
    if len(drafts) != 1:
        raise InputError(f"{path} holds {len(drafts)} sources, but one name is given.", "name-column")
    yield replace(drafts[0], name=name, original=drafts[0].original if data is None else "")


def doubt(draft: SourceDraft) -> str:
    """Return words about the guessed encoding of a text; empty if the encoding is certain."""
    if draft.confidence >= GUESS:
        return ""
    return f"read as {draft.encoding}, which is a guess ({draft.confidence * 100:.0f} of 100 sure)"


def with_speakers(file: ReadFile, asking: Names = (), pattern: str = "") -> ReadFile:
    r"""Return the file with two more attributes of its sources: `people` and `participants`.

    Their values are the number and the names of the speakers in the text. `asking` names the interviewers, who are not
    counted. `pattern` is a regular expression for the names of speakers, with a group `speaker`; if it is empty, the
    usual forms are found. Raises InputError when the pattern cannot be used.

    >>> file = read_file("a9.md", data=b"Eve: Why?\nAda: We left.\nEve: When?\nAda: In March.", name="a9")
    >>> with_speakers(file, asking="Eve").drafts[0].attributes
    {'people': 1, 'participants': 'Ada'}
    """
    alone, names = len(file.drafts) == 1, as_names(asking)
    return replace(file, drafts=tuple(_with_speakers(draft, names, pattern, alone=alone) for draft in file.drafts))


def _with_speakers(draft: SourceDraft, asking: Sequence[str], pattern: str, *, alone: bool) -> SourceDraft:
    from sibtui.formats.sources.speakers import respondents, turns

    found = turns(draft.text, pattern)
    names = draft.speakers if draft.speakers and not pattern else [turn.speaker for turn in found]
    people = respondents(names, asking)
    if not people:
        warnings = (_NOBODY_MATCHES if pattern and not found else NOBODY,) if alone else ()
        return replace(draft, warnings=(*draft.warnings, *warnings))
    interviewers = [name for name in dict.fromkeys(names) if name not in people]
    asks = f"; asked by {listed(interviewers)}" if interviewers else f"; {NO_INTERVIEWER}"
    warnings = (f"{plural(len(people), 'person speaks', 'people speak')}: {listed(people)}{asks}",)
    known = {"people": len(people), "participants": "; ".join(people)}
    return replace(draft, attributes=known | dict(draft.attributes), warnings=(*draft.warnings, *warnings))
