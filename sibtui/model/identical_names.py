"""Removal of identical names (names that read the same, such as Trust and trust) from the draft of a study.

Studies of older versions and of other programs can have identical names. Cases, codes, attributes and sets of sources
with identical names are joined; sources and matrices are renamed. Differences between joined items are reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sibtui.model.codebook import path_key
from sibtui.model.folding import name_key
from sibtui.model.lazy_items import heads, mapped
from sibtui.model.records import CODE_TEXTS, Lineage
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.drafts import AttributeDraft, CaseDraft, CodeDraft, SourceDraft, SourceSetDraft, StudyDraft
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition


def join_identical(draft: StudyDraft) -> tuple[StudyDraft, tuple[str, ...]]:
    """Return (study without identical names, a sentence for each item that was joined, renamed or left out)."""
    joining = _Joining(draft)
    return joining.study(), tuple(dict.fromkeys(joining.notes))


def renamed(names: Iterable[str]) -> dict[str, str]:
    """Return a map: name that reads the same as an earlier name → new, unique name."""
    taken: set[str] = set()
    all_keys = {name_key(name) for name in names}
    new_names: dict[str, str] = {}
    for name in names:
        candidate, number = name, 1
        while name_key(candidate) in taken or (candidate != name and name_key(candidate) in all_keys):
            number += 1
            candidate = f"{name} ({number})"
        taken.add(name_key(candidate))
        if candidate != name:
            new_names[name] = candidate
    return new_names


@dataclass
class _Joining:
    draft: StudyDraft
    notes: list[str] = field(default_factory=list)

    def study(self) -> StudyDraft:
        draft = self.draft
        sources = self._apart("sources", dict.fromkeys(source.name for source in heads(draft.sources)))
        matrices = self._apart("matrices", dict.fromkeys(matrix.name for matrix in draft.matrices))
        names = {"source": sources, "matrix": matrices}
        return replace(
            draft,
            attributes=self._attributes(),
            cases=self._cases(),
            codes=self._codes(),
            sources=mapped(draft.sources, lambda source: self._source(source, sources)),
            codings=mapped(draft.codings, lambda each: replace(each, source=sources.get(each.source, each.source)))
            if sources
            else draft.codings,
            topics=tuple(replace(each, source=sources.get(each.source, each.source)) for each in draft.topics),
            readings=tuple(replace(each, source=sources.get(each.source, each.source)) for each in draft.readings),
            summaries=tuple(replace(each, matrix=matrices.get(each.matrix, each.matrix)) for each in draft.summaries),
            sets=self._sets(sources),
            memos=tuple(replace(memo, of=names.get(memo.on, {}).get(memo.of, memo.of)) for memo in draft.memos),
            matrices=tuple(
                self._matrix(replace(matrix, name=matrices.get(matrix.name, matrix.name)), sources)
                for matrix in draft.matrices
            ),
        )

    def _source(self, source: SourceDraft, new_names: Mapping[str, str]) -> SourceDraft:
        name = new_names.get(source.name, source.name)
        values = self._values(f"source {source.name}", source.attributes)
        # most sources stay as they are, and a copy of each would take a while
        same = (name, values) == (source.name, source.attributes)
        return source if same else replace(source, name=name, attributes=values)

    def _apart(self, what: str, names: Iterable[str]) -> dict[str, str]:
        new_names = renamed(names)
        for name, new in new_names.items():
            self.notes.append(
                f"there are several {what} “{one_line(name, 60)}”: one of them is “{one_line(new, 60)}” now."
            )
        return new_names

    def _differs(self, where: str, what: str, kept: object, other: object) -> None:
        shown = one_line(str(kept), 40), one_line(str(other), 40)
        self.notes.append(f"{one_line(where, 80)}: {what} “{shown[0]}” stays, “{shown[1]}” was left out.")

    def _attributes(self) -> tuple[AttributeDraft, ...]:
        joined: dict[tuple[str, str], AttributeDraft] = {}
        for each in self.draft.attributes:
            kept = joined.setdefault((each.of, name_key(each.name)), each)
            if kept is not each:
                self.notes.append(f"the attributes “{kept.name}” and “{each.name}” of {each.of}s are one.")
                if kept.kind != each.kind:
                    joined[each.of, name_key(each.name)] = replace(kept, kind="text")
        return tuple(joined.values())

    def _values(self, where: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        joined: dict[str, tuple[str, Any]] = {}
        for name, value in values.items():
            kept = joined.setdefault(name_key(name), (name, value))
            if kept[1] != value:
                self._differs(where, f"the {kept[0]}", kept[1], value)
        return values if len(joined) == len(values) else dict(joined.values())

    def _cases(self) -> tuple[CaseDraft, ...]:
        joined: dict[str, CaseDraft] = {}
        for case in self.draft.cases:
            case = replace(case, attributes=self._values(f"case {case.label}", case.attributes))  # noqa: PLW2901 - its values
            kept = joined.setdefault(name_key(case.label), case)
            if kept is case:
                continue
            self.notes.append(f"the cases “{kept.label}” and “{case.label}” are one.")
            where = f"case {kept.label}"
            if kept.private_name and case.private_name and kept.private_name != case.private_name:
                self.notes.append(f"{where}: one of two private names was left out.")
            values = self._values(where, {**kept.attributes, **_without(case.attributes, kept.attributes)})
            for name, value in case.attributes.items():
                if name in kept.attributes and kept.attributes[name] != value:
                    self._differs(where, f"the {name}", kept.attributes[name], value)
            joined[name_key(case.label)] = replace(
                kept,
                private_name=kept.private_name or case.private_name,
                attributes=values,
                letter=kept.letter or case.letter,
            )
        return tuple(joined.values())

    def _sets(self, new_names: Mapping[str, str]) -> tuple[SourceSetDraft, ...]:
        joined: dict[str, SourceSetDraft] = {}
        for each in self.draft.sets:
            members = tuple(new_names.get(source, source) for source in each.sources)
            each = replace(each, sources=members) if members != each.sources else each  # noqa: PLW2901 - with the new names
            kept = joined.setdefault(name_key(each.name), each)
            if kept is not each:
                self.notes.append(f"the sets of sources “{kept.name}” and “{each.name}” are one.")
                sources = tuple(dict.fromkeys((*kept.sources, *members)))
                joined[name_key(each.name)] = replace(kept, sources=sources)
        return tuple(joined.values())

    def _codes(self) -> tuple[CodeDraft, ...]:
        joined: dict[tuple[str, ...], CodeDraft] = {}
        for code in self.draft.codes:
            kept = joined.setdefault(path_key(code.path), code)
            if kept is not code:
                self.notes.append(f"the codes “{kept.path}” and “{code.path}” are one.")
                joined[path_key(code.path)] = self._joined_code(kept, code)
        return tuple(joined.values())

    def _joined_code(self, kept: CodeDraft, other: CodeDraft) -> CodeDraft:
        """Return the code `kept`. Its empty fields get the values of the code `other`, which has the same name.

        The history and the definition of `other` are added to the history of `kept`.
        """
        study = self.draft.study
        coder = next(iter(self.draft.coders), "")
        event = Lineage("merged", other.since or kept.since or study.created, coder, other.path, other.definition, "")
        lacking = {name: getattr(other, name) for name in (*CODE_TEXTS, "colour", "key") if not getattr(kept, name)}
        for name in CODE_TEXTS[1:]:
            if getattr(other, name) and getattr(other, name) != (getattr(kept, name) or getattr(other, name)):
                self._differs(f"code {kept.path}", f"“{name}”", getattr(kept, name), getattr(other, name))
        since = min(filter(None, (kept.since, other.since)), default=None)
        return replace(kept, **lacking, since=since, lineage=(*kept.lineage, *other.lineage, event))

    def _matrix(self, matrix: MatrixDefinition, sources: Mapping[str, str]) -> MatrixDefinition:
        """Return the matrix without repeated columns, and with the new names of items that were joined or renamed."""
        if matrix.columns == "sources":
            names = dict(sources)
        elif matrix.columns == "cases":
            names = {}
            labels: dict[str, str] = {}
            for case in self.draft.cases:
                names[case.label] = labels.setdefault(name_key(case.label), case.label)
        else:
            return matrix
        return replace(
            matrix,
            only=tuple(dict.fromkeys(names.get(label, label) for label in matrix.only)),
            rows=tuple(self._row(matrix.name, row, names) for row in matrix.rows),
            judgements=self._judgements(matrix, names),
        )

    def _row(self, matrix: str, row: RowDefinition, names: Mapping[str, str]) -> RowDefinition:
        notes: dict[str, str] = {}
        for column, text in row.notes.items():
            label = names.get(column, column)
            if label in notes and notes[label] != text:
                self.notes.append(f"matrix {matrix}, {one_line(row.label, 40)}, {label}: two notes were put together.")
                text = f"{notes[label]} {text}"  # noqa: PLW2901 - the text of both
            notes[label] = text
        return replace(row, notes=notes)

    def _judgements(self, matrix: MatrixDefinition, names: Mapping[str, str]) -> tuple[Judgement, ...]:
        joined: dict[tuple[str, str], Judgement] = {}
        for each in matrix.judgements:
            label = names.get(each.column, each.column)
            kept = joined.setdefault((each.row, label), replace(each, column=label))
            if (kept.verdict, kept.because) != (each.verdict, each.because):
                where = f"matrix {matrix.name}, {each.row}, {label}"
                self._differs(
                    where, "the judgement", f"{kept.verdict}: {kept.because}", f"{each.verdict}: {each.because}"
                )
        return tuple(joined.values())


def _without(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    known = set(names)
    return {name: value for name, value in values.items() if name not in known}
