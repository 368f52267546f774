"""Making a new study file with the content of a draft."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, StudyFileError
from sibtui.model.identical_names import join_identical
from sibtui.model.languages import maybe_language_code
from sibtui.model.records import Study
from sibtui.project.exporting.safe_write import whole_file
from sibtui.project.shared.base import Session, now
from sibtui.project.shared.study_io import load
from sibtui.store import erasure
from sibtui.store import study as study_rows
from sibtui.store.connection import Store
from sibtui.store.copies import erasures_in
from sibtui.store.file_errors import refuse_long_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft
    from sibtui.store.erasure import Erasure


def make(
    path: Path,
    name: str | None,
    draft: StudyDraft | None,
    *,
    coder: str | None,
    force: bool,
    progress: Callable[[str], None] | None,
    language: str | None,
) -> None:
    """Make a new study file. The arguments and the errors are those of `Project.create`.

    If the file replaces a study, the records of the texts erased from that study are kept, so that nobody can add these
    texts again.
    """
    spoken = maybe_language_code(language)
    refuse_long_name(path)
    if path.exists() and not force:
        raise ConflictError(f"{path} already exists.", "overwrite")
    if not path.parent.is_dir():
        raise StudyFileError(f"Cannot make {path.name}: there is no folder {path.parent}.")
    erasures = erasures_in(path) if path.exists() else []
    with whole_file(path, force=force, over_study=True) as aside, _errors_named(aside, path):
        aside.unlink()
        store = Store.create(path, file=aside)
        try:
            fill(Session(store, coder, now), name or path.stem, draft, progress, spoken, erasures)
        finally:
            store.close()


def fill(
    session: Session,
    name: str,
    draft: StudyDraft | None,
    progress: Callable[[str], None] | None = None,
    language: str | None = None,
    erasures: Sequence[Erasure] = (),
) -> None:
    """Fill an empty study. `progress` receives the name of each part that is loaded.

    If this study replaces another study, `erasures` are the records of the texts that were erased from the other study.
    """
    with session.store.replaying():  # not recorded: undo must not remove the study itself
        study_rows.put(session.store, Study(name, str(uuid.uuid4()), "", session.now(), 1, language or ""))
        erasure.adopt(session.store, erasures)
    if draft is not None:
        if language is not None:
            draft = replace(draft, study=replace(draft.study, language=language))
        summary = f"study {draft.study.name or name}"
        with (
            session.store.small_cache(),
            session.store.bulk_load("study load", summary, coder=session.coder, at=session.now()),
        ):
            load(session, join_identical(draft)[0], progress)


@contextmanager
def _errors_named(aside: Path, path: Path) -> Iterator[None]:
    """In errors of the `with` block, write the path of the study in place of the path of the temporary file `aside`."""
    try:
        yield
    except StudyFileError as error:
        raise StudyFileError(str(error).replace(str(aside), str(path)), error.why, error.hint) from error
