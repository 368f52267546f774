"""Plain tables: lists as arrays in dicts, joined in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.table import Rounded, Table, as_text

if TYPE_CHECKING:
    import pytest

TABLE = Table(("name", "cases", "codings"), (("a1", ("East", "West"), 3), ("a2", (), 0)))


def test_lists_of_a_table_stay_lists_in_dicts_and_are_joined_in_rows() -> None:
    assert TABLE.to_dicts()[0] == {"name": "a1", "cases": ["East", "West"], "codings": 3}
    assert TABLE.flat_rows() == [("a1", "East; West", 3), ("a2", "", 0)]
    assert [as_text(value) for value in TABLE.rows[0]] == ["a1", "East; West", "3"]


def test_a_name_that_an_earlier_column_has_gets_a_number() -> None:
    table = Table(("word", "count", "count", "count 2", "count"), (("late", 7, 4, 2, 1),))
    assert table.to_dicts() == [{"word": "late", "count": 7, "count 3": 4, "count 2": 2, "count 4": 1}]


def test_a_data_frame_has_the_columns_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import SimpleNamespace

    made = SimpleNamespace(DataFrame=lambda rows, columns: (rows, columns))
    monkeypatch.setitem(sys.modules, "pandas", made)
    assert TABLE.to_pandas() == (TABLE.rows, ["name", "cases", "codings"])


def test_a_rounded_number_is_short_in_print_and_whole_otherwise() -> None:
    number = Rounded(2 / 3)
    assert (str(number), f"{number}", float(number)) == ("0.667", "0.667", 2 / 3)
    assert [str(Rounded(value, 1)) for value in (85.04, -0.04, -1.26)] == ["85.0", "0.0", "-1.3"]
