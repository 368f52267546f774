"""Conversion of Taguette projects to studies. The input is the rows of the project's database."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.foreign_offsets import agrees
from sibtui.formats.codec.quote_review import Reviewer
from sibtui.formats.codec.unique_names import UniqueNames
from sibtui.formats.other_programs.taguette_text import TaguetteText, plain
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.import_reports import Convention, ImportReport, Offsets, ProjectImport
from sibtui.model.records import Study
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from sibtui.model.foreign_rows import TaguetteHighlight, TaguetteProject

_UNIT = Convention("UTF-8 bytes")
UNTAGGED = "untagged"


def taguette_study(project: TaguetteProject) -> ProjectImport:
    """Return the study in a Taguette project, with a report on the import.

    A highlight with several tags becomes several codings, one per tag. A highlight without tags becomes a coding with
    the code `untagged`.
    """
    return _TaguetteBuilder(project).build()


class _TaguetteBuilder:
    def __init__(self, project: TaguetteProject) -> None:
        self._project = project
        names = UniqueNames()
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
        codes = [CodeDraft(self._paths[number], text.strip(), origin="imported") for number, _, text in project.tags]
        if self._counts["untagged"]:
            codes.append(CodeDraft(UNTAGGED, "Highlights that had no tag.", origin="imported"))
        coders = {highlight.coder for highlight in project.highlights if highlight.coder}
        study = StudyDraft(
            Study(project.name, "", project.description, timestamps.instant_or_none(project.created) or "", 1),
            coders=tuple(sorted(coders) or project.members[:1]),
            sources=tuple(
                SourceDraft(
                    self._names[each.id],
                    self._texts[each.id].text,
                    each.description,
                    added=timestamps.instant_or_none(each.created),
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
            self._counts["highlights of missing documents"] += 1
            return
        source, quote = self._names[highlight.document], plain(highlight.snippet)
        place = text.place(highlight.start, highlight.end)
        actual = None if place is None else text.text[place[0] : place[1]]
        self._measure(text.text, place)
        fits = actual is not None and _alike(quote, actual)
        self._counts["quoted"] += bool(quote)
        self._counts["equal"] += fits and bool(quote)
        self._counts["untagged"] += not highlight.tags
        for path in [self._paths[tag] for tag in highlight.tags if tag in self._paths] or [UNTAGGED]:
            segment = Segment(*place) if place is not None else None
            draft = CodingDraft(
                source, path, segment, actual if fits else quote, coder=highlight.coder or None,
                created=timestamps.instant_or_none(highlight.created),
            )  # fmt: skip
            if fits or (not quote and actual is not None):
                self._codings.append(draft)
            else:
                reason = f"bytes {highlight.start} to {highlight.end} of the document are not the highlighted text"
                self._reviewer.add(draft, reason, 0 if place is None else place[0])

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
        lost = counts["highlights of missing documents"]
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "sources": len(study.sources),
            "codings": len(study.codings),
        }  # fmt: skip
        return ImportReport(
            "Taguette",
            {kind: number for kind, number in arrived.items() if number},
            {"highlights of missing documents": lost} if lost else {},
            offsets,
            tuple(self._reviewer.list),
        )


def _alike(quote: str, text: str) -> bool:
    """Return whether a quote and a text are equal if whitespace is ignored.

    Taguette's quotes have no whitespace between paragraphs.
    """
    return agrees(quote, text) or "".join(quote.split()) == "".join(text.split())
