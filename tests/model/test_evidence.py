"""Evidence counts, compared with a slow reference for the rule of the method: the most codings of a source without overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import event, example, given
from hypothesis import strategies as st

from sibtui.model.evidence import EvidenceCounter, EvidenceCounts, characters, disputed, shared_columns
from sibtui.model.presence import Evidence
from sibtui.model.segments import Segment


@dataclass(frozen=True)
class Coded:
    member: int | None
    source: int
    segment: Segment
    counters: bool = False
    firm: bool = True
    coder: int = 1


# Twelve offsets: codings touch, nest, chain and are equal in most examples
short = st.builds(lambda start, length: Segment(start, start + length), st.integers(0, 11), st.integers(1, 6))
coded = st.builds(
    Coded, st.integers(1, 2) | st.none(), st.integers(1, 2), short, st.booleans(), st.booleans(), st.integers(1, 2)
)
codings = st.lists(coded, max_size=9)
columns = st.sampled_from([{1: 0, 2: 1}, {2: 3}, {}])


def places(coded: list[Coded]) -> list[tuple[int | None, int, int, int]]:
    made = [
        (
            None if c.member is None else c.member << 1 | c.counters,
            c.source << 31 | c.segment.start,
            c.source << 31 | c.segment.end,
            c.coder << 1 | c.firm,
        )
        for c in coded
    ]
    return sorted(made, key=lambda place: place[1])


def most(segments: list[Segment]) -> int:
    """Return the largest number of segments of which no two overlap, by a search of all choices."""
    best = 0
    for chosen in product((False, True), repeat=len(segments)):
        picked = [segment for segment, taken in zip(segments, chosen, strict=True) if taken]
        if len(picked) > best and not any(a.overlaps(b) for at, a in enumerate(picked) for b in picked[:at]):
            best = len(picked)
    return best


def slow(coded: list[Coded]) -> Evidence:
    def by_source(*, counters: bool, firm: bool | None = None) -> list[int]:
        fitting = [c for c in coded if c.counters == counters and firm in (None, c.firm)]
        return [
            most([c.segment for c in fitting if c.source == source]) for source in sorted({c.source for c in fitting})
        ]

    firm = by_source(counters=False, firm=True)
    return Evidence(
        sum(firm), len(firm), sum(by_source(counters=False, firm=False)), sum(by_source(counters=True)),
        min(firm, default=0), max(firm, default=0), (), slowly_disputed(coded),
    )  # fmt: skip


def slowly_disputed(coded: list[Coded]) -> bool:
    for a, b in product(coded, coded):
        if (a.source, not a.counters, b.counters) == (b.source, True, True) and a.coder != b.coder:
            shared = min(a.segment.end, b.segment.end) - max(a.segment.start, b.segment.start)
            if shared > 0 and 2 * shared >= min(len(a.segment), len(b.segment)):
                return True
    return False


def slow_count(coded: list[Coded], columns: dict[int, int]) -> EvidenceCounts:
    cells = {}
    for column in set(columns.values()):
        mine = [c for c in coded if c.member is not None and columns.get(c.member) == column]
        if mine:
            cells[column] = slow(mine)
    waiting = [c.source for c in coded if c.member is None]
    return EvidenceCounts(cells, {source: waiting.count(source) for source in set(waiting)})


def firm(*spans: tuple[int, int]) -> list[Coded]:
    return [Coded(1, 1, Segment(start, end)) for start, end in spans]


@given(codings, columns)
@example(firm((0, 5), (5, 9)), {1: 0})  # touch
@example(firm((0, 9), (2, 4), (5, 7)), {1: 0})  # two inside a long one
@example(firm((0, 5), (4, 8), (7, 11)), {1: 0})  # a chain: the outer two
@example(firm((0, 5), (0, 5)), {1: 0})  # equal
@example(firm((0, 4), (3, 6), (3, 5), (5, 8)), {1: 0})  # the one that ends first leaves more room
@example(
    [*firm((0, 3), (6, 9)), Coded(1, 1, Segment(2, 7), firm=False)], {1: 0}
)  # a tentative coding does not join two firm ones
@example([Coded(1, 1, Segment(0, 5)), Coded(1, 2, Segment(0, 5))], {1: 0})  # equal offsets in two sources
@example([Coded(None, 1, Segment(0, 5)), Coded(1, 1, Segment(0, 5), counters=True)], {1: 0})
@example(
    [Coded(1, 1, Segment(*span), firm=False) for span in ((0, 9), (2, 4), (3, 7), (5, 8))], {1: 0}
)  # tentative ones
@example(
    [Coded(1, 1, Segment(*span), counters=True) for span in ((0, 9), (2, 4), (3, 7), (5, 8))], {1: 0}
)  # counter-evidence
@example([], {1: 0})
def test_the_number_of_quotes_is_the_largest_number_of_codings_that_do_not_overlap(
    coded: list[Coded], columns: dict[int, int]
) -> None:
    spans = [c.segment for c in coded]
    event(f"touch: {any(a.end == b.start for a in spans for b in spans)}")
    event(f"overlap: {any(a.overlaps(b) for at, a in enumerate(spans) for b in spans[:at])}")
    assert EvidenceCounter().count(places(coded), columns) == slow_count(coded, columns)


@given(codings, st.dictionaries(st.integers(1, 2), st.integers(0, 1)))
@example([Coded(1, 1, Segment(0, 5)), Coded(2, 1, Segment(0, 5))], {1: 0, 2: 0})
@example([Coded(None, 1, Segment(0, 5)), Coded(2, 1, Segment(0, 5))], {1: 0})  # one waits, one has no column
def test_a_coding_of_two_cases_in_one_column_counts_once(coded: list[Coded], columns: dict[int, int]) -> None:
    own = {column: column for column in columns.values()}
    assert EvidenceCounter().count(shared_columns(places(coded), columns), own) == slow_count(coded, columns)


@given(st.lists(codings, max_size=3), columns)
def test_the_counts_of_a_row_do_not_depend_on_other_rows(rows: list[list[Coded]], columns: dict[int, int]) -> None:
    counter = EvidenceCounter()
    assert [counter.count(places(row), columns) for row in rows] == [slow_count(row, columns) for row in rows]


def test_equal_counts_share_one_object() -> None:
    found = EvidenceCounter().count(places([Coded(1, 1, Segment(0, 5)), Coded(2, 3, Segment(7, 9))]), {1: 0, 2: 1})
    assert found.cells[0] is found.cells[1]


def test_equal_counts_with_kinds_and_disputes_share_one_object() -> None:
    coded = [
        Coded(member, member, Segment(0, 5), counters=counters, coder=1 + counters)
        for member in (1, 2)
        for counters in (False, True)
    ]
    for kinds in (None, {1: "report", 2: "report"}):
        found = EvidenceCounter(kinds).count(places(coded), {1: 0, 2: 1})
        assert found.cells[0].disputed
        assert found.cells[0] is found.cells[1]
    other = EvidenceCounter({1: "report", 2: "interview"}).count(places(coded), {1: 0, 2: 1})
    assert other.cells[0] != other.cells[1]


def test_kinds_are_counted_when_the_rule_asks_for_them() -> None:
    coded = [
        Coded(1, 1, Segment(0, 5)),
        Coded(1, 1, Segment(6, 9)),
        Coded(1, 2, Segment(0, 2)),
        Coded(1, 3, Segment(0, 2), firm=False),
    ]
    found = EvidenceCounter({1: "interview", 2: "report", 3: "document"}).count(places(coded), {1: 0})
    assert found.cells[0].by_source == (("interview", 2), ("report", 1))


@given(codings)
@example([Coded(1, 1, Segment(0, 4)), Coded(1, 1, Segment(2, 6), counters=True, coder=2)])  # half of both
@example([Coded(1, 1, Segment(0, 4)), Coded(1, 1, Segment(3, 6), counters=True, coder=2)])  # less than half
@example([Coded(1, 1, Segment(0, 4)), Coded(1, 1, Segment(0, 4), counters=True)])  # one coder
def test_coders_dispute_a_passage_when_half_of_the_shorter_coding_overlaps(coded: list[Coded]) -> None:
    def of(*, counters: bool) -> list:
        return places([c for c in coded if c.counters == counters])

    if of(counters=False):
        assert disputed(of(counters=False), of(counters=True)) == slowly_disputed(coded)


@given(codings)
@example(firm((0, 5), (3, 9), (20, 21)))
@example([*firm((0, 9), (2, 4)), Coded(1, 1, Segment(20, 25), firm=False), Coded(None, 1, Segment(30, 35))])
def test_characters_are_the_code_points_with_firm_supporting_codings(coded: list[Coded]) -> None:
    firm_support = [c for c in coded if c.member is not None and c.firm and not c.counters]
    expected = {
        member: len(
            {
                (c.source, position)
                for c in firm_support
                if c.member == member
                for position in range(c.segment.start, c.segment.end)
            }
        )
        for member in {c.member for c in firm_support}
    }
    assert characters(places(coded)) == expected


def test_a_dispute_is_found_among_many_codings() -> None:
    support = [Coded(1, 1, Segment(10 * at, 10 * at + 5)) for at in range(60)]
    counter = Coded(1, 1, Segment(301, 304), counters=True, coder=2)
    nowhere = Coded(1, 1, Segment(305, 309), counters=True, coder=2)
    assert disputed(places(support), places([counter]))
    assert not disputed(places(support), places([nowhere]))
