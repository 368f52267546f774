from __future__ import annotations

from sibtui.model.colours import colours, colours_to_store
from sibtui.model.records import COLOURS, Code


def code(number: int, name: str, parent: int | None = None, colour: str | None = None) -> Code:
    path = name if parent is None else f"{parent}/{name}"
    return Code(number, parent, name, path, "", "", "", "", "emergent", "active", colour, None, "")


def test_a_code_has_its_own_colour_or_that_of_its_theme():
    found = colours([code(1, "Money", colour="sky"), code(2, "Loss", 1), code(3, "Gain", 1, "#123456")])
    assert list(found.values()) == ["sky", "sky", "#123456"]


def test_themes_without_a_colour_get_one_by_position():
    found = colours([code(number, f"Theme {number}") for number in range(1, 9)])
    assert len(set(found.values())) == 8


def test_a_theme_keeps_its_shown_colour_when_the_themes_change():
    before = [code(1, "A"), code(2, "B"), code(3, "C", colour="#123456"), code(4, "D")]
    assert colours_to_store(before, before[1:]) == {2: "sky", 4: "yellow"}
    assert colours_to_store(before, [before[3], *before[:3]]) == {4: "yellow", 1: "orange", 2: "sky"}
    assert colours_to_store(before, before) == {}


def test_a_new_theme_gets_the_colour_that_the_fewest_themes_have():
    before = [code(1, "A", colour="sky"), code(2, "B", colour="orange")]
    assert colours_to_store(before, [*before, code(3, "C"), code(4, "D")]) == {3: "green", 4: "yellow"}
    every = [code(number, f"T{number}", colour=name) for number, name in enumerate(COLOURS, 1)]
    assert colours_to_store(every, [*every, code(9, "New")]) == {9: "orange"}


def test_a_code_that_becomes_a_theme_is_a_new_theme():
    before = [code(1, "A", colour="orange"), code(2, "B", 1), code(3, "C", 1, "sky")]
    assert colours_to_store(before, [before[0], code(2, "B"), before[2]]) == {2: "sky"}
    assert colours_to_store(before, [before[0], code(3, "C", None, "sky"), before[1]]) == {}
