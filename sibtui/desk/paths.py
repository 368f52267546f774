"""Paths as people write them and as terminals paste them: quoted, escaped, several on a line, from home; and completing them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 5_000
"""Names of a folder that are looked at to complete one: nobody waits for more."""
_ESCAPES = os.name != "nt"  # where a backslash parts folders it escapes nothing
_WANTS_ESCAPE = re.compile(r"""([\s'"\\])""")


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words of a line, without its quotes, and where it begins."""

    start: int
    text: str


def words(line: str) -> list[Word]:
    """The words as a shell takes them. A quote that is not closed, as in what is being written, ends with the line."""
    found: list[Word] = []
    start, text, quote = -1, "", ""
    signs = iter(enumerate(line))
    for at, sign in signs:
        if start < 0 and not sign.isspace():
            start, text = at, ""
        if quote and sign == quote:
            quote = ""
        elif sign == "\\" and _ESCAPES and quote != "'":
            text += next(signs, (at, "\\"))[1]
        elif not quote and sign in "'\"":
            quote = sign
        elif not quote and sign.isspace():
            if start >= 0:
                found.append(Word(start, text))
            start = -1
        else:
            text += sign
    return [*found, Word(start, text)] if start >= 0 else found


def path_of(text: str) -> Path:
    """The path that a word means: `~` is home; file:// is how some programs hand files over."""
    text = text.replace("\0", "")
    if text.startswith("file://"):
        from urllib.parse import unquote, urlparse  # noqa: PLC0415 - few programs write so
        from urllib.request import url2pathname  # noqa: PLC0415

        text = url2pathname(unquote(urlparse(text).path, errors="surrogateescape"))
    path = Path(text)
    with suppress(RuntimeError):  # ~nobody
        path = path.expanduser()
    return path


def paths_in(line: str) -> list[Path]:
    """The paths on a line. A line that is one path is that path, whatever blanks are in it; `*` stands for names that are there."""
    line = line.strip()
    if not line:
        return []
    if _there(path_of(line)):
        return [path_of(line)]
    return list(dict.fromkeys(path for word in words(line) for path in _meant(word.text)))


def _meant(text: str) -> Sequence[Path]:
    path = path_of(text)
    if "*" in path.name and not _there(path) and path.parent.is_dir():
        return sorted(found for found in path.parent.glob(path.name) if not found.name.startswith(".")) or [path]
    return [path]


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that is closed
        return False


def completed(line: str, wanted: Sequence[str]) -> tuple[str, list[str]]:
    """The line with its last path completed as far as it is certain, and the names that it can be.

    Files whose suffix is in `wanted` are offered, and folders; if there are none, any file.
    """
    line = line.lstrip()
    whole, last = Word(0, line), (words(line) or [Word(0, "")])[-1]
    if line and line[-1].isspace() and not line.endswith("\\ "):
        last = Word(len(line), "")
    for word in (whole, last) if whole.text != last.text else (last,):
        names = _names(word.text, wanted)
        if names:
            folder, begun = _parted(word.text)
            common = os.path.commonprefix(names)  # noqa: RUF071 - of their signs, not of their folders
            if len(common) < len(begun):  # they differ in the case of letters already
                common = begun
            return line[: word.start] + _escaped(folder + common), names
    return line, []


def _names(text: str, wanted: Sequence[str]) -> list[str]:
    """What is there that begins like the last part of a path; folders end in a slash."""
    folder, begun = _parted(text)
    try:
        with os.scandir(path_of(folder) if folder else Path()) as entries:
            there = [(entry.name, entry.is_dir()) for entry in islice(entries, _MOST)]
    except (OSError, ValueError):
        return []
    there = [(name, inside) for name, inside in there if begun.startswith(".") or not name.startswith(".")]
    fitting = [each for each in there if each[0].startswith(begun)]
    fitting = fitting or [each for each in there if each[0].casefold().startswith(begun.casefold())]
    offered = [each for each in fitting if each[1] or Path(each[0]).suffix.lower() in wanted] or fitting
    return sorted(name + "/" if inside else name for name, inside in offered)


def _parted(text: str) -> tuple[str, str]:
    """The folder of a path, with the slash behind it, and the name begun."""
    cut = max(text.rfind("/"), text.rfind(os.sep)) + 1
    if not cut and text.startswith("~"):
        return text + "/", ""
    return text[:cut], text[cut:]


def _escaped(text: str) -> str:
    """As it must stand on the line to be one word."""
    if not _ESCAPES:
        return f'"{text}' if " " in text else text
    return _WANTS_ESCAPE.sub(r"\\\1", text)
