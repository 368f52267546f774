"""The check that refuses a new source or text if the same source or text was erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.text import one_line
from sibtui.store import erasure

if TYPE_CHECKING:
    from sibtui.errors import SibtuiError
    from sibtui.model.drafts import SourceDraft
    from sibtui.store.connection import Store


class Returning:
    """Recognises drafts whose `uid` or words were erased from the study for good."""

    def __init__(self, store: Store) -> None:
        self._uids = erasure.withdrawn_uids(store)
        self._erasure_of = erasure.recogniser(store)

    def error(self, draft: SourceDraft) -> SibtuiError | None:
        if draft.uid in self._uids:
            return ConflictError(
                f"“{one_line(draft.name, 60)}” was withdrawn from this study for good (source {draft.uid}): it cannot be added again."
            )
        return self._text_error(draft.name, draft.text)

    def refuse_text(self, name: str, text: str) -> None:
        """Raise ConflictError if a text has the words of a text that was erased for good."""
        error = self._text_error(name, text)
        if error is not None:
            raise error

    def _text_error(self, name: str, text: str) -> ConflictError | None:
        found = self._erasure_of(text)
        if found is None:
            return None
        kind, uid = found
        whose = {
            "source": "the text of a source that was withdrawn for good",
            "person": "the words of a person who was withdrawn for good",
        }.get(kind, "a text that was erased from this study for good")
        return ConflictError(f"“{one_line(name, 60)}” has {whose} ({uid}): it cannot be added again.")
