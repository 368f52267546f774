"""The files of a replication package (a folder for reviewers): their names, checksums and sizes.

A package may come from an untrusted person. For this reason, links, devices and very large files are refused.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.text import one_line
from sibtui.project.replication.manifest import SUMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_MOST_FILES, _LARGEST, _LARGEST_LIST = 100_000, 1 << 33, 1 << 26
_CHUNK = 1 << 20


def stated_sums(folder: Path) -> dict[str, str]:
    """Return the file SHA256SUMS as a map: file name → checksum. Raises InputError when it is missing or invalid."""
    path = folder / SUMS
    if not path.is_file() or path.is_symlink():
        raise InputError(f"{folder} is no replication package: it has no file {SUMS}.")
    if path.stat().st_size > _LARGEST_LIST:
        raise InputError(f"{SUMS} is too large for a list of checksums.")
    try:
        lines = path.read_bytes().decode().splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{SUMS} is not a list of checksums in UTF-8.") from error
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise InputError(f"{SUMS}, line {number}: this is no checksum with a file name.")
        name = found[2]
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or str(PurePosixPath(name)) != name or name in sums:
            raise InputError(
                f"{SUMS}, line {number}: “{one_line(name, 60)}” is no name of a file in the package, or is there twice."
            )
        sums[name] = found[1]
    return sums


def present_files(folder: Path) -> dict[str, Path]:
    """Return a map of the files in a folder and its subfolders: path inside the folder → full path.

    The file SHA256SUMS is left out. Raises InputError for a link, a device, a file that is too large, or too many
    files.
    """
    files: dict[str, Path] = {}
    for path in _inside(folder):
        name = path.relative_to(folder).as_posix()
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(
                f"“{one_line(name, 60)}” is a link or a device: a replication package has only files and folders."
            )
        if status.st_size > _LARGEST:
            raise InputError(
                f"“{one_line(name, 60)}” is larger than {_LARGEST >> 30} GB: it is no file of a replication package."
            )
        if name != SUMS:
            files[name] = path
        if len(files) > _MOST_FILES:
            raise InputError(f"{folder} has more than {_MOST_FILES:,} files: it is no replication package.")
    return files


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the path of each file in a folder and its subfolders.

    A link to a folder is yielded as one file. The files in the linked folder are not yielded.
    """
    for within, folders, names in os.walk(folder):
        folders.sort()
        yield from (
            Path(within, name)
            for name in (*folders, *sorted(names))
            if name in names or Path(within, name).is_symlink()
        )


def sum_of(path: Path, step: Callable[[], None]) -> str:
    """Return the SHA-256 checksum of a file. `step` is called after each chunk, and may raise to cancel."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                step()
                digest.update(chunk)
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    return digest.hexdigest()
