"""Zip archives of projects: reading single files up to a limit of size, and writing archives.

The same files always give an archive with the same bytes.
"""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Protocol
from weakref import finalize

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, open_member, read_member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager

_LARGEST = 1 << 30
_WITH_FILMS = 1 << 40
_WITHOUT_ZIP64 = 1 << 30
"""The largest size in bytes of a member that is written without the extension ZIP64.

Older programs cannot read ZIP64.
"""
_STAMP = (1980, 1, 1, 0, 0, 0)


class ProjectFiles(Protocol):
    """Access to the files of a project by their names. The files may be in an archive or in a folder."""

    @property
    def members(self) -> Collection[str]: ...

    def read(self, member: str) -> bytes:
        """Return the bytes of the file `member`. Raises InputError when the file cannot be read or is too large."""
        ...

    def open(self, member: str) -> AbstractContextManager[IO[bytes]]:
        """Return a stream of the bytes of the file `member`.

        Raises InputError when the file cannot be opened or is too large. Reading the stream can raise InputError too.
        """
        ...


class Archive:
    """Reads single files from a zip archive by their names.

    All files that are read may have at most 1 GiB in total when unpacked.
    """

    def __init__(self, name: str, file: IO[bytes], *, kind: str) -> None:
        """Open the archive in a file. The file is closed when the archive is no longer in use.

        Raises InputError when the file is not an archive, or is truncated, encrypted or a zip bomb.
        """
        finalize(self, file.close)
        self._name = name
        self._zip = open_archive(name, file, kind=kind, largest=_WITH_FILMS)
        self._left = _LARGEST
        self._counted: set[str] = set()
        self.members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}

    def read(self, member: str) -> bytes:
        self._count(member)
        return read_member(self._zip, member, name=self._name)

    def open(self, member: str) -> AbstractContextManager[IO[bytes]]:
        self._count(member)
        return open_member(self._zip, member, name=self._name)

    def _count(self, member: str) -> None:
        if member not in self._counted:  # a text is read again when its source is stored
            self._counted.add(member)
            self._left -= self.members[member].file_size
        if self._left < 0:
            raise InputError(f"{self._name} was not read: its texts would unpack to more than a gigabyte.")


def write_zip(file: IO[bytes], members: Iterable[tuple[str, Iterable[bytes], int]], *, level: int = 6) -> None:
    """Write a zip archive with these members to `file`, in this order. The same members always give the same bytes.

    A member is (name, chunks of its data, approximate size in bytes). By the size, the function decides whether the
    member needs the ZIP64 form for large files. The size may be a few megabytes too small.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as target:
        for name, chunks, size in members:
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info._compresslevel = level  # type: ignore[attr-defined] # noqa: SLF001 - `open` has no argument for it
            info.create_system = 3
            info.external_attr = 0o600 << 16
            with target.open(info, "w", force_zip64=size > _WITHOUT_ZIP64) as member:
                for chunk in chunks:
                    member.write(chunk)
