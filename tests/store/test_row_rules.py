"""The quick checks of lasting ids and numbers agree with a check of each row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.store import row_rules
from sibtui.store.connection import Store
from sibtui.store.row_rules import LARGEST, _has_usual_ids, _is_clean, _odd

Row = tuple[int, str | None, int]
"""A row of a table: id, lasting id, position."""

HEX = [f"{number:x}" * 32 for number in (1, 10)]
USUAL = [*HEX, f"{HEX[0][:16]}{HEX[1][:16]}", f"{HEX[1][:16]}{HEX[0][:16]}"]
ids = st.sampled_from([1, 2, 3, 4, 5, 0, -1, LARGEST, LARGEST + 1, (1 << 63) - 1, -(1 << 63)])
uids = st.sampled_from([*USUAL, HEX[1].upper(), "g" * 32, "a" * 31, "a" * 33, "é" * 32, "é" * 16, "a-b", None])
rows = st.lists(st.tuples(ids, uids, st.sampled_from([0, 7, LARGEST + 1])), max_size=5, unique_by=lambda row: row[0])


def checked(found: list[Row]) -> tuple[bool, bool]:
    """Return the results of the quickest check and of the quick check for a table with these rows, in parts of four ids."""
    with closing(sqlite3.connect(":memory:")) as connection, patch.object(row_rules, "_TOGETHER", 4):
        connection.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, uid TEXT, position INTEGER)")
        connection.executemany("INSERT INTO cases VALUES (?, ?, ?)", found)
        store = Store(Path(), connection)
        return _has_usual_ids(store, "cases", _odd("cases")), _is_clean(store, "cases")


@given(rows)
@example([(1, HEX[0], 0), (2, USUAL[2], 0)])
@example([(1, HEX[0], 0), (5, HEX[0], 0)])
@example([(1, HEX[1], 0), (2, HEX[1].upper(), 0)])
@example([(1, USUAL[2], 0), (2, "c" * 31, 0), (3, USUAL[2], 0), (4, "d" * 33, 0)])
@example([(0, HEX[0], 0), (1, HEX[1], 0)])
@example([(1, HEX[0], 0), (LARGEST + 1, HEX[1], 0)])
def test_a_table_is_clean_if_each_row_is(found: list[Row]) -> None:
    is_clean = len({uid for _, uid, _ in found}) == len(found) and all(
        0 < number <= LARGEST and position <= LARGEST and uid is not None and uid.isascii() and uid.isalnum()
        for number, uid, position in found
    )
    quickest, quick = checked(found)
    assert quick == is_clean
    assert is_clean or not quickest


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_different_random_ids_are_usual(count: int) -> None:
    assert checked([(1 + 3 * at, uid, 0) for at, uid in enumerate([HEX[0], HEX[1], "c" * 32][:count])]) == (True, True)
