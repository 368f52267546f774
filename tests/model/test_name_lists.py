"""Lists of names with commas between them: which commas separate, and which are part of a name."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.folding import name_key
from sibtui.model.name_lists import names_in, split_names

KNOWN = ("R3", "Doe, Jane", "Doe", "a, 1, 2", '"Q" team')


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" , ", ()),
        ("R3", ("R3",)),
        ("R3, new", ("R3", "new")),
        ("Doe, Jane", ("Doe, Jane",)),
        ("doe, jane ", ("doe, jane",)),
        ("Doe, Jane,R3", ("Doe, Jane", "R3")),
        ("R3,Doe, Jane", ("R3", "Doe, Jane")),
        ("Doe,R3", ("Doe", "R3")),
        ("a, 1, 2,a, 1", ("a, 1, 2", "a", "1")),
        ('"Doe", R3', ("Doe", "R3")),
        ('"Doe, Jane" , "R3"', ("Doe, Jane", "R3")),
        ('"Q" team', ('"Q" team',)),
        ('"New, name",Doe, Jane', ("New, name", "Doe", "Jane")),
        ('"R3\nDoe", R3', ("R3 Doe", "R3")),
    ],
)
def test_a_comma_of_a_known_name_separates_nothing(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text, KNOWN) == names


@given(st.lists(st.text('ab,"” \n', min_size=1), max_size=5))
@example(["a,b", "a"])
@example(['"a" b'])
def test_each_name_in_quotation_marks_is_found(names: list[str]) -> None:
    names = [clean for name in names if (clean := " ".join(name.split()))]
    doubled = (name.replace('"', '""') for name in names)
    text = ",".join(f'"{name}"' for name in doubled)
    assert split_names(text) == tuple(names)


@given(st.lists(st.text("ab, ", min_size=1).map(str.strip).filter(name_key), min_size=1, max_size=4))
def test_a_known_name_alone_is_that_name(known: list[str]) -> None:
    assert [names_in(name, known) for name in known] == [(name,) for name in known]
