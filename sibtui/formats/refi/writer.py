"""The writer of REFI-QDA projects (.qdpx). The same study gives the same bytes; `identifiers` describes the form."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.foreign_values import rgb_of, stored_value
from sibtui.formats.codec.xml_text import content, fits, value
from sibtui.formats.codec.zip_files import write_zip
from sibtui.formats.refi.codebook import QdcTree
from sibtui.formats.refi.elements import container, references
from sibtui.formats.refi.guids import Guids, dashed
from sibtui.formats.refi.identifiers import ANNEX, MATRIX, ORIGIN, PROJECT_NAMESPACE, TYPE_OF_KIND, qualifiers
from sibtui.formats.refi.sibtui_note import SibtuiNote
from sibtui.formats.study_folder.matrix_toml import write_matrix
from sibtui.model.arguments import as_names
from sibtui.model.drafts import SourceDraft
from sibtui.model.gc_pause import gc_paused
from sibtui.model.progress import OFTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodingDraft, MemoDraft, StudyDraft

_LONGEST_NAME = 1_000_000
"""Most code points of a quote in the name of a selection: parsers refuse attributes of ten million bytes."""


def write_qdpx(study: StudyDraft, progress: Callable[[int], None] | None = None) -> bytes:
    """Return the study as a REFI-QDA project, valid against its schema; `reader.read_qdpx` reads all of it back.

    Private names are in the file if they are in the draft. `losses.losses` lists what other programs do not show.
    `progress` receives the number of codings written, and may raise to cancel.
    """
    with gc_paused():
        return _Writer(study, progress).write()


class _Writer:
    def __init__(self, study: StudyDraft, progress: Callable[[int], None] | None) -> None:
        self._study = study
        self._progress = progress
        self._guids = Guids(study.study.guid or study.study.name)
        self._annex = SibtuiNote()
        self._files: list[tuple[str, bytes]] = []
        self._notes: list[str] = []
        self._users: dict[str, str] = {}
        self._moments: dict[str | None, str] = {None: ""}
        self._sources = {source.name: (self._guids.next_of("source", source.name), source) for source in study.sources}
        self._cases = {case.label: self._guids.next_of("case", case.label) for case in study.cases}
        self._variables = {
            (each.of, each.name): (self._guids.next_of("variable", each.of, each.name), each.kind)
            for each in study.attributes
        }
        self._refs: dict[str, list[str]] = {}
        self._of_case: dict[str, list[str]] = {label: [] for label in self._cases}
        self._made: dict[tuple[str | None, str | None], str] = {}
        self._written: list[tuple[int, str]] = []
        self._reported = 0
        # Lasting ids are written as the GUIDs of codings, so that the annex need not repeat them.
        self._lasting = bool(study.codings) and all(_is_uid(coding.uid) for coding in study.codings)

    def write(self) -> bytes:
        for coder in self._study.coders:
            self._user(coder)
        codes = QdcTree(self._study.codes, self._guids)
        self._put_codes(codes)
        self._put_memos(codes)
        placed = self._placed(codes)
        sources = [part for source in self._study.sources for part in self._source(source, codes, placed)]
        self._put_study()
        self._put_matrices()
        cases = list(self._write_cases())
        parts = [
            self._head(),
            *container("Users", self._write_users()),
            *container("Codes", codes.write(self._refs), around="CodeBook"),
            *container("Variables", self._write_variables()),
            *container("Cases", cases),
            *container("Sources", sources),
            *container("Notes", [*self._notes, self._annex_note()]),
            f"<Description>{content(self._study.study.description)}</Description>\n",
            *references(self._refs.get("")),
            "</Project>\n",
        ]
        # Level 1 writes a large study in a third of the time, with a tenth more bytes.
        return write_zip([("project.qde", "".join(parts).encode()), *self._files], level=1)

    def _head(self) -> str:
        study = self._study.study
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<Project xmlns="{PROJECT_NAMESPACE}" name="{value(study.name)}" origin="{ORIGIN}"'
            f"{self._moment(study.created, 'study', None)}>\n"
        )

    def _user(self, name: str | None) -> str:
        """Return the XML attribute for a coder. Empty without one."""
        if name is None:
            return ""
        guid = self._users.get(name)
        if guid is None:
            guid = self._users[name] = self._guids.next_of("user", name)
            if name not in self._study.coders:
                self._annex.unlisted.append(guid)
        return f' creatingUser="{guid}"'

    def _moment(self, moment: str | None, kind: str, guid: str | None, key: str = "created") -> str:
        """Return the XML attribute for a time of creation. A text that is not a timestamp goes to the annex."""
        attribute = self._moments.get(moment)
        if attribute is None:
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
        self._annex.coverage = [
            [each.source, each.topic, each.state, *([each.case] if each.case else [])] for each in self._study.topics
        ]
        self._annex.readings = [[r.source, r.coder, r.at, r.code, r.round] for r in self._study.readings]
        if self._lasting:
            self._annex.lasting = ["codings"]

    def _put_codes(self, codes: QdcTree) -> None:
        for at, code in codes.odd:
            self._annex.put_whole("codes", at, code)
        self._annex.made = codes.made
        for guid, code in codes.listed:
            fields = {
                key: field
                for key in ("origin", "status", "key", "since", "uid")
                if (field := getattr(code, key))
            }  # fmt: skip
            if code.include or code.exclude or code.example:
                fields["sections"] = [code.definition, code.include, code.exclude, code.example]
            if code.colour is not None and rgb_of(code.colour) is None:
                fields["colour"] = code.colour
            if code.lineage:
                fields["lineage"] = [
                    {name: getattr(event, name) for name in _EVENT if name != "since" or event.since}
                    for event in code.lineage
                ]
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

    def _target(self, memo: MemoDraft, codes: QdcTree) -> str | None:
        """Return the GUID of the record that the memo is on: empty for the project, None when no Note can refer to it."""
        if memo.on == "project":
            return None if memo.of else ""
        if memo.on == "source":
            return self._sources[memo.of][0] if memo.of in self._sources else None
        return codes.guids.get(memo.of) if memo.on == "code" else None

    def _note(self, guid: str, title: str, text: str, attributes: str = "", description: str = "") -> None:
        element = f"<Description>{content(description)}</Description>" if description else ""
        self._notes.append(
            f'<Note guid="{guid}" name="{value(title)}"{attributes}>'
            f"{element}<PlainTextContent>{content(text)}</PlainTextContent></Note>\n"
        )

    def _placed(self, codes: QdcTree) -> dict[str, list[tuple[int, CodingDraft]]]:
        """Return the codings of each source with their positions. Codings that REFI-QDA cannot hold go to the annex."""
        placed: dict[str, list[tuple[int, CodingDraft]]] = {name: [] for name in self._sources}
        for at, coding in enumerate(self._study.codings):
            of_source = placed.get(coding.source)
            if of_source is not None and coding.code in codes.guids and self._fits_text(coding):
                of_source.append((at, coding))
            else:
                self._annex.put_whole("codings", at, replace(coding, line=0))
        return placed

    def _fits_text(self, coding: CodingDraft) -> bool:
        text = self._sources[coding.source][1].text
        segment = coding.segment
        return (
            segment is not None
            and not coding.undecided
            and segment.end <= len(text)
            and (coding.quote is None or coding.quote == text[segment.start : segment.end])
        )

    def _source(
        self, source: SourceDraft, codes: QdcTree, placed: Mapping[str, Sequence[tuple[int, CodingDraft]]]
    ) -> Iterator[str]:
        guid = self._sources[source.name][0]
        attributes = self._moment(source.added, "sources", guid, "added")
        yield (
            f'<TextSource guid="{guid}" name="{value(source.name)}" plainTextPath="internal://{guid}.txt"{attributes}>\n'
        )
        if source.title:
            yield f"<Description>{content(source.title)}</Description>\n"
        yield from self._selections(source, codes, placed[source.name])
        yield from references(self._refs.get(guid))
        yield from self._values("source", guid, source.attributes)
        yield "</TextSource>\n"
        self._put_source(guid, source)
        # A reader removes one byte order mark: a text that begins with that character gets a second one.
        text = "\ufeff" + source.text if source.text.startswith("\ufeff") else source.text
        self._files.append((f"sources/{guid}.txt", text.encode("utf-8", "surrogatepass")))

    def _put_source(self, guid: str, source: SourceDraft) -> None:
        plain = SourceDraft("", "")
        fields = {
            key: value
            for key in (
                "kind",
                "fidelity",
                "reading",
                "read_at",
                "original",
                "sha256",
                "encoding",
                "confidence",
                "language",
                "uid",
            )
            if (value := getattr(source, key)) != getattr(plain, key)
        }
        derived = tuple(label for label in self._cases if label in source.cases)
        if source.cases != derived:
            fields["cases"] = list(source.cases)
        if fields:
            self._annex.put("sources", guid, **fields)

    def _selections(
        self, source: SourceDraft, codes: QdcTree, codings: Sequence[tuple[int, CodingDraft]]
    ) -> Iterator[str]:
        """Yield the selections. Consecutive codings that differ only in code and coder share one."""
        guids, fit = self._guids, fits(source.text)
        for ((start, end), stance, certainty, cases), group in groupby(codings, key=_same_selection):
            place = f"{start}:{end}"
            guid = guids.next_of("selection", source.name, place)
            quote = source.text[start:end]
            if len(quote) > _LONGEST_NAME:
                quote = quote[:_LONGEST_NAME] + "…"
            description = qualifiers(stance, certainty)
            parts = [f"<Description>{description}</Description>"] if description else []
            attributes = ""
            for at, coding in group:
                own = (
                    dashed(coding.uid)
                    if self._lasting
                    else guids.next_of("coding", source.name, place, coding.code, coding.coder or "")
                )
                made = self._made.get((coding.coder, coding.created))
                if made is None:
                    made = self._user(coding.coder) + self._moment(coding.created, "codings", own)
                    if self._moments[coding.created]:
                        self._made[coding.coder, coding.created] = made
                attributes = attributes or made
                memo = self._memo_of(own, coding.memo, made) if coding.memo else ""
                parts.append(
                    f'<Coding guid="{own}"{made}><CodeRef targetGUID="{codes.guids[coding.code]}"/>{memo}</Coding>'
                )
                if coding.cases != () or coding.quote is None or coding.nth is not None:
                    self._put_coding(own, coding)
                self._written.append((at, own))
            if self._progress is not None and len(self._written) - self._reported >= OFTEN:
                self._reported = len(self._written)
                self._progress(self._reported)
            for label in cases or ():
                if label in self._of_case:
                    self._of_case[label].append(guid)
            yield (
                f'<PlainTextSelection guid="{guid}" name="{value(quote, fit_already=fit)}" startPosition="{start}"'
                f' endPosition="{end}"{attributes}>{"".join(parts)}</PlainTextSelection>\n'
            )

    def _memo_of(self, coding: str, memo: str, attributes: str) -> str:
        guid = self._guids.next_of("memo of coding", coding)
        self._note(guid, "", memo, attributes)
        return f'<NoteRef targetGUID="{guid}"/>'

    def _put_coding(self, guid: str, coding: CodingDraft) -> None:
        if coding.cases is None:
            self._annex.put("codings", guid, cases=None)
        elif coding.cases and not self._derived(as_names(coding.cases)):
            self._annex.put("codings", guid, cases=list(coding.cases))
        if coding.quote is None:
            self._annex.put("codings", guid, quote=None)
        if coding.nth is not None:
            self._annex.put("codings", guid, nth=coding.nth)

    def _derived(self, cases: tuple[str, ...]) -> bool:
        """Return whether a reader gets these cases, in this order, from the references in the Case elements."""
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

    def _write_cases(self) -> Iterator[str]:
        touched: dict[str, list[str]] = {label: [] for label in self._cases}
        for guid, source in self._sources.values():
            for label in dict.fromkeys(source.cases):
                if label in touched:
                    touched[label].append(guid)
        for case in self._study.cases:
            guid = self._cases[case.label]
            if case.private_name is not None:
                self._annex.put("cases", guid, private_name=case.private_name)
            for key in ("letter", "uid"):
                if getattr(case, key):
                    self._annex.put("cases", guid, **{key: getattr(case, key)})
            yield f'<Case guid="{guid}" name="{value(case.label)}">\n'
            yield from self._values("case", guid, case.attributes)
            yield from (f'<SourceRef targetGUID="{each}"/>\n' for each in touched[case.label])
            yield from (f'<SelectionRef targetGUID="{each}"/>\n' for each in self._of_case[case.label])
            yield "</Case>\n"

    def _put_matrices(self) -> None:
        for at, matrix in enumerate(self._study.matrices, 1):
            guid = self._guids.next_of("matrix", matrix.name)
            self._annex.matrices.append(guid)
            self._note(guid, f"{MATRIX}{matrix.name}", write_matrix(matrix, position=at).decode())

    def _annex_note(self) -> str:
        in_file = [guid for _, guid in self._written]
        self._annex.put_order("codings", [guid for _, guid in sorted(self._written)], in_file)
        guid = self._guids.next_of("annex")
        self._files.append((f"sources/{guid}.txt", self._annex.write()))
        description = "Facts that REFI-QDA has no element for; sibtui reads them back from here."
        return (
            f'<Note guid="{guid}" name="{ANNEX}" plainTextPath="internal://{guid}.txt">'
            f"<Description>{description}</Description></Note>\n"
        )


_EVENT = ("event", "at", "coder", "path", "definition", "note", "since")


def _is_uid(uid: str) -> bool:
    return len(uid) == 32 and uid.isalnum() and uid.isascii()


def _same_selection(placed: tuple[int, CodingDraft]) -> tuple[Any, ...]:
    coding = placed[1]
    segment = coding.segment
    place = segment and (segment.start, segment.end)
    return place, coding.stance or "supports", coding.certainty or "firm", coding.cases
