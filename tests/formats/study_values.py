"""Strategies for hostile values of a study, for round trips of files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from sibtui.formats.sources.note_fields import FIELDS
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeDraft,
    CodeProposalDraft,
    CodingDraft,
    MemoDraft,
    SourceDraft,
    SourceSetDraft,
    StudyDraft,
)
from sibtui.model.folding import name_key
from sibtui.model.judgement_basis import BasisQuote, JudgementBasis
from sibtui.model.matrix_definition import SAVED_SHOWS, Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import STATES, Rule
from sibtui.model.records import (
    ASKED,
    ATTRIBUTE_KINDS,
    CERTAINTIES,
    ERASURE_KINDS,
    FIDELITIES,
    KINDS,
    MEMO_TARGETS,
    ORIGINS,
    PROPOSAL_STATES,
    READINGS,
    STANCES,
    STATUSES,
    Lineage,
    Reading,
    Study,
    TopicRecord,
)
from sibtui.model.summaries import Summary
from tests.borders import between

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

TRICKY = [
    "",
    "---",
    "---\n",
    "\n",
    "\n\n---\n\n",
    "...",
    "a: b",
    "- x",
    "# x",
    "yes",
    "null",
    "~",
    "007",
    "1_000",
    "16:30",
    "2020-03-17",
    "2020-03-17T10:00:00Z",
    "'=1+1",
    "=1+1",
    "@x",
    "-",
    "?",
    "\\",
    "\\?",
    "a; b",
    "a\\; b;",
    '"""',
    "'''",
    '"',
    "a\x00b",
    "\x0b\x1c\x85\u2028\u2029",
    "\u202eabc\u2066",
    "\ufeff",
    "<<",
    "&a",
    "*a",
    "!t",
    "%YAML",
    "a,b",
    "[x]",
    "{x}",
    "\t x \t",
    "é😀",
    "con",
    "../x",
    ".x",
]


def texts(*, min_size: int = 0, cr: bool = True) -> st.SearchStrategy[str]:
    """Return texts of any characters. Without `cr` they are normalised."""
    any_text = st.sampled_from([t for t in TRICKY if len(t) >= min_size]) | st.text(
        st.characters(codec="utf-8"), min_size=min_size, max_size=20
    )
    if cr:
        return any_text | any_text.map(lambda text: f"\r{text}\r\n")
    return any_text.map(lambda text: text.replace("\r", "\n"))


names = texts(min_size=1)
instants = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z") | st.sampled_from(
    ["2020-05-14T16:30:00.250Z", "2020-05-14T16:30:00.000250Z", "2020-05-14T16:30:00.100000Z"]
)
values = (
    texts()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates(min_value=date(1, 1, 1))
)


hexadecimal = st.uuids().map(lambda uid: uid.hex)
uids = st.just("") | st.uuids().map(lambda uid: uid.hex)
languages = st.sampled_from(["", "en", "de"])


@st.composite
def sources(draw: st.DrawFn) -> SourceDraft:
    return SourceDraft(
        name=draw(names),
        text=draw(texts(cr=False)),
        title=draw(texts()),
        kind=draw(st.sampled_from(KINDS)),
        fidelity=draw(st.sampled_from(FIDELITIES)),
        cases=tuple(draw(st.lists(names.filter(name_key), max_size=3))),
        reading=draw(st.sampled_from(READINGS)),
        read_at=draw(st.none() | instants),
        added=draw(st.none() | instants),
        attributes=draw(
            st.dictionaries(names.filter(lambda name: name not in FIELDS and name_key(name)), values, max_size=3)
        ),
        original=draw(texts()),
        sha256=draw(st.sampled_from(["", "0" * 64, "e" * 64])),
    )


def unique(
    strategy: st.SearchStrategy[T], key: Callable[[T], str], *, max_size: int = 3
) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=max_size, unique_by=key).map(tuple)


codes = st.builds(
    CodeDraft,
    path=names,
    definition=texts(),
    include=texts(),
    exclude=texts(),
    example=texts(),
    origin=st.none() | st.sampled_from(ORIGINS),
    status=st.none() | st.sampled_from(STATUSES),
    colour=st.none() | names,
    key=st.none() | names,
    since=st.none() | instants,
    lineage=st.lists(
        st.builds(
            Lineage,
            event=names,
            at=instants,
            coder=texts(),
            path=texts(),
            definition=texts(),
            note=texts(),
            since=st.just("") | instants,
        ),
        max_size=2,
    ).map(tuple),
    uid=uids,
)

codings = st.builds(
    CodingDraft,
    source=names,
    code=names,
    segment=between([0, 1, 5, 6, 40, 10**9]),
    quote=st.none() | names,
    nth=st.none() | st.integers(1, 9),
    coder=st.none() | names,
    stance=st.sampled_from(STANCES),
    certainty=st.sampled_from(CERTAINTIES),
    cases=st.none() | st.lists(names, max_size=3).map(tuple),
    memo=texts(),
    created=st.none() | instants,
    uid=uids,
)

BASIS = JudgementBasis(
    "present", "1/1", (("3f", "A/B"),), ("b2 is not read for A/B",), "asked",
    (BasisQuote("s1", "Words\n“heard”", "---", '"', "counters", "firm", ("c1", "c2")),),
)  # fmt: skip

rows = st.builds(
    RowDefinition,
    label=names,
    codes=st.lists(names, max_size=2).map(tuple),
    subcodes=st.booleans(),
    note=texts(),
    notes=st.dictionaries(names, texts(), max_size=2),
) | st.builds(RowDefinition, label=names, note=texts(), query=names)


@st.composite
def matrices(draw: st.DrawFn) -> MatrixDefinition:
    drawn = draw(unique(rows, lambda row: row.label))
    labels = [row.label for row in drawn]
    judgements = st.builds(
        Judgement,
        row=st.sampled_from(labels or [""]),
        column=names,
        verdict=st.sampled_from(STATES),
        because=names,
        coder=texts(),
        at=instants,
        fingerprint=st.sampled_from(["", "3f"]),
    )
    return MatrixDefinition(
        name=draw(names),
        title=draw(texts()),
        rows=drawn,
        columns=draw(
            st.sampled_from(
                [
                    "cases",
                    "sources",
                    "kinds",
                    "coders",
                    "attribute:mode",
                    "attribute: \n=",
                    "case attribute:size",
                    "source attribute:size",
                ]
            )
        ),
        only=tuple(draw(st.lists(names, max_size=2))),
        show=draw(st.sampled_from(SAVED_SHOWS)),
        rule=draw(st.builds(Rule, st.integers(1, 9), st.integers(1, 9))),
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=2))),
        coders=tuple(draw(st.lists(names, unique=True, max_size=2))),
        marks=draw(st.dictionaries(st.sampled_from(STATES), texts(), max_size=3)),
        judgements=tuple(draw(st.lists(judgements, max_size=2))) if drawn else (),
    )


attributes = st.builds(
    AttributeDraft,
    of=st.sampled_from(["case", "source"]),
    name=names.filter(lambda name: name not in FIELDS and name_key(name)),
    kind=st.sampled_from(ATTRIBUTE_KINDS),
    uid=uids,
)

KINDS_OF_VALUES = {
    "text": texts(),
    "number": st.integers(-(10**18), 10**18) | st.decimals(-999, 999, places=2).map(float),
    "date": st.dates(),
    "yes/no": st.booleans(),
}


@st.composite
def studies(draw: st.DrawFn) -> StudyDraft:
    """Return studies that files can hold: values of attributes fit their kinds, and names are unique."""
    declared = draw(unique(attributes, lambda attribute: f"{attribute.of} {attribute.name}"))

    def typed(owner: str) -> dict[str, object]:
        mine = [attribute for attribute in declared if attribute.of == owner]
        return {each.name: draw(KINDS_OF_VALUES[each.kind]) for each in mine if draw(st.booleans())}

    cases = draw(
        unique(
            st.builds(
                CaseDraft, label=names, private_name=st.none() | names, letter=st.sampled_from(["", "a", "1"]), uid=uids
            ),
            lambda case: case.label,
        )
    )
    notes = draw(unique(sources(), lambda source: source.name))
    known = st.sampled_from([note.name for note in notes] or ["gone"]) | names
    targets = st.sampled_from(MEMO_TARGETS)
    memos = st.builds(
        MemoDraft,
        on=targets,
        of=texts(),
        title=texts(),
        text=texts(),
        coder=st.none() | names,
        created=st.none() | instants,
        uid=uids,
    )
    proposals = st.builds(
        CodeProposalDraft,
        path=names,
        definition=texts(),
        coder=st.none() | names,
        created=st.none() | instants,
        state=st.sampled_from(PROPOSAL_STATES),
        code=texts(),
        reason=texts(),
        decided=st.just("") | instants,
        uid=uids,
    )
    tables = draw(unique(matrices(), lambda matrix: matrix.name))
    cells = [(matrix.name, row.label) for matrix in tables for row in matrix.rows]
    of_cells = st.builds(
        lambda cell, **fields: Summary(matrix=cell[0], row=cell[1], **fields),
        cell=st.sampled_from(cells or [("gone", "gone")]),
        column=names, text=names.filter(str.strip), coder=names, at=instants, basis=st.sampled_from([None, BASIS]),
    )  # fmt: skip
    of_codes = st.builds(Summary, text=names.filter(str.strip), coder=names, at=instants, code=names, case=names)
    return StudyDraft(
        study=Study(
            draw(texts()), draw(texts()), draw(texts()), draw(instants), draw(st.integers(0, 99)), draw(languages)
        ),
        coders=draw(unique(names, str)),
        attributes=declared,
        cases=tuple(replace(case, attributes=typed("case")) for case in cases),
        sources=tuple(replace(source, attributes=typed("source")) for source in notes),
        codes=tuple(draw(st.lists(codes, max_size=3))),
        codings=tuple(replace(coding, source=draw(known)) for coding in draw(st.lists(codings, max_size=4))),
        topics=tuple(
            draw(
                st.lists(
                    st.builds(
                        TopicRecord, source=known, topic=names, state=st.sampled_from(ASKED), case=st.just("") | names
                    ),
                    max_size=3,
                )
            )
        ),
        readings=tuple(
            draw(
                st.lists(
                    st.builds(
                        Reading, source=known, coder=names, at=instants, code=st.none() | names, round=st.integers(1, 3)
                    ),
                    max_size=3,
                )
            )
        ),
        memos=tuple(draw(st.lists(memos, max_size=3))),
        proposals=tuple(draw(st.lists(proposals, max_size=3))),
        matrices=tables,
        sets=draw(
            unique(
                st.builds(
                    SourceSetDraft,
                    name=names,
                    sources=st.lists(st.sampled_from([note.name for note in notes]), unique=True).map(tuple)
                    if notes
                    else st.just(()),
                    uid=uids,
                ),
                lambda each: each.name,
            )
        ),
        summaries=draw(
            unique(of_cells | of_codes, lambda s: repr((s.matrix, s.row, s.column, s.code, s.case, s.coder)))
        ),
        withdrawn=tuple(draw(st.lists(hexadecimal, max_size=2))),
        erased_texts=tuple(
            draw(st.lists(st.tuples(st.sampled_from(ERASURE_KINDS), hexadecimal, hexadecimal, hexadecimal), max_size=2))
        ),
    )
