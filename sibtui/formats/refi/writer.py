"""The writer of REFI-QDA projects (.qdpx). The same study always gives the same bytes. `identifiers` describes the form of the file."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.foreign_values import stored_value
from sibtui.formats.codec.xml_text import content, fits, value
from sibtui.formats.codec.zip_files import write_zip
from sibtui.formats.refi.annex_fields import code_fields, source_fields
from sibtui.formats.refi.codebook import QdcTree
from sibtui.formats.refi.elements import container, references
from sibtui.formats.refi.guids import Guids, dashed
from sibtui.formats.refi.identifiers import ANNEX, MATRIX, ORIGIN, PROJECT_NAMESPACE, SUMMARY, TYPE_OF_KIND, qualifiers
from sibtui.formats.refi.losses import CodingLosses, losses
from sibtui.formats.refi.placed_codings import by_source, has_place, is_by_source
from sibtui.formats.refi.sets import write_sets
from sibtui.formats.refi.sibtui_note import SibtuiNote
from sibtui.formats.refi.xml_parts import SelectionsOfCases, XmlPart
from sibtui.formats.study_folder.claims_toml import write_claims
from sibtui.formats.study_folder.matrix_toml import write_matrix
from sibtui.model.arguments import as_names
from sibtui.model.gc_pause import gc_paused
from sibtui.model.lazy_items import heads
from sibtui.model.progress import OFTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sibtui.formats.refi.placed_codings import NumberedCoding
    from sibtui.model.drafts import CodingDraft, MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.import_reports import Loss

_LONGEST_NAME = 1_000_000
"""A quote of at most this many code points is written as the name of a selection.

Parsers refuse attributes of ten million bytes.
"""
_LEVEL = 1
"""The level of compression. With level 1, a large study is written in a third of the time of level 6, and the file is only a tenth larger."""
_MOST_MOMENTS = 10_000
"""How many creation times are cached as XML at most.

The cache saves time, because many codings may have the same time.
"""


def write_qdpx(study: StudyDraft, progress: Callable[[int], None] | None = None) -> bytes:
    """Return a study as the bytes of a REFI-QDA project. `write_qdpx_file` describes the file and `progress`."""
    file = io.BytesIO()
    write_qdpx_file(file, study, progress)
    return file.getvalue()


def write_qdpx_file(
    file: IO[bytes], study: StudyDraft, progress: Callable[[int], None] | None = None
) -> tuple[Loss, ...]:
    """Write a study into a file as a REFI-QDA project, valid in the REFI-QDA schema. `reader.read_qdpx` can read the whole study back.

    Return the losses: facts that other programs will not show. Private names are in the file if the draft has them. A lazy draft is read
    one source at a time; its codings must be in the order of the sources. `progress` receives the number of codings written so far, and may
    raise an error to cancel.
    """
    with gc_paused(), XmlPart() as sources, XmlPart() as notes:
        writer = _Writer(study, sources, notes, progress)
        write_zip(file, writer.members(), level=_LEVEL)
        return losses(study, writer.lost)


class _Writer:
    """Writes one project.

    The two large parts of the XML, `sources` and `notes`, are written first, and joined with the remaining parts at the
    end.
    """

    def __init__(
        self, study: StudyDraft, sources: XmlPart, notes: XmlPart, progress: Callable[[int], None] | None
    ) -> None:
        self._study = study
        self._xml = sources
        self._notes = notes
        self.lost = CodingLosses(study)
        self._progress = progress
        self._guids = Guids(study.study.guid or study.study.name)
        self._annex = SibtuiNote()
        self._users: dict[str, str] = {}
        self._moments: dict[str | None, str] = {None: ""}
        self._sources = {source.name: self._guids.next_of("source", source.name) for source in heads(study.sources)}
        self._cases = {case.label: self._guids.next_of("case", case.label) for case in study.cases}
        self._variables = {
            (each.of, each.name): (self._guids.next_of("variable", each.of, each.name), each.kind)
            for each in study.attributes
        }
        self._refs: dict[str, list[str]] = {}
        self._selections_of = SelectionsOfCases(self._cases)
        self._made: dict[tuple[str | None, str | None], str] = {}
        self._in_order = is_by_source(study)
        self._written: list[tuple[int, str]] = []
        self._done = self._reported = 0
        # Lasting ids are written as the GUIDs of codings, so that the annex need not repeat them.
        self._lasting = bool(study.codings) and (
            getattr(study.codings, "lasting", False) or all(_is_uid(coding.uid) for coding in study.codings)
        )

    def members(self) -> Iterator[tuple[str, Iterable[bytes], int]]:
        """Yield (name, data, size) of each file in the project: the XML, the texts, and the annex (facts that only sibtui reads)."""
        for coder in self._study.coders:
            self._user(coder)
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
        yield "project.qde", xml, self._xml.size + self._notes.size + self._selections_of.size
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
            f"{self._moment(study.created, 'study', None)}>\n"
        )

    def _user(self, name: str | None) -> str:
        """Return the XML attribute that names a coder; empty if there is no coder."""
        if name is None:
            return ""
        guid = self._users.get(name)
        if guid is None:
            guid = self._users[name] = self._guids.next_of("user", name)
            if name not in self._study.coders:
                self._annex.unlisted.append(guid)
        return f' creatingUser="{guid}"'

    def _moment(self, moment: str | None, kind: str, guid: str | None, key: str = "created") -> str:
        """Return the XML attribute for a time of creation.

        A text that is not a timestamp goes to the annex (a Note) instead.
        """
        attribute = self._moments.get(moment)
        if attribute is None:
            if len(self._moments) > _MOST_MOMENTS:
                self._moments = {None: ""}
            fits = moment is not None and timestamps.is_canonical(moment)
            attribute = self._moments[moment] = f' creationDateTime="{moment}"' if fits else ""
        if not attribute and moment is not None:
            if guid is None:
                self._annex.study[key] = moment
            else:
                self._annex.put(kind, guid, **{key: moment})
        return attribute

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
        if self._lasting:
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
            attributes = self._user(memo.coder) + self._moment(memo.created, "memos", guid)
            self._note(guid, memo.title, memo.text, attributes, description)

    def _put_summaries(self, codes: QdcTree) -> None:
        """Write each summary as a Note to which its codes refer, with the name of the case. The annex has the other fields."""
        rows = {(matrix.name, row.label): row.codes for matrix in self._study.matrices for row in matrix.rows}
        for summary in self._study.summaries:
            cell = (summary.matrix, summary.row, summary.column, summary.code, summary.case)
            guid = self._guids.next_of("summary", *cell, summary.coder)
            for code in (summary.code,) if summary.code else rows.get((summary.matrix, summary.row), ()):
                if code in codes.guids:
                    self._refs.setdefault(codes.guids[code], []).append(guid)
            self._annex.summaries.append({"note": guid, **asdict(replace(summary, text=""))})
            at = f' creationDateTime="{summary.at}"' if timestamps.is_canonical(summary.at) else ""
            attributes = self._user(summary.coder) + at
            self._note(guid, f"{SUMMARY}{summary.case or summary.column}", summary.text, attributes)

    def _target(self, memo: MemoDraft, codes: QdcTree) -> str | None:
        """Return the GUID of the item that a memo is about, so that a reference to the Note can be written there.

        Return an empty text for the project, and None if REFI-QDA allows no reference from the item to a Note.
        """
        if memo.on == "project":
            return None if memo.of else ""
        if memo.on == "source":
            return self._sources.get(memo.of)
        return codes.guids.get(memo.of) if memo.on == "code" else None

    def _note(self, guid: str, title: str, text: str, attributes: str = "", description: str = "") -> None:
        element = f"<Description>{content(description)}</Description>" if description else ""
        self._notes.put(
            f'<Note guid="{guid}" name="{value(title)}"{attributes}>'
            f"{element}<PlainTextContent>{content(text)}</PlainTextContent></Note>\n"
        )

    def _put_source(self, source: SourceDraft | None, codings: Iterable[NumberedCoding], codes: QdcTree) -> None:
        """Write a source with its codings. A coding goes to the annex (a Note) if REFI-QDA cannot store it or if its source does not exist."""
        if source is None:
            for numbered in codings:
                self._put_whole(numbered)
            return
        guid = self._sources[source.name]
        self._xml.put(
            f'<TextSource guid="{guid}" name="{value(source.name)}"'
            f' plainTextPath="internal://{guid}.txt"{self._moment(source.added, "sources", guid, "added")}>\n'
        )
        if source.title:
            self._xml.put(f"<Description>{content(source.title)}</Description>\n")
        self._xml.put("".join(self._selections(source, self._placed(source, codings, codes), codes)))
        self._xml.put("".join(references(self._refs.get(guid))))
        self._xml.put("".join(self._values("source", guid, source.attributes)))
        self._xml.put("</TextSource>\n")
        self._put_fields(guid, source)

    def _placed(
        self, source: SourceDraft, codings: Iterable[NumberedCoding], codes: QdcTree
    ) -> Iterator[NumberedCoding]:
        """Yield the codings that REFI-QDA can store.

        Write all other codings to the annex, a Note that only sibtui reads.
        """
        text, known, count = source.text, codes.guids, self.lost.count
        for numbered in codings:
            if has_place(numbered[1], text, known):
                count(numbered[1], placed=True)
                yield numbered
            else:
                self._put_whole(numbered)

    def _put_whole(self, numbered: NumberedCoding) -> None:
        at, coding = numbered
        self.lost.count(coding, placed=False)
        self._annex.put_whole("codings", at, replace(coding, line=0))

    def _put_fields(self, guid: str, source: SourceDraft) -> None:
        fields = source_fields(source)
        derived = tuple(label for label in self._cases if label in source.cases)
        if source.cases != derived:
            fields["cases"] = list(source.cases)
        if fields:
            self._annex.put("sources", guid, **fields)

    def _selections(self, source: SourceDraft, codings: Iterable[NumberedCoding], codes: QdcTree) -> Iterator[str]:
        """Yield the XML of a source's selections. Successive codings that differ only in code and coder are in one selection."""
        # These keys have the name of the source: GUIDs of other sources need not be remembered.
        guids, fit = Guids(self._study.study.guid or self._study.study.name), fits(source.text)
        for ((start, end), stance, certainty, cases), group in groupby(codings, key=_same_selection):
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
                    if self._lasting
                    else guids.next_of("coding", source.name, place, coding.code, coding.coder or "")
                )
                made = self._made_by(coding, own)
                attributes = attributes or made
                memo = self._memo_of(own, coding.memo, made) if coding.memo else ""
                parts.append(
                    f'<Coding guid="{own}"{made}><CodeRef targetGUID="{codes.guids[coding.code]}"/>{memo}</Coding>'
                )
                if coding.cases != () or coding.quote is None or coding.nth is not None:
                    self._put_coding(own, coding)
                self._count(numbered[0], own)
            if cases:
                self._selections_of.put(guid, cases)
            yield (
                f'<PlainTextSelection guid="{guid}" name="{value(quote, fit_already=fit)}" startPosition="{start}"'
                f' endPosition="{end}"{attributes}>{"".join(parts)}</PlainTextSelection>\n'
            )

    def _made_by(self, coding: CodingDraft, guid: str) -> str:
        """Return the XML attributes for the coder and the creation time of a coding."""
        made = self._made.get((coding.coder, coding.created))
        if made is None:
            made = self._user(coding.coder) + self._moment(coding.created, "codings", guid)
            if self._moments[coding.created]:
                if len(self._made) > _MOST_MOMENTS:
                    self._made.clear()
                self._made[coding.coder, coding.created] = made
        return made

    def _count(self, at: int, guid: str) -> None:
        """Count a coding as written.

        If the file does not have the codings in the order of the study, record the position of the coding in the study.
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
        guid = self._guids.of(*key) if self._in_order and self._lasting else self._guids.next_of(*key)
        self._note(guid, "", memo, attributes)
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
        """Return whether a reader finds these cases of a coding, in this order, by the references in the Case elements.

        If not, the cases must be written to the annex, a Note that only sibtui reads.
        """
        if len(cases) == 1:
            return cases[0] in self._cases
        return cases == tuple(label for label in self._cases if label in cases)

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
        for name, guid in self._users.items():
            yield f'<User guid="{guid}" name="{value(name)}"/>\n'

    def _write_variables(self) -> Iterator[str]:
        uids = {(each.of, each.name): each.uid for each in self._study.attributes}
        for (of, name), (guid, kind) in self._variables.items():
            uid = uids[of, name]
            self._annex.put("attributes", guid, of=of, **({"uid": uid} if uid else {}))
            yield f'<Variable guid="{guid}" name="{value(name)}" typeOfVariable="{TYPE_OF_KIND[kind]}"/>\n'

    def _heads_of_cases(self) -> Iterator[tuple[str, str]]:
        """Yield (case, the beginning of its XML element). Fields of a case that REFI-QDA cannot store go to the annex (a Note)."""
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
            yield from self._selections_of.references(label)
            yield "</Case>\n"

    def _put_matrices(self) -> None:
        for at, matrix in enumerate(self._study.matrices, 1):
            guid = self._guids.next_of("matrix", matrix.name)
            self._annex.matrices.append(guid)
            self._note(guid, f"{MATRIX}{matrix.name}", write_matrix(matrix, position=at).decode())

    def _put_annex(self) -> str:
        """Write the annex (the Note with the facts that REFI-QDA cannot store), and return its GUID. Call this last."""
        if "codings" in self._annex.whole:
            self._annex.whole["codings"].sort(key=itemgetter(0))
        in_file = [guid for _, guid in self._written]
        self._annex.put_order("codings", [guid for _, guid in sorted(self._written)], in_file)
        guid = self._guids.next_of("annex")
        description = "Facts that REFI-QDA has no element for; sibtui reads them back from here."
        self._notes.put(
            f'<Note guid="{guid}" name="{ANNEX}" plainTextPath="internal://{guid}.txt">'
            f"<Description>{description}</Description></Note>\n"
        )
        return guid


def _is_uid(uid: str) -> bool:
    return len(uid) == 32 and uid.isalnum() and uid.isascii()


def _same_selection(placed: NumberedCoding) -> tuple[Any, ...]:
    coding = placed[1]
    segment = coding.segment
    place = segment and (segment.start, segment.end)
    return place, coding.stance or "supports", coding.certainty or "firm", coding.cases


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield the texts as UTF-8. Many short texts are joined into one chunk."""
    rest = iter(texts)
    while several := list(islice(rest, 1000)):
        yield "".join(several).encode()
