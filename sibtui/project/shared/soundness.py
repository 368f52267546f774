"""A fast check whether an open study can be read.

The module is small, because all commands that make a table or an export import it.
"""

from __future__ import annotations

import sibtui


def is_sound(project: sibtui.Project) -> bool:
    """Return whether all database rows of an open study can be read. `Project.check` tests more."""
    from sibtui.store.soundness import is_sound as has_sound_rows

    return has_sound_rows(project._session.store)  # noqa: SLF001 - a part of the project
