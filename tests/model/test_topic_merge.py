from __future__ import annotations

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.topic_merge import TopicLeftOut, better, merge_case_topics, merge_code_topics, topic_state

P, OLD, U, Q, NEW, V = 1, 2, 3, 4, 5, 6
PARENTS = {P: None, OLD: P, U: OLD, Q: None, NEW: Q, V: NEW}
"""Two themes, each with a code and a code below it."""
AFTER = {P: None, U: NEW, Q: None, NEW: Q, V: NEW}
A, B = 8, 9
states = st.sampled_from(["asked", "volunteered", "not asked"])
records = st.dictionaries(
    st.sampled_from(list(PARENTS)), st.dictionaries(st.sampled_from([None, A, B]), states, min_size=1), max_size=5
)


def test_asked_is_better_than_volunteered_which_is_better_than_not_asked() -> None:
    order = (None, "not asked", "volunteered", "asked")
    for one, other in product(order, order):
        assert better(one, other) == order[max(order.index(one), order.index(other))]


def test_the_state_volunteered_of_a_theme_does_not_apply_to_its_codes() -> None:
    assert topic_state({P: {None: "volunteered"}}, PARENTS, OLD, None) is None
    assert topic_state({P: {None: "asked"}, OLD: {None: "volunteered"}}, PARENTS, U, A) == "asked"
    assert topic_state({OLD: {None: "volunteered"}}, PARENTS, OLD, A) == "volunteered"


class TestMergedCodes:
    def test_the_record_of_a_merged_code_moves_to_a_code_without_records(self) -> None:
        for state in ("asked", "volunteered", "not asked"):
            assert merge_code_topics({OLD: {A: state}}, {OLD: None, NEW: None}, OLD, NEW) == ({NEW: {A: state}}, [])

    def test_a_record_of_one_case_is_compared_with_the_record_of_all_cases(self) -> None:
        after, left_out = merge_code_topics({NEW: {None: "asked"}, OLD: {A: "not asked"}}, PARENTS, OLD, NEW)
        assert after[NEW] == {None: "asked"}
        assert left_out == [TopicLeftOut(A, "asked", "not asked")]
        after, left_out = merge_code_topics({OLD: {None: "asked"}, NEW: {A: "not asked"}}, PARENTS, OLD, NEW)
        assert after[NEW] == {None: "asked", A: "asked"}
        assert left_out == [TopicLeftOut(A, "asked", "not asked")]

    def test_a_merged_code_keeps_the_state_asked_of_its_theme(self) -> None:
        after, left_out = merge_code_topics({P: {None: "asked"}, NEW: {None: "not asked"}}, PARENTS, OLD, NEW)
        assert after[NEW] == {None: "asked"}
        assert left_out == [TopicLeftOut(None, "asked", "not asked")]

    def test_sub_codes_of_merged_codes_keep_their_states(self) -> None:
        after, _ = merge_code_topics({OLD: {None: "asked"}, NEW: {None: "not asked"}}, PARENTS, OLD, NEW)
        assert after == {NEW: {None: "asked"}, V: {None: "not asked"}}

    def test_a_merge_does_not_pass_not_asked_to_sub_codes_without_a_state(self) -> None:
        after, left_out = merge_code_topics({OLD: {None: "not asked"}}, PARENTS, OLD, NEW)
        assert after == {U: {None: "not asked"}}
        assert left_out == [TopicLeftOut(None, None, "not asked")]

    @given(records)
    @example({NEW: {None: "asked"}, OLD: {A: "not asked"}})
    @example({OLD: {None: "volunteered"}, U: {A: "volunteered"}, NEW: {A: "not asked"}})
    def test_no_code_loses_the_state_asked_in_a_merge(self, given_records) -> None:
        after, _ = merge_code_topics(given_records, PARENTS, OLD, NEW)
        assert OLD not in after
        for case in (None, A, B):
            for code in (P, Q, U, V):
                was = topic_state(given_records, PARENTS, code, case)
                assert was is None or topic_state(after, AFTER, code, case) == was, (code, case)
            both = [topic_state(given_records, PARENTS, code, case) for code in (OLD, NEW)]
            now = topic_state(after, AFTER, NEW, case)
            assert both[1] is None or now == better(*both)
            assert both[1] is not None or now != "not asked" or both[0] == "not asked"


class TestMergedCases:
    def test_the_better_state_of_two_joined_cases_is_kept(self) -> None:
        after, left_out = merge_case_topics({OLD: {A: "asked", B: "not asked"}}, A, B, (A, B))
        assert after == {OLD: {B: "asked"}}
        assert left_out == [(OLD, TopicLeftOut(B, "asked", "not asked"))]

    def test_the_record_of_all_cases_applies_to_each_case_of_the_source(self) -> None:
        found = {OLD: {None: "asked", A: "not asked"}}
        assert merge_case_topics(found, A, B, (A, B)) == (
            {OLD: {None: "asked"}},
            [(OLD, TopicLeftOut(B, "asked", "not asked"))],
        )
        assert merge_case_topics(found, A, B, (A,)) == ({OLD: {None: "asked", B: "not asked"}}, [])

    def test_a_record_of_all_cases_stays_if_it_is_the_only_record(self) -> None:
        assert merge_case_topics({OLD: {None: "asked"}}, A, B, (A, B)) == ({OLD: {None: "asked"}}, [])
