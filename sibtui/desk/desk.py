"""The desk: a study's sources and codes, one note with its codings, the selection in it, and every deed of coding."""

from __future__ import annotations

import gc
import re
from array import array
from bisect import bisect_left
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.desk.codebook import CodebookView
from sibtui.desk.selection import Selecting
from sibtui.desk.spans import Spans
from sibtui.errors import NotFoundError
from sibtui.model.filters import CodingFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.desk.cases import CaseContext
    from sibtui.desk.memory import Place
    from sibtui.desk.selection import Step
    from sibtui.model.records import Act, Code, Coding, Source
    from sibtui.model.segments import Segment
    from sibtui.project import Project

_MANY = 5_000
"""Codings of a note from which on the garbage collector is told to leave them alone."""
_ACTS_FOLLOWED = 200
"""Acts with more changes than this are not followed row by row: the study is read anew."""


class Desk:
    """The state of the coding screen, and all that it can do to a study. Knows no widget: a plain loop can use it too.

    `coding` is the coding that is meant: the one just made, or one under the selection.
    """

    def __init__(self, project: Project, place: Place) -> None:
        self.project = project
        self.place = place
        self.sources: Sequence[Source] = ()
        self.codebook = CodebookView(())
        self.source: Source | None = None
        self.text = ""
        self.selecting = Selecting("")
        self.spans: Spans[Coding] = Spans()
        self.selection: Segment | None = None
        self.active: int | None = None
        self.context: CaseContext | None = None
        self.match: re.Pattern[str] | None = None
        self.lists_version = 0
        self._made: int | None = None
        self._newlines: array[int] | None = None
        """Where the lines of the text end: counting them anew at each key takes longer than all else, at the end of a long note."""

    # Reading the study

    def load(self) -> None:
        """Read sources and codebook, and open the source that was open last, or the first that is not read."""
        self.reload_lists()
        names = [source.name for source in self.sources]
        waiting = next((source.name for source in self.sources if source.reading != "read"), None)
        wanted = self.place.source if self.place.source in names else waiting or (names[0] if names else None)
        if wanted is not None:
            self.open(wanted, self.place.start, self.place.end)
        elif self.text:  # the last source was removed
            self._take("")
            self.spans, self.active, self._made = Spans(), None, None

    def reload_lists(self) -> None:
        """Read sources and codebook anew."""
        self.sources = self.project.sources.list()
        self.codebook = CodebookView(self.project.codes.list(counts=True))
        self.lists_version += 1
        if self.source is not None:
            self.source = next((s for s in self.sources if s.id == self.source.id), self.source)

    def reload(self) -> None:
        """Read all anew, since another hand changed the study, and stay where you are."""
        self.reload_lists()
        if self.source is None:
            self.load()
            return
        if self.source.id not in {source.id for source in self.sources}:  # it was removed
            self.source = None
            self.load()
            return
        before, here = self.selection, self.active
        words = before.quote(self.text) if before else ""
        text = self.project.sources.text(self.source.name)
        if text != self.text:
            self._take(text)
            self.select(self._found_again(before, words))
        self._read_codings()
        self.active = here if self.spans.get(here) else None
        self._mean_one()

    def _found_again(self, before: Segment | None, words: str) -> Segment | None:
        """Where the selected words are in a corrected text: the place nearest to where they were."""
        if before is None:
            return None
        window = self.text.find(words, max(0, before.start - 2000))
        start = window if window >= 0 and words else min(before.start, max(0, len(self.text) - 1))
        return self.selecting.fitted(start, start + len(words) if window >= 0 else start)

    def open(self, name: str, start: int = 0, end: int = 0) -> None:
        """Open a source, with a segment of it selected if it has it."""
        source = next((source for source in self.sources if source.name == name), None)
        if source is None:
            raise NotFoundError(f"There is no source “{name}” in the study.")
        text = self.project.sources.text(name)
        self.source, self.context, self.match = source, None, None
        self.active = self._made = None
        self._take(text)
        self._read_codings()
        self.select(self.selecting.fitted(start, end))

    def _take(self, text: str) -> None:
        self.text = text
        self.selecting = Selecting(text)
        self.selection = None
        self._newlines = None

    def _read_codings(self) -> None:
        if self.source is None:
            return
        self.spans = Spans(self.project.codings.list(CodingFilter(sources=(self.source.name,))))
        if len(self.spans) > _MANY:
            gc.collect()
            gc.freeze()  # a collection would stop the keys for as long as it looks at all of them

    def remember(self) -> None:
        """Note the place, so that the next time begins here."""
        if self.source is not None:
            self.place.source = self.source.name
        if self.selection is not None:
            self.place.start, self.place.end = self.selection.start, self.selection.end

    def neighbour(self, step: Step) -> str | None:
        """The name of the source after or before the open one."""
        ids = [source.id for source in self.sources]
        at = ids.index(self.source.id) + step if self.source is not None else 0
        return self.sources[at].name if 0 <= at < len(ids) else None

    # Selecting

    def select(self, segment: Segment | None, *, coding: int | None = None) -> None:
        """Select a segment; the coding that is meant is the one told, or one that is there."""
        self.selection = segment
        self.remember()
        if coding is not None:
            self.active = coding
        self._mean_one()
        if self.context is not None and segment is not None and not self.context.holds_at(segment.start):
            self.context = None

    def _mean_one(self) -> None:
        """Mean a coding under the selection: the one meant before, else the one of just this span, else the shortest."""
        here = self.here
        if self.active in {coding.id for coding in here}:
            return
        same = [coding for coding in here if coding.segment == self.selection]
        chosen = same[0] if same else min(here, key=lambda coding: len(coding.segment), default=None)
        self.active = None if chosen is None else chosen.id

    @property
    def here(self) -> list[Coding]:
        """The codings that overlap the selection."""
        return [] if self.selection is None else self.spans.overlapping(self.selection.start, self.selection.end)

    @property
    def coding(self) -> Coding | None:
        """The coding that is meant: under the selection, else the one just made."""
        return self.spans.get(self.active) or self.spans.get(self._made)

    def to_coding(self, step: Step) -> bool:
        """Select the next coding, or the one before; whether there is one."""
        if self.selection is None:
            return False
        number = self.active if self._on_its_coding() else (-1 if step > 0 else 0)
        find = self.spans.following if step > 0 else self.spans.preceding
        found = find(self.selection.start, self.selection.end, -1 if number is None else number)
        if found is not None:
            self.select(found.segment, coding=found.id)
        return found is not None

    def _on_its_coding(self) -> bool:
        meant = self.spans.get(self.active)
        return meant is not None and meant.segment == self.selection

    def to_overlapping(self) -> Coding | None:
        """Mean the next of the codings that overlap here."""
        here = self.here
        if not here:
            return None
        numbers = [coding.id for coding in here]
        at = numbers.index(self.active) + 1 if self.active in numbers else 0
        self.active = numbers[at % len(numbers)]
        return self.spans.get(self.active)

    def to_uncoded(self) -> bool:
        """Select the next sentence that has no code, from the top again after the last; whether there is one."""
        if self.selection is None or not self.selecting.sentences:
            return False
        begin = self.selection.end
        for low, high in ((begin, len(self.text)), (0, begin)):
            unit = self.selecting.sentences.after(low)
            while unit is not None and unit.start < high:
                if not self.spans.overlapping(unit.start, unit.end):
                    self.select(unit)
                    return True
                unit = self.selecting.sentences.after(unit.end)
        return False

    # What other deeds need

    def put(self, coding: Coding) -> None:
        """A coding of this note is new, or has changed."""
        before = self.spans.get(coding.id)
        self.spans.put(coding)
        self._count(before, -1)
        self._count(coding, 1)

    def drop(self, number: int) -> None:
        """A coding of this note is gone."""
        self._count(self.spans.get(number), -1)
        self.spans.drop(number)

    def made(self, coding: Coding) -> None:
        """A coding was just made: it is the one that is meant."""
        self.put(coding)
        self.active = self._made = coding.id

    def _count(self, coding: Coding | None, by: int) -> None:
        if coding is None or self.source is None:
            return
        self.codebook.changed(coding.code, by)
        loose = 0 if coding.cases else by
        self.source = replace(
            self.source, codings=self.source.codings + by, unattributed=self.source.unattributed + loose
        )
        self.replace_source(self.source)

    def replace_source(self, source: Source) -> None:
        """A source of the list has changed."""
        self.sources = [source if known.id == source.id else known for known in self.sources]
        if self.source is not None and self.source.id == source.id:
            self.source = source

    def follow(self, acts: Iterable[Act]) -> None:
        """Show what was undone or redone: the codings that it touched when that is all, else everything anew."""
        for act in acts:
            if act.changes > _ACTS_FOLLOWED:
                self.reload()
                return
            touched: set[int] = set()
            for change in self.project.history.changes(act.id):
                image = change.before or change.after or {}
                if change.table == "codings":
                    touched.add(change.row)
                elif change.table == "coding_cases":
                    touched.add(int(str(image["coding_id"])))
                else:
                    self.reload()
                    return
            for number in touched:
                self._follow_coding(number)
        self._mean_one()

    def _follow_coding(self, number: int) -> None:
        try:
            coding = self.project.codings.get(number)
        except NotFoundError:
            if self.spans.get(number) is None:
                self.reload_lists()
            self.drop(number)
            return
        if self.source is not None and coding.source == self.source.name:
            self.put(coding)
            self.active = coding.id
        else:
            self.reload_lists()

    def code(self, path: str) -> Code | None:
        return self.codebook.by_path.get(path)

    @property
    def last_code(self) -> str | None:
        """The code that Space applies: the one used last that still is in the codebook."""
        for path in self.place.recent:
            code = self.code(path)
            if code is not None and code.status != "retired":
                return path
        return None

    @property
    def attribution(self) -> tuple[str, ...] | None:
        """The cases that a new coding gets: those told for this section; None lets the source's single case, if it has one, be it."""
        if self.source is None or len(self.source.cases) < 2:
            return None
        return self.context.cases if self.context is not None else None

    def line(self) -> int:
        """The number of the line on which the selection begins."""
        if self.selection is None:
            return 0
        if self._newlines is None:
            self._newlines = array("I", (match.start() for match in re.finditer("\n", self.text)))
        return bisect_left(self._newlines, self.selection.start) + 1

    def search(self, pattern: re.Pattern[str] | None, start: int, step: Step) -> Segment | None:
        """The next match from an offset on, or the last before it; round the end of the text to its other end."""
        from sibtui.model.segments import Segment  # noqa: PLC0415

        if pattern is None:
            return None
        with suppress(StopIteration):
            if step > 0:
                found = pattern.search(self.text, start) or pattern.search(self.text)
            else:
                before = last = None
                for found in pattern.finditer(self.text):
                    before = found if found.start() < start else before
                    last = found
                found = before or last
            if found is not None and found.end() > found.start():
                return Segment(*found.span())
        return None
