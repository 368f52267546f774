"""A project of Taguette, given as its rows, as a study."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.formats import instants
from sibtui.formats.offsets import agrees
from sibtui.formats.refi_names import Names
from sibtui.formats.reviewing import Reviewer
from sibtui.formats.taguette_text import TaguetteText, plain
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.imports import Convention, ImportReport, Offsets, ProjectImport
from sibtui.model.records import Study
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from sibtui.model.foreign import TaguetteHighlight, TaguetteProject

_UNIT = Convention("UTF-8 bytes")
UNTAGGED = "untagged"


def taguette_study(project: TaguetteProject) -> ProjectImport:
    """The study, with its report. A highlight with several tags makes as many codings; one with none gets the code `untagged`."""
    return _Builder(project).build()


class _Builder:
    def __init__(self, project: TaguetteProject) -> None:
        self._project = project
        names = Names()
        self._texts = {document.id: TaguetteText(document.contents) for document in project.documents}
        self._names = {
            document.id: names.unique("source", names.clean(document.name, f"document {document.id}"))
            for document in project.documents
        }
        self._paths = {
            number: join_path([names.unique("code", names.clean(path, f"tag {number}"))])
            for number, path, _ in project.tags
        }
        self._reviewer = Reviewer({self._names[at]: text.text for at, text in self._texts.items()})
        self._codings: list[CodingDraft] = []
        self._counts: Counter[str] = Counter()

    def build(self) -> ProjectImport:
        project = self._project
        for highlight in project.highlights:
            self._place(highlight)
        codes = [CodeDraft(self._paths[number], told.strip(), origin="imported") for number, _, told in project.tags]
        if self._counts["untagged"]:
            codes.append(CodeDraft(UNTAGGED, "Highlights that had no tag.", origin="imported"))
        coders = {highlight.coder for highlight in project.highlights if highlight.coder}
        study = StudyDraft(
            Study(project.name, "", project.description, _moment(project.created) or "", 1),
            coders=tuple(sorted(coders) or project.members[:1]),
            sources=tuple(
                SourceDraft(
                    self._names[each.id], self._texts[each.id].text, each.description, added=_moment(each.created)
                )
                for each in project.documents
            ),
            codes=tuple(codes),
            codings=tuple(self._codings),
        )
        return ProjectImport(study, self._report(study))

    def _place(self, highlight: TaguetteHighlight) -> None:
        text = self._texts.get(highlight.document)
        if text is None:
            self._counts["highlights of documents that are not there"] += 1
            return
        source, quote = self._names[highlight.document], plain(highlight.snippet)
        place = text.place(highlight.start, highlight.end)
        there = None if place is None else text.text[place[0] : place[1]]
        self._measure(text.text, place)
        fits = there is not None and _alike(quote, there)
        self._counts["quoted"] += bool(quote)
        self._counts["equal"] += fits and bool(quote)
        self._counts["untagged"] += not highlight.tags
        for path in [self._paths[tag] for tag in highlight.tags if tag in self._paths] or [UNTAGGED]:
            segment = Segment(*place) if place is not None else None
            draft = CodingDraft(
                source, path, segment, there if fits else quote, coder=highlight.coder or None,
                created=_moment(highlight.created),
            )  # fmt: skip
            if fits or (not quote and there is not None):
                self._codings.append(draft)
            else:
                told = (
                    f"bytes {highlight.start} to {highlight.end} of the document are not the text that was highlighted"
                )
                self._reviewer.add(draft, told, 0 if place is None else place[0])

    def _measure(self, text: str, place: tuple[int, int] | None) -> None:
        if place is None:
            return
        start, end = place
        self._counts["starts"] += not (start and text[start - 1].isalnum() and text[start].isalnum())
        self._counts["ends"] += end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())

    def _report(self, study: StudyDraft) -> ImportReport:
        counts, count = self._counts, len(self._project.highlights)
        quoted = counts["quoted"]
        offsets = Offsets(
            _UNIT, count, count, quoted, counts["equal"] / quoted if quoted else None,
            counts["starts"] / count, counts["ends"] / count, sure=True,
        ) if count else None  # fmt: skip
        lost = counts["highlights of documents that are not there"]
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "sources": len(study.sources),
            "codings": len(study.codings),
        }  # fmt: skip
        return ImportReport(
            "Taguette",
            {what: number for what, number in arrived.items() if number},
            {"highlights of documents that are not there": lost} if lost else {},
            offsets,
            tuple(self._reviewer.list),
        )


def _alike(quote: str, there: str) -> bool:
    """Blocks that follow each other without a blank in Taguette are lines here: blanks do not tell texts apart."""
    return agrees(quote, there) or "".join(quote.split()) == "".join(there.split())


def _moment(told: str | None) -> str | None:
    try:
        return instants.instant(told) if told else None
    except ValueError:
        return None
