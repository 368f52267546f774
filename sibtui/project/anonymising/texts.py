"""All texts of a study that people wrote, for the search for names."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sibtui.store import written_texts as rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sibtui.model.scan import WrittenText
    from sibtui.project.shared.base import Session


def written_texts(session: Session, sources: Collection[str] | None = None) -> Iterable[WrittenText]:
    """Return all written texts of the study, texts of sources first. With `sources`, return only the texts of sources with these names."""
    paths = session.paths()
    texts = rows.written(session.store, (rows.CURRENT_TEXTS,), paths)
    if sources is not None:
        return (each for each in texts if each.where in sources)
    return chain(texts, rows.written(session.store, (rows.FILE_NAMES, *rows.COLUMNS), paths))
