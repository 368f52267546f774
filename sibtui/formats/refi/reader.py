"""The reader of REFI-QDA projects (.qdpx) from any program.

A coding whose quote is not at its offsets goes to a list that the user must review.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import PurePath, PurePosixPath
from typing import IO, TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.unique_names import UniqueNames
from sibtui.formats.codec.xml_text import unfit
from sibtui.formats.codec.zip_files import Archive
from sibtui.formats.refi import sibtui_note
from sibtui.formats.refi.codebook import read_codes
from sibtui.formats.refi.codings import CodingsBuilder
from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.identifiers import ANNEX
from sibtui.formats.refi.notes import NotesReader
from sibtui.formats.refi.outline import Outline, content_of, local_name
from sibtui.formats.refi.restore_own import OwnStudy, restore_study
from sibtui.formats.refi.sets import has_only_sources, read_sets
from sibtui.formats.refi.sources import SourcesReader, moment, references, with_texts
from sibtui.formats.refi.variables import Variables
from sibtui.model.drafts import CaseDraft, StudyDraft
from sibtui.model.gc_pause import gc_paused
from sibtui.model.import_reports import ImportReport, ProjectImport
from sibtui.model.lazy_items import LazyItems
from sibtui.model.records import Study
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from sibtui.formats.codec.zip_files import ProjectFiles
    from sibtui.formats.refi.sibtui_note import SibtuiNote
    from sibtui.formats.refi.sources import SourcesRead

_MOST_NAMES = 5


def read_qdpx(name: str, data: bytes) -> ProjectImport:
    """Return the study in a REFI-QDA project, with a report on the import. `name` is the name of the file in messages.

    Raises InputError when the file is not such a project, is damaged, or is malicious (such as a zip bomb).
    """
    return read_qdpx_file(name, io.BytesIO(data))


def read_qdpx_file(name: str, file: IO[bytes]) -> ProjectImport:
    """Return the study in a REFI-QDA project, as `read_qdpx` does, but from an open file.

    The file must stay open while the study is in use: a text is read from the file only when it is needed. The codings
    are in a temporary file.
    """
    return read_unpacked(name, Archive(name, file, kind="a REFI-QDA project"))


def read_unpacked(name: str, files: ProjectFiles) -> ProjectImport:
    """Return the study in the files of an unpacked project, or in a single `.qde` file, as `read_qdpx` does."""
    member = _project_in(name, files)
    with gc_paused():
        with files.open(member) as stream:
            outline = Outline(name, stream, part=member)
        if local_name(outline.root) != "Project":
            raise InputError(
                f"{name} is not a REFI-QDA project: {member[:60]} begins with <{local_name(outline.root)[:40]}>, not <Project>."
            )
        return _QdpxReader(name, outline, files).read()


def _project_in(name: str, packed: ProjectFiles) -> str:
    members = [member for member in packed.members if PurePosixPath(member).suffix.lower() == ".qde"]
    if not members:
        raise InputError(f"{name} is not a REFI-QDA project: there is no .qde file in it.")
    return min(members, key=lambda each: (each.count("/"), each.lower() != "project.qde", each))


class _QdpxReader:
    """Reads the parts of a project in a fixed order, because a part may refer to records in earlier parts."""

    def __init__(self, name: str, outline: Outline, packed: ProjectFiles) -> None:
        self._name = name
        self._outline = outline
        self._root = outline.root
        self._parts = {local_name(each): each for each in outline.root}
        self._annex = self._find_annex(SourcesReader(packed, UniqueNames(), outline))
        ours = self._annex is not None
        self._names = UniqueNames(unfit, ours=True) if ours else UniqueNames()
        self._sources = SourcesReader(packed, self._names, outline)

    def _find_annex(self, plain: SourcesReader) -> SibtuiNote | None:
        for _, title, _, content, path, _, _ in self._outline.notes():
            if title == ANNEX and (text := plain.text_of(path, content)) is not None:
                annex = sibtui_note.read(self._name, text)
                if annex is not None:
                    return annex
        return None

    def _within(self, part: str) -> Iterator[_Element]:
        return iter(self._parts[part]) if part in self._parts else iter(())

    def read(self) -> ProjectImport:
        names = self._names
        users = {
            plain_guid(each.get("guid")): names.clean(each.get("name"), "unnamed coder")
            for each in self._within("Users")
        }
        book = self._parts.get("CodeBook")
        codes = read_codes(None if book is None else next((c for c in book if local_name(c) == "Codes"), None), names)
        for each in self._within("Sources"):
            self._sources.read(each)
        if self._annex is not None and "Sources" in self._parts:  # only the links of other programs refer to elements
            self._parts["Sources"].clear()
        sources = self._sources.result
        notes = NotesReader(self._sources, users, names)
        notes.read(self._outline.notes())
        links = _CaseLinks(self._outline, self._within("Cases"), names)
        variables = Variables(names)
        variables.declare(self._within("Variables"))
        for case, element in links.elements:
            variables.put("case", case, element)
        for source, element in sources.values:
            variables.put("source", source, element)
        codings = CodingsBuilder(
            self._sources, codes, users, notes, links.of_selection,
            ours=self._annex is not None,
            lasting=self._annex is not None and "codings" in self._annex.lasting,
        )  # fmt: skip
        codings.build()
        self._outline.forget_cases()
        links.put_sources(sources, codings)
        notes.refer("project", "", references(self._root))
        for source, guid in sources.notes:
            notes.refer("source", source, (guid,))
        for path, guid in codes.notes:
            notes.refer("code", path, (guid,))
        parts = self._study(users, links, variables)
        parsed = OwnStudy(parts, users, links.cases, sources, codes, codings, notes, variables, links.touched)
        study, warnings = self._theirs(parsed) if self._annex is None else self._ours(parsed, self._annex)
        return ProjectImport(study, self._report(study, codings, warnings + variables.warnings))

    def _ours(self, parsed: OwnStudy, annex: SibtuiNote) -> tuple[StudyDraft, list[str]]:
        """Return (study, warnings) for a file that sibtui wrote.

        `annex` is the Note with the facts that REFI-QDA cannot store. `parsed` has the rest of the file.
        """
        variables = parsed.variables
        for guid in variables.guids:
            variables.owners[guid] = "source" if annex.attributes.get(guid, {}).get("of") == "source" else "case"
        uids = [annex.attributes.get(guid, {}).get("uid", "") for guid in variables.guids]
        attributes = (replace(draft, uid=uid) for draft, uid in zip(variables.drafts(), uids, strict=True))
        sets = read_sets(self._within("Sets"), parsed.sources.names, self._names, annex)
        typed = replace(parsed.study, attributes=tuple(attributes), sets=sets)
        study, lost = restore_study(self._name, annex, replace(parsed, study=typed))
        warning = f"{plural(lost, 'detail')} from sibtui left out: the code, coding or source is no longer in the file."
        return study, [warning] if lost else []

    def _theirs(self, parsed: OwnStudy) -> tuple[StudyDraft, list[str]]:
        """Return (study, warnings) for a file that another program wrote. `parsed` has the parts already read."""
        known = parsed.sources.names
        other_sets = [each for each in self._within("Sets") if not has_only_sources(each, known)]
        parsed.notes.put_rest(self._outline, other_sets, [*self._within("Links")], parsed.codes, parsed.sources)
        sources = (replace(draft, cases=parsed.touched(draft.name)) for _, draft in parsed.sources.drafts)
        study = replace(
            parsed.study,
            codes=tuple(draft for _, draft in parsed.codes.drafts) + parsed.codings.new_codes,
            sources=with_texts([parsed.variables.attributed("source", draft) for draft in sources], parsed.sources),
            codings=LazyItems(lambda: (draft for _, draft in parsed.codings.drafts), len(parsed.codings.drafts)),
            memos=parsed.notes.memos(),
            sets=read_sets(self._within("Sets"), known, self._names, None),
        )
        return study, []

    def _study(self, users: Mapping[str, str], links: _CaseLinks, variables: Variables) -> StudyDraft:
        plain = self._names.plain
        name = plain(self._root.get("name") or "") or ("" if self._annex else PurePath(self._name).stem)
        return StudyDraft(
            Study(name, "", plain(content_of(self._root, "Description") or ""), moment(self._root) or "", 1),
            coders=tuple(dict.fromkeys(users.values())),
            attributes=variables.drafts(),
            cases=tuple(replace(case, attributes=variables.values("case", case.label)) for _, case in links.cases),
        )

    def _report(self, study: StudyDraft, codings: CodingsBuilder, warnings: list[str]) -> ImportReport:
        sources = self._sources.result
        unsupported = Counter(sources.unsupported)
        graphs = sum(1 for _ in self._within("Graphs"))
        unsupported["graphs"] += graphs
        unsupported["codes given to whole cases"] += sum(
            local_name(each) == "CodeRef" for case in self._within("Cases") for each in case
        )
        unsupported["names of selections that are no quotes"] += codings.labels
        arrived = {
            "coders": len(study.coders), "codes": len(study.codes), "cases": len(study.cases),
            "attributes": len(study.attributes), "sources": len(study.sources), "codings": len(study.codings),
            "memos": len(study.memos), "matrices": len(study.matrices),
            "sets": sum(1 for _ in self._within("Sets")),
            "links": 0 if self._annex else sum(1 for _ in self._within("Links")),
        }  # fmt: skip
        return ImportReport(
            program=self._root.get("origin") or ("sibtui" if self._annex else ""),
            arrived={kind: count for kind, count in arrived.items() if count},
            unsupported={kind: count for kind, count in sorted(unsupported.items()) if count},
            offsets=codings.offsets,
            review=tuple(codings.review),
            warnings=(
                *_missing_texts(sources.missing, sources.outside),
                *_rich_texts(sources.rich),
                *sources.warnings,
                *codings.warnings,
                *warnings,
            ),
        )


def _missing_texts(missing: list[str], outside: list[str]) -> Iterator[str]:
    if missing:
        names = listed(missing, _MOST_NAMES, quoted=True)
        texts = "texts" if missing[1:] else "text"
        yield f"The file does not have the {texts} of {_sources(missing)}: {names}."
    if outside:
        are, they = ("are", "these files were") if outside[1:] else ("is", "this file was")
        files = "files" if outside[1:] else "a file"
        yield f"{_sources(outside)} {are} kept in {files} outside of the project; {they} not opened."


def _sources(names: Collection[str]) -> str:
    return plural(len(names), "source")


def _rich_texts(rich: Mapping[str, str]) -> Iterator[str]:
    if rich:
        kinds = listed(sorted(set(rich.values())))
        one = len(rich) == 1
        yield (
            f"{_sources(rich)} {'is' if one else 'are'} in the file as rich text alone ({kinds}): {'its' if one else 'their'}"
            f" text was extracted, and only codings whose quotes are at their offsets in it came in."
        )


class _CaseLinks:
    """The cases of a project, and the sources and selections (coded passages) to which each case refers."""

    def __init__(self, outline: Outline, elements: Iterable[_Element], names: UniqueNames) -> None:
        self.cases: list[tuple[str, CaseDraft]] = []
        self.elements: list[tuple[str, _Element]] = []
        self._outline = outline
        self._labels: dict[int, str] = {}
        self._several: dict[tuple[int, ...], tuple[str, ...]] = {}
        self._of_source: dict[str, list[str]] = {}
        self._ours = names.ours
        for element in elements:
            label = names.unique("case", names.clean(element.get("name"), f"case {len(self.cases) + 1}"))
            self.cases.append((plain_guid(element.get("guid")), CaseDraft(label)))
            number = outline.number_of(element)
            if number is not None:
                self._labels[number] = label
            for each in element:
                self._put(label, each)

    def of_selection(self, guid: str) -> tuple[str, ...] | None:
        """Return the labels of the cases that refer to the selection (coded passage) `guid`; None if no case does."""
        numbers = self._outline.cases_of(guid)
        if not numbers:
            return None
        labels = self._several.get(numbers)
        if labels is None:
            labels = self._several[numbers] = tuple(
                self._labels[number] for number in numbers if number in self._labels
            )
        return labels or None

    def _put(self, label: str, element: _Element) -> None:
        kind = local_name(element)
        if kind == "VariableValue":
            self.elements.append((label, element))
        elif kind == "SourceRef":
            self._of_source.setdefault(plain_guid(element.get("targetGUID")), []).append(label)

    def put_sources(self, sources: SourcesRead, codings: CodingsBuilder) -> None:
        """Find the cases of each source, for the method `touched`.

        A source has the cases that refer to it. In a file of another program, a case may refer to just a passage of
        a source. The source has this case too, but its codings outside the passage do not get the case.
        """
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
            codings.set_rest(
                {
                    name: tuple(sorted(whole.get(name, ()), key=order.__getitem__))
                    for name, labels in partly.items()
                    if labels - whole.get(name, set())
                }
            )

    def touched(self, source: str) -> tuple[str, ...]:
        """Return the labels of the cases that a source is about, in the file's order. Call `put_sources` before."""
        return self._touched.get(source, ())
