"""All texts of a study that people have written. These texts are searched for names."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sibtui.store import written_texts as rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sibtui.model.scan import WrittenText
    from sibtui.project.shared.base import Session


def written_texts(session: Session, sources: Collection[str] | None = None) -> Iterable[WrittenText]:
    """Yield all texts of the study that people have written, the texts of sources first.

    If `sources` is given, yield only the texts of the sources with these names.
    """
    paths = session.paths()
    texts = rows.written(session.store, (rows.CURRENT_TEXTS,), paths)
    if sources is not None:
        return (each for each in texts if each.where in sources)
    return chain(texts, rows.written(session.store, (rows.FILE_NAMES, *rows.COLUMNS), paths))
