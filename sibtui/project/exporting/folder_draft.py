"""The draft of a study for the files of a study folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.project.shared.lasting_ids import without_derived_ids
from sibtui.project.shared.study_io import study_draft
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.drafts import StudyDraft
    from sibtui.project.shared.base import Session


def folder_draft(
    session: Session,
    *,
    private_names: bool = False,
    all_coders: bool = False,
    progress: Callable[[int], None] | None = None,
) -> StudyDraft:
    """Return the study as a draft for a study folder.

    Texts and codings are read from the store only when the draft is used, so the caller must keep a snapshot of the
    store open. The list of coders leaves out each coder whose name is already in a coding or a reading. With
    `all_coders`, the list is complete. `progress` receives the number of codings read, and may raise to cancel.
    """
    draft = study_draft(session, private_names=private_names, lazily=True, progress=progress)
    if not all_coders:  # a list that two people add to would be a conflict in git
        at_work = set(study_rows.coders_at_work(session.store))
        draft = replace(draft, coders=tuple(name for name in draft.coders if name not in at_work))
    return without_derived_ids(draft)
