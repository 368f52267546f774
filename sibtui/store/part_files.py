"""Incomplete files: the names that they have while they are written, and their removal after a killed process left them.

They may hold interview text. All have one pattern of name, `.NAME.PROCESS-RANDOM.part`, and are readable by their owner only.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_ABANDONED = 600
"""Seconds after which an incomplete file of an ended process may be removed."""
_PATTERN = re.compile(r"\..+\.([0-9]+)-[^.]*\.part(?:-journal|-wal|-shm)?")


def make_part(path: Path) -> Path:
    """Create an empty incomplete file beside `path`, which is to take its name. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=part_prefix(path), suffix=".part")
    os.close(handle)  # mkstemp makes it 0600
    return Path(name)


def part_prefix(path: Path) -> str:
    """Return the beginning of the names of incomplete files of this process that are to become `path`."""
    name = path.name.encode(errors="surrogateescape")[:100].decode(errors="ignore")
    return f".{name}.{os.getpid()}-"


def sweep(folder: Path) -> None:
    """Remove the incomplete files that a killed process or a power cut left in a folder.

    Only files that were not written to for a while are removed: in a synced folder, another machine may be making them.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and (found := _PATTERN.fullmatch(entry.name)) is not None:
                _remove_abandoned(Path(entry.path), int(found[1]))


def is_abandoned(path: Path) -> bool:
    """Return whether the file was left incomplete by a process that has ended."""
    found = _PATTERN.fullmatch(path.name)
    return found is not None and not is_running(int(found[1]))


def _remove_abandoned(part: Path, process: int) -> None:
    with suppress(OSError):
        if time.time() - part.stat().st_mtime > _ABANDONED and not is_running(process):
            part.unlink()


def is_running(process: int) -> bool:
    """Return whether a process with this number exists; True where this cannot be known."""
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
    """Write a file or the entries of a folder to the disk. Raises OSError when a file cannot be written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some file systems cannot sync a folder; the file itself was synced
        if path.is_file():
            raise
    finally:
        os.close(handle)
