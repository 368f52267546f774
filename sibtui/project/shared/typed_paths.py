"""Paths that users type or that terminals paste, and their completion.

A path may be quoted or escaped, and may contain `~`. A line may have several paths.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 5_000
"""The largest number of names that are read from a folder for a completion. The limit keeps the completion fast."""
_ESCAPES = os.name != "nt"  # on Windows a backslash separates folders
_WANTS_ESCAPE = re.compile(r"""([\s'"\\])""")


@dataclass(frozen=True, slots=True)
class PathWord:
    """One word of a typed line, without quotation marks, and the offset in the line at which the word begins."""

    start: int
    text: str


def words(line: str) -> list[PathWord]:
    """Return the words of a line, split like the line of a shell.

    If a closing quotation mark is missing, the word ends at the end of the line.
    """
    found: list[PathWord] = []
    start, text, quote = -1, "", ""
    characters = iter(enumerate(line))
    for at, character in characters:
        if start < 0 and not character.isspace():
            start, text = at, ""
        if quote and character == quote:
            quote = ""
        elif character == "\\" and _ESCAPES and quote != "'":
            text += next(characters, (at, "\\"))[1]
        elif not quote and character in "'\"":
            quote = character
        elif not quote and character.isspace():
            if start >= 0:
                found.append(PathWord(start, text))
            start = -1
        else:
            text += character
    return [*found, PathWord(start, text)] if start >= 0 else found


def path_of(text: str) -> Path:
    """Return the path that a typed word names. `~` and file:// addresses are resolved."""
    text = text.replace("\0", "")
    if text.startswith("file://"):
        from urllib.parse import unquote, urlparse
        from urllib.request import url2pathname

        text = url2pathname(unquote(urlparse(text).path, errors="surrogateescape"))
    path = Path(text)
    with suppress(RuntimeError):  # ~nobody
        path = path.expanduser()
    return path


def paths_in(line: str) -> list[Path]:
    """Return the paths in a line. `*` in a path matches names of existing files.

    If the whole line is an existing path, it is one path, even with spaces in it.
    """
    line = line.strip()
    if not line:
        return []
    if _exists(path_of(line)):
        return [path_of(line)]
    return list(dict.fromkeys(path for word in words(line) for path in _matching(word.text)))


def _matching(text: str) -> Sequence[Path]:
    path = path_of(text)
    if "*" in path.name and not _exists(path) and path.parent.is_dir():
        return sorted(found for found in path.parent.glob(path.name) if not found.name.startswith(".")) or [path]
    return [path]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the name is too long, or the folder cannot be read
        return False


def completed(line: str, suffixes: Sequence[str]) -> tuple[str, list[str]]:
    """Return (line with a longer last path, names that can complete this path).

    The names are those of folders, and of files with one of the suffixes. If there are none, the names of all files
    are used. The path gets the characters with which all names begin: with `notes-1.md` and `notes-2.md`, `n`
    becomes `notes-`.
    """
    line = line.lstrip()
    whole, last = PathWord(0, line), (words(line) or [PathWord(0, "")])[-1]
    if line and line[-1].isspace() and not line.endswith("\\ "):
        last = PathWord(len(line), "")
    for word in (whole, last) if whole.text != last.text else (last,):
        names = _names(word.text, suffixes)
        if names:
            folder, beginning = _split(word.text)
            common = os.path.commonprefix(names)  # noqa: RUF071 - the common characters, not the common folders
            if len(common) < len(beginning):  # the candidates differ in letter case within the typed beginning
                common = beginning
            return line[: word.start] + _escaped(folder + common), names
    return line, []


def _names(text: str, suffixes: Sequence[str]) -> list[str]:
    """Return the names of files and folders that begin with the last part of a typed path.

    For `suffixes`, see `completed`. The name of a folder ends in a slash.
    """
    folder, beginning = _split(text)
    try:
        with os.scandir(path_of(folder) if folder else Path()) as scanned:
            entries = [(entry.name, entry.is_dir()) for entry in islice(scanned, _MOST)]
    except (OSError, ValueError):
        return []
    visible = [(name, inside) for name, inside in entries if beginning.startswith(".") or not name.startswith(".")]
    fitting = [each for each in visible if each[0].startswith(beginning)]
    fitting = fitting or [each for each in visible if each[0].casefold().startswith(beginning.casefold())]
    offered = [each for each in fitting if each[1] or Path(each[0]).suffix.lower() in suffixes] or fitting
    return sorted(name + "/" if inside else name for name, inside in offered)


def _split(text: str) -> tuple[str, str]:
    """Return (folder of a typed path, beginning of a name). The folder ends in a slash, or is empty."""
    cut = max(text.rfind("/"), text.rfind(os.sep)) + 1
    if not cut and text.startswith("~"):
        return text + "/", ""
    return text[:cut], text[cut:]


def _escaped(text: str) -> str:
    """Return a path in quotation marks or with escapes, so that a typed line reads it as one word."""
    if not _ESCAPES:
        return f'"{text}' if " " in text else text
    return _WANTS_ESCAPE.sub(r"\\\1", text)
