"""Conversion of QualCoder projects to studies. The input is the rows of the project's database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.foreign_offsets import Ruler, agrees, choose
from sibtui.formats.codec.foreign_values import colour_of, stored_value
from sibtui.formats.codec.quote_review import Reviewer
from sibtui.formats.codec.unique_names import UniqueNames
from sibtui.formats.sources.note_fields import FIELDS
from sibtui.formats.study_folder.study_toml import native_value
from sibtui.model.codebook import DEEPEST, join_path
from sibtui.model.drafts import AttributeDraft, CaseDraft, CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
from sibtui.model.import_reports import Convention, ImportReport, Offsets, ProjectImport
from sibtui.model.records import Owner, Study
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.foreign_rows import QualCoderCode, QualCoderCoding, QualCoderProject


def qualcoder_study(project: QualCoderProject) -> ProjectImport:
    """Return the study in a QualCoder project, with a report on the import.

    Categories become parent codes. QualCoder can link a passage to a case. If a coding is inside such a passage, it
    gets the case of the passage.
    """
    return _QualCoderBuilder(project).build()


class _QualCoderBuilder:
    def __init__(self, project: QualCoderProject) -> None:
        self._project = project
        names = self._clean = UniqueNames()
        self._rulers: dict[str, Ruler] = {}
        self._names: dict[int, str] = {}
        for source in project.sources:
            if source.text is not None:
                name = self._names[source.id] = names.unique("source", names.clean(source.name, f"file {source.id}"))
                self._rulers[name] = Ruler(source.text)
        self._cases = {
            case.id: names.unique("case", names.clean(case.name, f"case {case.id}")) for case in project.cases
        }
        self._paths = self._code_paths()
        self._reviewer = Reviewer({name: ruler.text for name, ruler in self._rulers.items()})
        self._convention = Convention()
        self._warnings = list(project.warnings)

    def build(self) -> ProjectImport:
        project = self._project
        offsets = self._measured()
        spans = self._spans()
        codings = tuple(self._codings(spans))
        kinds = self._kinds()
        study = StudyDraft(
            Study(project.name, "", project.note, timestamps.instant_or_none(project.created) or "", 1),
            coders=tuple(dict.fromkeys(coding.coder for coding in project.codings if coding.coder)),
            attributes=tuple(AttributeDraft(of, name, kind) for (of, name), kind in kinds.items()),
            cases=tuple(
                CaseDraft(label, attributes=self._attributes("case", at, kinds)) for at, label in self._cases.items()
            ),
            sources=tuple(self._sources(spans, kinds)),
            codes=tuple(self._code_drafts()),
            codings=codings,
            memos=tuple(self._memos()),
        )
        return ProjectImport(study, self._report(study, offsets))

    def _measured(self) -> Offsets | None:
        selections = [
            (self._names[coding.source], coding.start, coding.end, coding.quote)
            for coding in self._project.codings
            if coding.source in self._names
        ]
        if not selections:
            return None
        offsets = choose(self._rulers, selections)
        self._convention = offsets.convention
        return offsets

    def _code_paths(self) -> dict[tuple[bool, int], str]:
        """Return a map of all categories and codes: (True for a category, id) → path in the codebook.

        The id alone is not enough, because a category and a code of QualCoder may have the same id.
        """
        rows = {(code.category, code.id): code for code in self._project.codes}
        taken = UniqueNames()
        paths: dict[tuple[bool, int], str] = {}
        parts: dict[tuple[bool, int], tuple[str, ...]] = {}
        for key in rows:
            chain: list[tuple[bool, int]] = []
            above: tuple[bool, int] | None = key
            while above in rows and above not in parts and above not in chain:
                chain.append(above)
                above = _above(rows[above])
            names = parts.get(above, ()) if above is not None else ()
            for each in reversed(chain):
                name = taken.clean(rows[each].name, f"code {each[1]}")
                names = (*names[: DEEPEST - 1], taken.unique(join_path(names[: DEEPEST - 1]), name))
                parts[each] = names
                paths[each] = join_path(names)
        return {key: paths[key] for key in sorted(paths, key=lambda each: (not each[0], each[1]))}

    def _code_drafts(self) -> Iterator[CodeDraft]:
        rows = {(code.category, code.id): code for code in self._project.codes}
        for key, path in self._paths.items():
            yield CodeDraft(path, rows[key].note.strip(), origin="imported", colour=colour_of(rows[key].colour))

    def _spans(self) -> dict[str, list[tuple[int, int, str]]]:
        """Return a map: source → list of (start, end, case label), one for each passage that is linked to a case."""
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for case in self._project.cases:
            for source, start, end in case.places:
                name = self._names.get(source)
                if name is None:
                    continue
                text = self._rulers[name].text
                # The link of a whole file may end before or after its last character.
                place = (0, len(text)) if start <= 0 and end >= len(text) - 1 else self._placed(name, start, end)
                if place is not None:
                    spans.setdefault(name, []).append((*place, self._cases[case.id]))
        return spans

    def _placed(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        return self._rulers[name].place(start, end, self._convention)

    def _codings(self, spans: dict[str, list[tuple[int, int, str]]]) -> Iterator[CodingDraft]:
        for coding in self._project.codings:
            name, path = self._names.get(coding.source), self._paths.get((False, coding.code))
            if name is None or path is None:
                self._warnings.append("A coding of a missing file or code was left out.")
                continue
            place = self._placed(name, coding.start, coding.end)
            text = "" if place is None else self._rulers[name].text[slice(*place)]
            segment = None if place is None else Segment(*place)
            fits = place is not None and (not coding.quote or agrees(coding.quote, text))
            draft = CodingDraft(
                name, path, segment, text if fits else coding.quote, coder=coding.coder or None,
                cases=_touching(spans.get(name, ()), segment, len(self._rulers[name].text)), memo=_memo(coding),
                created=timestamps.instant_or_none(coding.created),
            )  # fmt: skip
            if fits:
                yield draft
            else:
                reason = f"at {coding.start}:{coding.end} the text is “{one_line(text, 40)}”"
                self._reviewer.add(draft, reason, coding.start)

    def _kinds(self) -> dict[tuple[Owner, str], str]:
        """Return a map: (owner, name of the attribute) → its type, `number` or `text`.

        If a value of a numeric attribute is not a number, the attribute becomes text.
        """
        kinds: dict[tuple[Owner, str], str] = {}
        for owner, name, kind in self._project.attributes:
            of = _owner(owner)
            values = [
                value
                for value_owner, attribute, _, value in self._project.values
                if (_owner(value_owner), attribute) == (of, name) and value
            ]
            number = kind == "numeric" and all(stored_value("number", value) is not None for value in values)
            kinds[of, self._attribute(name)] = "number" if number else "text"
        return kinds

    def _attribute(self, name: str) -> str:
        cleaned = self._clean.clean(name, "unnamed attribute")
        return f"{cleaned} (attribute)" if cleaned in FIELDS else cleaned

    def _attributes(self, of: Owner, thing: int, kinds: dict[tuple[Owner, str], str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for owner, attribute, at, value in self._project.values:
            name = self._attribute(attribute)
            if at == thing and _owner(owner) == of and value and (of, name) in kinds:
                values[name] = native_value(kinds[of, name], value)
        return values

    def _sources(
        self, spans: dict[str, list[tuple[int, int, str]]], kinds: dict[tuple[Owner, str], str]
    ) -> Iterator[SourceDraft]:
        order = list(self._cases.values())
        for source in self._project.sources:
            name = self._names.get(source.id)
            if name is None:
                continue
            labels = {label for _, _, label in spans.get(name, ())}
            yield SourceDraft(
                name,
                self._rulers[name].text,
                cases=tuple(sorted(labels, key=order.index)),
                added=timestamps.instant_or_none(source.created),
                attributes=self._attributes("source", source.id, kinds),
            )

    def _memos(self) -> Iterator[MemoDraft]:
        project = self._project
        for source in project.sources:
            if source.id in self._names and source.note.strip():
                yield MemoDraft("source", self._names[source.id], "", source.note)
        for case in project.cases:
            if case.note.strip():
                yield MemoDraft("case", self._cases[case.id], "", case.note)
        for at, start, end, note, coder, created in project.annotations:
            name = self._names.get(at)
            if name is not None and note.strip():
                yield MemoDraft(
                    "source",
                    name,
                    self._place_title(name, start, end),
                    note,
                    coder or None,
                    timestamps.instant_or_none(created),
                )
        for title, entry, coder, created in project.journals:
            if entry.strip():
                yield MemoDraft("project", "", title, entry, coder or None, timestamps.instant_or_none(created))

    def _place_title(self, name: str, start: int, end: int) -> str:
        if start == end:  # RQDA marks a point between two characters
            return str(start)
        place = self._placed(name, start, end)
        if place is None:
            return f"{start}:{end}"
        return f"{place[0]}:{place[1]} “{one_line(self._rulers[name].text[slice(*place)], 40)}”"

    def _report(self, study: StudyDraft, offsets: Offsets | None) -> ImportReport:
        media = sum(source.text is None for source in self._project.sources)
        unsupported = dict(self._project.media) | ({"pictures, sound and film": media} if media else {})
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "cases": len(study.cases),
            "attributes": len(study.attributes), "sources": len(study.sources), "codings": len(study.codings),
            "memos": len(study.memos),
        }  # fmt: skip
        return ImportReport(
            self._project.program,
            {kind: count for kind, count in arrived.items() if count},
            unsupported,
            offsets,
            tuple(self._reviewer.list),
            tuple(f"{count} times: {text}" if count > 1 else text for text, count in _counts(self._warnings)),
        )


def _above(code: QualCoderCode) -> tuple[bool, int] | None:
    if code.above_code is not None:
        return (False, code.above_code)
    return None if code.above is None else (True, code.above)


def _owner(name: str) -> Owner:
    return "case" if name == "case" else "source"


def _memo(coding: QualCoderCoding) -> str:
    return "\n".join(part for part in ("Important." if coding.important else "", coding.note.strip()) if part)


def _touching(
    spans: list[tuple[int, int, str]] | tuple[()], segment: Segment | None, length: int
) -> tuple[str, ...] | None:
    """Return the cases whose linked passages contain `segment`, the coded passage. These are the cases of the coding.

    `spans` has (start, end, case label) of each passage that is linked to a case. `length` is the length of the
    source's text. The result is None if `segment` is None, if no passage is linked, or if each linked passage is the
    whole text. The coding then gets the case of its source.
    """
    if not spans or segment is None or all(start == 0 and end == length for start, end, _ in spans):
        return None
    return tuple(dict.fromkeys(label for start, end, label in spans if start <= segment.start and segment.end <= end))


def _counts(warnings: list[str]) -> list[tuple[str, int]]:
    return [(text, warnings.count(text)) for text in dict.fromkeys(warnings)]
