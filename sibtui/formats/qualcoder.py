"""A project of QualCoder, given as its rows, as a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats import instants
from sibtui.formats.notes import FIELDS
from sibtui.formats.offsets import Ruler, agrees, choose
from sibtui.formats.refi_form import colour_of, typed
from sibtui.formats.refi_names import Names
from sibtui.formats.reviewing import Reviewer
from sibtui.formats.study_tables import native
from sibtui.model.codebook import join_path
from sibtui.model.drafts import AttributeDraft, CaseDraft, CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
from sibtui.model.imports import Convention, ImportReport, Offsets, ProjectImport
from sibtui.model.records import Owner, Study
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.foreign import QualCoderCode, QualCoderCoding, QualCoderProject

_DEEPEST = 20


def qualcoder_study(project: QualCoderProject) -> ProjectImport:
    """The study, with its report: categories become codes above codes, linked text makes its codings those of a case."""
    return _Builder(project).build()


class _Builder:
    def __init__(self, project: QualCoderProject) -> None:
        self._project = project
        names = self._clean = Names()
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
        self._warnings: list[str] = []

    def build(self) -> ProjectImport:
        project = self._project
        offsets = self._measured()
        spans = self._spans()
        codings = tuple(self._codings(spans))
        kinds = self._kinds()
        study = StudyDraft(
            Study(project.name, "", project.note, _moment(project.created) or "", 1),
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
        """(category?, id) → path. QualCoder lets a category and a code have the same name."""
        rows = {(code.category, code.id): code for code in self._project.codes}
        taken = Names()
        found: dict[tuple[bool, int], str] = {}
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
                names = (*names[: _DEEPEST - 1], taken.unique(join_path(names[: _DEEPEST - 1]), name))
                parts[each] = names
                found[each] = join_path(names)
        return {key: found[key] for key in sorted(found, key=lambda each: (not each[0], each[1]))}

    def _code_drafts(self) -> Iterator[CodeDraft]:
        rows = {(code.category, code.id): code for code in self._project.codes}
        for key, path in self._paths.items():
            yield CodeDraft(path, rows[key].note.strip(), origin="imported", colour=colour_of(rows[key].colour))

    def _spans(self) -> dict[str, list[tuple[int, int, str]]]:
        """Source → what of it cases are linked to."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for case in self._project.cases:
            for source, start, end in case.places:
                name = self._names.get(source)
                if name is None:
                    continue
                text = self._rulers[name].text
                # a whole file may be linked up to and with its last character, or one beyond it
                place = (0, len(text)) if start <= 0 and end >= len(text) - 1 else self._placed(name, start, end)
                if place is not None:
                    found.setdefault(name, []).append((*place, self._cases[case.id]))
        return found

    def _placed(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        return self._rulers[name].place(start, end, self._convention)

    def _codings(self, spans: dict[str, list[tuple[int, int, str]]]) -> Iterator[CodingDraft]:
        for coding in self._project.codings:
            name, path = self._names.get(coding.source), self._paths.get((False, coding.code))
            if name is None or path is None:
                self._warnings.append("A coding of a file or code that is not there was left out.")
                continue
            place = self._placed(name, coding.start, coding.end)
            text = "" if place is None else self._rulers[name].text[slice(*place)]
            segment = None if place is None else Segment(*place)
            fits = place is not None and (not coding.quote or agrees(coding.quote, text))
            draft = CodingDraft(
                name, path, segment, text if fits else coding.quote, coder=coding.coder or None,
                cases=_touching(spans.get(name, ()), segment, len(self._rulers[name].text)), memo=_memo(coding),
                created=_moment(coding.created),
            )  # fmt: skip
            if fits:
                yield draft
            else:
                why = f"at {coding.start}:{coding.end} the text is “{one_line(text, 40)}”"
                self._reviewer.add(draft, why, coding.start)

    def _kinds(self) -> dict[tuple[Owner, str], str]:
        """The attributes. A numeric one with a value that is no number is kept as text."""
        found: dict[tuple[Owner, str], str] = {}
        for told, name, kind in self._project.attributes:
            of: Owner = "case" if told == "case" else "source"
            wanted = "number" if kind == "numeric" else "text"
            given = [
                value
                for whose, which, _, value in self._project.values
                if (_owner(whose), which) == (of, name) and value
            ]
            number = wanted == "number" and all(typed("number", value) is not None for value in given)
            found[of, self._attribute(name)] = "number" if number else "text"
        return found

    def _attribute(self, name: str) -> str:
        cleaned = self._clean.clean(name, "unnamed attribute")
        return f"{cleaned} (attribute)" if cleaned in FIELDS else cleaned

    def _attributes(self, of: Owner, thing: int, kinds: dict[tuple[Owner, str], str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for whose, which, at, value in self._project.values:
            name = self._attribute(which)
            if at == thing and _owner(whose) == of and value and (of, name) in kinds:
                found[name] = native(kinds[of, name], value)
        return found

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
                added=_moment(source.created),
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
        for at, start, end, told, coder, created in project.annotations:
            name = self._names.get(at)
            if name is not None and told.strip():
                place = self._placed(name, start, end)
                shown = f"{start}:{end}" if place is None else f"{place[0]}:{place[1]}"
                quote = "" if place is None else f" “{one_line(self._rulers[name].text[slice(*place)], 40)}”"
                yield MemoDraft("source", name, shown + quote, told, coder or None, _moment(created))
        for title, entry, coder, created in project.journals:
            if entry.strip():
                yield MemoDraft("project", "", title, entry, coder or None, _moment(created))

    def _report(self, study: StudyDraft, offsets: Offsets | None) -> ImportReport:
        media = sum(source.text is None for source in self._project.sources)
        unsupported = dict(self._project.media) | ({"pictures, sound and film": media} if media else {})
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "cases": len(study.cases),
            "attributes": len(study.attributes), "sources": len(study.sources), "codings": len(study.codings),
            "memos": len(study.memos),
        }  # fmt: skip
        return ImportReport(
            "QualCoder",
            {what: count for what, count in arrived.items() if count},
            unsupported,
            offsets,
            tuple(self._reviewer.list),
            tuple(f"{count} times: {told}" if count > 1 else told for told, count in _counted(self._warnings)),
        )


def _above(code: QualCoderCode) -> tuple[bool, int] | None:
    if code.above_code is not None:
        return (False, code.above_code)
    return None if code.above is None else (True, code.above)


def _owner(told: str) -> Owner:
    return "case" if told == "case" else "source"


def _memo(coding: QualCoderCoding) -> str:
    return "\n".join(part for part in ("Important." if coding.important else "", coding.note.strip()) if part)


def _touching(
    spans: list[tuple[int, int, str]] | tuple[()], segment: Segment | None, length: int
) -> tuple[str, ...] | None:
    """The cases of the text around a coding; None where only whole files are of cases, so that these tell."""
    if not spans or segment is None or all(start == 0 and end == length for start, end, _ in spans):
        return None
    return tuple(dict.fromkeys(label for start, end, label in spans if start <= segment.start and segment.end <= end))


def _counted(warnings: list[str]) -> list[tuple[str, int]]:
    return [(told, warnings.count(told)) for told in dict.fromkeys(warnings)]


def _moment(told: str) -> str | None:
    try:
        return instants.instant(told) if told else None
    except ValueError:
        return None
