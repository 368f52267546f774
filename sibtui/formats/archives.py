"""Zip archives from anywhere: opened when they are whole and not larger than a document is, read member by member."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from sibtui.errors import InputError
from sibtui.formats.signatures import seems_to_be

if TYPE_CHECKING:
    from zipfile import ZipInfo

LARGEST = 1 << 29
"""What the members of an archive may be together, in bytes, unless the caller says otherwise: half a gigabyte."""
_SMALL, _RATIO = 1 << 23, 200
"""A member of more than 8 MB that is packed this many times smaller holds nothing but repetition: a zip bomb."""
_CHUNK = 1 << 20
_ENCRYPTED = 1
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, ValueError, struct.error, zlib.error)


def open_archive(name: str, data: bytes, *, kind: str, largest: int = LARGEST) -> ZipFile:
    """The archive that a file is. `kind` says what it should be: `a Word document`.

    InputError when it is none, is cut short, has a password, or would unpack to more than `largest` bytes. Nothing is
    written to a disk ever, so a member's name is only a name.
    """
    if not data.startswith(b"PK"):
        found = seems_to_be(data)
        raise InputError(
            f"{name} is not {kind}: it {f'seems to be {found}' if found else 'is empty' if not data else 'is no archive'}."
        )
    try:
        archive = ZipFile(BytesIO(data))
        members = archive.infolist()
    except _BROKEN as error:
        raise InputError(f"{name} is damaged or cut short: it cannot be opened as {kind}.") from error
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise InputError(f"{name} has a password: save a copy without one.")
    if sum(member.file_size for member in members) > largest or any(map(_is_bomb, members)):
        raise InputError(f"{name} would unpack to far more than {kind} holds: it was not opened.")
    return archive


def read_member(archive: ZipFile, member: str, *, name: str) -> bytes:
    """The bytes of one member. `name` is the archive's, for messages. InputError when it is missing or damaged."""
    try:
        info = archive.getinfo(member)
    except KeyError as error:
        raise InputError(f"{name} is damaged: “{member}” is missing in it.") from error
    chunks: list[bytes] = []
    try:
        with archive.open(info) as file:
            # In chunks: read at once, a member would be unpacked whole before it is cut to the size that it claims
            while chunk := file.read(_CHUNK):
                chunks.append(chunk)
    except (*_BROKEN, RuntimeError) as error:
        raise InputError(f"{name} is damaged: “{member}” in it cannot be unpacked.") from error
    return b"".join(chunks)


def repacked(archive: ZipFile, *, name: str) -> bytes:
    """The archive with every member as large as it claims to be, for a library that would unpack them by itself."""
    packed = BytesIO()
    with ZipFile(packed, "w") as honest:
        for member in dict.fromkeys(info.filename for info in archive.infolist()):
            honest.writestr(member, read_member(archive, member, name=name))
    return packed.getvalue()


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > _RATIO * member.compress_size
