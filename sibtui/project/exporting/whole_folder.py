"""Writing a folder as a whole. The files go to a temporary folder, which is renamed when it is complete."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import as_path
from sibtui.project.exporting.safe_write import refuse_missing_parent
from sibtui.store.part_files import make_part_folder, sweep, sync

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.arguments import AnyPath

UNFINISHED = ".unfinished-export"
"""The name of a file that is in a folder while its files are replaced one by one.

If it stays there, the replacement did not end: the folder has old and new files that do not belong together.
"""


def write_folder(
    folder: AnyPath, files: Iterable[tuple[str, bytes | Iterable[bytes]]], owned: Sequence[str], *, force: bool = False
) -> int:
    """Write all files into a folder, and return the number of files. The parent folder must exist.

    `files` has (path in the folder, content) for each file; the content is bytes or chunks of bytes. `owned` are
    patterns for the names of files that an earlier export may have written. Older files that match a pattern are
    removed. All other files, such as those of a git repository, are kept.

    If a file cannot be written, the folder does not change. In a folder with other files, there is one exception:
    the new files are moved into it one by one, and if a move fails, the files already moved stay. The folder then has
    the file `UNFINISHED`, so that nobody reads it as a study.

    Raises ConflictError when the folder has contents and `force` is not set, InputError when it cannot be written.
    """
    folder = usable_folder(folder, force=force)
    try:
        sweep(folder.absolute().parent)
        aside = make_part_folder(folder.absolute())
    except OSError as error:
        raise _unwritten(folder, error) from error
    try:
        written = [_write_aside(aside, name, data) for name, data in files]
        for inside in {aside, *((aside / name).parent for name in written)}:
            sync(inside)
        if _can_be_replaced(folder, owned):
            _replace_whole(aside, folder)
        else:
            _replace_each(aside, folder, written, owned)
        sync(folder.absolute().parent)
    except OSError as error:
        raise _unwritten(folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return len(written)


def usable_folder(folder: AnyPath, *, force: bool) -> Path:
    """Return the folder that `write_folder` writes to: `folder`, or its target if it is a link.

    Raises the errors of `write_folder` that are known before the first file is written.
    """
    folder = as_path(folder)
    folder = folder.resolve() if folder.is_symlink() else folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not force:
        raise ConflictError(f"{folder} already exists.", "overwrite")
    refuse_missing_parent(folder)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"Cannot write {folder}: it is a file.")
    return folder


def _write_aside(aside: Path, name: str, data: bytes | Iterable[bytes]) -> str:
    target = aside / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.writelines((data,) if isinstance(data, bytes) else data)
        file.flush()
        os.fsync(file.fileno())
    return name


def _can_be_replaced(folder: Path, owned: Sequence[str]) -> bool:
    """Return whether a folder is missing, or all files in it match a pattern in `owned`.

    The working folder of the program is never replaced: a shell that runs there would lose its folder.
    """
    if not folder.exists():
        return True
    current = Path.cwd()
    if folder.is_mount() or folder.samefile(current) or any(folder.samefile(above) for above in current.parents):
        return False
    folders = {above.as_posix() for pattern in owned for above in PurePosixPath(pattern).parents}
    for within, inside, names in os.walk(folder):
        here = Path(within).relative_to(folder)
        if not all((here / name).as_posix() in folders and not Path(within, name).is_symlink() for name in inside):
            return False
        for name in names:
            path, file = (here / name).as_posix(), Path(within, name)
            if file.is_symlink() or not file.is_file() or not any(fnmatchcase(path, pattern) for pattern in owned):
                return False
    return True


def _replace_whole(aside: Path, folder: Path) -> None:
    """Rename the complete new folder `aside` to its final name `folder`. An older folder is removed at the end."""
    if not folder.exists():
        aside.rename(folder)
        return
    aside.chmod(folder.stat().st_mode & 0o777)  # keep the permissions of the existing folder
    if _exchange(aside, folder):
        return
    older = make_part_folder(folder.absolute())
    folder.replace(older / "older")
    try:
        aside.rename(folder)
    except OSError:
        (older / "older").rename(folder)
        raise
    finally:
        shutil.rmtree(older, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step. Return False if the operating system cannot do this."""
    if sys.platform != "linux":
        return False
    import ctypes

    at_cwd, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # a C library without it
        return False
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)


def refuse_unfinished(folder: AnyPath) -> None:
    """Raise InputError if an export to a folder did not end, so that old and new files are mixed in the folder."""
    if (as_path(folder) / UNFINISHED).exists():
        raise InputError(
            f"The last export to {folder} did not end, so old and new files are mixed in it: export the study again."
        )


def _replace_each(aside: Path, folder: Path, written: Sequence[str], owned: Sequence[str]) -> None:
    mark = folder / UNFINISHED
    os.close(os.open(mark, os.O_CREAT | os.O_WRONLY, 0o600))
    sync(folder)
    moved = 0
    try:
        for name in written:
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (aside / name).replace(target)
            moved += 1
    finally:
        if not moved:
            mark.unlink(missing_ok=True)
    for pattern in owned:
        for old in sorted(folder.glob(pattern)):
            if old.is_file() and old.relative_to(folder).as_posix() not in written:
                with suppress(FileNotFoundError):
                    old.unlink()
    for changed in {folder, *((folder / name).parent for name in written)}:
        sync(changed)
    mark.unlink(missing_ok=True)


def _unwritten(folder: Path, error: OSError) -> InputError:
    mixed = (
        " Some of its files were replaced: export again, or it is not read." if (folder / UNFINISHED).exists() else ""
    )
    return InputError(f"Cannot write {folder}: {error.strerror}.{mixed}")
