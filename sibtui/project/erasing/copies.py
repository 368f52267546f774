"""Erasure in the copies (backups) beside a study.

The words erased from the study are erased from each copy too. A copy that cannot be changed is removed.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.errors import StudyBusyError, StudyFileError
from sibtui.model.text import listed
from sibtui.project.erasing.withdrawal_values import ErasedCopy
from sibtui.store import study as study_rows
from sibtui.store.connection import Store
from sibtui.store.copies import copies_of, remove_copy, study_version
from sibtui.store.file_errors import is_full
from sibtui.store.part_files import is_abandoned
from sibtui.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


def erase_in_copies(study: Store, erase: Callable[[Store], bool], *, dry_run: bool) -> tuple[ErasedCopy, ...]:
    """Erase words from each copy beside the study, and return the outcome for each copy.

    `erase` erases the words from one file, and returns whether the file had such words. A copy is removed if it is
    damaged, incomplete or of another version of the study file, or if `erase` raises StudyFileError. A copy of another
    study is left alone. With `dry_run`, no copy is removed, and `erase` must not change the file.

    Raises StudyFileError when a copy can neither be changed nor removed, when another program uses the copy, and when
    the disk is full. In the last two cases, the copy is not removed.
    """
    guid = study_rows.study(study).guid
    outcomes = (_in_copy(path, guid, erase, dry_run=dry_run) for path in copies_of(study.path.resolve()))
    return tuple(outcome for outcome in outcomes if outcome is not None)


def _in_copy(path: Path, guid: str, erase: Callable[[Store], bool], *, dry_run: bool) -> ErasedCopy | None:
    why = _not_to_rewrite(path)
    if why:
        return _removed(path, why, dry_run=dry_run)
    try:
        store = Store.open(path)
    except StudyFileError as error:
        if _is_temporary(error):
            raise
        return _removed(path, "it cannot be opened", dry_run=dry_run)
    try:
        if study_rows.study(store).guid != guid:
            return None
        return ErasedCopy(path, "rewritten" if erase(store) else "without it")
    except StudyFileError as error:
        store.close()
        if _is_temporary(error):
            raise StudyFileError(
                f"{path} is a copy of the study that cannot be rewritten now, because {error.why}. Nothing was erased from the study:"
                " remove the cause, then try again."
            ) from error
        return _removed(path, "it cannot be changed", dry_run=dry_run)
    finally:
        store.close()


def _is_temporary(error: StudyFileError) -> bool:
    """Return whether the cause of an error may go away: another program uses the copy, or the disk is full."""
    return isinstance(error, StudyBusyError) or (error.__cause__ is not None and is_full(error.__cause__))


@contextmanager
def naming_finished(copies: Sequence[ErasedCopy]) -> Iterator[None]:
    """Add the finished copies to the message of a StudyFileError that the `with` block raises.

    A copy is finished if it was changed or removed before the error.
    """
    try:
        yield
    except StudyFileError as error:
        finished = [f"{copy.path.name} {copy.outcome}" for copy in copies if copy.outcome != "without it"]
        if not finished:
            raise
        raise StudyFileError(
            f"Nothing was erased from the study, because {error.why}. Finished copies: {listed(finished)}."
            " Remove the cause, then try again."
        ) from error


def _not_to_rewrite(path: Path) -> str:
    """Return the reason why a copy cannot be changed. Empty if it can be changed."""
    if is_abandoned(path):
        return "it is an unfinished copy"
    version = study_version(path)
    if version is None:
        return "it is damaged"
    return "" if version == VERSION else "it is of another version of the study file"


def _removed(path: Path, why: str, *, dry_run: bool) -> ErasedCopy:
    if not dry_run:
        try:
            remove_copy(path)
        except OSError as error:
            raise StudyFileError(
                f"{path} is a copy of the study that can neither be rewritten nor removed ({error.strerror}): nothing"
                " was erased from the study."
            ) from error
    return ErasedCopy(path, "removed", why)
