"""Files that a command reads and writes: the type of a path, the option `--force`, and the content of a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sibtui.errors import InputError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path


class PathType(click.Path):
    """The type of an option whose value is a path. The command receives a Path. pathlib is imported only if the option is given."""

    def coerce_path_result(self, value: str | os.PathLike[str]) -> Any:
        from pathlib import Path

        return Path(value)


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--force", is_flag=True, help="Overwrite an existing file.")(command)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, or of stdin if the path is `-`. Raises InputError if the file cannot be read."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("There is no standard input to read: name a file.")
        return sys.stdin.buffer.read()
    from sibtui.project.importing.files import read_bytes

    return read_bytes(path)
