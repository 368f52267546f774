"""Counting against a slow reference that is plainly the method's rule: islands of segments, source by source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.evidence import Counter, characters, shared_columns
from sibtui.model.presence import Evidence
from sibtui.model.segments import Segment, islands

from .strategies import segments


@dataclass(frozen=True)
class Coded:
    member: int
    source: int
    segment: Segment
    counters: bool
    firm: bool


codings = st.lists(
    st.builds(Coded, st.integers(1, 4), st.integers(1, 3), segments, st.booleans(), st.booleans()), max_size=30
)
columns = st.dictionaries(st.integers(1, 4), st.integers(0, 5)).filter(lambda d: len(set(d.values())) == len(d))
shared = st.dictionaries(st.integers(1, 4), st.integers(0, 2))


def places(coded: list[Coded]) -> list[tuple[int, int, int, int]]:
    made = [
        (c.member << 1 | c.counters, c.source << 31 | c.segment.start, c.source << 31 | c.segment.end, int(c.firm))
        for c in coded
    ]
    return sorted(made, key=lambda place: place[1])


def slow(coded: list[Coded]) -> Evidence:
    firm: dict[int, int] = defaultdict(int)
    tentative = counter = 0
    for source in {c.source for c in coded}:
        for stance in (False, True):
            here = [c for c in coded if c.source == source and c.counters == stance]
            for island in islands(c.segment for c in here):
                if stance:
                    counter += 1
                elif any(c.firm for c in here if c.segment.overlaps(island)):
                    firm[source] += 1
                else:
                    tentative += 1
    each = firm.values()
    return Evidence(sum(each), len(firm), tentative, counter, min(each, default=0), max(each, default=0))


def slow_by_column(coded: list[Coded], columns: dict[int, int]) -> dict[int, Evidence]:
    found = {}
    for column in set(columns.values()):
        mine = [c for c in coded if columns.get(c.member) == column]
        if mine:
            found[column] = slow(mine)
    return found


@given(codings, columns)
def test_counting_gives_what_islands_give(coded: list[Coded], columns: dict[int, int]) -> None:
    assert Counter().count(places(coded), columns) == slow_by_column(coded, columns)


@given(codings, shared)
def test_members_of_one_column_count_together_and_a_coding_of_two_of_them_once(
    coded: list[Coded], columns: dict[int, int]
) -> None:
    own = {column: column for column in columns.values()}
    found = Counter().count(shared_columns(places(coded), columns), own)
    assert found == slow_by_column(coded, columns)


@given(st.lists(codings, max_size=4), columns)
def test_rows_are_counted_each_for_itself(rows: list[list[Coded]], columns: dict[int, int]) -> None:
    counter = Counter()
    assert [counter.count(places(row), columns) for row in rows] == [slow_by_column(row, columns) for row in rows]


def test_equal_counts_are_one_value() -> None:
    counter = Counter()
    first = Coded(1, 1, Segment(0, 5), counters=False, firm=True)
    second = Coded(2, 3, Segment(7, 9), counters=False, firm=True)
    found = counter.count(places([first, second]), {1: 0, 2: 1})
    assert found[0] is found[1]


@given(codings)
def test_characters_are_the_code_points_under_firm_support(coded: list[Coded]) -> None:
    expected = {
        member: len(
            {
                (c.source, position)
                for c in coded
                if c.member == member and c.firm and not c.counters
                for position in range(c.segment.start, c.segment.end)
            }
        )
        for member in {c.member for c in coded if c.firm and not c.counters}
    }
    assert characters(places(coded)) == expected
