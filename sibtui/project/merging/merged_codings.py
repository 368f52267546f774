"""Writing the codings of a merge to the open study. Only changed codings are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.segments import Segment
from sibtui.model.study_items import CASES_OF, CODE_OF, CODER_OF, FIELDS, PLACE_OF, SOURCE_OF
from sibtui.model.text import one_line
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.study_items import ItemFields, ItemKey, QuotedPlace
    from sibtui.project.merging.merged_changes import MergedChanges
    from sibtui.store.codings import NewCoding

_PLAIN = ("stance", "certainty", "memo", "created", "round", "for_paper", "how")
"""The fields of a coding that are columns of the table of codings."""


def write_codings(changes: MergedChanges) -> None:
    """Write the codings that the merge adds, changes or removes.

    Raises ConflictError when the text at the place of a coding is not its quote.
    """
    removed, changed, added = changes.removed("coding"), changes.changed("coding"), changes.added("coding")
    if not (removed or changed or added):
        return
    writer = _CodingWriter(changes)
    ids = changes.ids("codings") if removed or changed else {}
    coding_rows.remove(changes.store, [ids[key] for key, _ in removed])
    for key, fields in changed:
        writer.change(ids[key], changes.before.kinds["coding"][key], fields)
    writer.add(added)


class _CodingWriter:
    def __init__(self, changes: MergedChanges) -> None:
        self._store = changes.store
        self._sources, self._codes = changes.ids("sources"), changes.ids("codes")
        self._cases = changes.ids("cases")
        self._names = {key: fields[0] for key, fields in changes.after.kinds["source"].items()}
        self._coders: dict[str, int] = {}
        self._text: tuple[str, str] = ("", "")

    def change(self, coding: int, was: ItemFields, fields: ItemFields) -> None:
        columns: dict[str, Any] = {
            name: fields[FIELDS["coding"].index(name)]
            for name in _PLAIN
            if fields[FIELDS["coding"].index(name)] != was[FIELDS["coding"].index(name)]
        }
        if fields[CODE_OF] != was[CODE_OF]:
            columns["code_id"] = self._codes[fields[CODE_OF]]
        if fields[CODER_OF] != was[CODER_OF]:
            columns["coder_id"] = self._coder(fields[CODER_OF])
        if fields[PLACE_OF] != was[PLACE_OF]:
            place: QuotedPlace = fields[PLACE_OF]
            before, after = self._context(fields)
            columns |= {
                "start": place.start, "end": place.end, "quote": place.quote, "before": before, "after": after,
            }  # fmt: skip
            if place.undecided:
                self._put_undecided(coding, fields)
            else:
                undecided.remove(self._store, coding)
        if columns:
            coding_rows.set_fields(self._store, coding, columns)
        if fields[CASES_OF] != was[CASES_OF]:
            coding_rows.set_cases(self._store, coding, [self._cases[case] for case in fields[CASES_OF]])

    def add(self, added: list[tuple[ItemKey, ItemFields]]) -> None:
        first, _ = coding_rows.add_codings(self._store, self._rows(added))
        for at, (_, fields) in enumerate(added):
            if fields[PLACE_OF].undecided:
                self._put_undecided(first + at, fields)

    def _rows(self, added: list[tuple[ItemKey, ItemFields]]) -> Iterator[tuple[NewCoding, tuple[int, ...]]]:
        for key, fields in added:
            source, code, coder, place, stance, certainty, cases, memo, created, in_round, for_paper, how = fields
            before, after = self._context(fields)
            row = (
                self._sources[source], self._codes[code], self._coder(coder), place.start, place.end, stance, certainty,
                place.quote, before, after, memo, created, key, in_round,
                for_paper, how,
            )  # fmt: skip
            yield row, tuple(sorted(self._cases[case] for case in cases))

    def _coder(self, name: str) -> int:
        if name not in self._coders:
            self._coders[name] = study_rows.coder_id(self._store, name)
        return self._coders[name]

    def _context(self, fields: ItemFields) -> tuple[str, str]:
        """Return (text before, text after) of a coding with an uncertain place. For other codings, both are empty.

        Raises ConflictError when the place is not inside the text, or when the place is certain but does not have
        the quote of the coding.
        """
        source, place = fields[SOURCE_OF], fields[PLACE_OF]
        if self._text[0] != source:
            self._text = source, source_rows.text(self._store, self._sources[source])
        text = self._text[1]
        if place.end > len(text) or not (place.undecided or text[place.start : place.end] == place.quote):
            quote = one_line(place.quote, 40)
            raise ConflictError(f"“{self._names[source]}” does not have “{quote}” at {place.start}:{place.end}.")
        return Segment(place.start, place.end).context(text) if place.undecided else ("", "")

    def _put_undecided(self, coding: int, fields: ItemFields) -> None:
        from rapidfuzz.fuzz import ratio

        source, place = self._sources[fields[SOURCE_OF]], fields[PLACE_OF]
        version = source_rows.versions(self._store, source)[-1][0]
        words = source_rows.text(self._store, source)[place.start : place.end]
        undecided.put(self._store, (coding, version, place.start, place.end, round(ratio(place.quote, words))))
