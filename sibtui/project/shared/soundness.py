"""Whether an open study is sound. A module of its own, because tables and exports ask it at each start."""

from __future__ import annotations

import sibtui


def is_sound(project: sibtui.Project) -> bool:
    """Return whether all rows of an open study can be read. Takes milliseconds; `check` looks at more and names the damage."""
    from sibtui.store.soundness import is_sound as has_sound_rows

    return has_sound_rows(project._session.store)  # noqa: SLF001 - a part of the project
