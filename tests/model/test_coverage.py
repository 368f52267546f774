"""Coverage: coded characters count once, for a source and for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.coverage import CoverageCount, SourceCoverage, coverage_table
from tests.borders import CHAIN, EQUAL, LAST, NEST, SAME_END, SAME_START, TOUCH, between, edges

if TYPE_CHECKING:
    from sibtui.model.segments import Segment

coded = edges().flatmap(lambda found: st.lists(st.tuples(between(found), st.integers(1, 2), st.booleans()), max_size=6))


def supporting(border: list[Segment]) -> list[tuple[Segment, int, bool]]:
    """Return codings of code 1. The first one supports it, the others do not."""
    return [(segment, 1, at == 0) for at, segment in enumerate(border)]


@given(coded)
@example([])
@example(supporting(TOUCH))
@example(supporting(NEST))
@example(supporting(SAME_START))
@example(supporting(SAME_END))
@example(supporting(CHAIN))
@example(supporting(EQUAL))
def test_each_character_counts_once(drawn: list[tuple[Segment, int, bool]]) -> None:
    count = CoverageCount()
    passages = [(segment.start, segment.end, code, supports) for segment, code, supports in drawn]
    covered = [(set(range(segment.start, segment.end)), code, supports) for segment, code, supports in drawn]
    everything = set().union(*(characters for characters, *_ in covered))
    firm = set().union(*(characters for characters, _, supports in covered if supports))
    assert count.add(passages, LAST) == (len(everything), len(firm), len(drawn), len({code for _, code, _ in drawn}))
    for row in count.by_code({1: "Trust", 2: "Money"}).objects:
        own = [characters for characters, code, _ in covered if code == {"Trust": 1, "Money": 2}[row["code"]]]
        assert row["characters"] == len(set().union(*own))
        assert row["codings"] == len(own)
        assert row["sources"] == bool(own)


def test_the_share_of_an_empty_text_is_not_computable() -> None:
    table = coverage_table([SourceCoverage("a1", "interview", 0, 0, 0, 0, 0, (), 0)])
    assert [row[3] for row in table.rows] == ["not computable", "not computable"]
    assert table.objects[0]["coded_percent"] is None


def test_the_last_row_sums_up_the_sources() -> None:
    table = coverage_table(
        [
            SourceCoverage("a1", "interview", 100, 50, 25, 3, 2, ("R1",), 0),
            SourceCoverage("b1", "report", 300, 0, 0, 0, 0, (), 4),
        ],
        ["Case: SIB A only."],
    )
    assert [str(cell) for cell in table.rows[-1]] == ["all", "", "400", "12.5", "6.2", "3", "", "", ""]
    assert table.below[-1] == "Case: SIB A only."
    assert [each["source"] for each in table.objects] == ["a1", "b1"]
