from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.cell_basis import BasisColumn, CellBasis, Gap, ReadTimes, reasons

THEME, CODE, OTHER, DEEP = 1, 2, 3, 4
NAMES = {10: "a1", 11: "b1", 12: "m1"}
PATHS = {THEME: "T", CODE: "T/Code", OTHER: "T/Other", DEEP: "T/Code/Deep"}
PARENTS = {THEME: None, CODE: THEME, OTHER: THEME, DEEP: CODE}
NEEDED = {THEME: "2020-01", CODE: "2020-01", OTHER: "2020-04", DEEP: "2020-01"}


def basis(
    *columns: BasisColumn, topics: dict | None = None, touched: dict[int, tuple[int, ...]] | None = None
) -> CellBasis:
    return CellBasis(columns, NAMES, PATHS, PARENTS, NEEDED, topics or {}, touched or {})


def column(
    *sources: int, whole: dict | None = None, single: dict | None = None, coders: tuple[str, ...] = (), cases=()
):
    return BasisColumn(sources, ReadTimes(whole or {}, single or {}, coders), frozenset(cases))


def gaps(found: BasisColumn, *codes: int) -> tuple[Gap, ...]:
    return basis(found).gaps(0, codes)


class TestGaps:
    def test_a_source_that_nobody_read_is_unread(self) -> None:
        assert gaps(column(10, 11, whole={10: "2020-02"}), CODE) == (Gap("b1"),)

    def test_a_reading_before_the_needed_time_does_not_count(self) -> None:
        assert gaps(column(10, whole={10: "2020-04"}), CODE, OTHER) == ()
        assert gaps(column(10, whole={10: "2020-03"}), CODE, OTHER) == (Gap("a1", ("T/Other",), again=True),)

    def test_a_reading_for_one_code_counts_for_this_code(self) -> None:
        assert gaps(column(10, whole={10: "2020-03"}, single={10: {OTHER: "2020-05"}}), CODE, OTHER) == ()
        assert gaps(column(10, whole={10: "2020-03"}, single={10: {OTHER: "2020-03"}}), OTHER) == (
            Gap("a1", ("T/Other",), again=True),
        )

    def test_a_source_read_for_one_code_is_unread_for_the_others(self) -> None:
        assert gaps(column(10, single={10: {CODE: "2020-02"}}), CODE) == ()
        assert gaps(column(10, single={10: {CODE: "2020-02"}}), CODE, OTHER) == (Gap("a1", ("T/Other",)),)
        older = {10: {CODE: "2020-02", OTHER: "2020-02"}}
        assert gaps(column(10, single=older), CODE, OTHER) == (Gap("a1", ("T/Other",), again=True),)

    def test_a_source_read_too_early_for_one_code_is_not_read_again(self) -> None:
        early = column(10, single={10: {OTHER: "2020-02"}})
        assert gaps(early, OTHER) == (Gap("a1", ("T/Other",), again=True),)
        assert reasons(gaps(early, OTHER), 0) == ("a1 is not read again for T/Other",)
        assert reasons(gaps(early, CODE, OTHER), 0) == ("a1 is not read for T/Code and T/Other",)
        assert gaps(early, CODE) == (Gap("a1"),)

    @given(
        st.sampled_from(["", "2020-00", "2020-01", "2020-04"]),
        st.dictionaries(st.sampled_from([CODE, OTHER]), st.sampled_from(["2020-00", "2020-01", "2020-04"])),
        st.sampled_from([(), (CODE,), (OTHER,), (CODE, OTHER)]),
    )
    @example("", {}, (CODE, OTHER))
    @example("2020-00", {}, (CODE, OTHER))
    @example("2020-01", {}, (CODE, OTHER))
    @example("", {CODE: "2020-01"}, (CODE, OTHER))
    @example("", {CODE: "2020-00"}, (CODE, OTHER))
    def test_a_gap_names_the_codes_without_a_late_enough_reading(
        self, whole: str, single: dict[int, str], codes: tuple[int, ...]
    ) -> None:
        due = [code for code in codes if max(whole, single.get(code, "")) < NEEDED[code]]
        again = bool(whole) or set(due) <= set(single)
        expected = [Gap("a1", tuple(PATHS[code] for code in due), (), again)]
        if not whole and due == list(codes) and single.keys().isdisjoint(codes):
            expected = [Gap("a1")]
        found = column(10, whole={10: whole} if whole else {}, single={10: single} if single else {})
        assert gaps(found, *codes) == (tuple(expected) if due else ())

    def test_a_source_never_read_is_not_read_again(self) -> None:
        assert [gap.again for gap in gaps(column(10), CODE, OTHER)] == [False]

    def test_the_gaps_of_a_column_and_codes_are_computed_only_once(self) -> None:
        found = basis(column(10))
        assert found.gaps(0, (CODE,)) is found.gaps(0, (CODE,))

    def test_a_column_without_sources_has_no_gaps(self) -> None:
        assert gaps(column(), CODE) == ()

    def test_the_coders_whose_readings_count_are_named(self) -> None:
        assert gaps(column(10, coders=("R1",)), CODE) == (Gap("a1", (), ("R1",)),)


@pytest.mark.parametrize(
    ("found", "waiting", "expected"),
    [
        ((Gap("b2"),), 0, ("b2 is unread",)),
        ((Gap("b2"), Gap("b3")), 0, ("b2 and b3 are unread",)),
        (tuple(Gap(f"b{at}") for at in range(6)), 0, ("b0, b1, b2 and 3 more are unread",)),
        ((Gap("b1", (), ("R1",)),), 0, ("R1 has not read b1",)),
        ((Gap("b1", (), ("R1", "R2")),), 0, ("R1 and R2 have not read b1",)),
        ((Gap("b1", ("T/new",), again=True),), 0, ("b1 is not read again for T/new",)),
        ((Gap("b1", ("T",)), Gap("b2", ("T",))), 0, ("b1 and b2 are not read for T",)),
        ((), 1, ("1 coding waits for its case",)),
        ((Gap("b2"),), 3, ("b2 is unread", "3 codings wait for their case")),
        ((), 0, ()),
    ],
)
def test_reasons_are_short_clauses(found: tuple[Gap, ...], waiting: int, expected: tuple[str, ...]) -> None:
    assert reasons(found, waiting) == expected


class TestTopics:
    def covered(self, records: dict[int, str], *codes: int) -> str:
        topics = {10: {code: {None: state} for code, state in records.items()}}
        return basis(column(10), topics=topics).covered_by(0, codes)

    def test_a_source_without_records_covers_every_topic(self) -> None:
        assert basis(column(10)).covered_by(0, (CODE,)) == "not recorded"
        assert self.covered({OTHER: "not asked"}, CODE) == "not recorded"

    def test_the_topic_record_of_the_code_itself_decides_first(self) -> None:
        assert self.covered({CODE: "not asked", THEME: "asked"}, CODE) == ""
        assert self.covered({CODE: "volunteered", THEME: "not asked"}, CODE) == "volunteered"

    def test_a_code_without_a_record_takes_the_state_of_the_nearest_code_above_unless_it_is_volunteered(self) -> None:
        assert self.covered({THEME: "not asked"}, CODE) == ""
        assert self.covered({THEME: "asked"}, CODE) == "asked"
        assert self.covered({CODE: "volunteered", THEME: "not asked"}, DEEP) == ""
        assert self.covered({CODE: "volunteered"}, DEEP) == "not recorded"

    def test_a_theme_whose_codes_were_all_not_asked_is_not_covered(self) -> None:
        below = {CODE: "not asked", OTHER: "not asked"}
        assert self.covered(below, THEME, CODE, OTHER) == ""
        assert self.covered(below, THEME, CODE, OTHER, DEEP) == ""  # what is below one that was not asked was not
        assert self.covered({CODE: "not asked"}, THEME, CODE, OTHER) == "not recorded"

    def test_topic_records_of_codes_at_any_depth_below_a_theme_count(self) -> None:
        assert self.covered({DEEP: "not asked"}, THEME, DEEP) == ""
        assert self.covered({CODE: "not asked"}, THEME, DEEP) == ""
        assert self.covered({DEEP: "not asked"}, THEME, CODE, DEEP) == ""
        assert self.covered({DEEP: "not asked"}, THEME, CODE, DEEP, OTHER) == "not recorded"
        assert self.covered({DEEP: "volunteered", CODE: "not asked"}, THEME, CODE, DEEP) == "volunteered"

    @given(
        st.dictionaries(st.sampled_from(list(PARENTS)), st.sampled_from(["asked", "volunteered", "not asked"])),
        st.sets(st.sampled_from(list(PARENTS)), min_size=1),
    )
    @example({DEEP: "not asked"}, {THEME, DEEP})
    @example({DEEP: "not asked", OTHER: "not asked"}, {THEME, CODE, OTHER, DEEP})
    def test_a_code_without_a_record_is_covered_unless_all_its_counted_sub_codes_were_not_asked(
        self, records, codes
    ) -> None:
        def above(code: int) -> list[int]:
            return [] if PARENTS[code] is None else [PARENTS[code], *above(PARENTS[code])]

        def expected(code: int) -> str:
            if code in records:
                return records[code].replace("not asked", "")
            for other in above(code):
                if records.get(other) in ("asked", "not asked"):
                    return records[other].replace("not asked", "")
            below = [other for other in codes if code in above(other)]
            return "" if below and not any(map(expected, below)) else "not recorded"

        order = ["", "not recorded", "volunteered", "asked"]
        assert self.covered(records, *codes) == max(map(expected, codes), key=order.index)

    def test_sub_codes_outside_of_the_row_do_not_decide(self) -> None:
        assert self.covered({CODE: "not asked", OTHER: "not asked"}, THEME) == "not recorded"

    def test_a_row_is_covered_if_one_of_its_codes_is_covered(self) -> None:
        assert self.covered({CODE: "not asked", OTHER: "asked"}, CODE, OTHER) == "asked"

    def test_a_column_is_covered_if_one_of_its_sources_is_covered(self) -> None:
        silent = {10: {CODE: {None: "not asked"}}, 11: {CODE: {None: "not asked"}}}
        assert basis(column(10, 12), topics=silent).covered_by(0, (CODE,)) == "not recorded"
        assert basis(column(10, 11), topics=silent).covered_by(0, (CODE,)) == ""
        assert basis(column(), topics=silent).covered_by(0, (CODE,)) == ""

    def test_a_record_for_one_case_does_not_apply_to_other_cases(self) -> None:
        topics = {12: {CODE: {7: "not asked", None: "asked"}}}
        touched = {12: (7, 8)}
        both = basis(column(12, cases=[7]), column(12, cases=[8]), column(12), topics=topics, touched=touched)
        assert [both.covered_by(at, (CODE,)) for at in range(3)] == ["", "asked", "asked"]

    def test_a_study_without_topic_records_is_recognised(self) -> None:
        assert basis(column(10)).nothing_recorded
        assert not basis(column(10), topics={10: {CODE: {None: "asked"}}}).nothing_recorded


def test_the_same_facts_count_for_other_columns() -> None:
    first = basis(column(10))
    other = first.with_columns([column(11, whole={11: "2020-02"}), column(12)])
    assert (first.gaps(0, (CODE,)), other.gaps(0, (CODE,)), other.gaps(1, (CODE,))) == ((Gap("a1"),), (), (Gap("m1"),))


def test_gaps_of_several_rows_and_columns_are_shared() -> None:
    found = basis(column(10, 11), column(11, 10), column(10, 11, whole={10: "2020-05", 11: "2020-05"}), column(10, 11))
    assert found.gaps(0, (CODE,)) == (Gap("a1"), Gap("b1"))
    assert found.gaps(1, (CODE,)) == (Gap("b1"), Gap("a1"))
    assert found.gaps(2, (CODE,)) == ()
    assert found.gaps(0, (CODE,)) is found.gaps(0, (OTHER,)) is found.gaps(3, (CODE,))


RECORDS = st.dictionaries(
    st.sampled_from([10, 11, 12]),
    st.dictionaries(
        st.sampled_from([THEME, CODE, OTHER, DEEP]),
        st.dictionaries(st.sampled_from([None, 1]), st.sampled_from(["asked", "not asked", "volunteered"]), max_size=2),
        max_size=2,
    ),
    max_size=3,
)
CODES = st.sampled_from([(), (CODE,), (THEME,), (CODE, OTHER), (CODE, DEEP), (THEME, CODE, DEEP)])


@given(RECORDS, st.lists(CODES, min_size=1, max_size=3))
@example({}, [()])
@example({10: {}}, [(), (CODE,)])
@example({10: {OTHER: {None: "not asked"}}}, [(CODE,), (), (CODE,)])
@example({10: {THEME: {None: "not asked"}}, 11: {CODE: {1: "volunteered"}}}, [(CODE,)])
def test_a_column_is_covered_as_by_the_best_of_its_sources(topics: dict, rows: list[tuple[int, ...]]) -> None:
    sources, order = (10, 11, 12), ["", "not recorded", "volunteered", "asked"]
    whole = basis(column(*sources, cases=(1,)), column(), topics=topics, touched={10: (1, 2)})
    singles = [basis(column(source, cases=(1,)), topics=topics, touched={10: (1, 2)}) for source in sources]
    for codes in rows:
        expected = [
            one._covered_in(source, 0, codes) if topics.get(source) else "not recorded"
            for one, source in zip(singles, sources, strict=True)
        ]
        assert whole.covered_by(0, codes) == max(expected, key=order.index)
        assert whole.covered_by(1, codes) == ""
