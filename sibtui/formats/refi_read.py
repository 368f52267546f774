"""REFI-QDA projects (.qdpx) read, of any program that writes them: every coding on its text, or on the review list."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats import refi_annex
from sibtui.formats.guids import same
from sibtui.formats.refi_codebook import read_codes
from sibtui.formats.refi_codings import CodingsBuilder
from sibtui.formats.refi_form import ANNEX
from sibtui.formats.refi_names import Names
from sibtui.formats.refi_notes import Notes
from sibtui.formats.refi_restore import Read, restored
from sibtui.formats.refi_sources import SourcesReader, content_of, local, moment, references
from sibtui.formats.refi_variables import Variables
from sibtui.formats.unswept import unswept
from sibtui.formats.xml_text import unfit
from sibtui.formats.xml_trees import parse_xml
from sibtui.formats.zip_files import archive
from sibtui.model.drafts import CaseDraft, StudyDraft
from sibtui.model.imports import ImportReport, ProjectImport
from sibtui.model.records import Study

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml.etree import _Element

    from sibtui.formats.refi_annex import Annex
    from sibtui.formats.refi_sources import SourcesRead
    from sibtui.formats.zip_files import Archive

_SHOWN = 5


def read_qdpx(name: str, data: bytes) -> ProjectImport:
    """The study in a REFI-QDA project, and the report of what came of it. `name` is the file's, for messages.

    InputError when the file is no such project, is damaged, or is made to do harm.
    """
    with archive(name, data, kind="a REFI-QDA project") as packed:
        member = _project_in(name, packed)
        root = parse_xml(name, packed.read(member), part=member)
        if local(root) != "Project":
            raise InputError(
                f"{name} is no REFI-QDA project: {member[:60]} begins with <{local(root)[:40]}>, not <Project>."
            )
        with unswept():
            return _Reader(name, root, packed).read()


def _project_in(name: str, packed: Archive) -> str:
    found = [member for member in packed.members if PurePosixPath(member).suffix.lower() == ".qde"]
    if not found:
        raise InputError(f"{name} is no REFI-QDA project: there is no .qde file in it.")
    return min(found, key=lambda each: (each.count("/"), each.lower() != "project.qde", each))


class _Reader:
    def __init__(self, name: str, root: _Element, packed: Archive) -> None:
        self._name = name
        self._root = root
        self._parts = {local(each): each for each in root}
        self._annex = self._find_annex(SourcesReader(packed, Names()))
        ours = self._annex is not None
        self._names = Names(unfit, ours=True) if ours else Names()
        self._sources = SourcesReader(packed, self._names)

    def _find_annex(self, plain: SourcesReader) -> Annex | None:
        for note in self._within("Notes"):
            if note.get("name") == ANNEX and (text := plain.text_of(note)) is not None:
                found = refi_annex.read(self._name, text)
                if found is not None:
                    return found
        return None

    def _within(self, part: str) -> Iterator[_Element]:
        return iter(self._parts[part]) if part in self._parts else iter(())

    def read(self) -> ProjectImport:
        names = self._names
        users = {
            same(each.get("guid")): names.clean(each.get("name"), "unnamed coder") for each in self._within("Users")
        }
        book = self._parts.get("CodeBook")
        codes = read_codes(None if book is None else next((c for c in book if local(c) == "Codes"), None), names)
        for each in self._within("Sources"):
            self._sources.read(each)
        sources = self._sources.found
        notes = Notes(self._sources, users, names)
        notes.read(self._within("Notes"))
        links = _CaseLinks(self, names)
        variables = Variables(names)
        variables.declare(self._within("Variables"))
        for case, element in links.elements:
            variables.put("case", case, element)
        for source, element in sources.values:
            variables.put("source", source, element)
        codings = CodingsBuilder(sources, codes, users, notes, links.of_selection, ours=self._annex is not None)
        codings.build()
        links.put_sources(sources, codings)
        notes.refer("project", "", references(self._root))
        for source, guid in sources.notes:
            notes.refer("source", source, (guid,))
        for path, guid in codes.notes:
            notes.refer("code", path, (guid,))
        parts = self._study(users, links, variables)
        found = Read(parts, users, links.cases, sources, codes, codings, notes, variables, links.touched)
        study, warnings = self._theirs(found) if self._annex is None else self._ours(found, self._annex)
        return ProjectImport(study, self._report(study, codings, warnings + variables.warnings))

    def _ours(self, found: Read, annex: Annex) -> tuple[StudyDraft, list[str]]:
        """The study of a file that sibtui wrote, and what is to be told of it."""
        variables = found.variables
        for guid in variables.guids:
            variables.owners[guid] = "source" if annex.attributes.get(guid, {}).get("of") == "source" else "case"
        typed = replace(found.study, attributes=variables.drafts())
        study, lost = restored(self._name, annex, replace(found, study=typed))
        told = f"{lost} details that sibtui had added belong to things that are no longer in the file."
        return study, [told] if lost else []

    def _theirs(self, found: Read) -> tuple[StudyDraft, list[str]]:
        """The study of another program's file, and what is to be told of it."""
        found.notes.put_rest(self._within("Sets"), self._within("Links"), found.codes, found.sources)
        sources = (replace(draft, cases=found.touched(draft.name)) for _, draft in found.sources.drafts)
        study = replace(
            found.study,
            codes=tuple(draft for _, draft in found.codes.drafts) + found.codings.new_codes,
            sources=tuple(found.variables.attributed("source", draft) for draft in sources),
            codings=tuple(draft for _, draft in found.codings.drafts),
            memos=found.notes.memos(),
        )
        return study, []

    def _study(self, users: Mapping[str, str], links: _CaseLinks, variables: Variables) -> StudyDraft:
        plain = self._names.plain
        called = plain(self._root.get("name") or "") or ("" if self._annex else PurePath(self._name).stem)
        return StudyDraft(
            Study(called, "", plain(content_of(self._root, "Description") or ""), moment(self._root) or "", 1),
            coders=tuple(dict.fromkeys(users.values())),
            attributes=variables.drafts(),
            cases=tuple(replace(case, attributes=variables.values("case", case.label)) for _, case in links.cases),
        )

    def _report(self, study: StudyDraft, codings: CodingsBuilder, warnings: list[str]) -> ImportReport:
        found = self._sources.found
        unsupported = Counter(found.unsupported)
        graphs = sum(1 for _ in self._within("Graphs"))
        unsupported["graphs"] += graphs
        unsupported["codes given to whole cases"] += sum(
            local(each) == "CodeRef" for case in self._within("Cases") for each in case
        )
        unsupported["names of selections that are no quotes"] += codings.labels
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "cases": len(study.cases),
            "attributes": len(study.attributes), "sources": len(study.sources), "codings": len(study.codings),
            "memos": len(study.memos), "matrices": len(study.matrices),
            "sets": 0 if self._annex else sum(1 for _ in self._within("Sets")),
            "links": 0 if self._annex else sum(1 for _ in self._within("Links")),
        }  # fmt: skip
        return ImportReport(
            program=self._root.get("origin") or ("sibtui" if self._annex else ""),
            arrived={what: count for what, count in arrived.items() if count},
            unsupported={what: count for what, count in sorted(unsupported.items()) if count},
            offsets=codings.offsets,
            review=tuple(codings.review),
            warnings=(
                *_told_missing(found.missing, found.outside),
                *_told_rich(found.rich),
                *found.warnings,
                *codings.warnings,
                *warnings,
            ),
        )


def _told_missing(missing: list[str], outside: list[str]) -> Iterator[str]:
    if missing:
        shown = ", ".join(f"“{name}”" for name in missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        yield f"The file does not have the text{'s' if missing[1:] else ''} of {_sources(missing)}: {shown}."
    if outside:
        are, they = ("are", "these were") if outside[1:] else ("is", "it was")
        yield f"{_sources(outside)} {are} kept in files outside of the project; {they} not looked for."


def _sources(names: Collection[str]) -> str:
    return f"{len(names)} source{'' if len(names) == 1 else 's'}"


def _told_rich(rich: Mapping[str, str]) -> Iterator[str]:
    if rich:
        kinds = " and ".join(sorted(set(rich.values())))
        one = len(rich) == 1
        yield (
            f"{_sources(rich)} {'is' if one else 'are'} in the file as rich text alone ({kinds}): {'its' if one else 'their'}"
            f" text was taken out of that, and only codings whose quotes are at their places in it came in."
        )


class _CaseLinks:
    """The cases, and what they are of: sources, and selections."""

    def __init__(self, reader: _Reader, names: Names) -> None:
        self.cases: list[tuple[str, CaseDraft]] = []
        self.elements: list[tuple[str, _Element]] = []
        self.of_selection: dict[str, tuple[str, ...]] = {}
        self._of_source: dict[str, list[str]] = {}
        self._ours = names.ours
        for element in reader._within("Cases"):  # noqa: SLF001 - a part of the reader
            label = names.unique("case", names.clean(element.get("name"), f"case {len(self.cases) + 1}"))
            self.cases.append((same(element.get("guid")), CaseDraft(label)))
            of_selection, alone = self.of_selection, (label,)
            for each in element:
                if local(each) != "SelectionRef":
                    self._put(label, each)
                    continue
                target = same(each.get("targetGUID"))  # once for each coding of a project
                there = of_selection.setdefault(target, alone)
                if label not in there:
                    of_selection[target] = (*there, label)

    def _put(self, label: str, element: _Element) -> None:
        kind = local(element)
        if kind == "VariableValue":
            self.elements.append((label, element))
        elif kind == "SourceRef":
            self._of_source.setdefault(same(element.get("targetGUID")), []).append(label)

    def put_sources(self, sources: SourcesRead, codings: CodingsBuilder) -> None:
        """Cases of sources: those that refer to the source, and those that refer to a selection in it."""
        order = {case.label: at for at, (_, case) in enumerate(self.cases)}
        whole: dict[str, set[str]] = {}
        for guid, labels in self._of_source.items():
            if guid in sources.names:
                whole.setdefault(sources.names[guid], set()).update(labels)
        partly = {} if self._ours else codings.partly
        self._touched = {
            name: tuple(sorted(whole.get(name, set()) | partly.get(name, set()), key=order.__getitem__))
            for name in {*whole, *partly}
        }
        if not self._ours:
            codings.leave_open({name for name in partly if partly[name] - whole.get(name, set())})

    def touched(self, source: str) -> tuple[str, ...]:
        return self._touched.get(source, ())
