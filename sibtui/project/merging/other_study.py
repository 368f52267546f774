"""Reading another person's study, without changing it: a study file, an exported folder, or a .qdpx file."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.model.arguments import as_path
from sibtui.model.gc_pause import gc_paused
from sibtui.model.study_items import EMPTY, items_of
from sibtui.project.merging.referring_items import with_references
from sibtui.project.shared.base import Session, now
from sibtui.project.shared.study_io import study_draft
from sibtui.store import row_rules
from sibtui.store.soundness import is_sound
from sibtui.store.unchanged import in_memory, open_unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sibtui.model.arguments import AnyPath
    from sibtui.model.study_items import StudyItems
    from sibtui.store.connection import Store


@dataclass(frozen=True, slots=True)
class OtherStudy:
    """An open study that takes part in a comparison.

    `has_history` is False for a study that was read from an exported folder or a .qdpx file.
    """

    path: Path
    store: Store
    has_history: bool


@contextmanager
def other_study(path: AnyPath, report: Callable[[str], None] = lambda _: None) -> Iterator[OtherStudy]:
    """Open a study file, an exported folder or a .qdpx file for reading. `report` receives messages about a folder.

    Raises StudyFileError or InputError when the file or folder cannot be used as a study.
    """
    path = as_path(path)
    is_export = path.is_dir() or path.suffix.lower() == ".qdpx"
    with closing(_loaded(path, report) if is_export else open_unchanged(path)) as store:
        if not is_export:
            _refuse_damaged(store)
        yield OtherStudy(path, store, has_history=not is_export)


def _refuse_damaged(store: Store) -> None:
    """Raise StudyFileError if the study is damaged, because a merge would copy damaged rows."""
    if not is_sound(store) or next(row_rules.broken(store), None) is not None:
        raise StudyFileError(f"{store.path} is damaged, so nothing is taken from it.", "the file is damaged", "check")


def _loaded(path: Path, report: Callable[[str], None]) -> Store:
    """Return the content of an exported folder or a .qdpx file as a study in memory, checked like a new study."""
    from sibtui.project.importing.other_programs import read_foreign
    from sibtui.project.importing.study_folder_reader import read_folder
    from sibtui.project.shared.new_study import fill

    draft = read_folder(path, report) if path.is_dir() else read_foreign(path).study
    store = in_memory(path)
    try:
        fill(Session(store, "merge", now), path.name, draft)
    except BaseException:
        store.close()
        raise
    return store


def items_in(store: Store, known: StudyItems = EMPTY) -> StudyItems:
    """Return the items of a study, in its present state or in the past state that `store.past` selects.

    To save memory, a coding that equals a coding in `known` is not stored twice.
    """
    session = Session(store, "merge", now)
    with gc_paused(), store.snapshot():
        items = items_of(study_draft(session, private_names=True, lazily=True), known)
        return with_references(items, session)
