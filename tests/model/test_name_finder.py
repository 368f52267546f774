"""Names are found as whole words, in any accents, the longest one where several overlap."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.name_finder import NameFinder, folded, spellings


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(each.name, text[each.start : each.end]) for each in NameFinder(names).find(text)]


def words(text: str, *names: str) -> list[str]:
    return [words for _, words in found(text, *names)]


@pytest.mark.parametrize(
    "text",
    ["Rosemary", "Maryland", "Mary2", "2Mary", "Mar y", "Marý", "Mar", "MaryMary"],
)
def test_a_name_is_never_found_inside_another_word(text: str) -> None:
    assert words(text, "Mary") == (["Marý"] if text == "Marý" else [])


@pytest.mark.parametrize(
    "text", ["_Mary_", "“Mary”", "Mary-led", "l’Mary", "Mary's", "Mary’s", "Mary\u200b.", "(Mary)"]
)
def test_marks_beside_a_name_do_not_belong_to_its_word(text: str) -> None:
    assert [each.strip("\u200b") for each in words(text, "Mary")] == ["Mary"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("José", "Jose"),
        ("Jose", "JOSÉ"),
        ("José", "Jose\u0301"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Mueller", "Müller"),
        ("Søren", "Soeren"),
        ("Søren", "Soren"),
        ("Łukasz", "Lukasz"),
        ("Strauß", "Strauss"),
        ("İnci", "Inci"),
        ("Mary", "Ma\u00adry"),
        ("Mary", "Mar-\ny"),
        ("O'Brien", "O’Brien"),
        ("Mary-Jane", "Mary Jane"),
        ("Mary Jane", "Mary\nJane"),
        ("Mary Jane", "Mary\u00a0 Jane"),
        ("J. Smith", "J Smith"),
        ("J.Smith", "J. Smith"),
        ("Mary Jane", "mary jane"),
    ],
)
def test_another_way_to_write_a_name_is_found(name: str, written: str) -> None:
    assert words(f"With {written}, on Monday.", name) == [written]


@pytest.mark.parametrize(
    "written", ["Mary. Jane", "Mary, Jane", "Mary\n\nJane", "Mary and Jane", "Mary", "Mary Janet", "Mary ("]
)
def test_separate_words_of_a_name_are_not_the_name(written: str) -> None:
    assert words(written, "Mary Jane") == []


def test_the_longest_of_overlapping_names_is_found() -> None:
    assert words("Mary Jane Smith left", "Mary", "Mary Jane", "Mary Jane Smith") == ["Mary Jane Smith"]
    assert words("Ann Mary Jane Smith", "Ann Mary", "Mary Jane Smith") == ["Mary Jane Smith"]
    assert words("Mary and Mary Jane", "Mary", "Mary Jane") == ["Mary", "Mary Jane"]


def test_an_exact_name_is_preferred_to_another_name_without_its_accents() -> None:
    assert found("Jose and José", "José", "Jose") == [("Jose", "Jose"), ("José", "José")]


def test_a_name_in_a_script_without_spaces_is_found_between_other_characters() -> None:
    assert words("他说王芳来了，王芳芳也来了", "王芳", "王芳芳") == ["王芳", "王芳芳"]
    assert found("Mary 王芳", "Mary", "王芳") == [("Mary", "Mary"), ("王芳", "王芳")]


@pytest.mark.parametrize(
    ("text", "exact", "small", "possessive"),
    [
        ("Mary", True, False, False),
        ("MARY", True, False, False),
        ("mary", True, True, False),
        ("Mary's", True, False, True),
        ("Mary’S.", True, False, True),
        ("Mary'so", True, False, False),
        ("Máry", False, False, False),
    ],
)
def test_a_found_name_has_the_way_in_which_it_is_written(text: str, exact: bool, small: bool, possessive: bool) -> None:
    (one,) = NameFinder(["Mary"]).find(text)
    assert (one.exact, one.small, one.possessive) == (exact, small, possessive)


def test_an_apostrophe_after_an_s_is_a_possessive() -> None:
    assert [each.possessive for each in NameFinder(["James", "Mary"]).find("James' Mary' James’s")] == [
        True,
        False,
        True,
    ]


def test_only_a_single_name_with_a_capital_can_be_an_ordinary_word() -> None:
    assert [each.small for each in NameFinder(["van Dijk", "mary", "Mary Jane"]).find("van dijk, mary, mary jane")] == [
        False
    ] * 3


def test_without_names_nothing_is_found() -> None:
    assert NameFinder([]).find("Mary") == []
    assert not NameFinder.can_find("…")
    assert NameFinder.can_find("7")


def test_a_name_has_folded_forms_with_and_without_the_letters_for_an_umlaut() -> None:
    assert folded("ZOË") == "zoe"
    assert spellings("Müller") == {"muller", "mueller"}


LETTERS = st.text(alphabet="ab\u0301é .-'\n_1", max_size=30)


@given(
    text=LETTERS,
    names=st.lists(st.text(alphabet="abé ", min_size=1, max_size=4).filter(NameFinder.can_find), max_size=4),
)
@example(text="a b a", names=["a b", "b a"])
@example(text="", names=["a"])
def test_found_names_are_whole_words_in_order_without_overlap(text: str, names: list[str]) -> None:
    places = NameFinder(names).find(text)
    at = 0
    for each in places:
        assert at <= each.start < each.end <= len(text)
        at = each.end
        assert not text[each.start - 1 : each.start].isalnum()
        assert not text[each.end : each.end + 1].isalnum()
        assert folded(text[each.start : each.end]).split() or each.name
