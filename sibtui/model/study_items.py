"""The items of a study by kind and key, for the comparison of two copies of a study.

Items refer to each other by keys and not by names, so a renamed code is still the same code. The key of an item is
its id, if it has an id that is the same in all copies of the study. Otherwise, its key consists of the keys of the
items to which it belongs: for a case of a source, it is (source, case).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sibtui.model.claims.claim import facts_text
from sibtui.model.codebook import join_path, split_path
from sibtui.model.referring_texts import ClaimText, ColumnsText, QueryText, SummaryText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.drafts import CodingDraft, MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.matrix_definition import MatrixDefinition

ItemKey = Any
"""The key of an item: a text, or a tuple of texts and numbers."""
ItemFields = tuple[Any, ...]
Items = Mapping[ItemKey, ItemFields]
"""A map for the items of one kind: key → fields."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "study": ("name", "description", "language", "first note", "agreement"),
    "coder": (),
    "attribute": ("of", "name", "kind"),
    "case": ("name", "private name", "letter"),
    "case attribute": ("value",),
    "source": ("name", "title", "kind", "fidelity", "language", "in progress", "text", "original", "added"),
    "source case": (),
    "source attribute": ("value",),
    "code": (
        "name", "place", "definition", "include", "exclude", "example", "origin", "status", "colour", "key", "since",
    ),
    "code event": (),
    "proposal": ("path", "definition", "coder", "decision", "created"),
    "coding": (
        "source", "code", "coder", "place", "stance", "certainty", "cases", "memo", "created", "round",
        "for_paper", "how",
    ),
    "topic": ("state",),
    "reading": ("at",),
    "round": ("name", "blind", "sources", "started", "ended"),
    "query": ("name", "expression"),
    "set of sources": ("name",),
    "source in set": (),
    "claim": ("id", "sentence", "place", "facts", "reason"),
    "method answer": ("item", "answer"),
    "matrix": (
        "name", "title", "columns", "only", "show", "rule", "marks", "left out", "suffix", "rows from", "rows below",
        "kinds", "coders",
    ),
    "matrix row": ("codes", "query", "sub-codes", "note", "needs", "order"),
    "matrix note": ("text",),
    "judgement": ("verdict",),
    "summary": ("words",),
    "code summary": ("words",),
    "memo": ("on", "of", "title", "text", "coder", "created"),
}  # fmt: skip
"""A map: kind of item → names of its fields. Each kind comes after the kinds to which its items refer."""
QUIET = frozenset({"original", "added", "since", "created", "order", "started", "how"})
"""The fields that a comparison of two studies ignores."""
SOURCE_TEXT = FIELDS["source"].index("text")
CODE_PARENT = FIELDS["code"].index("place")
CODE_STATUS = FIELDS["code"].index("status")
SOURCE_OF, CODE_OF, CODER_OF, PLACE_OF, STANCE_OF, CASES_OF, ROUND_OF = (
    FIELDS["coding"].index(name) for name in ("source", "code", "coder", "place", "stance", "cases", "round")
)
DECISION_OF = FIELDS["proposal"].index("decision")
COLUMNS_OF = FIELDS["matrix"].index("columns")
ROWS_BELOW = FIELDS["matrix"].index("rows below")
ROW_QUERY = FIELDS["matrix row"].index("query")
CLAIM_FACTS = FIELDS["claim"].index("facts")
"""The index of the field “rows below” in the fields of a matrix. The constants above are indexes of other fields."""


@dataclass(frozen=True, slots=True)
class StudyItems:
    """All items of a study. `kinds` is a map: kind of item → the items of this kind, by key.

    `guid` is the id of the study. `withdrawn` are the ids of sources that were withdrawn from it.
    """

    guid: str
    kinds: Mapping[str, Items]
    withdrawn: frozenset[str] = frozenset()

    def path(self, code: str) -> str:
        """Return the codebook path of the code with this key; empty when the study does not have the code."""
        names: list[str] = []
        codes, above = self.kinds["code"], code
        while above in codes and len(names) < 100:  # a cycle is possible while two studies are merged
            names.append(codes[above][0])
            above = codes[above][CODE_PARENT]
        return join_path(reversed(names))

    def has(self, ref: Ref) -> bool:
        return ref[1] in self.kinds[ref[0]]


EMPTY = StudyItems("", {kind: {} for kind in FIELDS})
"""A study that has no items."""


class QuotedPlace(NamedTuple):
    """The place of a coding, and the words of the coding (`quote`).

    `undecided` is set if the words were not found after a correction of the text. The place is then only the passage
    most similar to the words.
    """

    start: int
    end: int
    quote: str
    undecided: bool = False


class ProposalDecision(NamedTuple):
    """The decision on a proposed code.

    `code` is the key of the code into which the proposal was merged; empty if there is no such code.
    """

    state: str
    code: str
    reason: str
    decided: str


Ref = tuple[str, ItemKey]
"""A reference to an item, as (kind of item, key of item)."""


def _of_cell(key: Any, _fields: ItemFields) -> tuple[Ref, ...]:
    matrix, row, of, column = key
    return ("matrix row", (matrix, row)), *(((of, column),) if of else ())


_OWNERS: Mapping[str, Callable[[Any, ItemFields], tuple[Ref, ...]]] = {
    "case attribute": lambda key, _: (("case", key[0]), ("attribute", key[1])),
    "source case": lambda key, _: (("source", key[0]), ("case", key[1])),
    "source attribute": lambda key, _: (("source", key[0]), ("attribute", key[1])),
    "code": lambda _, fields: (("code", fields[CODE_PARENT]),) if fields[CODE_PARENT] else (),
    "code event": lambda key, _: (("code", key[0]),),
    "coding": lambda _, fields: (("source", fields[0]), ("code", fields[1])),
    "memo": lambda _, fields: ((fields[0], fields[1]),) if fields[0] != "project" else (),
    "source in set": lambda key, _: (("source", key[0]), ("set of sources", key[1])),
    "topic": lambda key, _: (
        ("source", key[0]), ("code", key[1]), *((("source case", (key[0], key[2])),) if key[2] else ()),
    ),
    "reading": lambda key, _: (("source", key[0]), *((("code", key[2]),) if key[2] else ())),
    "matrix": lambda _, fields: (("code", fields[ROWS_BELOW]),) if fields[ROWS_BELOW] else (),
    "matrix row": lambda key, fields: (("matrix", key[0]), *((("query", fields[ROW_QUERY]),) if fields[ROW_QUERY] else ())),
    "matrix note": _of_cell,
    "judgement": _of_cell,
    "summary": lambda key, fields: _of_cell(key[:4], fields),
    "code summary": lambda key, _: (("code", key[0]), ("case", key[1])),
}  # fmt: skip


def owners(kind: str, key: ItemKey, fields: ItemFields) -> tuple[Ref, ...]:
    """Return (kind, key) of the items without which this item cannot exist, such as the source of a coding."""
    return _OWNERS[kind](key, fields) if kind in _OWNERS else ()


def uses(kind: str, key: ItemKey, fields: ItemFields) -> tuple[Ref, ...]:
    """Return (kind, key) of all items to which this item refers.

    Optional references are included, such as the cases of a coding.
    """
    found = owners(kind, key, fields)
    if kind == "coding":
        return *found, *(("source case", (fields[SOURCE_OF], case)) for case in fields[CASES_OF])
    if kind == "matrix row":
        return *found, *(("code", code) for code in fields[0])
    if kind == "matrix" and isinstance(columns := fields[COLUMNS_OF], ColumnsText):
        return *found, ("attribute", columns.attribute)
    if kind == "query":
        return tuple(ref for _, ref in fields[1].refs)
    if kind == "proposal" and fields[DECISION_OF].code:
        return *found, ("code", fields[DECISION_OF].code)
    return found


def items_of(draft: StudyDraft, known: StudyItems = EMPTY) -> StudyItems:
    """Return all items of the study in `draft`.

    All items of the draft must have ids that are the same in all copies of the study, and all fields must have
    values. If a coding is equal to a coding in `known`, the object in `known` is used again, to save memory. The
    sources and codings of the draft may be lazy (read during iteration).
    """
    draft = replace(draft, sources=tuple(draft.sources))
    ids = _Ids(draft)
    codings = ids.codings(draft.codings, known.kinds["coding"])
    study = draft.study
    kinds: dict[str, Items] = {
        "study": {"": (study.name, study.description, study.language, study.first_note, study.agreement)},
        "coder": dict.fromkeys(draft.coders, ()),
        "attribute": {each.uid: (each.of, each.name, each.kind) for each in draft.attributes},
        "case": {case.uid: (case.label, case.private_name, case.letter) for case in draft.cases},
        "case attribute": ids.values("case", ((case.uid, case.attributes) for case in draft.cases)),
        "source": {source.uid: _source_fields(source) for source in draft.sources},
        "source case": {(source.uid, ids.cases[case]): () for source in draft.sources for case in source.cases},
        "source attribute": ids.values("source", ((source.uid, source.attributes) for source in draft.sources)),
        "code": {
            code.uid: (
                split_path(code.path)[-1], ids.parent(code.path), code.definition, code.include, code.exclude,
                code.example, code.origin, code.status, code.colour, code.key, code.since,
            )
            for code in draft.codes
        },
        "code event": {
            (code.uid, e.event, e.at, e.coder, e.path, e.definition, e.note, e.since): ()
            for code in draft.codes
            for e in code.lineage
        },
        "proposal": {
            p.uid: (
                p.path, p.definition, p.coder,
                ProposalDecision(p.state, ids.codes.get(p.code, ""), p.reason, p.decided), p.created,
            )
            for p in draft.proposals
        },
        "coding": codings,
        "memo": {memo.uid: ids.memo(memo) for memo in draft.memos},
        "query": {query.uid: (query.name, QueryText(query.expression)) for query in draft.queries},
        "set of sources": {each.uid: (each.name,) for each in draft.sets},
        "source in set": {
            (ids.sources[name], each.uid): () for each in draft.sets for name in each.sources if name in ids.sources
        },
        "claim": {
            claim.uid: (claim.key, claim.text, claim.place, ClaimText(facts_text(claim)), claim.human)
            for claim in draft.claims
        },
        "method answer": {answer.uid: (answer.item, answer.text) for answer in draft.answers},
        "topic": {
            (ids.sources[t.source], ids.codes[t.topic], ids.cases[t.case] if t.case else ""): (t.state,)
            for t in draft.topics
        },
        "reading": {
            (ids.sources[r.source], r.coder, ids.codes[r.code] if r.code else "", r.round): (r.at,)
            for r in draft.readings
        },
        "round": {
            (r.coder, r.number): (r.name, r.blind, tuple(ids.sources[name] for name in r.sources), r.started, r.ended)
            for r in draft.rounds
        },
        **_matrix_items(draft, ids),
    }  # fmt: skip
    return StudyItems(study.guid, kinds, frozenset(draft.withdrawn))


def _matrix_items(draft: StudyDraft, ids: _Ids) -> dict[str, Items]:
    of_name = {matrix.name: matrix for matrix in draft.matrices}
    return {
        "matrix": {matrix.uid: ids.matrix(matrix) for matrix in draft.matrices},
        "matrix row": {
            (matrix.uid, row.label): (
                tuple(ids.codes[code] for code in row.codes), ids.queries[row.query] if row.query else "",
                row.subcodes, row.note, row.needs, at,
            )
            for matrix in draft.matrices
            for at, row in enumerate(matrix.rows)
        },
        "matrix note": {
            (matrix.uid, row.label, *ids.column(matrix, column)): (text,)
            for matrix in draft.matrices
            for row in matrix.rows
            for column, text in row.notes.items()
        },
        "judgement": {
            (matrix.uid, j.row, *ids.column(matrix, j.column)): (
                (j.verdict, j.because, j.coder, j.at, j.fingerprint, j.basis),
            )
            for matrix in draft.matrices
            for j in matrix.judgements
        },
        "summary": {
            (of_name[s.matrix].uid, s.row, *ids.column(of_name[s.matrix], s.column), s.coder): (
                SummaryText(s.text, s.at, s.basis),
            )
            for s in draft.summaries
            if s.matrix
        },
        "code summary": {
            (ids.codes[s.code], ids.cases[s.case], s.coder): (SummaryText(s.text, s.at, s.basis),)
            for s in draft.summaries
            if s.code
        },
    }  # fmt: skip


def _source_fields(source: SourceDraft) -> ItemFields:
    return (
        source.name, source.title, source.kind, source.fidelity, source.language, source.reading == "in progress",
        source.text, (source.original, source.sha256), source.added,
    )  # fmt: skip


class _Ids:
    """Finds the ids of items by their names."""

    def __init__(self, draft: StudyDraft) -> None:
        self.sources = {source.name: source.uid for source in draft.sources}
        self.cases = {case.label: case.uid for case in draft.cases}
        self.codes = {code.path: code.uid for code in draft.codes}
        self.queries = {query.name: query.uid for query in draft.queries}
        self._attributes = {(each.of, each.name): each.uid for each in draft.attributes}
        self._matrices = {matrix.name: matrix.uid for matrix in draft.matrices}

    def values(self, of: Any, owned: Iterable[tuple[str, Mapping[str, Any]]]) -> Items:
        return {(uid, self._attributes[of, name]): (value,) for uid, values in owned for name, value in values.items()}

    def parent(self, path: str) -> str:
        return self.codes.get(join_path(split_path(path)[:-1]), "")

    def codings(self, drafts: Iterable[CodingDraft], known: Items) -> Items:
        """Return the items for codings.

        To save memory, equal sets of cases share one object, and an item that is equal to an item in `known` is the
        same object.
        """
        sets: dict[Any, frozenset[str]] = {}
        items: dict[ItemKey, ItemFields] = {}
        sources, codes = self.sources, self.codes
        for draft in drafts:
            cases = sets.get(draft.cases)
            if cases is None:
                cases = sets[draft.cases] = frozenset(self.cases[label] for label in draft.cases or ())
            segment = draft.segment
            assert segment is not None  # noqa: S101 - for mypy: a coding in a study has a place
            fields = (
                sources[draft.source], codes[draft.code], draft.coder,
                QuotedPlace(segment.start, segment.end, draft.quote or "", draft.undecided),
                draft.stance, draft.certainty, cases, draft.memo, draft.created, draft.round or 1,
                bool(draft.for_paper), draft.how,
            )  # fmt: skip
            same = known.get(draft.uid)
            items[draft.uid] = same if same is not None and same == fields else fields
        return items

    def memo(self, memo: MemoDraft) -> ItemFields:
        known = {"source": self.sources, "case": self.cases, "code": self.codes, "matrix": self._matrices}
        of = known[memo.on][memo.of] if memo.on in known else ""
        return memo.on, of, memo.title, memo.text, memo.coder, memo.created

    def matrix(self, matrix: MatrixDefinition) -> ItemFields:
        only = tuple(self.column(matrix, column) for column in matrix.only)
        return (
            matrix.name, matrix.title, matrix.columns, only, matrix.show, matrix.rule,
            tuple(sorted(matrix.marks.items())), matrix.leave_out, matrix.judged_suffix, matrix.rows_from,
            self.codes[matrix.rows_below] if matrix.rows_below else "", matrix.kinds, matrix.coders,
        )  # fmt: skip

    def column(self, matrix: MatrixDefinition, label: str) -> tuple[str, str]:
        """Return (kind, key) of the item that a column of a matrix shows, such as a case.

        If a column shows no item, return ("", label of the column).
        """
        if matrix.columns == "cases" and label in self.cases:
            return "case", self.cases[label]
        if matrix.columns == "sources" and label in self.sources:
            return "source", self.sources[label]
        return "", label
