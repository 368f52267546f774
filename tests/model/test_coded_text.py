"""Texts cut at the edges of codings: nothing is lost, and each piece has the codings that cover it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.coded_text import CodedSource, TextPiece, coded_lines
from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from tests.borders import CHAIN, EQUAL, NEST, SAME_END, SAME_START, TOUCH, segments

LENGTH = 12


def source(text: str, places: list[Segment]) -> CodedSource:
    codings = tuple(
        Coding(at, "a1", place, place.quote(text), "", "", "Trust", "R1", "supports", "firm", (), "", "")
        for at, place in enumerate(sorted(places), 1)
    )
    return CodedSource("a1", "", (), text, codings)


texts = st.text("ab \n", min_size=LENGTH, max_size=LENGTH)


@given(texts, segments(last=LENGTH, max_size=5))
@example("abc\nabc\nabcd", TOUCH)
@example("abcdefghiabc", NEST)
@example("ab\n\n\nabcdefg", SAME_START)
@example("abcdefghi\nab", SAME_END)
@example("\n\n\n\n\n\n\n\n\n\n\n\n", EQUAL)
@example("abcd\nabcd\nab", CHAIN)
def test_the_pieces_are_the_text_and_know_their_codings(text: str, places: list[Segment]) -> None:
    coded = source(text, places)
    lines = list(coded_lines(coded))
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text
    at = 0
    begun: list[int] = []
    ended: list[int] = []
    for line in lines:
        for piece in line:
            place = range(at, at + len(piece.text))
            for character in place:
                covering = [
                    index
                    for index, coding in enumerate(coded.codings)
                    if coding.segment.start <= character < coding.segment.end
                ]
                assert list(piece.codings) == covering
            begun += piece.begins
            ended += piece.ends
            at += len(piece.text)
        at += 1
    visible = [index for index, coding in enumerate(coded.codings) if coding.quote.strip("\n")]
    assert sorted(begun) == sorted(ended) == visible


def test_a_coding_over_two_lines_begins_on_the_first_and_ends_on_the_second() -> None:
    assert list(coded_lines(source("one two\nthree", [Segment(4, 11)]))) == [
        (TextPiece("one "), TextPiece("two", (0,), (0,), ())),
        (TextPiece("thr", (0,), (), (0,)), TextPiece("ee")),
    ]
