"""The state of the coding screen: the sources and codes of a study, the open source with its codings, the selection."""

from __future__ import annotations

import gc
import re
from array import array
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.filters import CodingFilter
from sibtui.model.languages import DEFAULT
from sibtui.model.sentences import Sentences
from sibtui.workspace.codebook_view import CodebookView
from sibtui.workspace.selection import TextSelection
from sibtui.workspace.source_groups import SourceOrder
from sibtui.workspace.spans import CodingSpans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sibtui.model.records import Act, Code, Coding, Round, Source
    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.project.results import ChangePlace
    from sibtui.workspace.case_choice import CaseContext
    from sibtui.workspace.selection import Step
    from sibtui.workspace.session_state import StudyState

_MANY = 5_000
"""If a source has more codings than this, they are excluded from garbage collection, which would delay keys."""
_FAR, _JUMPS = 1_500, 100
"""The least distance in code points of a move that counts as a jump, and how many jumps are remembered."""
_ACTS_FOLLOWED = 200
"""If an undone change affects more rows than this, the whole study is read again, and not only the changed codings."""


class Workspace:
    """The state of the coding screen, without widgets.

    `source` is the open source, `spans` are the codings of the source, and `selection` is the selected segment of
    the text. `coding` is the active coding: commands act on this coding.
    """

    def __init__(self, project: Project, place: StudyState) -> None:
        self.project = project
        self.place = place
        self.sources: Sequence[Source] = ()
        self.codebook = CodebookView(())
        self.round: Round | None = None
        self.source: Source | None = None
        self.text = ""
        self._language = DEFAULT
        self.selecting = TextSelection("")
        self.spans: CodingSpans[Coding] = CodingSpans()
        self.selection: Segment | None = None
        self.active: int | None = None
        self.context: CaseContext | None = None
        self.match: re.Pattern[str] | None = None
        self.rereading: str | None = None
        """The code for which the user is reading sources again, one after the other.

        None if the user is not reading again.
        """
        self.lists_version = 0
        self._order: SourceOrder | None = None
        """The order of the sources. It is cached, because sorting 10,000 sources at each step would be slow."""
        self._jumps: list[tuple[int, Segment]] = []
        """The selection before each jump, as (id of its source, segment), the newest last."""
        self._made: int | None = None
        self._newlines: array[int] | None = None
        """The offsets of the line ends.

        They are cached, because counting lines at each key would be slow in a long note.
        """

    # Reading the study

    def load(self) -> None:
        """Read the sources and the codebook from the study, and open the source that was open in the last session.

        If there is no such source, open the first unread source. If all sources are read, open the first source.
        """
        self.reload_lists()
        names = [source.name for source in self.sources]
        unread = next((source.name for source in self.sources if source.reading != "read"), None)
        name = self.place.source if self.place.source in names else unread or (names[0] if names else None)
        if name is not None and name == self.place.source:
            self.open(name, self.place.start, self.place.end)
        elif name is not None:
            self.open(name)
        elif self.text:  # the last source was removed
            self._take("")
            self.spans, self.active, self._made = CodingSpans(), None, None

    def reload_lists(self) -> None:
        self.sources = self.project.sources.list()
        self.codebook = CodebookView(self.project.codes.list(counts=True))
        self.round = self.project.rounds.current
        self.lists_version += 1
        self._order = None
        if self.source is not None:
            self.source = next((s for s in self.sources if s.id == self.source.id), self.source)

    def reload(self) -> None:
        """Read the study again, because another screen or program has changed it.

        If the open source, the selection and the active coding still exist, they stay open, selected and active.
        """
        self.reload_lists()
        if self.source is None:
            self.load()
            return
        if self.source.id not in {source.id for source in self.sources}:  # it was removed
            self.source = None
            self.load()
            return
        before, active = self.selection, self.active
        words = before.quote(self.text) if before else ""
        text = self.project.sources.text(self.source.name)
        language = self.project.sources.language(self.source.name)
        if (text, language) != (self.text, self._language):
            self._take(text, language)
            self.select(self._selection_after_edit(before, words))
        self._read_codings()
        self.active = active if self.spans.get(active) else None
        self._choose_active()

    def with_words(self, words: str) -> str:
        """Return the text of the open source, with `words` in place of the selected words."""
        if self.selection is None:
            return self.text
        return self.text[: self.selection.start] + words + self.text[self.selection.end :]

    def _selection_after_edit(self, before: Segment | None, words: str) -> Segment | None:
        """Return the segment to select after a change of the text; None if `before` is None or the text is empty.

        The segment is the first place of `words`, the words of the old selection `before`. The search begins 2,000
        characters before this selection. If the words are not found, the segment is a sentence near the old selection.
        """
        if before is None:
            return None
        match = self.text.find(words, max(0, before.start - 2000))
        start = match if match >= 0 and words else min(before.start, max(0, len(self.text) - 1))
        return self.selecting.fitted(start, start + len(words) if match >= 0 else start)

    def open(self, name: str, start: int = 0, end: int = 0) -> None:
        """Open the source with this name, and select the segment from `start` to `end`.

        If the text does not have this segment, the nearest sentence is selected. Raises NotFoundError if there is no
        such source.
        """
        source = next((source for source in self.sources if source.name == name), None)
        if source is None:
            raise NotFoundError(f"There is no source “{name}” in the study.")
        text = self.project.sources.text(name)
        self._remember_jump()
        self.source, self.context, self.match = source, None, None
        self.active = self._made = None
        self._take(text, self.project.sources.language(name))
        self._read_codings()
        self.select(self.selecting.fitted(start, end))

    def _take(self, text: str, language: str = DEFAULT) -> None:
        self.text = text
        self._language = language
        self.selecting = TextSelection(text, Sentences(text, language))
        self.selection = None
        self._newlines = None

    def _read_codings(self) -> None:
        if self.source is None:
            return
        self.spans = CodingSpans(self.project.codings.list(CodingFilter(sources=(self.source.name,))))
        if len(self.spans) > _MANY:
            gc.collect()
            gc.freeze()  # a collection that visits all of them would delay the keys

    def remember(self) -> None:
        """Put the open source and the selection into the session state, so that the next session begins with them."""
        if self.source is not None:
            self.place.source = self.source.name
        if self.selection is not None:
            self.place.start, self.place.end = self.selection.start, self.selection.end

    def neighbour(self, step: Step) -> str | None:
        """Return the name of the next (1) or previous (-1) source in the sources pane; None if there is none."""
        if self._order is None:
            self._order = SourceOrder(self.sources, [case.label for case in self.project.cases.list()])
        return self._order.neighbour(self.source.name if self.source else None, step)

    # Selecting

    def select(self, segment: Segment | None, *, coding: int | None = None) -> None:
        """Select a segment, and make the coding with the id `coding` active.

        If `coding` is None, a coding that overlaps the segment becomes active.
        """
        if segment is not None and self.selection is not None and abs(segment.start - self.selection.start) > _FAR:
            self._remember_jump()
        self.selection = segment
        self.remember()
        if coding is not None:
            self.active = coding
        self._choose_active()
        if self.context is not None and segment is not None and not self.context.holds_at(segment.start):
            self.context = None

    def _remember_jump(self) -> None:
        if self.source is not None and self.selection is not None:
            here = (self.source.id, self.selection)
            self._jumps = [*(jump for jump in self._jumps if jump != here), here][-_JUMPS:]

    def jump_back(self) -> bool:
        """Return to the selection before the last jump (a move over a long distance). Return False if there is none."""
        while self._jumps:
            number, segment = self._jumps.pop()
            source = next((source for source in self.sources if source.id == number), None)
            if source is None or (self.source is not None and (number, segment) == (self.source.id, self.selection)):
                continue
            jumps = list(self._jumps)
            if self.source is None or source.id != self.source.id:
                self.open(source.name, segment.start, segment.end)
            if segment.end <= len(self.text):
                self.select(segment)
            self._jumps = jumps
            return True
        return False

    def move(self, to: Callable[[TextSelection, Segment], Segment]) -> None:
        if self.selection is not None:
            self.select(to(self.selecting, self.selection))

    def _choose_active(self) -> None:
        """Choose the active coding among the codings that overlap the selection.

        If the present active coding is one of them, it stays active. Otherwise, a coding of exactly the selected words
        becomes active, or else the shortest coding.
        """
        codings = self.overlapping
        if self.active in {coding.id for coding in codings}:
            return
        same = [coding for coding in codings if coding.segment == self.selection]
        chosen = same[0] if same else min(codings, key=lambda coding: len(coding.segment), default=None)
        self.active = None if chosen is None else chosen.id

    @property
    def overlapping(self) -> list[Coding]:
        return [] if self.selection is None else self.spans.overlapping(self.selection.start, self.selection.end)

    @property
    def coding(self) -> Coding | None:
        """The active coding: commands act on it. It overlaps the selection, or is the coding that was made last."""
        return self.spans.get(self.active) or self.spans.get(self._made)

    def to_coding(self, step: Step) -> bool:
        """Select the passage of the next (1) or previous (-1) coding of the open source.

        Return False if there is none.
        """
        if self.selection is None:
            return False
        number = self.active if self._is_active_selected() else (-1 if step > 0 else 0)
        find = self.spans.following if step > 0 else self.spans.preceding
        coding = find(self.selection.start, self.selection.end, -1 if number is None else number)
        if coding is not None:
            self.select(coding.segment, coding=coding.id)
        return coding is not None

    def _is_active_selected(self) -> bool:
        active = self.spans.get(self.active)
        return active is not None and active.segment == self.selection

    def to_overlapping(self) -> Coding | None:
        """Activate the next of the codings that overlap the selection, and return it.

        After the last of these codings, the first is next. Return None if no coding overlaps the selection.
        """
        numbers = [coding.id for coding in self.overlapping]
        if not numbers:
            return None
        at = numbers.index(self.active) + 1 if self.active in numbers else 0
        self.active = numbers[at % len(numbers)]
        return self.spans.get(self.active)

    def to_uncoded(self) -> bool:
        """Select the next sentence without a coding. Return False if there is none.

        After the last sentence, the search continues at the top of the text.
        """
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

    # Changes made by the actions

    def put(self, coding: Coding) -> None:
        """Add a coding to the codings of the open source in memory, or replace the coding with the same id."""
        before = self.spans.get(coding.id)
        self.spans.put(coding)
        self._count(before, -1)
        self._count(coding, 1)

    def drop(self, number: int) -> None:
        """Remove a coding from the codings in memory. The study is not changed."""
        self._count(self.spans.get(number), -1)
        self.spans.drop(number)

    def add_new(self, coding: Coding) -> None:
        """Add a new coding to the codings in memory, and make it active. The study is not changed."""
        self.put(coding)
        self.active = self._made = coding.id

    def _count(self, coding: Coding | None, by: int) -> None:
        if coding is None or self.source is None:
            return
        self.codebook.add_count(coding.code, by)
        loose = 0 if coding.cases else by
        self.source = replace(
            self.source, codings=self.source.codings + by, unattributed=self.source.unattributed + loose
        )
        self.replace_source(self.source)

    def replace_source(self, source: Source) -> None:
        """Replace the source with the same id by `source`, in the list of sources and as the open source."""
        self.sources = [source if known.id == source.id else known for known in self.sources]
        if self.source is not None and self.source.id == source.id:
            self.source = source

    def follow(self, acts: Iterable[Act]) -> None:
        """Read the changed codings again after undo or redo of `acts`. If other items changed, read the study again."""
        for act in acts:
            if act.changes > _ACTS_FOLLOWED:
                self.reload()
                return
            changed: set[int] = set()
            for change in self.project.history.changes(act.id):
                image = change.before or change.after or {}
                if change.table == "codings":
                    changed.add(change.row)
                elif change.table == "coding_cases":
                    changed.add(int(str(image["coding_id"])))
                else:
                    self.reload()
                    return
            for number in changed:
                self._follow_coding(number)
        self._choose_active()

    def go_to(self, place: ChangePlace) -> None:
        """Open the source to which a change belongs. If a coding was changed, select its passage."""
        names = {source.name for source in self.sources}
        if place.kind not in {"coding", "source"} or place.name not in names:
            return
        if self.source is None or self.source.name != place.name:
            segment = place.segment
            self.open(place.name, *((segment.start, segment.end) if segment else (0, 0)))
        if place.segment is not None and place.segment.end <= len(self.text):
            self.select(place.segment, coding=place.number)

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
        """The path of the newest applied code that is neither retired nor removed; None if there is none."""
        for path in self.place.recent:
            code = self.code(path)
            if code is not None and code.status != "retired":
                return path
        return None

    @property
    def attribution(self) -> tuple[str, ...] | None:
        """The cases that the user has chosen for new codings of the open source; None if the user has chosen none.

        The choice ends at the next heading. It is offered only in a source about two or more cases. Without a choice, a
        new coding in such a source has no case. In a source about one case, a new coding always gets this case.
        """
        if self.source is None or len(self.source.cases) < 2:
            return None
        return self.context.cases if self.context is not None else None

    def line(self) -> int:
        """Return the number of the line in which the selection begins, from 1; 0 if nothing is selected."""
        if self.selection is None:
            return 0
        if self._newlines is None:
            self._newlines = array("I", (match.start() for match in re.finditer("\n", self.text)))
        return bisect_left(self._newlines, self.selection.start) + 1

    def search(self, pattern: re.Pattern[str] | None, start: int, step: Step) -> Segment | None:
        """Return the next match (`step` is 1) or previous match (-1) in the text of the open source.

        The search begins at the offset `start`. At an end of the text, it continues at the opposite end. Return None if
        there is no match.
        """
        from sibtui.workspace.note_search import match_in

        return match_in(self.text, pattern, start, step)
