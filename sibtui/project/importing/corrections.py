"""Corrections: a new version of a source's text, and the codings that are carried over to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.reanchor import Reanchored, reanchor
from sibtui.model.text import listed
from sibtui.project.importing.source_rows import refuse_carriage_returns, sha256_of
from sibtui.project.results import CarriedCoding
from sibtui.store import codings as coding_rows
from sibtui.store import sources as rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Source
    from sibtui.project.shared.base import Session


def foresee(session: Session, source: Source, text: str) -> Sequence[CarriedCoding]:
    """Return the codings of a source with their places in a new text, in their order. Nothing is stored."""
    refuse_carriage_returns(source.name, text)
    there = Selection(sources=(source.id,))
    codings = list(coding_rows.codings(session.store, there, paths=session.paths()))
    places = [(coding.segment.start, coding.segment.end) for coding in codings]
    carried = reanchor(rows.text(session.store, source.id), text, places)
    lost, found = set(carried.lost), iter(carried.segments)
    return [
        CarriedCoding(coding, None if place in lost else next(found))
        for coding, place in zip(codings, places, strict=True)
    ]


def correct(session: Session, source: Source, text: str, original: str, original_sha256: str) -> Reanchored:
    """Store a new text with its codings at their new places. Raises InputError when a quote has no certain place in it."""
    with session.act("source set", f"text of source {source.name}"):
        refuse_carriage_returns(source.name, text)
        old = rows.text(session.store, source.id)
        places = coding_rows.places(session.store, source.id)
        carried = reanchor(old, text, [(start, end) for _, start, end, *_ in places])
        if carried.lost:
            shown = listed((f"{start}:{end}" for start, end in carried.lost), 5)
            raise InputError(
                f"{len(carried.lost)} of {len(places)} codings of “{source.name}” have no certain place in the new text"
                f" ({shown}): change or remove them first."
            )
        rows.add_text(
            session.store, source.id, text, sha256=sha256_of(text), original=original,
            original_sha256=original_sha256, at=session.now(),
        )  # fmt: skip
        for (number, start, end, _, before, after), segment in zip(places, carried.segments, strict=True):
            context = segment.context(text)
            if (segment.start, segment.end, *context) != (start, end, before, after):
                fields = {"start": segment.start, "end": segment.end, "before": context[0], "after": context[1]}
                coding_rows.set_fields(session.store, number, fields)
    return carried
