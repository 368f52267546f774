"""Filters with their names resolved to the ids of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import is_within, resolve, split_path
from sibtui.model.names import resolve_name
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Code
    from sibtui.project.base import Session
    from sibtui.store.connection import Store


def selection(session: Session, wanted: CodingFilter) -> Selection:
    """The filter for the store. NotFoundError for a name that names nothing."""
    store = session.store
    return Selection(
        codes=_codes(store, wanted.codes, subcodes=wanted.subcodes) if wanted.codes else None,
        cases=_ids("case", wanted.cases, case_rows.case_ids(store)) if wanted.cases else None,
        sources=_ids("source", wanted.sources, source_rows.source_ids(store)) if wanted.sources else None,
        kinds=wanted.kinds or None,
        coders=coder_ids(session, wanted.coders) or None,
        stance=wanted.stance,
        certainty=wanted.certainty,
        text=wanted.text,
        unattributed=wanted.unattributed,
    )


def _codes(store: Store, names: Iterable[str], *, subcodes: bool) -> tuple[int, ...]:
    """As `code_ids`, without reading the codebook when the names are whole paths."""
    chosen: dict[int, None] = {}
    for name in names:
        found = code_rows.find(store, split_path(name))
        if found is None:
            return code_ids(code_rows.codes(store), names, subcodes=subcodes)
        chosen.update(dict.fromkeys(code_rows.within(store, found[0]) if subcodes else found[:1]))
    return tuple(chosen)


def _ids(what: str, names: Iterable[str], known: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(known[resolve_name(what, name, known)] for name in names)


def coder_ids(session: Session, names: Iterable[str]) -> tuple[int, ...]:
    known = {coder.name: coder.id for coder in study_rows.coders(session.store)}
    return _ids("coder", names, known)


def code_ids(codes: Sequence[Code], names: Iterable[str], *, subcodes: bool) -> tuple[int, ...]:
    """The ids of the codes that are named, and of what is below them when `subcodes`, in the order of the codebook."""
    paths = [code.path for code in codes]
    chosen = {resolve(name, paths) for name in names}
    return tuple(
        code.id
        for code in codes
        if code.path in chosen or (subcodes and any(is_within(code.path, path) for path in chosen))
    )
