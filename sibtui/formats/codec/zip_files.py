"""Zip archives of projects: reading single files within limits, and writing reproducible archives."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Protocol

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, read_member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_LARGEST = 1 << 30
_WITH_FILMS = 1 << 40
_WITHOUT_ZIP64 = 1 << 30
"""Members of this size have the form that older programs read, too."""
_STAMP = (1980, 1, 1, 0, 0, 0)


class ProjectFiles(Protocol):
    """The files of a project by their names. They may be in an archive or a folder."""

    @property
    def members(self) -> Collection[str]: ...

    def read(self, member: str) -> bytes:
        """Return the bytes of a file. Raises InputError when it cannot be read or is too large."""
        ...


class Archive:
    """Reads the files of a zip archive by their names. All files read may have at most 1 GiB together when unpacked.

    Files that are not read, such as films, do not count.
    """

    def __init__(self, name: str, packed: zipfile.ZipFile) -> None:
        self._name = name
        self._zip = packed
        self._left = _LARGEST
        self.members = {info.filename: info for info in packed.infolist() if not info.is_dir()}

    def read(self, member: str) -> bytes:
        """Return the bytes of a file. Raises InputError when the file is damaged or the limit is exceeded."""
        self._left -= self.members[member].file_size
        if self._left < 0:
            raise InputError(f"{self._name} was not read: its texts would unpack to more than a gigabyte.")
        return read_member(self._zip, member, name=self._name)


@contextmanager
def archive(name: str, data: bytes, *, kind: str) -> Iterator[Archive]:
    """Open the archive in these bytes. Raises InputError when it is not an archive, or is truncated, encrypted or a zip bomb."""
    with open_archive(name, data, kind=kind, largest=_WITH_FILMS) as packed:
        yield Archive(name, packed)


def write_zip(file: IO[bytes], members: Iterable[tuple[str, Iterable[bytes], int]], *, level: int = 6) -> None:
    """Write a zip archive with these members into a file, in this order. The same members give the same bytes.

    A member is its name, the chunks of its data, and its size. The given size may be too small by a few megabytes.
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
