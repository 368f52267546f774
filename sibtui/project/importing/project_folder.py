"""The files of a REFI-QDA project that is not packed as a `.qdpx` file: a folder, or a single `.qde` file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sibtui.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LARGEST = 1 << 30
_MOST_FILES = 100_000


class ProjectFolder:
    """Reads the files of a project folder by their relative paths. Only the files in `members` can be read."""

    def __init__(self, folder: Path, members: Sequence[str]) -> None:
        self._folder = folder
        self._left = _LARGEST
        self._counted: set[str] = set()
        self.members = members

    def read(self, member: str) -> bytes:
        """Return the bytes of a file.

        Raises InputError when the file cannot be read, or when the files read so far are together larger than a
        gigabyte.
        """
        with self.open(member) as file:
            return file.read()

    @contextmanager
    def open(self, member: str) -> Iterator[IO[bytes]]:
        """Yield a stream of the bytes of a file. Raises the errors of `read`."""
        path = self._folder / member
        try:
            with path.open("rb") as file:
                if member not in self._counted:  # a text is read again when its source is stored
                    self._counted.add(member)
                    self._left -= os.fstat(file.fileno()).st_size
                if self._left < 0:
                    raise InputError(f"{self._folder} was not read: its texts have more than a gigabyte.")
                yield file
        except OSError as error:
            raise InputError(f"Cannot read {path}: {error.strerror}.") from error


def has_project(folder: Path) -> bool:
    return any(child.suffix.lower() == ".qde" for child in folder.iterdir())


def has_project_below(folder: Path) -> bool:
    """Return whether a `.qde` file is in the folder itself, or in exactly one of its subfolders."""
    if has_project(folder):
        return True
    folders = [child for child in folder.iterdir() if child.is_dir() and not child.is_symlink()]
    is_ours = any(child.name == "notes" for child in folders) or (folder / "study.toml").exists()
    return not is_ours and sum(map(has_project, folders)) == 1


def files_of(path: Path) -> ProjectFolder:
    """Return the files of a REFI-QDA project that is not packed as a `.qdpx` file.

    These are all files in a folder, or a `.qde` file and the files in the folder `sources` beside it. Links are left
    out, so that no file outside of the folder is opened. Raises InputError for a folder with too many files.
    """
    if path.is_dir():
        return ProjectFolder(path, _files_below(path, path))
    beside = [each for each in path.parent.iterdir() if each.name.lower() == "sources" and each.is_dir()]
    members = [member for each in beside if not each.is_symlink() for member in _files_below(each, path.parent)]
    return ProjectFolder(path.parent, [path.name, *members])


def _files_below(folder: Path, root: Path) -> list[str]:
    """Return the paths of the files in a folder and its subfolders, relative to `root`. Links are left out."""
    members: list[str] = []
    for parent, _, names in os.walk(folder):
        paths = [Path(parent, name) for name in names]
        members += [file.relative_to(root).as_posix() for file in paths if file.is_file() and not file.is_symlink()]
        if len(members) > _MOST_FILES:
            raise InputError(f"{folder} was not read: it has more than {_MOST_FILES:,} files.")
    return members
