"""The writer of REFI-QDA projects (.qdpx). The same study always gives the same bytes.

The module `identifiers` describes the form of the file.
"""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.foreign_values import stored_value
from sibtui.formats.codec.xml_text import content, value
from sibtui.formats.codec.zip_files import write_zip
from sibtui.formats.refi.annex_fields import code_fields, source_fields
from sibtui.formats.refi.codebook import QdcTree
from sibtui.formats.refi.creation_attributes import CreationAttributes
from sibtui.formats.refi.elements import container, note, references
from sibtui.formats.refi.guids import Guids
from sibtui.formats.refi.identifiers import ANNEX, MATRIX, ORIGIN, PROJECT_NAMESPACE, SUMMARY, TYPE_OF_KIND
from sibtui.formats.refi.losses import losses
from sibtui.formats.refi.placed_codings import by_source
from sibtui.formats.refi.selection_writer import SelectionWriter
from sibtui.formats.refi.sets import write_sets
from sibtui.formats.refi.sibtui_note import SibtuiNote
from sibtui.formats.refi.xml_parts import XmlPart
from sibtui.formats.study_folder.claims_toml import write_claims
from sibtui.formats.study_folder.matrix_toml import write_matrix
from sibtui.model.gc_pause import gc_paused
from sibtui.model.lazy_items import heads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sibtui.formats.refi.placed_codings import NumberedCoding
    from sibtui.model.drafts import MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.import_reports import Loss

_LEVEL = 1
"""The level of compression. With level 1, a large study is written in a third of the time of level 6, and the file is only a tenth larger."""


def write_qdpx(study: StudyDraft, progress: Callable[[int], None] | None = None) -> bytes:
    """Return a study as the bytes of a REFI-QDA project. `write_qdpx_file` describes the file and `progress`."""
    file = io.BytesIO()
    write_qdpx_file(file, study, progress)
    return file.getvalue()


def write_qdpx_file(
    file: IO[bytes], study: StudyDraft, progress: Callable[[int], None] | None = None
) -> tuple[Loss, ...]:
    """Write a study into a file as a REFI-QDA project. Return the facts that other programs will not show.

    The file is valid in the REFI-QDA schema. `reader.read_qdpx` can read the whole study back. If `study` has private
    names of cases, they are in the file. If the codings are in the order of the sources, the sources are read one by
    one, to save memory. `progress` is called with the number of codings written so far, and may raise an error to
    cancel.
    """
    with gc_paused(), XmlPart() as sources, XmlPart() as notes:
        writer = _Writer(study, sources, notes, progress)
        write_zip(file, writer.members(), level=_LEVEL)
        return losses(study, writer.selections.lost)


class _Writer:
    """Writes one project. `sources` and `notes` are the two longest parts of the XML, and are written first."""

    def __init__(
        self, study: StudyDraft, sources: XmlPart, notes: XmlPart, progress: Callable[[int], None] | None
    ) -> None:
        self._study = study
        self._xml = sources
        self._notes = notes
        self._guids = Guids(study.study.guid or study.study.name)
        self._annex = SibtuiNote()
        self._created = CreationAttributes(study.coders, self._guids, self._annex)
        self.selections = SelectionWriter(study, self._guids, self._annex, self._created, notes, progress)
        self._sources = {source.name: self._guids.next_of("source", source.name) for source in heads(study.sources)}
        self._cases = {case.label: self._guids.next_of("case", case.label) for case in study.cases}
        self._variables = {
            (each.of, each.name): (self._guids.next_of("variable", each.of, each.name), each.kind)
            for each in study.attributes
        }
        self._refs: dict[str, list[str]] = {}

    def members(self) -> Iterator[tuple[str, Iterable[bytes], int]]:
        """Yield (name, data, size in bytes) of each file: the XML, the texts, and the annex (for sibtui only)."""
        for coder in self._study.coders:
            self._created.user(coder)
        codes = QdcTree(self._study.codes, self._guids)
        self._put_codes(codes)
        self._put_memos(codes)
        self._put_summaries(codes)
        for source, codings in by_source(self._study):
            self._put_source(source, codings, codes)
        self._put_study()
        self._put_matrices()
        heads_of_cases = list(self._heads_of_cases())
        before = [
            self._head(),
            *container("Users", self._write_users()),
            *container("Codes", codes.write(self._refs), around="CodeBook"),
            *container("Variables", self._write_variables()),
        ]
        sets = list(container("Sets", write_sets(self._study.sets, self._sources, self._guids, self._annex)))
        annex = self._put_annex()
        after = [
            *sets,
            f"<Description>{content(self._study.study.description)}</Description>\n",
            *references(self._refs.get("")),
            "</Project>\n",
        ]
        sources, notes = self._xml.chunks("Sources"), self._notes.chunks("Notes")
        cases = chain(("<Cases>\n",), self._write_cases(heads_of_cases), ("</Cases>\n",)) if heads_of_cases else ()
        xml = chain(_encoded(before), _encoded(cases), sources, notes, _encoded(after))
        yield "project.qde", xml, self._xml.size + self._notes.size + self.selections.of_cases.size
        for source in self._study.sources:
            # A reader removes one byte order mark, so a text that begins with this character gets a second one.
            text = "\ufeff" + source.text if source.text.startswith("\ufeff") else source.text
            data = text.encode("utf-8", "surrogatepass")
            yield f"sources/{self._sources[source.name]}.txt", (data,), len(data)
        data = self._annex.write()
        yield f"sources/{annex}.txt", (data,), len(data)

    def _head(self) -> str:
        study = self._study.study
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<Project xmlns="{PROJECT_NAMESPACE}" name="{value(study.name)}" origin="{ORIGIN}"'
            f"{self._created.moment(study.created, 'study', None)}>\n"
        )

    def _put_study(self) -> None:
        study = self._study.study
        self._annex.study |= {"guid": study.guid, "first_note": study.first_note}
        if study.language:
            self._annex.study["language"] = study.language
        if study.agreement:
            self._annex.study["agreement"] = study.agreement
        if self._study.package:
            self._annex.package = asdict(self._study.package)
        self._annex.coverage = [
            [each.source, each.topic, each.state, *([each.case] if each.case else [])] for each in self._study.topics
        ]
        self._annex.proposals = [asdict(proposal) for proposal in self._study.proposals]
        self._annex.queries = [asdict(query) for query in self._study.queries]
        self._annex.claims = [write_claims(self._study.claims).decode()] if self._study.claims else []
        self._annex.answers = [asdict(answer) for answer in self._study.answers]
        self._annex.readings = [[r.source, r.coder, r.at, r.code, r.round] for r in self._study.readings]
        self._annex.rounds = [
            [r.coder, r.number, r.name, r.started, r.ended, r.blind, list(r.sources)] for r in self._study.rounds
        ]
        if self.selections.is_lasting:
            self._annex.lasting = ["codings"]
        self._annex.withdrawn = list(self._study.withdrawn)
        self._annex.erased = [list(each) for each in self._study.erased_texts]

    def _put_codes(self, codes: QdcTree) -> None:
        for at, code in codes.odd:
            self._annex.put_whole("codes", at, code)
        self._annex.made = codes.made
        for guid, code in codes.listed:
            fields = code_fields(code)
            if fields:
                self._annex.put("codes", guid, **fields)
        self._annex.put_order("codes", [guid for guid, _ in codes.listed], codes.in_file)

    def _put_memos(self, codes: QdcTree) -> None:
        for memo in self._study.memos:
            guid = self._guids.next_of("memo", memo.on, memo.of, memo.title, memo.created or "")
            if memo.uid:
                self._annex.put("memos", guid, uid=memo.uid)
            target, description = self._target(memo, codes), ""
            if target is None:
                self._annex.put("memos", guid, on=memo.on, of=memo.of)
                description = f"On {memo.on}: {memo.of}"
            else:
                self._refs.setdefault(target, []).append(guid)
            attributes = self._created.user(memo.coder) + self._created.moment(memo.created, "memos", guid)
            self._notes.put(note(guid, memo.title, memo.text, attributes, description))

    def _put_summaries(self, codes: QdcTree) -> None:
        """Write each summary as a Note, and let its code, or the codes of its matrix row, refer to the Note.

        The other fields of the summary are written to the annex, a Note that only sibtui reads.
        """
        rows = {(matrix.name, row.label): row.codes for matrix in self._study.matrices for row in matrix.rows}
        for summary in self._study.summaries:
            cell = (summary.matrix, summary.row, summary.column, summary.code, summary.case)
            guid = self._guids.next_of("summary", *cell, summary.coder)
            for code in (summary.code,) if summary.code else rows.get((summary.matrix, summary.row), ()):
                if code in codes.guids:
                    self._refs.setdefault(codes.guids[code], []).append(guid)
            self._annex.summaries.append({"note": guid, **asdict(replace(summary, text=""))})
            at = f' creationDateTime="{summary.at}"' if timestamps.is_canonical(summary.at) else ""
            attributes = self._created.user(summary.coder) + at
            self._notes.put(note(guid, f"{SUMMARY}{summary.case or summary.column}", summary.text, attributes))

    def _target(self, memo: MemoDraft, codes: QdcTree) -> str | None:
        """Return the GUID (id) of the item that a memo is about; an empty text for the project.

        Return None if the file cannot state the item. For example, a Case element cannot refer to a Note.
        """
        if memo.on == "project":
            return None if memo.of else ""
        if memo.on == "source":
            return self._sources.get(memo.of)
        return codes.guids.get(memo.of) if memo.on == "code" else None

    def _put_source(self, source: SourceDraft | None, codings: Iterable[NumberedCoding], codes: QdcTree) -> None:
        """Write a source with its codings. `source` is None for codings whose source does not exist.

        A coding that REFI-QDA cannot store goes to the annex, a Note that only sibtui reads.
        """
        if source is None:
            for numbered in codings:
                self.selections.put_whole(numbered)
            return
        guid = self._sources[source.name]
        self._xml.put(
            f'<TextSource guid="{guid}" name="{value(source.name)}"'
            f' plainTextPath="internal://{guid}.txt"{self._created.moment(source.added, "sources", guid, "added")}>\n'
        )
        if source.title:
            self._xml.put(f"<Description>{content(source.title)}</Description>\n")
        self._xml.put("".join(self.selections.write(source, codings, codes.guids)))
        self._xml.put("".join(references(self._refs.get(guid))))
        self._xml.put("".join(self._values("source", guid, source.attributes)))
        self._xml.put("</TextSource>\n")
        self._put_fields(guid, source)

    def _put_fields(self, guid: str, source: SourceDraft) -> None:
        fields = source_fields(source)
        derived = tuple(label for label in self._cases if label in source.cases)
        if source.cases != derived:
            fields["cases"] = list(source.cases)
        if fields:
            self._annex.put("sources", guid, **fields)

    def _values(self, of: str, guid: str, attributes: Mapping[str, Any]) -> Iterator[str]:
        odd = dict(attributes)
        for (owner, name), (variable, kind) in self._variables.items():
            text = stored_value(kind, attributes[name]) if owner == of and name in attributes else None
            if text is None:
                continue
            del odd[name]
            tag = f"{TYPE_OF_KIND[kind]}Value"
            literal = {"yes": "true", "no": "false"}[text] if kind == "yes/no" else content(text)
            yield f'<VariableValue><VariableRef targetGUID="{variable}"/><{tag}>{literal}</{tag}></VariableValue>\n'
        if odd:
            self._annex.put("cases" if of == "case" else "sources", guid, attributes=odd)

    def _write_users(self) -> Iterator[str]:
        for name, guid in self._created.users.items():
            yield f'<User guid="{guid}" name="{value(name)}"/>\n'

    def _write_variables(self) -> Iterator[str]:
        uids = {(each.of, each.name): each.uid for each in self._study.attributes}
        for (of, name), (guid, kind) in self._variables.items():
            uid = uids[of, name]
            self._annex.put("attributes", guid, of=of, **({"uid": uid} if uid else {}))
            yield f'<Variable guid="{guid}" name="{value(name)}" typeOfVariable="{TYPE_OF_KIND[kind]}"/>\n'

    def _heads_of_cases(self) -> Iterator[tuple[str, str]]:
        """Yield (label of a case, beginning of its XML element). Fields without an element go to the annex."""
        touched: dict[str, list[str]] = {label: [] for label in self._cases}
        for source in heads(self._study.sources):
            for label in dict.fromkeys(source.cases):
                if label in touched:
                    touched[label].append(self._sources[source.name])
        for case in self._study.cases:
            guid = self._cases[case.label]
            if case.private_name is not None:
                self._annex.put("cases", guid, private_name=case.private_name)
            for key in ("letter", "uid"):
                if getattr(case, key):
                    self._annex.put("cases", guid, **{key: getattr(case, key)})
            values = "".join(self._values("case", guid, case.attributes))
            of_sources = "".join(f'<SourceRef targetGUID="{each}"/>\n' for each in touched[case.label])
            yield case.label, f'<Case guid="{guid}" name="{value(case.label)}">\n{values}{of_sources}'

    def _write_cases(self, beginnings: Iterable[tuple[str, str]]) -> Iterator[str]:
        for label, beginning in beginnings:
            yield beginning
            yield from self.selections.of_cases.references(label)
            yield "</Case>\n"

    def _put_matrices(self) -> None:
        for at, matrix in enumerate(self._study.matrices, 1):
            guid = self._guids.next_of("matrix", matrix.name)
            self._annex.matrices.append(guid)
            self._notes.put(note(guid, f"{MATRIX}{matrix.name}", write_matrix(matrix, position=at).decode()))

    def _put_annex(self) -> str:
        """Write the Note that refers to the annex, and return the GUID (id) of the Note. Only sibtui reads the annex.

        Call this after all other parts are written.
        """
        self.selections.put_order()
        guid = self._guids.next_of("annex")
        description = "Facts that REFI-QDA has no element for; sibtui reads them back from here."
        self._notes.put(
            f'<Note guid="{guid}" name="{ANNEX}" plainTextPath="internal://{guid}.txt">'
            f"<Description>{description}</Description></Note>\n"
        )
        return guid


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield the texts as UTF-8. Many short texts are joined into one chunk of bytes."""
    rest = iter(texts)
    while several := list(islice(rest, 1000)):
        yield "".join(several).encode()
