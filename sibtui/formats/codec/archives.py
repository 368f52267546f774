"""Opening untrusted zip archives, with checks for damage, passwords and zip bombs, and reading their members."""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from sibtui.errors import InputError
from sibtui.formats.codec.magic import guess_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

LARGEST = 1 << 29
"""The default limit in bytes for the total unpacked size of an archive: half a gigabyte."""
_SMALL, _RATIO = 1 << 23, 200
"""A member of an archive that exceeds both this size (8 MB) and this ratio of compression counts as a zip bomb.

Such a member can only contain repetition.
"""
_CHUNK = 1 << 20
_ENCRYPTED = 1
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, ValueError, struct.error, zlib.error)


def open_archive(name: str, data: bytes | IO[bytes], *, kind: str, largest: int = LARGEST) -> ZipFile:
    """Return the zip archive in a file.

    `kind` names the expected format in messages, such as `a Word document`. Raises InputError when the file is not an
    archive, is cut short, has a password, would unpack to more than `largest` bytes, or has a member that is a zip
    bomb.
    """
    file = BytesIO(data) if isinstance(data, bytes) else data
    begin = file.read(_CHUNK)
    if not begin.startswith(b"PK"):
        other = guess_kind(begin)
        raise InputError(
            f"{name} is not {kind}: it {f'seems to be {other}' if other else 'is empty' if not begin else 'is not an archive'}."
        )
    try:
        archive = ZipFile(file)
        members = archive.infolist()
    except _BROKEN as error:
        raise InputError(f"{name} is damaged or cut short: it cannot be opened as {kind}.") from error
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise InputError(f"{name} has a password: save a copy without one.")
    if sum(member.file_size for member in members) > largest or any(map(_is_bomb, members)):
        raise InputError(f"{name} would unpack to far more than {kind} holds: it was not opened.")
    return archive


def read_member(archive: ZipFile, member: str, *, name: str) -> bytes:
    """Return the unpacked bytes of a member of an archive. Raises InputError when the member is missing or damaged.

    `name` is the name of the archive in messages.
    """
    try:
        info = archive.getinfo(member)
    except KeyError as error:
        raise InputError(f"{name} is damaged: “{member}” is missing in it.") from error
    chunks: list[bytes] = []
    try:
        with archive.open(info) as file:
            # In chunks: otherwise zipfile unpacks the whole member before it cuts it to the size given in the archive.
            while chunk := file.read(_CHUNK):
                chunks.append(chunk)
    except (*_BROKEN, RuntimeError) as error:
        raise InputError(f"{name} is damaged: “{member}” in it cannot be unpacked.") from error
    return b"".join(chunks)


@contextmanager
def open_member(archive: ZipFile, member: str, *, name: str) -> Iterator[IO[bytes]]:
    """Yield a stream of one member of an archive.

    Raises InputError when the member is missing or damaged. Damage may be found only while the stream is read.
    """
    try:
        with archive.open(member) as file:
            yield file
    except KeyError as error:
        raise InputError(f"{name} is damaged: “{member}” is missing in it.") from error
    except (*_BROKEN, RuntimeError) as error:
        raise InputError(f"{name} is damaged: “{member}” in it cannot be unpacked.") from error


def repack(archive: ZipFile, *, name: str) -> bytes:
    """Return the bytes of a new zip archive with the same members. Each member is unpacked and checked first.

    An untrusted archive may state a wrong size for a member. In the new archive, all sizes are correct, so any library
    can unpack it safely.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as target:
        for member in dict.fromkeys(info.filename for info in archive.infolist()):
            target.writestr(member, read_member(archive, member, name=name))
    return packed.getvalue()


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > _RATIO * member.compress_size
