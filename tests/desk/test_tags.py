from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sibtui.desk.tags import colours, tags
from sibtui.model.records import Code


def code(number: int, name: str, parent: int | None = None, colour: str | None = None) -> Code:
    path = name if parent is None else f"{parent}/{name}"
    return Code(number, parent, name, path, "", "", "", "", "emergent", "active", colour, None, "")


def test_a_tag_is_made_of_the_initials_of_words_that_count():
    found = tags([code(1, "Brokering and coaching"), code(2, "Voice through providers"), code(3, "Trust")])
    assert list(found.values()) == ["Bc", "Vt", "Tr"]


def test_codes_with_the_same_initials_get_different_tags():
    found = tags([code(1, "Staff discretion"), code(2, "Social determinants"), code(3, "Sudden death")])
    assert len(set(found.values())) == 3


def test_names_without_latin_letters_have_tags_too():
    found = tags([code(1, "信頼"), code(2, "доверие")])
    assert all(cell_len(tag) == 2 for tag in found.values())


@given(st.lists(st.text(min_size=1, max_size=12), max_size=200, unique=True))
def test_every_tag_has_two_cells_and_a_code_of_its_own(names: list[str]):
    found = tags([code(number, name) for number, name in enumerate(names)])
    assert all(cell_len(tag) == 2 for tag in found.values())
    assert len({tag.casefold() for tag in found.values()}) == len(found)


def test_a_code_has_its_own_colour_else_that_of_its_theme():
    found = colours([code(1, "Money", colour="sky"), code(2, "Loss", 1), code(3, "Gain", 1, "#123456")])
    assert list(found.values()) == ["sky", "sky", "#123456"]


def test_themes_without_a_colour_take_turns():
    found = colours([code(number, f"Theme {number}") for number in range(1, 9)])
    assert len(set(found.values())) == 8
