"""`project.backups`: verified copies of a study in a folder beside it, and functions that make a study from a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from sibtui.errors import ConflictError, InputError, StudyFileError
from sibtui.model.arguments import AnyPath, as_path, maybe_whole
from sibtui.model.backups import Backup
from sibtui.model.salvage import Salvaged
from sibtui.model.text import one_line
from sibtui.project.shared.base import Noun, now
from sibtui.store import backups as store
from sibtui.store.copies import erasures_in
from sibtui.store.erasure import Erasure
from sibtui.store.file_errors import refuse_long_name


class Backups(Noun):
    """`project.backups`: verified copies of the study.

    >>> project.backups.make().kind
    'manual'
    >>> len(project.backups.list())
    1
    """

    @property
    def folder(self) -> Path:
        """The folder with the backups of this study. The folder is created with the first backup.

        >>> project.backups.folder.name
        'tour.sibtui.backups'
        """
        return backup_folder(self._session.store.path)

    @property
    def is_detached(self) -> bool:
        """Whether another program has replaced the study file. In this case, `make` can save the open study.

        >>> project.backups.is_detached
        False
        """
        return self._session.store.is_detached

    def list(self) -> Sequence[Backup]:
        """Return the backups, newest first.

        >>> project.backups.list()
        []
        """
        return list_backups(self._session.store.path)

    def make(self, *, keep: int | None = None, progress: Callable[[], object] = lambda: None) -> Backup:
        """Make a verified backup, and return it.

        SQLite checks the copy, and each row of the copy is compared with the study. `keep` is the largest number of
        manual backups (backups made by this method): older ones are removed. With None, no backup is removed.
        `progress` is called often, and may raise to cancel.

        If another program has replaced the study file, the open study is saved as a backup of the kind “replaced”. This
        backup may be the only copy of the study. So no backup is then removed, with any value of `keep`.

        Raises OutOfRangeError when `keep` is below 1, StudyFileError when the study is damaged or the backup cannot be
        written.

        >>> made = project.backups.make(keep=3)
        >>> made.path.parent == project.backups.folder
        True
        """
        keep = maybe_whole("number of backups", keep, 1)
        path = self._session.store.path
        if self._session.store.is_detached:
            return store.keep_open_state(self._session.store)
        made = store.back_up(path, "manual", hold=True, poll=progress)
        if keep is not None:
            store.rotate(path, "manual", keep)
        return made

    def write(self, path: AnyPath, *, force: bool = False) -> Path:
        """Write a verified copy of the study to any path, for example on another disk. Return the path.

        Raises ConflictError when the file exists and `force` is not set, StudyFileError when the study is damaged,
        InputError when the file cannot be written.

        >>> project.backups.write("copy.sibtui").name
        'copy.sibtui'
        """
        path, opened = _path_of_study(path), self._session.store
        if path.exists() and opened.path.exists() and path.samefile(opened.path):
            raise ConflictError(f"{path} is the study itself: choose another file.")
        if opened.is_detached:
            with _whole_study(path, force=force) as aside:
                store.copy_open_state(opened, aside)
        else:
            _write_copy(opened.path, path, force=force)
        return path


def backup_folder(study: AnyPath) -> Path:
    """Return the folder for the backups of a study file. The study file may be damaged or missing.

    >>> backup_folder("tour.sibtui").name
    'tour.sibtui.backups'
    """
    return store.folder_of(as_path(study))


def list_backups(study: AnyPath) -> Sequence[Backup]:
    """Return the backups of a study file, newest first. The file may be damaged or missing.

    >>> list_backups("tour.sibtui")
    []
    """
    return store.list_backups(as_path(study))


def daily_backup(study: Path, progress: Callable[[], object]) -> Backup | None:
    """Make a backup of the kind “daily”, and return the backup, or None if no backup is needed.

    No backup is needed in three cases:

    - a daily backup was already made today (UTC);
    - the study has not changed since the newest backup;
    - the settings keep no daily backups.

    Raises StudyBusyError when another program keeps changing the study, StudyFileError when the study is damaged or the
    backup cannot be written.
    """
    keep = store.kept()
    if not keep or not _is_due(study, store.list_backups(study)):
        return None
    made = store.back_up(study, "daily", hold=False, poll=progress)
    store.rotate(study, "daily", keep)
    return made


def _is_due(study: Path, backups: Sequence[Backup]) -> bool:
    today = dt.datetime.now(dt.UTC).isoformat()[:10]
    if any(each.kind == "daily" and each.made[:10] == today for each in backups):
        return False
    if not study.exists():
        return True  # the backup then reports that the file is missing
    newest = max((each.made for each in backups if each.kind != "damaged"), default="")
    changed = dt.datetime.fromtimestamp(study.stat().st_mtime, dt.UTC)
    return not newest or changed >= dt.datetime.fromisoformat(newest)


def find_backup(study: Path, name: AnyPath) -> Path:
    """Return the path of a backup, given by its path or file name. Raises InputError for an unknown name."""
    path = as_path(name)
    if path.is_file():
        return path
    inside = store.folder_of(study) / path.name
    if path.name == str(path) and inside.is_file():
        return inside
    raise InputError(f"There is no backup “{one_line(str(path))}” of {study}.", "list-backups")


def restore(backup: AnyPath, into: AnyPath, *, force: bool = False) -> Backup | None:
    """Make a study from a backup, at the path `into`. With `force`, an existing study is replaced.

    The replaced study is first copied to a new backup, and the new backup is returned. If no study is replaced, None is
    returned. Sources that were withdrawn (erased for good) from the study at `into` are erased from the restored study
    too.

    Raises ConflictError when a file exists at `into` and `force` is not set, when this file is of another study, or
    when the backup has texts that were erased from the study and cannot be erased again, such as the words of a
    person. Raises StudyFileError when the backup is damaged or is not a study, InputError when the file
    cannot be written.

    >>> copy = project.backups.write("copy.sibtui")
    >>> restore(copy, "again.sibtui") is None
    True
    >>> restore(copy, "again.sibtui", force=True).kind
    'restore'
    """
    backup, into = as_path(backup), _path_of_study(into)
    store.refuse_unusable(backup)
    if not into.exists():
        with _copied(backup, into, force=False, erasures=_erasures_around(into, backup)):
            return None
    if not force:
        raise ConflictError(f"{into} already exists.", "overwrite")
    if not into.is_file() or into.samefile(backup):
        raise ConflictError(f"{into} cannot be replaced by {backup}: choose another file.")
    if store.guid(into) not in (None, store.guid(backup)):
        raise ConflictError(f"{backup} is a backup of another study than {into}: restore it to a new file.")
    with (
        store.held_before_replacement(into),
        _copied(backup, into, force=True, erasures=_erasures_around(into, backup)),
    ):
        return store.back_up_replaced(into)  # last, so that a refused restore leaves no backup


def _erasures_around(study: Path, backup: Path) -> list[Erasure]:
    """Return the records of all erasures in the file `study` and in its backups.

    The file `study` may be missing or damaged. Backups that belong to another study than the file `backup` are
    ignored.
    """
    found = erasures_in(study)
    guid = store.guid(backup)
    for each in store.list_backups(study):
        erasures = erasures_in(each.path)
        if erasures and store.guid(each.path) == guid:
            found += erasures
    return [*dict.fromkeys(found)]


def salvage(damaged: AnyPath, into: AnyPath, *, progress: Callable[[], object] = lambda: None) -> Salvaged:
    """Make a new study from the readable rows of a damaged study.

    Return the number of saved rows, and the losses. The damaged file is not changed. If the row of a source, case, code
    or coder is lost, but its codings are readable, a row with a made-up name replaces it. The history is kept only if
    no row is lost. `progress` is called often, and may raise to cancel.

    Raises ConflictError when the new file exists, StudyFileError when nothing can be read, InputError when the new file
    cannot be written.

    >>> salvage("tour.sibtui", "salvaged.sibtui").lost
    ()
    """
    damaged, into = as_path(damaged), _path_of_study(into)
    if not damaged.is_file():
        raise StudyFileError(f"There is no study at {damaged}.")
    if into.exists():
        raise ConflictError(f"{into} already exists: choose another name.")
    from uuid import uuid4

    from sibtui.store.salvage import salvage as salvage_rows

    with _whole_study(into, force=False) as aside:
        salvaged = salvage_rows(damaged, aside, at=now(), guid=str(uuid4()), poll=progress)
        store.verify(aside, into)
    return salvaged


def _write_copy(study: Path, path: Path, *, force: bool) -> None:
    with _copied(study, path, force=force):
        pass


@contextmanager
def _copied(study: Path, path: Path, *, force: bool, erasures: Sequence[Erasure] = ()) -> Iterator[None]:
    """Make a verified copy of a study. After the `with` block, the copy is renamed to `path`.

    If `erasures` are given, they are repeated in the copy before the block runs.
    """
    with _whole_study(path, force=force) as aside:
        with closing(store.open_unchanged(study)) as source:
            store.copy_verified(study, source, aside, path, hold=True)
        if erasures:
            from sibtui.project.erasing.repeated_erasures import repeat_erasures

            repeat_erasures(study, aside, erasures)
        yield


def _path_of_study(path: AnyPath) -> Path:
    path = as_path(path)
    refuse_long_name(path)
    return path


def _whole_study(path: Path, *, force: bool) -> AbstractContextManager[Path]:
    from sibtui.project.exporting.safe_write import whole_file

    if not path.parent.is_dir():
        raise StudyFileError(f"Cannot make {path.name}: there is no folder {path.parent}.")
    return whole_file(path, force=force, over_study=True)
