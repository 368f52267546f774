from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from study_values import names

from sibtui.formats.codec.file_names import unique_stems


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
def test_a_file_name_is_valid_on_every_file_system(name, stem):
    assert list(unique_stems([name])) == [stem]


def test_names_that_collide_get_different_file_names():
    assert list(unique_stems(["A", "a", "a-2", "a/", "a:", "ﬁ", "fi"])) == [
        "A",
        "a-2",
        "a-2-2",
        "a-",
        "a--2",
        "ﬁ",
        "fi-2",
    ]
    assert list(unique_stems(["x" * 300, "x" * 301])) == ["x" * 99, "x" * 98 + "-2"]


# Names that collide on some file systems, also with the numbers that make them unique.
ALIKE = ["a", "A", "a-2", "A-2", "a-2-2", "a/", "a:", ".a", "a.", "con", "_con", "x" * 99, "x" * 98 + "-2", "x" * 300]
NAMES = st.lists(st.sampled_from(ALIKE), max_size=8) | st.lists(names, max_size=8)


@given(NAMES)
@example([])
@example(["a", "A", "a-2", "a"])
@example(["con", "CON", "_con"])
@example(["x" * 98, "x" * 99, "x" * 100, "x" * 101])
def test_file_names_are_short_and_unique_and_stay_in_the_folder(given_names):
    result = list(unique_stems(given_names))
    assert len({stem.casefold() for stem in result}) == len(given_names)
    for stem in result:
        assert 0 < len(stem) <= 100
        assert not stem.startswith(".")
        assert not set('/\\:*?"<>|\n\0') & set(stem)
