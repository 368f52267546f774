from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.records import Code
from sibtui.model.text_width import width_of
from sibtui.workspace.code_tags import tags


def code(number: int, name: str, parent: int | None = None, colour: str | None = None) -> Code:
    path = name if parent is None else f"{parent}/{name}"
    return Code(number, parent, name, path, "", "", "", "", "emergent", "active", colour, None, "")


def test_a_tag_has_the_initials_of_the_words_without_stop_words():
    found = tags([code(1, "Brokering and coaching"), code(2, "Voice through providers"), code(3, "Trust")])
    assert list(found.values()) == ["Bc", "Vt", "Tr"]


def test_codes_with_the_same_initials_get_different_tags():
    found = tags([code(1, "Staff discretion"), code(2, "Social determinants"), code(3, "Sudden death")])
    assert len(set(found.values())) == 3


def test_names_without_latin_letters_have_tags_too():
    found = tags([code(1, "信頼"), code(2, "доверие")])
    assert all(width_of(tag) == 2 for tag in found.values())


# names of few letters, so that many have the same initials
NAMES = st.lists(st.text("abA é日😀-", min_size=1, max_size=5), max_size=60, unique=True)


@given(NAMES)
@example([])
@example(["a", "A", "á"])
@example(["ab", "a b", "a-b", "A B", "ba"])
@example([f"a b{'c' * number}" for number in range(60)])
def test_every_tag_is_unique_and_two_columns_wide(names: list[str]):
    found = tags([code(number, name) for number, name in enumerate(names)])
    assert all(width_of(tag) == 2 for tag in found.values())
    assert len({tag.casefold() for tag in found.values()}) == len(found)


def test_when_no_tag_is_free_a_code_gets_dots() -> None:
    found = list(tags([code(number, f"Code {number:04}") for number in range(2_000)]).values())
    assert found[:4] == ["C0", "Co", "Cd", "Ce"]
    assert len({tag.casefold() for tag in found}) == 36 * 36 + 1
    assert found[-1] == "··"
