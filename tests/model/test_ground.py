from __future__ import annotations

from sibtui.model.ground import Ground, Topic

THEME, CODE, OTHER = 1, 2, 3
TOPIC = Topic(((CODE, THEME),), "2020-01-01")


def ground(asked: dict[int, dict[int, str]] | None = None) -> Ground:
    return Ground([{10, 11}, {11, 12}, set()], {10: "2020-05-01", 11: "2020-03-01"}, asked or {})


def test_a_column_is_read_until_the_earliest_reading_of_its_sources() -> None:
    assert ground().read_until() == ["2020-03-01", None, "~"]


def test_a_source_without_records_covers_every_topic() -> None:
    assert ground().covers(10, TOPIC)


def test_the_record_nearest_to_the_code_tells() -> None:
    assert not ground({10: {THEME: "not asked"}}).covers(10, TOPIC)
    assert ground({10: {THEME: "not asked", CODE: "volunteered"}}).covers(10, TOPIC)
    assert not ground({10: {THEME: "asked", CODE: "not asked"}}).covers(10, TOPIC)
    assert ground({10: {OTHER: "not asked"}}).covers(10, TOPIC)


def test_one_code_of_the_row_that_was_raised_is_enough() -> None:
    both = Topic(((CODE, THEME), (OTHER,)), "2020-01-01")
    assert ground({10: {CODE: "not asked"}}).covers(10, both)
    assert not ground({10: {CODE: "not asked", OTHER: "not asked"}}).covers(10, both)


def test_a_column_is_covered_by_one_source_and_an_empty_one_by_none() -> None:
    silent = ground({10: {CODE: "not asked"}})
    assert silent.covered(0, TOPIC)
    assert not ground({10: {CODE: "not asked"}, 11: {CODE: "not asked"}}).covered(0, TOPIC)
    assert not silent.covered(2, TOPIC)
