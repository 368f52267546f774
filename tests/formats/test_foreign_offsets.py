from __future__ import annotations

from itertools import product

import pytest
from foreign_projects import Quirks, as_stored, offset
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.foreign_offsets import Ruler, agrees, are_quotes, choose
from sibtui.model.import_reports import Convention

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


@st.composite
def text_and_place(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    """Return a text and a place in it. Its edges are often those of the text, or next to wide characters."""
    text = draw(st.text("ab\n\né€😀", min_size=1, max_size=12))
    wide = [at for at in range(len(text) + 1) if at in {0, len(text)} or not text[at - 1 : at + 1].isalnum()]
    edges = st.sampled_from(wide) | st.integers(0, len(text))
    start = draw(edges.filter(lambda at: at < len(text)))
    return text, (start, draw(edges.filter(lambda at: at > start)))


@given(text_and_place(), st.sampled_from(CONVENTIONS), st.booleans(), st.booleans())
@example(("a", (0, 1)), CONVENTIONS[0], True, True)
@example(("\n\n", (0, 1)), CONVENTIONS[-1], True, True)
@example(("\n\n", (1, 2)), CONVENTIONS[-1], True, True)
@example(("😀é😀", (0, 1)), CONVENTIONS[-1], False, True)
@example(("😀é😀", (1, 2)), CONVENTIONS[9], False, False)
@example(("😀é😀", (2, 3)), CONVENTIONS[-1], False, False)
def test_offsets_of_every_convention_convert_to_code_points(drawn, convention, crlf, bom):
    text, (start, end) = drawn
    quirks = Quirks(crlf=crlf, bom=bom)
    (selection,) = selections(text, [(start, end)], convention, quirks)
    ruler = Ruler(raw(text, quirks))
    assert ruler.text == text
    assert ruler.place(*selection[1:3], convention) == (start, end)


@pytest.mark.parametrize("quoted", [True, False], ids=["quotes", "no quotes"])
@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_the_convention_of_offsets_is_detected_from_quotes_or_starts_and_ends_of_words(convention, quoted):
    quirks = Quirks(crlf=True, bom=True)
    result = choose({"a": Ruler(raw(TEXT, quirks))}, selections(TEXT, WORDS, convention, quirks, quoted=quoted))
    assert result.convention == convention
    assert result.sure
    assert result.equal == (1.0 if quoted else None)
    assert result.ends == result.starts == 1.0


@pytest.mark.parametrize(
    ("common", "rare", "convention"),
    [
        ("Plain words only.", "Déjà vu, she has seen it.", Convention("UTF-8 bytes", 1, False, False)),
        ("Déjà vu is common here.", "One 😀 came, and she has seen it.", Convention("UTF-16 units", 1, False, False)),
        ("Line\nbreaks are common.", "One 😀\ncame, and she has seen it.", Convention("UTF-16 units", 2, False, False)),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 130])
def test_one_decisive_text_among_many_shows_the_convention(
    common: str, rare: str, convention: Convention, at: int
) -> None:
    texts = [common] * 130
    texts.insert(at, rare)
    quirks = Quirks(crlf="\n" in common)
    rulers = {f"n{number}": Ruler(raw(text, quirks)) for number, text in enumerate(texts)}
    placed = []
    for number, text in enumerate(texts):
        (found,) = selections(text, [(len(text) - 8, len(text) - 1)], convention, quirks)
        placed.append((f"n{number}", *found[1:]))
    assert choose(rulers, placed).convention == convention


def test_the_convention_of_the_standard_is_chosen_if_all_conventions_fit():
    result = choose({"a": Ruler("Plain words only.")}, [("a", 0, 5, "Plain"), ("a", 6, 11, "words")])
    assert result.convention == Convention()
    assert result.sure


def test_a_choice_between_two_conventions_that_fit_is_not_sure():
    result = choose({"a": Ruler("😀日本語日本語")}, [("a", 2, 4, ""), ("a", 3, 5, "")])
    assert not result.sure


def test_offsets_outside_of_the_text_or_inside_a_character_give_none():
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
def test_a_quote_with_other_spaces_or_an_ellipsis_counts_as_equal(quote, text, same):
    assert agrees(quote, text) is same


def test_labels_are_distinguished_from_quotes():
    rulers = {"a": Ruler(TEXT)}
    labels = [("a", start, end, f"1:{start} label") for start, end in WORDS]
    assert not are_quotes(choose(rulers, labels), rulers, labels)
    moved = [("a", start + 3, end + 3, TEXT[start : end + 9]) for start, end in WORDS]
    assert are_quotes(choose(rulers, moved), rulers, moved)
