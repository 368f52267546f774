"""The writer of the selections of a REFI-QDA project. A selection is a passage of a source with its codings."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sibtui.formats.codec.xml_text import fits, value
from sibtui.formats.refi.elements import note
from sibtui.formats.refi.guids import Guids, dashed
from sibtui.formats.refi.identifiers import qualifiers
from sibtui.formats.refi.losses import CodingLosses
from sibtui.formats.refi.placed_codings import has_place, is_by_source
from sibtui.formats.refi.xml_parts import SelectionsOfCases
from sibtui.model.arguments import as_names
from sibtui.model.progress import OFTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sibtui.formats.refi.creation_attributes import CreationAttributes
    from sibtui.formats.refi.placed_codings import NumberedCoding
    from sibtui.formats.refi.sibtui_note import SibtuiNote
    from sibtui.formats.refi.xml_parts import XmlPart
    from sibtui.model.drafts import CodingDraft, SourceDraft, StudyDraft

_LONGEST_NAME = 1_000_000
"""A quote of at most this many code points is written as the name of a selection.

Parsers refuse attributes of ten million bytes.
"""


class SelectionWriter:
    """Writes the codings of a study as selections (coded passages) of their sources, and memos on codings as Notes.

    If REFI-QDA cannot store a fact about a coding, the fact goes to `annex`, a Note that only sibtui reads.
    """

    def __init__(
        self,
        study: StudyDraft,
        guids: Guids,
        annex: SibtuiNote,
        created: CreationAttributes,
        notes: XmlPart,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._study_key = study.study.guid or study.study.name
        self._guids = guids
        self._annex = annex
        self._created = created
        self._notes = notes
        self._progress = progress
        self._cases = tuple(case.label for case in study.cases)
        self.of_cases = SelectionsOfCases(self._cases)
        self.lost = CodingLosses(study)
        self._in_order = is_by_source(study)
        self._written: list[tuple[int, str]] = []
        self._done = self._reported = 0
        self.is_lasting = bool(study.codings) and (
            getattr(study.codings, "lasting", False) or all(_is_uid(coding.uid) for coding in study.codings)
        )
        """Whether every coding has a lasting id. These ids are written as the GUIDs of codings, so that the annex need not repeat them."""

    def write(self, source: SourceDraft, codings: Iterable[NumberedCoding], codes: Mapping[str, str]) -> Iterator[str]:
        """Yield the XML of a source's selections (coded passages). `codes` is a map: path of a code → its GUID (id).

        Neighbouring codings are written into one selection if they have the same passage, stance, certainty and cases.
        """
        # These keys have the name of the source: GUIDs of other sources need not be remembered.
        guids, fit = Guids(self._study_key), fits(source.text)
        for ((start, end), stance, certainty, cases), group in groupby(
            self._placed(source, codings, codes), key=_same_selection
        ):
            place = f"{start}:{end}"
            guid = guids.next_of("selection", source.name, place)
            quote = source.text[start:end]
            if len(quote) > _LONGEST_NAME:
                quote = quote[:_LONGEST_NAME] + "…"
            description = qualifiers(stance, certainty)
            parts = [f"<Description>{description}</Description>"] if description else []
            attributes = ""
            for numbered in group:
                coding = numbered[1]
                own = (
                    dashed(coding.uid)
                    if self.is_lasting
                    else guids.next_of("coding", source.name, place, coding.code, coding.coder or "")
                )
                made = self._created.of_coding(coding, own)
                attributes = attributes or made
                memo = self._memo_of(own, coding.memo, made) if coding.memo else ""
                parts.append(f'<Coding guid="{own}"{made}><CodeRef targetGUID="{codes[coding.code]}"/>{memo}</Coding>')
                self._put_coding(own, coding)
                self._count(numbered[0], own)
            if cases:
                self.of_cases.put(guid, cases)
            yield (
                f'<PlainTextSelection guid="{guid}" name="{value(quote, fit_already=fit)}" startPosition="{start}"'
                f' endPosition="{end}"{attributes}>{"".join(parts)}</PlainTextSelection>\n'
            )

    def _count(self, at: int, guid: str) -> None:
        """Count a coding as written, and report the progress.

        `at` is the position of the coding in the study, and `guid` its id in the file. Both are recorded for
        `put_order` if the file may have another order than the study.
        """
        self._done += 1
        if not self._in_order:
            self._written.append((at, guid))
        if self._progress is not None and self._done - self._reported >= OFTEN:
            self._reported = self._done
            self._progress(self._done)

    def _memo_of(self, coding: str, memo: str, attributes: str) -> str:
        # Lasting ids of a study differ: no other coding has this key.
        key = "memo of coding", coding
        guid = self._guids.of(*key) if self._in_order and self.is_lasting else self._guids.next_of(*key)
        self._notes.put(note(guid, "", memo, attributes))
        return f'<NoteRef targetGUID="{guid}"/>'

    def _put_coding(self, guid: str, coding: CodingDraft) -> None:
        if coding.cases is None:
            self._annex.put("codings", guid, cases=None)
        elif coding.cases and not self._follow_from_references(as_names(coding.cases)):
            self._annex.put("codings", guid, cases=list(coding.cases))
        if coding.quote is None:
            self._annex.put("codings", guid, quote=None)
        if coding.nth is not None:
            self._annex.put("codings", guid, nth=coding.nth)
        if coding.round is not None:
            self._annex.put("codings", guid, round=coding.round)
        if coding.for_paper is not None:
            self._annex.put("codings", guid, for_paper=coding.for_paper)
        if coding.how:
            self._annex.put("codings", guid, how=coding.how)

    def _follow_from_references(self, cases: tuple[str, ...]) -> bool:
        """Return whether the Case elements of the file are enough to restore `cases`, the cases of a coding.

        A reader of the file gets the cases in the order of the Case elements. So the result is False if `cases` are in
        another order, or if one of them has no element.
        """
        if len(cases) == 1:
            return cases[0] in self._cases
        return cases == tuple(label for label in self._cases if label in cases)

    def _placed(
        self, source: SourceDraft, codings: Iterable[NumberedCoding], codes: Mapping[str, str]
    ) -> Iterator[NumberedCoding]:
        """Yield those codings of a source that REFI-QDA can store. `codes` is a map: path of a code → its GUID (id).

        All other codings are written to the annex, a Note that only sibtui reads.
        """
        text, count = source.text, self.lost.count
        for numbered in codings:
            if has_place(numbered[1], text, codes):
                count(numbered[1], placed=True)
                yield numbered
            else:
                self.put_whole(numbered)

    def put_whole(self, numbered: NumberedCoding) -> None:
        """Write all fields of a coding to the annex, which only sibtui reads. REFI-QDA cannot store this coding."""
        at, coding = numbered
        self.lost.count(coding, placed=False)
        self._annex.put_whole("codings", at, replace(coding, line=0))

    def put_order(self) -> None:
        """If the codings in the file are not in the order of the study, write this order to the annex.

        Call this after the last coding.
        """
        if "codings" in self._annex.whole:
            self._annex.whole["codings"].sort(key=itemgetter(0))
        in_file = [guid for _, guid in self._written]
        self._annex.put_order("codings", [guid for _, guid in sorted(self._written)], in_file)


def _is_uid(uid: str) -> bool:
    return len(uid) == 32 and uid.isalnum() and uid.isascii()


def _same_selection(placed: NumberedCoding) -> tuple[Any, ...]:
    coding = placed[1]
    segment = coding.segment
    place = segment and (segment.start, segment.end)
    return place, coding.stance or "supports", coding.certainty or "firm", coding.cases
