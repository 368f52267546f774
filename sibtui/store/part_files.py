"""Part files: files and folders that are still being written. This module names them, and removes those left behind.

A part file is left behind when its process is interrupted. It may hold interview text, so only its owner can read it.
Its name has the form `.NAME.MACHINE-PROCESS-RANDOM.part`.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.arguments import AnyPath

_ABANDONED = 600
"""The number of seconds without a change after which an incomplete file from another machine counts as abandoned."""


def make_part(path: Path) -> Path:
    """Create an empty file with a temporary name, and return its path. Raises OSError when this fails.

    The caller renames the file to `path` when it is complete.
    """
    from pathlib import Path
    from tempfile import mkstemp

    handle, name = mkstemp(dir=path.parent, prefix=part_prefix(path), suffix=".part")
    os.close(handle)  # mkstemp makes it 0600
    return Path(name)


def make_part_folder(path: Path) -> Path:
    """Create an empty folder with a temporary name, and return its path. Raises OSError when this fails.

    The caller renames the folder to `path` when it is complete.
    """
    from pathlib import Path
    from tempfile import mkdtemp

    return Path(mkdtemp(dir=path.parent, prefix=part_prefix(path), suffix=".part"))


def part_prefix(path: Path) -> str:
    """Return the beginning of a temporary file name: `.NAME.MACHINE-PROCESS-`.

    NAME is the name of `path`, MACHINE a code for this machine, and PROCESS the id of this process.
    """
    name = path.name.encode(errors="surrogateescape")[:100].decode(errors="ignore")
    return f".{name}.{_machine()}-{os.getpid()}-"


@cache
def _machine() -> str:
    """Return a short code for this machine and its process namespace. Within a namespace, process ids are unique."""
    from platform import node

    from sibtui.store.hashing import small_sha256

    space = ""
    with suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - a name like "pid:[4026531836]", no path
    return small_sha256(f"{node()} {space}".encode())[:8]


def sweep(folder: AnyPath, most: int | None = None, *, of: str = "") -> None:
    """Remove the incomplete files that interrupted processes left in a folder.

    At most `most` entries of the folder are examined. With `of`, only files with this NAME in their temporary name
    are removed (see the module docstring). A file of another machine is removed only if it has not changed for ten
    minutes, because the other machine may still be writing it.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in islice(entries, most):
            found = _part_name(entry.name) if entry.name.startswith(".") else None
            if found is not None and of in ("", found[1]):
                from pathlib import Path

                _remove_abandoned(Path(entry.path), found[2], int(found[3]))


def _part_name(name: str) -> re.Match[str] | None:
    return re.fullmatch(r"\.(.+)\.([0-9a-f]{8})-([0-9]+)-[^.]*\.part(?:-journal|-wal|-shm)?", name)


def is_abandoned(path: Path) -> bool:
    """Return whether `path` is an incomplete file that an interrupted process left.

    A file of another machine counts as abandoned if it has not changed for ten minutes.
    """
    found = _part_name(path.name)
    return found is not None and _has_ended(path, found[2], int(found[3]))


def _has_ended(part: Path, machine: str, process: int) -> bool:
    if machine == _machine():
        return not is_running(process)
    from time import time

    return time() - part.stat().st_mtime > _ABANDONED


def _remove_abandoned(part: Path, machine: str, process: int) -> None:
    with suppress(OSError):
        if not _has_ended(part, machine, process):
            return
        if part.is_dir() and not part.is_symlink():
            from shutil import rmtree

            rmtree(part)
        else:
            part.unlink()


def is_running(process: int) -> bool:
    """Return whether a process with this id exists; True if the system does not allow the check."""
    if sys.platform == "win32":  # there `os.kill` ends the process with any signal
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def sync(path: Path) -> None:
    """Force the content of a file or folder to the disk. Raises OSError when a file cannot be written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some file systems cannot sync a folder; the file itself was synced
        if path.is_file():
            raise
    finally:
        os.close(handle)
