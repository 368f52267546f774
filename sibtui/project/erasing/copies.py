"""Copies of a study beside it: each is erased in the same way, or removed when it cannot be rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.project.erasing.withdrawal_values import ErasedCopy
from sibtui.store import study as study_rows
from sibtui.store.connection import Store
from sibtui.store.copies import copies_of, remove_copy, study_version
from sibtui.store.part_files import is_abandoned
from sibtui.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class NotRewritableError(StudyFileError):
    """A copy holds words that cannot be erased from it alone. The message is the reason."""


def erase_in_copies(study: Store, erase: Callable[[Store], bool], *, dry_run: bool) -> tuple[ErasedCopy, ...]:
    """Erase in every copy of the study beside it, and return the outcomes.

    `erase` erases in one file, and returns whether the file held anything. A copy of an older version, or a damaged one, is removed.
    So is one for which `erase` raises an error of the file. A file of another study is left alone. With `dry_run` no copy is removed, and `erase` must not change the file.

    Raises StudyFileError when a copy can neither be rewritten nor removed.
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
    except StudyFileError:
        return _removed(path, "it cannot be opened", dry_run=dry_run)
    try:
        if study_rows.study(store).guid != guid:
            return None
        return ErasedCopy(path, "rewritten" if erase(store) else "without it")
    except NotRewritableError as error:
        store.close()
        return _removed(path, str(error), dry_run=dry_run)
    except StudyFileError:
        store.close()
        return _removed(path, "it cannot be changed", dry_run=dry_run)
    finally:
        store.close()


def _not_to_rewrite(path: Path) -> str:
    """Return why a copy cannot be rewritten; empty when it can."""
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
                f"{path} is a copy of the study that can neither be rewritten nor removed ({error.strerror}):"
                " nothing was withdrawn from the study."
            ) from error
    return ErasedCopy(path, "removed", why)
