"""Atomic writes: files are complete or absent, readable by their owner only, and overwritten only on request."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import as_path
from sibtui.store.part_files import make_part, part_prefix, sweep, sync
from sibtui.store.side_files import is_database, side_files_removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.arguments import AnyPath


@contextmanager
def whole_file(path: AnyPath, *, force: bool = False, over_study: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path`.

    At the end of the block, the file there gets the name `path`; after an error it is removed. A link is followed. A pipe or a device gets
    the bytes when the file is complete. A study is not overwritten, unless `over_study` is set to put a new study in its place.
    """
    path = as_path(path)
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file() and not path.is_dir():
        with _poured_into(path) as aside:
            yield aside
        return
    _refuse_existing(path, force=force)
    if not over_study and _is_study(path):
        raise ConflictError(f"{path} is a study, and is not overwritten by an export: choose another name.")
    try:
        sweep(path.parent)
        aside = make_part(path)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.") from error
    try:
        yield aside
        if path.exists() and not over_study:
            aside.chmod(path.stat().st_mode & 0o777)  # keep the permissions of the existing file
        sync(aside)
        if is_database(aside):
            _refuse_existing(path, force=force)  # the side files of one made meanwhile are its own
            with side_files_removed(path, f"{part_prefix(path)}left"):
                _take_name(aside, path, force=force)
        else:
            _take_name(aside, path, force=force)
        sync(path.parent)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.") from error
    finally:
        aside.unlink(missing_ok=True)


def _take_name(aside: Path, path: Path, *, force: bool) -> None:
    if force:
        aside.replace(path)
        return
    try:
        os.link(aside, path)  # this fails when the file was created meanwhile; a rename would replace the file
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # a file system without links
        _refuse_existing(path, force=force)
        aside.replace(path)


@contextmanager
def _poured_into(path: Path) -> Iterator[Path]:
    """Yield a temporary file. At the end of the block, its bytes are copied to the pipe or device at `path`."""
    with tempfile.TemporaryDirectory(prefix="sibtui-") as folder:
        aside = Path(folder, "aside")
        aside.touch(mode=0o600)
        yield aside
        try:
            with aside.open("rb") as data, path.open("wb") as device:
                shutil.copyfileobj(data, device)
        except OSError as error:
            raise InputError(f"Cannot write {path}: {error.strerror}.") from error


def _is_study(path: Path) -> bool:
    """Return whether a file is a sibtui study: SQLite's header with our application id."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == b"SIBT"


def write_file(path: AnyPath, chunks: Iterable[str] | Iterable[bytes], *, force: bool = False) -> None:
    """Write texts (as UTF-8) or bytes to a file, whole or not at all.

    Raises ConflictError when the file exists and `force` is not set, InputError when it cannot be written.
    """
    with whole_file(path, force=force) as aside, aside.open("wb") as file:
        for chunk in chunks:
            file.write(chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk)


def write_folder(
    folder: AnyPath, files: Iterable[tuple[str, bytes]], owned: Iterable[str], *, force: bool = False
) -> int:
    """Write files into a folder, all of them or none, and return their number. The folder above it must exist.

    A folder with contents requires `force`. Then each file is replaced by a complete one, and older files that fit a pattern in
    `owned` are removed. All other files, such as those of a repository, stay.

    Raises ConflictError when the folder has contents and `force` is not set, InputError when it cannot be written.
    """
    folder = as_path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not force:
        raise _exists(folder)
    _refuse_missing_parent(folder)
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=".sibtui-"))
    except OSError as error:
        raise InputError(f"Cannot write {folder}: {error.strerror}.") from error
    try:
        written = [_write_aside(aside, name, data) for name, data in files]
        for name in written:
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (aside / name).replace(target)
        for pattern in owned:
            for old in sorted(folder.glob(pattern)):
                if old.is_file() and old.relative_to(folder).as_posix() not in written:
                    old.unlink()
    except OSError as error:
        raise InputError(f"Cannot write {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if is_new:
            with suppress(OSError):  # a folder that is not empty stays
                folder.rmdir()
    return len(written)


def _write_aside(aside: Path, name: str, data: bytes) -> str:
    target = aside / name
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return name


def _refuse_existing(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise ConflictError(f"{path} is a folder: give the name of a file.")
    if path.exists() and not force:
        raise _exists(path)
    _refuse_missing_parent(path)


def _refuse_missing_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent} to write {path.name} into.")


def _exists(path: Path) -> ConflictError:
    return ConflictError(f"{path} already exists.", "overwrite")
