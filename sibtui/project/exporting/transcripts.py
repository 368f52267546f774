"""The texts of sources with their codings, for printing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sibtui
from sibtui.model.coded_text import CodedSource
from sibtui.project.shared.resolve_filter import chosen_sources, selection
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.filters import CodingFilter
    from sibtui.project.shared.base import Session


def coded_sources(session: Session, chosen: CodingFilter) -> Iterator[CodedSource]:
    """Yield the sources that pass a filter, each with its codings that pass the filter.

    Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.
    """
    let_through = chosen_sources(session, chosen, selection(session, chosen))
    for source in source_rows.sources(session.store, counts=False):
        if source.id in let_through:
            codings = tuple(sibtui.Codings(session).list(replace(chosen, sources=(source.name,))))
            text = source_rows.text(session.store, source.id)
            yield CodedSource(source.name, source.title, source.cases, text, codings)
