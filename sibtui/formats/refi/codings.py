"""Reading the codings of a REFI-QDA project.

If the text at the offsets of a coding is not its quote, the coding goes to a list that the user must review.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.draft_file import DraftFile
from sibtui.formats.codec.foreign_offsets import agrees, are_quotes, choose_by_source
from sibtui.formats.codec.quote_review import Reviewer
from sibtui.formats.refi.identifiers import parse_qualifiers
from sibtui.formats.refi.placed_selections import PlacedSelections
from sibtui.formats.refi.text_rulers import TextsByName
from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.import_reports import Convention
from sibtui.model.segments import Segment
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.formats.refi.codebook import CodesRead
    from sibtui.formats.refi.notes import NotesReader
    from sibtui.formats.refi.outline import RawCoding
    from sibtui.formats.refi.sources import RawSelection, SourcesReader
    from sibtui.model.import_reports import Offsets, Review
    from sibtui.model.records import Certainty, Stance

_PLAIN: tuple[Stance, Certainty] = ("supports", "firm")


class CodingsBuilder:
    """Builds the codings of a project, and the list of codings that the user must review.

    `drafts` has (GUID, coding) in the order of the file. The GUID is the id of the coding in the file.
    """

    def __init__(
        self,
        reader: SourcesReader,
        codes: CodesRead,
        users: Mapping[str, str],
        notes: NotesReader,
        cases: Callable[[str], tuple[str, ...] | None],
        *,
        ours: bool,
        lasting: bool,
    ) -> None:
        """Store the parts of a project that were read before its codings. GUIDs are ids in the file.

        `users` is a map: GUID of a user → name of the coder. `cases` is a function that takes the GUID of a selection
        (a coded passage), and returns the labels of its cases. `ours` is set if sibtui wrote the file. `lasting` is set
        if the GUIDs of the codings are their lasting ids, which are the same in all copies of the study.
        """
        self._reader = reader
        self._sources = sources = reader.result
        self._paths = dict(codes.paths)
        self._users = users
        self._notes = notes
        self._cases = cases
        self._ours = ours
        self._lasting = lasting
        self._moments: dict[str | None, str | None] = {}
        self._qualified: dict[str, tuple[Stance, Certainty]] = {}
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._reviewer = Reviewer(TextsByName(sources.rulers))
        self.drafts = DraftFile()
        self.new_codes: tuple[CodeDraft, ...] = ()
        self.partly: dict[str, set[str]] = {}
        self.offsets: Offsets | None = None
        self.labels = 0
        self.warnings: list[str] = []

    @property
    def review(self) -> list[Review]:
        """The codings whose quote differs from the text at their offsets, in the order of the file."""
        return self._reviewer.list

    def build(self) -> None:
        """Read all codings into the fields of this object."""
        read = self._sources
        placed = PlacedSelections(self._reader)
        self.offsets = (
            choose_by_source(read.rulers, placed, placed.count, prefer=Convention() if self._ours else None)
            if placed.count
            else None
        )
        quotes = self.offsets is not None and are_quotes(self.offsets, read.rulers, placed.all())
        if self.offsets is not None and not quotes:
            self.offsets = replace(self.offsets, equal=None)  # the names are labels, and are not compared with the text
        convention = Convention() if self.offsets is None else self.offsets.convention
        for source, selections in self._reader.selections():
            found: list[tuple[str, CodingDraft]] = []
            for selection in selections:
                found += self._select(selection, convention, quotes=quotes)
            self.drafts.put(self._attributed(source, found))
        for source, coding in read.whole:
            self.drafts.put(self._attributed(source, self._on_whole(source, coding)))
        if self.new_codes:
            self.warnings.append(
                f"{plural(len(self.new_codes), 'code is', 'codes are')} used but not defined in the file, and named by GUID."
            )

    def _select(
        self, selection: RawSelection, convention: Convention, *, quotes: bool
    ) -> Sequence[tuple[str, CodingDraft]]:
        """Return (id in the file, coding) for each coding of a selection, which is a passage in the file.

        If the text at the offsets differs from the quote of the selection, the codings go to the list for review, and
        the result is empty. `convention` is the way in which the file counts offsets. `quotes` is set if the names of
        selections are quotes and not labels.
        """
        source, start, end, recorded, guid, description, notes, codings = selection
        ruler = self._sources.rulers.get(source)
        place = None if ruler is None else ruler.place(start, end, convention)
        if place is None or ruler is None:
            self._displaced(selection, place)
            return ()
        text = ruler.text[place[0] : place[1]]
        if source in self._sources.rich and not agrees(recorded, text):
            self._displaced(selection, place)
            return ()
        if recorded and recorded != text and not agrees(recorded, text):
            if quotes:
                self._displaced(selection, place)
                return ()
            self.labels += 1
        segment = Segment(*place)
        labels = self._cases(guid)
        if labels is not None:
            self.partly.setdefault(source, set()).update(labels)
            if not codings:
                self._spans.setdefault(source, []).extend((*place, label) for label in labels)
        if not codings and (notes or description):
            self._notes.annotate(source, f"{segment} “{one_line(text, 40)}”", description, notes)
        return [(each[0], self._draft(selection, each, segment, text, labels, self._uid(each))) for each in codings]

    def _draft(
        self,
        selection: RawSelection,
        coding: RawCoding,
        segment: Segment | None,
        quote: str,
        labels: tuple[str, ...] | None,
        uid: str = "",
    ) -> CodingDraft:
        source, _, _, _, _, description, on_selection, _ = selection
        _, code, user, created, on_coding = coding
        (stance, certainty), memo = _PLAIN, ""
        if description:
            parsed = self._qualified.get(description)
            if parsed is None and (parsed := parse_qualifiers(description)) is not None:
                self._qualified[description] = parsed
            if parsed is not None:
                (stance, certainty), description = parsed, ""
        if on_coding or on_selection or description:
            noted = self._notes.texts(on_coding + on_selection)
            memo = "\n\n".join(part for part in (description, noted) if part)
        path = self._paths.get(code) or self._unknown(code)
        if labels is None and self._ours:
            labels = ()
        if created in self._moments:
            moment = self._moments[created]
        else:
            moment = self._moments[created] = timestamps.instant_or_none(created)
        return CodingDraft(
            source, path, segment, quote, None, self._users.get(user), stance, certainty, labels, memo, moment, uid=uid
        )

    def _uid(self, coding: RawCoding) -> str:
        """Return the id by which sibtui recognises a coding in all copies of a study; empty if the file has none."""
        return coding[0].replace("-", "") if self._lasting else ""

    def _unknown(self, guid: str) -> str:
        path = f"unknown code {guid or 'without a GUID'}"
        self._paths[guid] = path
        self.new_codes = (*self.new_codes, CodeDraft(path, origin="imported"))
        return path

    def _displaced(self, selection: RawSelection, place: tuple[int, int] | None) -> None:
        """Add the codings of a selection (a passage) to the list for review, because the quote is not at the offsets.

        `place` is (start, end) in the text, converted from the offsets; None if the offsets are not valid.
        """
        source, start, end, quote, guid, *_, codings = selection
        if source not in self._sources.rulers:
            reason = "the text of the source is not in the file"
        elif place is not None:
            actual = one_line(Segment(*place).quote(self._sources.rulers[source].text), 40)
            reason = f"at {place[0]}:{place[1]} the text is “{actual}”"
            if source in self._sources.rich and not quote:
                reason += "; the text is extracted from rich text, and there is no quote to check the position with"
        elif start < 0:
            reason = "the selection has no position in the text"
        else:
            reason = f"{start}:{end} is not a position in the text"
        segment = Segment(start, end) if 0 <= start < end else None
        for coding in codings:
            self._reviewer.add(self._draft(selection, coding, segment, quote, self._cases(guid)), reason, start)

    def _on_whole(self, source: str, coding: RawCoding) -> list[tuple[str, CodingDraft]]:
        text = self._sources.rulers.text(source)
        selection = (source, 0, len(text), "", "", "", (), [coding])
        if text:
            return [(coding[0], self._draft(selection, coding, Segment(0, len(text)), text, None, self._uid(coding)))]
        self._displaced(selection, None)
        return []

    def _attributed(self, source: str, found: list[tuple[str, CodingDraft]]) -> list[tuple[str, CodingDraft]]:
        """Return `found` with cases added. `found` has (id in the file, coding) for the codings of one source.

        A coding without a case gets the cases that are linked to a passage around it.
        """
        spans = self._spans.get(source)
        if not spans:
            return found
        for at, (guid, draft) in enumerate(found):
            if draft.cases is not None or draft.segment is None:
                continue
            segment = draft.segment
            labels = [label for start, end, label in spans if start <= segment.start and segment.end <= end]
            if labels:
                found[at] = (guid, replace(draft, cases=tuple(dict.fromkeys(labels))))
        return found

    def set_rest(self, cases: dict[str, tuple[str, ...]]) -> None:
        """Set the cases that a coding gets if no case refers to its passage. `cases` is a map: source → these cases.

        They are the cases that refer to the whole source. The map has only the sources in which another case refers to
        a passage.
        """
        self.drafts.rest = cases
