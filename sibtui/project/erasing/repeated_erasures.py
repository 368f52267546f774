"""Repeating the erasures of a study in a restored backup, before the backup replaces the study."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.project.erasing.withdrawal import withdraw_source_here
from sibtui.project.erasing.withdrawn_source import find_by_uid
from sibtui.project.shared.base import Session, now
from sibtui.store import erasure, source_traces
from sibtui.store.connection import Store
from sibtui.store.copies import study_version
from sibtui.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.store.erasure import Erasure


def repeat_erasures(backup: Path, restored: Path, erasures: Sequence[Erasure]) -> None:
    """Repeat the erasures of a study in the file `restored`, which is a copy of a backup.

    `erasures` are the records of all erasures of the study. The erased sources are erased from the file, and the
    records are added to it.

    Single erased texts, such as the words of a person, cannot be erased from the file, because the records have only
    their digests. So ConflictError is raised when the file has such a text. ConflictError is also raised when the
    backup is a study file of another version.
    """
    if study_version(restored) != VERSION:
        raise ConflictError(
            f"{backup} is of another version of the study file, and texts were erased from the study since: open it, which upgrades"
            " it, then restore it."
        )
    with closing(Store.open(restored)) as store:
        session = Session(store, None, now)
        for uid in dict.fromkeys(uid for kind, uid, _, _ in erasures if kind == "source"):
            if find_by_uid(store, uid) is not None:
                withdraw_source_here(session, uid)
        erased = erasure.recogniser_of(erasures)
        for _, text in source_traces.all_texts(store):
            found = erased(text)
            if found is not None:
                raise ConflictError(
                    f"{backup} holds a text that was erased from the study for good ({found[1]}): it is not restored."
                )
        with store.replaying():
            erasure.adopt(store, erasures)
