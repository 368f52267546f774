"""Corrections: new versions of the text of a source, and the places of its codings in the new text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.reanchor import Carried, Edit, edited, reanchor, reanchor_edits
from sibtui.model.records import TextVersion
from sibtui.model.segments import Segment
from sibtui.model.text import one_line, plural
from sibtui.project.importing.returning_sources import Returning
from sibtui.project.importing.source_rows import refuse_carriage_returns, sha256_of
from sibtui.project.results import CarriedCoding, Reanchored, Replaced
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.store import codings as coding_rows
from sibtui.store import sources as rows
from sibtui.store import undecided
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.records import Coding, Source
    from sibtui.project.shared.base import Session


def foresee(
    session: Session, source: Source, text: str, edits: Sequence[Edit] | None = None
) -> Sequence[CarriedCoding]:
    """Return the codings of a source with the places that they would have in a new text, in order.

    `edits` are the changes from the old to the new text; without them, the two texts are compared. Raises InputError if
    the new text has a carriage return, if it is empty although the source has codings, and if a blind round hides
    codings of the source.
    """
    refuse_carriage_returns(source.name, text)
    there = Selection(sources=(source.id,))
    refuse_hidden(session, f"A new text of “{one_line(source.name, 60)}”", there)
    codings = list(coding_rows.codings(session.store, there, paths=session.paths()))
    if not codings:
        return []
    if not text:
        raise InputError(
            f"The new text of “{source.name}” is empty, but it has {plural(len(codings), 'coding')}: remove the codings first."
        )
    places = [(coding.segment.start, coding.segment.end) for coding in codings]
    old = rows.text(session.store, source.id)
    moved = reanchor(old, text, places) if edits is None else reanchor_edits(old, edits, places)
    carried = dict(zip([coding.id for coding in codings], moved, strict=True))
    carried |= dict(_open_places(session, source, text, codings, carried))
    return [_carried_coding(coding, carried[coding.id], text) for coding in codings]


def _carried_coding(coding: Coding, place: Carried, text: str) -> CarriedCoding:
    segment = place.segment
    return CarriedCoding(coding, segment if place.certain else None, segment, segment.quote(text), place.score)


def _open_places(
    session: Session, source: Source, text: str, codings: Sequence[Coding], carried: dict[int, Carried]
) -> Iterator[tuple[int, Carried]]:
    """Yield (coding id, new place) for the codings whose place was already uncertain before this correction.

    The new place is computed from the last certain place of the coding, which is in an older text of the source. If the
    older text is not stored, the place in `carried` is used: coding id → place computed from the present text.
    """
    quotes = {coding.id: coding.quote for coding in codings}
    waiting = sorted(undecided.of_source(session.store, source.id), key=lambda row: row[1])
    for version, rows_of_it in groupby(waiting, key=lambda row: row[1]):
        old = rows.text_of_version(session.store, source.id, version) or ""
        for number, _, start, end, score in rows_of_it:
            if old[start:end] == quotes[number]:
                yield number, reanchor(old, text, [(start, end)])[0]
            else:  # a study from a folder has no earlier texts
                yield number, Carried(carried[number].segment, score, certain=False)


def correct(
    session: Session,
    source: Source,
    text: str,
    edits: Sequence[Edit] | None = None,
    *,
    original: str = "",
    original_sha256: str = "",
) -> Reanchored:
    """Store a new text of a source, and move the codings to their new places. Return the source and the codings.

    A coding whose place becomes uncertain is stored as undecided. `original` is the name of the file with the new text,
    and `original_sha256` the digest of this file. `edits` and the errors are those of `foresee`. Raises ConflictError
    for a text that was erased for good.
    """
    Returning(session.store).refuse_text(source.name, text)
    with session.act("source set", f"text of source {source.name}"):
        carried = foresee(session, source, text, edits)
        rows.add_text(
            session.store, source.id, text, sha256=sha256_of(text), original=original,
            original_sha256=original_sha256, at=session.now(),
        )  # fmt: skip
        before = {row[0]: row for row in undecided.of_source(session.store, source.id)}
        for each in carried:
            _store(session, source, each, before.get(each.coding.id))
    return Reanchored(rows.sources(session.store, only=source.id)[0], tuple(carried))


def _store(session: Session, source: Source, each: CarriedCoding, before: undecided.Undecided | None) -> None:
    coding, segment = each.coding, each.nearest
    fields: dict[str, object] = {"start": segment.start, "end": segment.end}
    if each.after is None:
        place = before[1:4] if before else (source.version, coding.segment.start, coding.segment.end)
        undecided.put(session.store, (coding.id, *place, each.score))
        fields |= {"before": coding.before, "after": coding.after}
    else:
        fields |= {"quote": each.words, **coding_rows.NO_CONTEXT}
        if before:
            undecided.remove(session.store, coding.id)
    coding_rows.set_fields(session.store, coding.id, fields)


def replace(
    session: Session, old: str, new: str, sources: Sequence[Source], *, whole_words: bool, dry_run: bool
) -> Sequence[Replaced]:
    """Replace the words `old` with `new` in the texts of sources, as one act (one step of undo).

    Return the sources with a text that contained `old`. `whole_words`, `dry_run` and the errors are as in
    `Sources.replace`.
    """
    import re

    if not old:
        raise InputError("There is nothing to replace: give a word or more.")
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)" if whole_words else re.escape(old))
    replaced = []
    with session.act("source replace", f"“{one_line(old, 40)}” by “{one_line(new, 40)}”"):
        for source in sources:
            text = rows.text(session.store, source.id)
            found = tuple(Segment(*match.span()) for match in pattern.finditer(text))
            if not found or old == new:
                continue
            edits = [(place.start, place.end, new) for place in found]
            corrected = edited(text, edits)
            if dry_run:
                codings = tuple(foresee(session, source, corrected, edits))
            else:
                codings = correct(session, source, corrected, edits).codings
            replaced.append(Replaced(source.name, found, codings))
    return replaced


def versions(session: Session, source: Source) -> Sequence[TextVersion]:
    """Return the versions of the text of a source, oldest first."""
    found = rows.versions(session.store, source.id)
    return [TextVersion(*row, current=row[0] == source.version) for row in found]


def text_of(session: Session, source: Source, version: int) -> str:
    """Return one version of the text of a source. Raises NotFoundError when the source does not have this version."""
    text = rows.text_of_version(session.store, source.id, version)
    if text is None:
        raise NotFoundError(f"“{source.name}” has no version {version}: there are {plural(source.version, 'version')}.")
    return text


def difference(session: Session, source: Source, before: int | None, after: int | None) -> str:
    """Return the lines that differ between two versions of a text, as a unified diff.

    For `before` and `after`, see `Sources.diff`. Raises NotFoundError for an unknown version.
    """
    from difflib import unified_diff

    after = source.version if after is None else after
    before = max(1, after - 1) if before is None else before
    old, new = (text_of(session, source, version).splitlines(keepends=True) for version in (before, after))
    lines = unified_diff(old, new, f"{source.name}, version {before}", f"{source.name}, version {after}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
