"""The first content of a new study: its own facts, and a draft."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.identical_names import join_identical
from sibtui.model.records import Study
from sibtui.project.shared.study_io import load
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.drafts import StudyDraft
    from sibtui.project.shared.base import Session


def fill(
    session: Session, name: str, draft: StudyDraft | None, progress: Callable[[str], None] | None, language: str | None
) -> None:
    """Fill an empty study. `progress` receives the name of each part that is loaded."""
    with session.store.replaying():  # not recorded: undo must not remove the study itself
        study_rows.put(session.store, Study(name, str(uuid.uuid4()), "", session.now(), 1, language or ""))
    if draft is not None:
        if language is not None:
            draft = replace(draft, study=replace(draft.study, language=language))
        summary = f"study {draft.study.name or name}"
        with session.store.bulk_load("study load", summary, coder=session.coder, at=session.now()):
            load(session, join_identical(draft)[0], progress)
