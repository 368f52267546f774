"""The codings of a REFI-QDA project, each on its text: offsets turned into segments, and what does not fit its quote listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats import instants
from sibtui.formats.offsets import agrees, are_quotes, choose
from sibtui.formats.refi_form import parse_qualifiers
from sibtui.formats.reviewing import Reviewer
from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.imports import Convention
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.formats.refi_codebook import CodesRead
    from sibtui.formats.refi_notes import Notes
    from sibtui.formats.refi_sources import RawCoding, RawSelection, SourcesRead
    from sibtui.model.imports import Offsets, Review
    from sibtui.model.records import Certainty, Stance

_PLAIN: tuple[Stance, Certainty] = ("supports", "firm")


class CodingsBuilder:
    """Builds `drafts`, (GUID, coding) in the order of the file, and `review`."""

    def __init__(
        self,
        sources: SourcesRead,
        codes: CodesRead,
        users: Mapping[str, str],
        notes: Notes,
        cases: Mapping[str, tuple[str, ...]],
        *,
        ours: bool,
    ) -> None:
        self._sources = sources
        self._paths = dict(codes.paths)
        self._users = users
        self._notes = notes
        self._cases = cases
        self._ours = ours
        self._moments: dict[str | None, str | None] = {}
        self._qualified: dict[str, tuple[Stance, Certainty]] = {}
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._reviewer = Reviewer({name: ruler.text for name, ruler in sources.rulers.items()})
        self.drafts: list[tuple[str, CodingDraft]] = []
        self.new_codes: tuple[CodeDraft, ...] = ()
        self.partly: dict[str, set[str]] = {}
        self.offsets: Offsets | None = None
        self.labels = 0
        self.warnings: list[str] = []

    @property
    def review(self) -> list[Review]:
        return self._reviewer.list

    def build(self) -> None:
        found = self._sources
        placed = [each for each in found.selections if each[1] >= 0]
        # what stands in rich text is no evidence of how a program counts, unless there is nothing else
        placed = [each for each in placed if each[0] not in found.rich] or placed
        self.offsets = choose(found.rulers, placed, prefer=Convention() if self._ours else None) if placed else None
        quotes = self.offsets is not None and are_quotes(self.offsets, found.rulers, placed)
        convention = Convention() if self.offsets is None else self.offsets.convention
        for selection in found.selections:
            self._select(selection, convention, quotes=quotes)
        for source, coding in found.whole:
            self._on_whole(source, coding)
        if self._spans:
            self._attribute()
        if self.new_codes:
            self.warnings.append(
                f"{len(self.new_codes)} codes are used but not defined in the file: they are named after their GUIDs."
            )

    def _select(self, selection: RawSelection, convention: Convention, *, quotes: bool) -> None:
        source, start, end, recorded, guid, told, notes, codings = selection
        ruler = self._sources.rulers.get(source)
        place = None if ruler is None else ruler.place(start, end, convention)
        if place is None or ruler is None:
            self._displaced(selection, place)
            return
        text = ruler.text[place[0] : place[1]]
        if source in self._sources.rich and not agrees(recorded, text):
            self._displaced(selection, place)
            return
        if recorded and recorded != text and not agrees(recorded, text):
            if quotes:
                self._displaced(selection, place)
                return
            self.labels += 1
        segment = Segment(*place)
        labels = self._cases.get(guid)
        if labels is not None:
            self.partly.setdefault(source, set()).update(labels)
            if not codings:
                self._spans.setdefault(source, []).extend((*place, label) for label in labels)
        if not codings and (notes or told):
            self._notes.annotate(source, f"{segment} “{one_line(text, 40)}”", told, notes)
        for coding in codings:
            self.drafts.append((coding[0], self._draft(selection, coding, segment, text, labels)))

    def _draft(
        self,
        selection: RawSelection,
        coding: RawCoding,
        segment: Segment | None,
        quote: str,
        labels: tuple[str, ...] | None,
    ) -> CodingDraft:
        source, _, _, _, _, told, on_selection, _ = selection
        _, code, user, created, on_coding = coding
        (stance, certainty), memo = _PLAIN, ""
        if told:
            parsed = self._qualified.get(told)
            if parsed is None and (parsed := parse_qualifiers(told)) is not None:
                self._qualified[told] = parsed
            if parsed is not None:
                (stance, certainty), told = parsed, ""
        if on_coding or on_selection or told:
            noted = self._notes.texts(on_coding + on_selection)
            memo = "\n\n".join(part for part in (told, noted) if part)
        path = self._paths.get(code) or self._unknown(code)
        if labels is None and self._ours:
            labels = ()
        if created in self._moments:
            moment = self._moments[created]
        else:
            moment = self._moments[created] = self._moment(created)
        return CodingDraft(
            source, path, segment, quote, None, self._users.get(user), stance, certainty, labels, memo, moment
        )

    @staticmethod
    def _moment(told: str | None) -> str | None:
        try:
            return instants.instant(told or "")
        except ValueError:
            return None

    def _unknown(self, guid: str) -> str:
        path = f"unknown code {guid or 'without a GUID'}"
        self._paths[guid] = path
        self.new_codes = (*self.new_codes, CodeDraft(path, origin="imported"))
        return path

    def _displaced(self, selection: RawSelection, place: tuple[int, int] | None) -> None:
        """A selection that is not where its quote is: its codings go to the review list."""
        source, start, end, quote, guid, *_, codings = selection
        if source not in self._sources.rulers:
            why = "the text of the source is not in the file"
        elif place is not None:
            there = one_line(Segment(*place).quote(self._sources.rulers[source].text), 40)
            why = f"at {place[0]}:{place[1]} the text is “{there}”"
            if source in self._sources.rich and not quote:
                why += "; it came out of rich text, and no quote tells whether that is the place"
        elif start < 0:
            why = "the selection has no place in the text"
        else:
            why = f"{start}:{end} is no place in the text"
        told = Segment(start, end) if 0 <= start < end else None
        for coding in codings:
            self._reviewer.add(self._draft(selection, coding, told, quote, self._cases.get(guid)), why, start)

    def _on_whole(self, source: str, coding: RawCoding) -> None:
        text = self._sources.rulers[source].text if source in self._sources.rulers else ""
        selection = (source, 0, len(text), "", "", "", (), [coding])
        if text:
            self.drafts.append((coding[0], self._draft(selection, coding, Segment(0, len(text)), text, None)))
        else:
            self._displaced(selection, None)

    def _attribute(self) -> None:
        """Codings within text that a case is linked to speak of that case."""
        for at, (guid, draft) in enumerate(self.drafts):
            spans = self._spans.get(draft.source)
            if not spans or draft.cases is not None or draft.segment is None:
                continue
            segment = draft.segment
            labels = [label for start, end, label in spans if start <= segment.start and segment.end <= end]
            if labels:
                self.drafts[at] = (guid, replace(draft, cases=tuple(dict.fromkeys(labels))))

    def leave_open(self, sources: set[str]) -> None:
        """Codings in these sources that no case is told for wait for one: only parts of the text are of a case."""
        if sources:
            self.drafts = [
                (guid, replace(draft, cases=()) if draft.cases is None and draft.source in sources else draft)
                for guid, draft in self.drafts
            ]
