from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_values import names

from sibtui.formats.file_names import stems


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a1", "a1"),
        ("SIB A, housing", "SIB A, housing"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\x", "C--x"),
        (".hidden", "hidden"),
        ("...", "unnamed"),
        ("end. ", "end"),
        ("con", "_con"),
        ("Aux.old", "_Aux.old"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("a\x00\nb\u202e", "a--b-"),
        ("Cafe\u0301", "Café"),
        ("x" * 300, "x" * 99),
        ("語" * 300, "語" * 66),
    ],
)
def test_a_name_becomes_one_that_every_file_system_takes(name, stem):
    assert list(stems([name])) == [stem]


def test_names_that_a_file_system_may_confuse_are_told_apart():
    assert list(stems(["A", "a", "a-2", "a/", "a:", "ﬁ", "fi"])) == ["A", "a-2", "a-2-2", "a-", "a--2", "ﬁ", "fi-2"]
    assert list(stems(["x" * 300, "x" * 301])) == ["x" * 99, "x" * 98 + "-2"]


@given(st.lists(names))
def test_stems_are_short_unique_and_stay_in_the_folder(given_names):
    found = list(stems(given_names))
    assert len({stem.casefold() for stem in found}) == len(given_names)
    for stem in found:
        assert 0 < len(stem) <= 100
        assert not stem.startswith(".")
        assert not set('/\\:*?"<>|\n\0') & set(stem)
