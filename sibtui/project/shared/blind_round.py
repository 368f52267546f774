"""Refusing changes that affect hidden codings.

In a blind round, a coder sees only codings that this coder made in this round. The other codings are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.frozen import replace
from sibtui.store import codings as coding_rows

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session
    from sibtui.store.codings import Selection


def refuse_hidden(session: Session, action: str, *chosen: Selection) -> None:
    """Raise InputError if the open blind round of the current coder hides one of the chosen codings.

    `action` is the name of the change that is refused, such as “The removal of a source”.
    """
    blind = session.blind
    if blind is None:
        return
    for each in chosen:
        seen = coding_rows.ids(session.store, replace(each, blind=blind))
        if len(coding_rows.ids(session.store, each)) != len(seen):
            raise InputError(f"{action} would change codings that the open blind round hides.", "end-round")
