"""REFI-QDA projects (.qdpx) written: the same study, the same bytes, the same GUIDs. `refi_form` tells what stands where."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sibtui.formats import instants
from sibtui.formats.guids import Guids
from sibtui.formats.matrix_toml import write_matrix
from sibtui.formats.refi_annex import Annex
from sibtui.formats.refi_codebook import CodeTree
from sibtui.formats.refi_form import (
    ANNEX,
    MATRIX,
    ORIGIN,
    PROJECT_NAMESPACE,
    TYPE_OF_KIND,
    qualifiers,
    typed,
)
from sibtui.formats.unswept import unswept
from sibtui.formats.xml_text import content, fits, value
from sibtui.formats.zip_files import write_zip
from sibtui.model.counting import OFTEN
from sibtui.model.drafts import SourceDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodingDraft, MemoDraft, StudyDraft

_LONGEST_NAME = 1_000_000
"""Code points of a quote that a selection's name holds: parsers refuse attributes of ten million bytes."""


def write_qdpx(study: StudyDraft, progress: Callable[[int], None] | None = None) -> bytes:
    """The study as a REFI-QDA project, valid against its schema; `refi_read.read_qdpx` reads back all of it.

    Private names are in it when they are in the draft. `refi_losses.losses` tells what other programs will not see. `progress` is told how
    many codings are written, and ends the writing by raising.
    """
    with unswept():
        return _Writer(study, progress).write()


class _Writer:
    def __init__(self, study: StudyDraft, progress: Callable[[int], None] | None) -> None:
        self._study = study
        self._progress = progress
        self._guids = Guids(study.study.guid or study.study.name)
        self._annex = Annex()
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
        self._told = 0

    def write(self) -> bytes:
        for coder in self._study.coders:
            self._user(coder)
        codes = CodeTree(self._study.codes, self._guids)
        self._put_codes(codes)
        self._put_memos(codes)
        placed = self._placed(codes)
        sources = [part for source in self._study.sources for part in self._source(source, codes, placed)]
        self._put_study()
        self._put_matrices()
        cases = list(self._write_cases())
        parts = [
            self._head(),
            *_container("Users", self._write_users()),
            *_container("Codes", codes.write(self._refs), around="CodeBook"),
            *_container("Variables", self._write_variables()),
            *_container("Cases", cases),
            *_container("Sources", sources),
            *_container("Notes", [*self._notes, self._annex_note()]),
            f"<Description>{content(self._study.study.description)}</Description>\n",
            *_references(self._refs.get("")),
            "</Project>\n",
        ]
        # level 1: an archive of a large study in a third of the time, at a tenth more bytes
        return write_zip([("project.qde", "".join(parts).encode()), *self._files], level=1)

    def _head(self) -> str:
        study = self._study.study
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<Project xmlns="{PROJECT_NAMESPACE}" name="{value(study.name)}" origin="{ORIGIN}"'
            f"{self._moment(study.created, 'study', None)}>\n"
        )

    def _user(self, name: str | None) -> str:
        """The attribute that names the coder of something."""
        if name is None:
            return ""
        guid = self._users.get(name)
        if guid is None:
            guid = self._users[name] = self._guids.next_of("user", name)
            if name not in self._study.coders:
                self._annex.unlisted.append(guid)
        return f' creatingUser="{guid}"'

    def _moment(self, moment: str | None, kind: str, guid: str | None, key: str = "created") -> str:
        """The attribute for when something was made; what is no moment goes to the annex."""
        told = self._moments.get(moment)
        if told is None:
            fits = moment is not None and instants.is_canonical(moment)
            told = self._moments[moment] = f' creationDateTime="{moment}"' if fits else ""
        if not told and moment is not None:
            if guid is None:
                self._annex.study[key] = moment
            else:
                self._annex.put(kind, guid, **{key: moment})
        return told

    def _put_study(self) -> None:
        study = self._study.study
        self._annex.study |= {"guid": study.guid, "first_note": study.first_note}
        self._annex.coverage = [[each.source, each.topic, each.state] for each in self._study.coverage]

    def _put_codes(self, codes: CodeTree) -> None:
        for at, code in codes.odd:
            self._annex.put_whole("codes", at, code)
        self._annex.made = codes.made
        for guid, code in codes.listed:
            told = {
                key: told
                for key in ("origin", "status", "key", "since")
                if (told := getattr(code, key)) is not None
            }  # fmt: skip
            if code.include or code.exclude or code.example:
                told["sections"] = [code.definition, code.include, code.exclude, code.example]
            if code.colour is not None and codes.colour(code) is None:
                told["colour"] = code.colour
            if code.lineage:
                told["lineage"] = [
                    {name: getattr(event, name) for name in ("event", "at", "coder", "path", "definition", "note")}
                    for event in code.lineage
                ]
            if told:
                self._annex.put("codes", guid, **told)
        self._annex.put_order("codes", [guid for guid, _ in codes.listed], codes.in_file)

    def _put_memos(self, codes: CodeTree) -> None:
        for memo in self._study.memos:
            guid = self._guids.next_of("memo", memo.on, memo.of, memo.title, memo.created or "")
            target, told = self._target(memo, codes), ""
            if target is None:
                self._annex.put("memos", guid, on=memo.on, of=memo.of)
                told = f"On {memo.on}: {memo.of}"
            else:
                self._refs.setdefault(target, []).append(guid)
            attributes = self._user(memo.coder) + self._moment(memo.created, "memos", guid)
            self._note(guid, memo.title, memo.text, attributes, told)

    def _target(self, memo: MemoDraft, codes: CodeTree) -> str | None:
        """The GUID of what the memo is on, empty for the project; None when no Note can refer to it."""
        if memo.on == "project":
            return None if memo.of else ""
        if memo.on == "source":
            return self._sources[memo.of][0] if memo.of in self._sources else None
        return codes.guids.get(memo.of) if memo.on == "code" else None

    def _note(self, guid: str, title: str, text: str, attributes: str = "", told: str = "") -> None:
        shown = f"<Description>{content(told)}</Description>" if told else ""
        self._notes.append(
            f'<Note guid="{guid}" name="{value(title)}"{attributes}>'
            f"{shown}<PlainTextContent>{content(text)}</PlainTextContent></Note>\n"
        )

    def _placed(self, codes: CodeTree) -> dict[str, list[tuple[int, CodingDraft]]]:
        """Source → its codings with their positions; those that have no place in REFI-QDA go to the annex whole."""
        placed: dict[str, list[tuple[int, CodingDraft]]] = {name: [] for name in self._sources}
        for at, coding in enumerate(self._study.codings):
            there = placed.get(coding.source)
            if there is not None and coding.code in codes.guids and self._stands(coding):
                there.append((at, coding))
            else:
                self._annex.put_whole("codings", at, replace(coding, line=0))
        return placed

    def _stands(self, coding: CodingDraft) -> bool:
        text = self._sources[coding.source][1].text
        segment = coding.segment
        return (
            segment is not None
            and segment.end <= len(text)
            and (coding.quote is None or coding.quote == text[segment.start : segment.end])
        )

    def _source(
        self, source: SourceDraft, codes: CodeTree, placed: Mapping[str, Sequence[tuple[int, CodingDraft]]]
    ) -> Iterator[str]:
        guid = self._sources[source.name][0]
        attributes = self._moment(source.added, "sources", guid, "added")
        yield (
            f'<TextSource guid="{guid}" name="{value(source.name)}" plainTextPath="internal://{guid}.txt"{attributes}>\n'
        )
        if source.title:
            yield f"<Description>{content(source.title)}</Description>\n"
        yield from self._selections(source, codes, placed[source.name])
        yield from _references(self._refs.get(guid))
        yield from self._values("source", guid, source.attributes)
        yield "</TextSource>\n"
        self._put_source(guid, source)
        # a text that itself begins with a mark would lose it: then a true mark stands before it
        text = "\ufeff" + source.text if source.text.startswith("\ufeff") else source.text
        self._files.append((f"sources/{guid}.txt", text.encode("utf-8", "surrogatepass")))

    def _put_source(self, guid: str, source: SourceDraft) -> None:
        plain = SourceDraft("", "")
        told = {
            key: value
            for key in ("kind", "fidelity", "reading", "read_at", "original", "sha256", "encoding", "confidence")
            if (value := getattr(source, key)) != getattr(plain, key)
        }
        derived = tuple(label for label in self._cases if label in source.cases)
        if source.cases != derived:
            told["cases"] = list(source.cases)
        if told:
            self._annex.put("sources", guid, **told)

    def _selections(
        self, source: SourceDraft, codes: CodeTree, codings: Sequence[tuple[int, CodingDraft]]
    ) -> Iterator[str]:
        """Codings that follow each other and differ in nothing but code and coder share a selection."""
        guids, fit = self._guids, fits(source.text)
        for ((start, end), stance, certainty, cases), group in groupby(codings, key=_same_selection):
            place = f"{start}:{end}"
            guid = guids.next_of("selection", source.name, place)
            quote = source.text[start:end]
            if len(quote) > _LONGEST_NAME:
                quote = quote[:_LONGEST_NAME] + "…"
            told = qualifiers(stance, certainty)
            parts = [f"<Description>{told}</Description>"] if told else []
            attributes = ""
            for at, coding in group:
                own = guids.next_of("coding", source.name, place, coding.code, coding.coder or "")
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
            if self._progress is not None and len(self._written) - self._told >= OFTEN:
                self._told = len(self._written)
                self._progress(self._told)
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
        elif coding.cases and not self._derived(coding.cases):
            self._annex.put("codings", guid, cases=list(coding.cases))
        if coding.quote is None:
            self._annex.put("codings", guid, quote=None)
        if coding.nth is not None:
            self._annex.put("codings", guid, nth=coding.nth)

    def _derived(self, cases: tuple[str, ...]) -> bool:
        """Whether the references of the cases tell as much. One case needs no look at the order of all."""
        if len(cases) == 1:
            return cases[0] in self._cases
        return cases == tuple(label for label in self._cases if label in cases)

    def _values(self, of: str, guid: str, attributes: Mapping[str, Any]) -> Iterator[str]:
        odd = dict(attributes)
        for (owner, name), (variable, kind) in self._variables.items():
            text = typed(kind, attributes[name]) if owner == of and name in attributes else None
            if text is None:
                continue
            del odd[name]
            tag = f"{TYPE_OF_KIND[kind]}Value"
            shown = {"yes": "true", "no": "false"}[text] if kind == "yes/no" else content(text)
            yield f'<VariableValue><VariableRef targetGUID="{variable}"/><{tag}>{shown}</{tag}></VariableValue>\n'
        if odd:
            self._annex.put("cases" if of == "case" else "sources", guid, attributes=odd)

    def _write_users(self) -> Iterator[str]:
        for name, guid in self._users.items():
            yield f'<User guid="{guid}" name="{value(name)}"/>\n'

    def _write_variables(self) -> Iterator[str]:
        for (of, name), (guid, kind) in self._variables.items():
            self._annex.put("attributes", guid, of=of)
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
        there = [guid for _, guid in self._written]
        self._annex.put_order("codings", [guid for _, guid in sorted(self._written)], there)
        guid = self._guids.next_of("annex")
        self._files.append((f"sources/{guid}.txt", self._annex.write()))
        told = "What REFI-QDA has no place for; sibtui reads it back from here."
        return (
            f'<Note guid="{guid}" name="{ANNEX}" plainTextPath="internal://{guid}.txt">'
            f"<Description>{told}</Description></Note>\n"
        )


def _same_selection(placed: tuple[int, CodingDraft]) -> tuple[Any, ...]:
    coding = placed[1]
    segment = coding.segment
    return segment and (segment.start, segment.end), coding.stance, coding.certainty, coding.cases


def _container(tag: str, parts: Iterable[str], *, around: str = "") -> Iterator[str]:
    """The parts within their element; nothing when there are none, for an empty one is not valid."""
    inside = list(parts)
    if inside:
        yield f"<{around}><{tag}>\n" if around else f"<{tag}>\n"
        yield from inside
        yield f"</{tag}></{around}>\n" if around else f"</{tag}>\n"


def _references(notes: Iterable[str] | None) -> Iterator[str]:
    return (f'<NoteRef targetGUID="{guid}"/>\n' for guid in notes or ())
