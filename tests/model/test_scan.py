"""A scan finds names, words like them and addresses; a replacer replaces the names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.near_names import near_names
from sibtui.model.pseudonyms import Pseudonym
from sibtui.model.scan import Replacer, WrittenText, edits_of, first_places, scan
from tests.examples import examples

KEY = (
    Pseudonym("Mary", "Anna"),
    Pseudonym("Mary Jones", "Anna Smith"),
    Pseudonym("Jonathan", "Tom"),
    Pseudonym("O'Brien", "Kelly"),
)


def sighted(*texts: str, key: tuple[Pseudonym, ...] = KEY, near: bool = True) -> list[tuple[str, str]]:
    written = [WrittenText("text", "a1", text) for text in texts]
    return [(each.kind, each.words) for each in scan(lambda: written, key, near=near)]


def test_each_kind_of_sighting_is_found_in_the_order_of_the_text() -> None:
    text = "Mary met Mary's Marry, mary, Máry, Ms Jones; mail jo@x.org or 020 7946 0958, LS2 9JT."
    assert sighted(text) == [
        ("name", "Mary"), ("possessive", "Mary"), ("near", "Marry"), ("small letters", "mary"), ("accents", "Máry"),
        ("part", "Jones"), ("e-mail", "jo@x.org"), ("phone", "020 7946 0958"), ("postcode", "LS2 9JT"),
    ]  # fmt: skip
    assert [kind for kind, _ in sighted(text, near=False)] == ["name", "possessive", "small letters", "accents"]


def test_a_sighting_has_its_line_and_the_text_around_it() -> None:
    (one,) = scan(lambda: [WrittenText("memo", "memo 3", "First line.\nThen Mary came.")], KEY[:1])
    assert (one.place, one.where, one.line, one.before, one.after) == (
        "memo",
        "memo 3",
        2,
        "First line.\nThen ",
        " came.",
    )
    assert (one.real, one.pseudonym, str(one.segment)) == ("Mary", "Anna", "17:21")
    lines = [each.line for each in scan(lambda: [WrittenText("memo", "", "Mary\nMary\n\nMary and Mary")], KEY[:1])]
    assert lines == [1, 2, 4, 4]


@pytest.mark.parametrize(
    "words", ["Marry", "Jonathon", "jonathon", "Jonothen", "MaryJones", "maryjones84", "OBrien", "Marys", "Mary7"]
)
def test_a_similar_word_is_found(words: str) -> None:
    assert [found for kind, found in sighted(f"There was {words}.") if kind in {"near", "part"}] == [words]


@pytest.mark.parametrize("words", ["marry", "jones", "Man", "Bo", "Johanna", "Jonah", "1234", "Tom"])
def test_another_word_is_not_found(words: str) -> None:
    assert sighted(f"There was {words}.") == []


def test_a_word_that_is_mostly_in_small_letters_is_ordinary() -> None:
    assert sighted("Many came. " + "many " * 4) == []
    assert sighted("Many came. " + "many " * 3) == [("near", "Many")]


def test_a_word_in_a_name_or_an_address_is_reported_once() -> None:
    assert sighted("Mary Jones wrote from Marry@x.org") == [("name", "Mary Jones"), ("e-mail", "Marry@x.org")]


def test_a_near_name_is_reported_with_the_most_similar_real_name() -> None:
    names = near_names(["Jonathan", "Jonathon"], {"Jonathann": 1})
    assert names == {"Jonathann": ("near", "Jonathan")}


def test_particles_and_short_parts_of_names_are_not_looked_for() -> None:
    assert near_names(["Jo van Dijk"], {"Van": 1, "Jo": 1, "Dijk": 1}) == {"Dijk": ("part", "Jo van Dijk")}


def test_without_a_key_only_addresses_are_found() -> None:
    assert sighted("Mary: jo@x.org", key=()) == [("e-mail", "jo@x.org")]


def replaced(text: str, *, small_letters: bool = False) -> str:
    return Replacer(KEY, small_letters=small_letters).replaced(text)


def test_replaced_names_keep_their_capitals_and_possessives() -> None:
    assert replaced("MARY, Mary's, mary jones’s") == "ANNA, Anna's, anna smith’s"


def test_a_single_name_in_small_letters_is_replaced_on_request() -> None:
    replacer = Replacer(KEY)
    assert replacer.replaced("mary and Mary") == "mary and Anna"
    assert replacer.small == 1
    assert replaced("mary and Mary", small_letters=True) == "anna and Anna"


def test_replacements_are_not_chained() -> None:
    key = (Pseudonym("Mary", "Anna"), Pseudonym("Anna", "Zoe"))
    assert Replacer(key).replaced("Mary, Anna") == "Anna, Zoe"


def test_names_in_small_letters_that_were_not_replaced_are_counted_over_all_texts() -> None:
    replacer = Replacer(KEY)
    assert [replacer.replaced(text) for text in ("mary and Mary", "Mary", "mary, mary")] == [
        "mary and Anna", "Anna", "mary, mary",
    ]  # fmt: skip
    assert replacer.small == 3


def test_edits_have_the_offsets_of_the_old_text() -> None:
    places = Replacer(KEY).places(WrittenText("text", "a1", "So MARY and Jonathan"))
    assert edits_of(places) == [(3, 7, "ANNA"), (12, 20, "Tom")]


VARIANTS = {
    "name": st.sampled_from(["Zdenka Marešová", "ZDENKA MAREŠOVÁ"]),
    "possessive": st.sampled_from(["Zdenka Marešová's", "Zdenka Marešová’s"]),
    "accents": st.sampled_from(["Zdenka Maresova", "zdenka maresova", "Zdenka\nMarešova", "Zdenka-Marešová"]),
    "part": st.sampled_from(["Zdenka", "Marešová", "Maresova", "MAREŠOVÁ"]),
    "near": st.sampled_from(
        ["Zdenga", "Zdenca", "Marešova's", "Maresovka", "Mareshova", "ZdenkaMaresova", "maressova"]
    ),
    "e-mail": st.sampled_from(["z.m@x.org", "zdenka84@mail.example.com"]),
    "phone": st.sampled_from(["020 7946 0958", "+44 20 7946 0958"]),
    "postcode": st.sampled_from(["LS2 9JT", "K1A 0B1"]),
}
FILLERS = st.sampled_from(["the bench", "one key", "“who knows”", "at noon", "(laughs)", "…", "12 people", "x"])


@examples(50)
@given(data=st.data(), kinds=st.lists(st.sampled_from(sorted(VARIANTS)), max_size=8))
def test_a_scan_finds_every_variant_that_was_planted(data: st.DataObject, kinds: list[str]) -> None:
    text, planted = "", list[tuple[int, int]]()
    for kind in kinds:
        text += data.draw(FILLERS) + data.draw(st.sampled_from([" ", ", ", "\n", " – "]))
        words = data.draw(VARIANTS[kind])
        planted.append((len(text), len(text) + len(words)))
        text += words + data.draw(st.sampled_from([", ", ". ", "\n\n", " ("]))
    key = (Pseudonym("Zdenka Marešová", "Ruth Low"),)
    places = [each.segment for each in scan(lambda: [WrittenText("text", "a1", text)], key)]
    for start, end in planted:
        assert any(place.start < end and start < place.end for place in places), text[start:end]


def test_the_first_places_of_names_are_found_once_each_and_not_in_small_letters() -> None:
    texts = [
        WrittenText("text", "a", "will came.\nWill Smith came."),
        WrittenText("text", "b", "ANNA came, and Anna's house.\nWill left."),
    ]
    names = [Pseudonym("Anna", ""), Pseudonym("Will", ""), Pseudonym("Nobody", "")]
    found = [(each.real, each.where, each.line) for each in first_places(texts, names)]
    assert found == [("Will", "a", 2), ("Anna", "b", 1)]
