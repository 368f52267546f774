"""Writing files safely.

A file appears only when it is complete. Only its owner can read a new file. An existing file is overwritten only with
`force`. On Linux, a file has no name while it is written, so that an interrupted process leaves no text on the disk.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import as_path
from sibtui.store.part_files import make_part, part_prefix, sweep, sync
from sibtui.store.side_files import is_database, is_study, side_files_removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.arguments import AnyPath


@contextmanager
def whole_file(path: AnyPath, *, force: bool = False, over_study: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path`, to which the `with` block writes.

    After the block, the temporary file is renamed to `path`; after an error, it is removed. If `path` is a link, its
    target is replaced. If `path` is a pipe or a device, the bytes are sent when the file is complete. A study at `path`
    is replaced only with `over_study`. Set `over_study` only if the new file is a study too.
    """
    path = _target(path)
    if _is_device(path):
        with _copied_to_pipe(path) as aside:
            yield aside
        return
    refuse_existing(path, force=force)
    if not over_study:
        _refuse_study(path)
    try:
        sweep(path.parent)
        aside = make_part(path)
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        yield aside
        if path.exists() and not over_study:
            aside.chmod(path.stat().st_mode & 0o777)  # keep the permissions of the existing file
        sync(aside)
        if is_database(aside):
            refuse_existing(path, force=force)  # a database made meanwhile has its own side files
            with side_files_removed(path, f"{part_prefix(path)}left"):
                _take_name(aside, path, force=force)
        else:
            _take_name(aside, path, force=force)
        sync(path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        aside.unlink(missing_ok=True)


def write_file(path: AnyPath, chunks: Iterable[str] | Iterable[bytes], *, force: bool = False) -> None:
    """Write texts (as UTF-8) or bytes to a file. After an error, the previous content of the file is unchanged.

    Raises ConflictError when the file exists and `force` is not set, InputError when it cannot be written.
    """
    with whole_stream(path, force=force) as file:
        for chunk in chunks:
            file.write(chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk)


@contextmanager
def whole_stream(path: AnyPath, *, force: bool = False) -> Iterator[IO[bytes]]:
    """Yield a stream for reading, writing and seeking.

    After the `with` block, the content of the stream becomes the file `path`. After an error in the block, no file is
    written. Raises the errors of `write_file`.
    """
    path = _target(path)
    if _is_device(path):
        with tempfile.TemporaryFile() as file:
            yield file
            _pour(file, path)
        return
    refuse_existing(path, force=force)
    _refuse_study(path)
    with _unnamed(path, force=force) as file:
        yield file


@contextmanager
def _unnamed(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Yield a stream to a file without a name, which other programs cannot see.

    After the `with` block, the file gets the name `path`. If this name is in use and `force` is not set, ConflictError
    is raised. After an error in the block, an existing file at `path` is unchanged.
    """
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600)
    except (AttributeError, OSError):  # the system or the file system has no files without a name
        with whole_file(path, force=force) as aside, aside.open("w+b") as file:
            yield file
        return
    try:
        sweep(path.parent)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            if path.exists():
                os.fchmod(file.fileno(), path.stat().st_mode & 0o777)  # keep the permissions of the existing file
            os.fsync(file.fileno())
            _name(file, path, force=force)
        sync(path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error


def _name(file: IO[bytes], path: Path, *, force: bool) -> None:
    unnamed = f"/proc/self/fd/{file.fileno()}"
    try:
        if not force:
            os.link(unnamed, path)  # fails when the file was created meanwhile
            return
        aside = make_part(path)
        aside.unlink()
        os.link(unnamed, aside)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # no /proc, or a file system without links: copy it to a file with a name
        aside = make_part(path)
        try:
            file.seek(0)
            with aside.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            aside.chmod(os.fstat(file.fileno()).st_mode & 0o777)
            sync(aside)
            _take_name(aside, path, force=force)
        finally:
            aside.unlink(missing_ok=True)
    else:
        _take_name(aside, path, force=force)


def _take_name(aside: Path, path: Path, *, force: bool) -> None:
    if force:
        aside.replace(path)
        return
    try:
        os.link(aside, path)  # this fails when the file was created meanwhile; a rename would replace the file
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # a file system without links
        refuse_existing(path, force=force)
        aside.replace(path)


@contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a temporary folder that only its owner can read. The folder is removed after the `with` block.

    Folders of earlier processes that were killed are removed too, because they may hold interview text.
    """
    where = Path(tempfile.gettempdir())
    sweep(where, _MOST_TEMPORARY, of=_TEMPORARY)
    with tempfile.TemporaryDirectory(dir=where, prefix=part_prefix(Path(_TEMPORARY)), suffix=".part") as name:
        yield Path(name)


_TEMPORARY = "sibtui"
_MOST_TEMPORARY = 2_000
"""The greatest number of entries of the system's temporary folder that are examined."""


@contextmanager
def _copied_to_pipe(path: Path) -> Iterator[Path]:
    """Yield a temporary file. After the `with` block, copy its bytes to the pipe or device at `path`."""
    with private_folder() as folder:
        aside = folder / "aside"
        aside.touch(mode=0o600)
        yield aside
        with aside.open("rb") as data:
            _pour(data, path)


def _pour(data: IO[bytes], path: Path) -> None:
    try:
        data.seek(0)
        with path.open("wb") as device:
            shutil.copyfileobj(data, device)
    except OSError as error:
        raise _unwritten(path, error) from error


def _target(path: AnyPath) -> Path:
    path = as_path(path)
    return path.resolve() if path.is_symlink() else path


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _refuse_study(path: Path) -> None:
    if path.is_file() and is_study(path):
        raise ConflictError(f"{path} is a study, and is not overwritten by an export: choose another name.")


def refuse_existing(path: AnyPath, *, force: bool) -> None:
    """Raise ConflictError for a folder. Without `force`, raise ConflictError for an existing file too.

    Raises InputError when the folder of the path does not exist.
    """
    path = as_path(path)
    if path.is_dir():
        raise ConflictError(f"{path} is a folder: give the name of a file.")
    if path.exists() and not force:
        raise _exists(path)
    refuse_missing_parent(path)


def refuse_missing_parent(path: AnyPath) -> None:
    path = as_path(path)
    if not path.parent.is_dir():
        raise InputError(f"Cannot write {path.name}: there is no folder {path.parent}.")


def _unwritten(path: Path, error: OSError) -> InputError:
    return InputError(f"Cannot write {path}: {error.strerror}.")


def _exists(path: Path) -> ConflictError:
    return ConflictError(f"{path} already exists.", "overwrite")
