"""The judgements and summaries that are removed together with a table, a row, a column or a case."""

from __future__ import annotations

from collections.abc import Callable

import sibtui
from sibtui.model.text import plural


def removed_texts(project: sibtui.Project, whose: str = "its") -> Callable[[], str]:
    """Return a function that counts the judgements and summaries removed by a change, for a message.

    The function returns the end of the message, such as “; its 15 summaries removed”, or an empty text if none was
    removed. `whose` is “its” or “their”. Make the function before the change, and call it after the change. Each call
    counts the texts removed since the previous call.
    """
    from sibtui.store.matrices import cell_text_counts

    store = project._session.store  # noqa: SLF001 - a part of the project
    before = cell_text_counts(store)

    def ending() -> str:
        nonlocal before
        now = cell_text_counts(store)
        judgements, summaries = (max(earlier - later, 0) for earlier, later in zip(before, now, strict=True))
        before = now
        lost = [plural(judgements, "judgement")] if judgements else []
        lost += [plural(summaries, "summary", "summaries")] if summaries else []
        return f"; {whose} {' and '.join(lost)} removed" if lost else ""

    return ending
