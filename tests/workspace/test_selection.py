from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.segments import Segment
from sibtui.workspace.selection import TextSelection
from tests.texts import texts

TEXT = "# Title\n\nOne two, three. Four five.\n\nSix seven. Eight."


def quote(selecting: TextSelection, segment: Segment | None) -> str:
    assert segment is not None
    return segment.quote(selecting.text)


def walk(*moves: str, text: str = TEXT, start: str | None = None) -> str:
    """Return the words selected after these moves: names of methods, with +1 or -1."""
    selecting = TextSelection(text)
    now = selecting.first() if start is None else Segment(text.index(start), text.index(start) + len(start))
    assert now is not None
    for move in moves:
        name, _, step = move.partition(" ")
        now = getattr(selecting, name)(now, *([int(step)] if step else []))
    return quote(selecting, now)


def test_the_first_sentence_is_selected_at_the_start():
    assert walk() == "# Title"


def test_an_empty_text_has_nothing_to_select():
    assert TextSelection("").first() is None


def test_a_text_of_whitespace_is_selected_whole():
    selecting = TextSelection(" \n ")
    assert quote(selecting, selecting.first()) == " \n "


def test_a_step_forward_selects_the_next_sentence_and_stops_at_the_last():
    assert walk("by_sentence +1", "by_sentence +1") == "Four five."
    assert walk(*["by_sentence +1"] * 9) == "Eight."


def test_a_step_back_selects_the_previous_sentence_and_stops_at_the_first():
    assert walk("by_sentence -1", start="Six seven.") == "Four five."
    assert walk(*["by_sentence -1"] * 9, start="Eight.") == "# Title"


def test_a_step_from_part_of_a_sentence_selects_the_next_sentence():
    assert walk("by_sentence +1", start="two, three") == "Four five."


def test_a_step_by_paragraph_selects_its_first_sentence():
    assert walk("by_paragraph +1") == "One two, three."
    assert walk("by_paragraph +1", "by_paragraph +1") == "Six seven."
    assert walk("by_paragraph -1", start="Eight.") == "One two, three."


def test_growing_adds_the_next_sentence_and_shrinking_removes_it():
    assert walk("grow", start="One two, three.") == "One two, three. Four five."
    assert walk("grow", "shrink", start="One two, three.") == "One two, three."


def test_growing_a_part_of_a_sentence_completes_the_sentence_first():
    assert walk("grow", start="two") == "two, three."


def test_shrinking_keeps_one_sentence():
    assert walk("shrink", start="Four five.") == "Four five."


def test_growing_continues_into_the_next_paragraph():
    assert walk("grow", start="Four five.") == "Four five.\n\nSix seven."


def test_the_end_moves_by_words_and_punctuation():
    assert walk("end_by_word -1", start="One two, three.") == "One two, three"
    assert walk("end_by_word -1", "end_by_word -1", start="One two, three.") == "One two,"
    assert walk("end_by_word +1", start="One two, three") == "One two, three."


def test_the_start_of_the_selection_moves_by_words():
    assert walk("start_by_word +1", start="One two, three.") == "two, three."
    assert walk("start_by_word -1", start="two, three.") == "One two, three."


def test_the_start_and_the_end_of_the_selection_move_by_grapheme_clusters():
    text = "e\u0301 👩\u200d👧 x"
    assert walk("end_by_character +1", text=text, start="e\u0301 ") == "e\u0301 👩\u200d👧"
    assert walk("end_by_character -1", text=text, start="e\u0301 👩\u200d👧") == "e\u0301 "
    assert walk("start_by_character +1", text=text, start="e\u0301 👩\u200d👧") == " 👩\u200d👧"


def test_the_start_of_a_selection_never_reaches_the_end():
    assert walk("end_by_character -1", start="O") == "O"
    assert walk("start_by_character +1", start="O") == "O"
    assert walk("end_by_word -1", start="One") == "One"


def test_a_selection_of_one_grapheme_cluster_is_not_cut():
    for one in ("e\u0301", "👩\u200d👧"):
        assert walk("end_by_character -1", text=f"a {one} x", start=one) == one
        assert walk("start_by_character +1", text=f"a {one} x", start=one) == one


def test_a_whole_paragraph_or_a_word_can_be_selected():
    selecting = TextSelection(TEXT)
    assert quote(selecting, selecting.paragraph(Segment(12, 13))) == "One two, three. Four five."
    assert quote(selecting, selecting.word_at(TEXT.index("three") + 2)) == "three"


def test_a_stored_place_outside_the_text_selects_a_sentence():
    selecting = TextSelection(TEXT)
    assert quote(selecting, selecting.fitted(9, 12)) == "One"
    assert quote(selecting, selecting.fitted(900, 950)) == "Eight."
    assert quote(selecting, selecting.fitted(0, 0)) == "# Title"


MOVES = [
    ("sentence", None), ("paragraph", None), ("grow", None), ("shrink", None),
    *((name, step) for name in ("by_sentence", "by_paragraph", "end_by_word", "start_by_word", "end_by_character", "start_by_character")
      for step in (-1, 1)),
]  # fmt: skip


EDGES = [
    ("end_by_character", -1),
    ("start_by_character", 1),
    ("end_by_word", -1),
    ("start_by_word", 1),
    ("shrink", None),
]


@given(texts, st.lists(st.sampled_from(MOVES), max_size=40))
@example("", [])
@example("a", EDGES)
@example("\n", EDGES)
@example(
    "One. Two.", [("by_sentence", 1), ("by_sentence", 1), ("grow", None), ("end_by_character", 1), ("end_by_word", 1)]
)
@example("One. Two.", [("by_sentence", -1), ("start_by_character", -1), ("start_by_word", -1), ("by_paragraph", -1)])
def test_after_any_moves_the_selection_is_a_segment_of_the_text(text: str, moves: list[tuple[str, int | None]]):
    selecting = TextSelection(text)
    now = selecting.first()
    if now is None:
        assert text == ""
        return
    for name, step in moves:
        now = getattr(selecting, name)(now, *([] if step is None else [step]))
        assert 0 <= now.start < now.end <= len(text)


def test_clicks_select_the_sentence_then_the_word_then_the_paragraph():
    selecting = TextSelection(TEXT)
    offset = TEXT.index("five")
    assert [quote(selecting, selecting.clicked(offset, times)) for times in (1, 2, 3, 4)] == [
        "Four five.",
        "five",
        "One two, three. Four five.",
        "One two, three. Four five.",
    ]
