"""The key file, which has the real names of people and their pseudonyms.

The file is beside the study, and is not part of the study. Only its owner can read the file.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from sibtui.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.model.pseudonyms import Pseudonym

SUFFIX = ".sibtui-key"


def key_beside(study: Path) -> Path:
    """Return the usual path of the key file of a study: the path of the study with another file extension."""
    return study.with_suffix(SUFFIX)


def read(path: Path) -> tuple[Pseudonym, ...]:
    """Return the real names and pseudonyms in a key file. If there is no file, return an empty tuple.

    Raises InputError when the file cannot be read or used, or when other people can read it.
    """
    from sibtui.formats.codec.pseudonym_key import read_key
    from sibtui.project.importing.files import read_bytes

    if not path.exists():
        return ()
    _refuse_readable_by_others(path)
    data = read_bytes(path)
    return read_key(path.name, data) if data.strip() else ()


def write(path: Path, key: Sequence[Pseudonym]) -> None:
    """Write the entries of a key file. Raises InputError, and changes nothing, when the file cannot be written."""
    from sibtui.formats.codec.pseudonym_key import write_key
    from sibtui.project.exporting.safe_write import write_file

    if path.exists():
        _refuse_readable_by_others(path)
    write_file(path, write_key(key), force=True)


def _refuse_readable_by_others(path: Path) -> None:
    """Raise InputError if other people may read or change the file, or for a path that is not a file."""
    if not path.is_file():
        raise InputError(f"{path} is not a file: name a file for the key.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise InputError(
            f"Other people can read {path}, which has the real names: it is not used. Take their permission away (mode 600).",
            "key-permission",
        )
