from __future__ import annotations

from itertools import product

import pytest
from foreign_projects import Quirks, as_stored, offset
from hypothesis import given
from hypothesis import strategies as st

from sibtui.formats.offsets import Ruler, agrees, are_quotes, choose
from sibtui.model.imports import Convention

CONVENTIONS = [
    Convention(*each)
    for each in product(("code points", "UTF-16 units", "UTF-8 bytes"), (1, 2), (False, True), (False, True))
]
TEXT = (
    "The first visit 😀 was short.\nShe said: “We trust them, naïvely perhaps.”\n\nNo one asked 🙂 twice,\n"
    "and the money came late. Then 😀 it came at once.\nAll of it.\n" * 4
)
WORDS = [(at, at + len(word)) for word in ("visit", "trust", "money", "asked", "late", "once") for at in
         (place for place in range(len(TEXT)) if TEXT.startswith(word, place))]  # fmt: skip


def raw(text: str, quirks: Quirks) -> str:
    return as_stored(text, quirks).decode()


def selections(text, places, convention, quirks, *, quoted=True):
    return [
        (
            "a",
            offset(text, start, convention, quirks),
            offset(text, end - 1 if convention.inclusive else end, convention, quirks),
            text[start:end] if quoted else "",
        )
        for start, end in places
    ]


@given(
    st.text("ab \n\né€😀", min_size=1, max_size=30),
    st.data(),
    st.sampled_from(CONVENTIONS),
    st.booleans(),
    st.booleans(),
)
def test_an_offset_of_any_convention_falls_on_its_code_point(text, data, convention, crlf, bom):
    quirks = Quirks(crlf=crlf, bom=bom)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (selection,) = selections(text, [(start, end)], convention, quirks)
    ruler = Ruler(raw(text, quirks))
    assert ruler.text == text
    assert ruler.place(*selection[1:3], convention) == (start, end)


@pytest.mark.parametrize("quoted", [True, False], ids=["quotes", "no quotes"])
@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_the_convention_is_found_from_quotes_or_from_the_edges_of_words(convention, quoted):
    quirks = Quirks(crlf=True, bom=True)
    found = choose({"a": Ruler(raw(TEXT, quirks))}, selections(TEXT, WORDS, convention, quirks, quoted=quoted))
    assert found.convention == convention
    assert found.sure
    assert found.equal == (1.0 if quoted else None)
    assert found.ends == found.starts == 1.0


def test_the_standards_own_convention_is_taken_where_nothing_tells_and_nothing_hangs_on_it():
    found = choose({"a": Ruler("Plain words only.")}, [("a", 0, 5, "Plain"), ("a", 6, 11, "words")])
    assert found.convention == Convention()
    assert found.sure


def test_a_choice_between_places_that_fit_alike_is_not_sure():
    found = choose({"a": Ruler("😀日本語日本語")}, [("a", 2, 4, ""), ("a", 3, 5, "")])
    assert not found.sure


def test_offsets_outside_the_text_or_within_a_character_have_no_place():
    ruler = Ruler("a😀b")
    assert ruler.place(0, 4, Convention()) is None
    assert ruler.place(2, 2, Convention()) is None
    assert ruler.place(-1, 2, Convention()) is None
    assert ruler.place(2, 4, Convention("UTF-16 units")) is None
    assert ruler.place(0, 3, Convention("UTF-16 units")) == (0, 2)


@pytest.mark.parametrize(
    ("quote", "text", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a\nb", True),
        ("We trust…", "We trust them", True),
        ("We trust...", "We trust them", True),
        ("We trust…", "They trust them", False),
        ("…", "anything", False),
        ("1:2 We trust", "We trust", False),
        (" ", "\n", False),
    ],
)
def test_a_recorded_quote_may_have_other_blanks_and_be_cut_short(quote, text, same):
    assert agrees(quote, text) is same


def test_labels_are_told_from_quotes():
    rulers = {"a": Ruler(TEXT)}
    labels = [("a", start, end, f"1:{start} label") for start, end in WORDS]
    assert not are_quotes(choose(rulers, labels), rulers, labels)
    moved = [("a", start + 3, end + 3, TEXT[start : end + 9]) for start, end in WORDS]
    assert are_quotes(choose(rulers, moved), rulers, moved)
