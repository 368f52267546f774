"""The log of unexpected errors. It names the places in the program where errors occurred.

It never has the text of an interview.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.project.shared.program_folders import folder

if TYPE_CHECKING:
    from types import TracebackType

_LARGEST = 1_000_000


def log_fault(error: BaseException) -> Path:
    """Append the type and the traceback of an error to the log, and return the path of the log.

    The message of the error and the values of variables are left out, because they may quote interviews.
    """
    file = folder("log") / "sibtui.log"
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    lines = [f"{at} {kind_of(error)}", *(f"    {place}" for place in _places(error.__traceback__))]
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LARGEST:
            file.replace(file.with_suffix(".log.1"))
        with open(file, "a", encoding="utf-8", opener=_open_own) as log:
            log.write("\n".join(lines) + "\n")
    return file


def _open_own(path: str, flags: int) -> int:
    """Open a file that only its owner can read, and return its file descriptor.

    If the file exists already, remove the access rights of other users.
    """
    handle = os.open(path, flags, 0o600)
    if sys.platform != "win32":
        os.fchmod(handle, 0o600)
    return handle


def kind_of(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
