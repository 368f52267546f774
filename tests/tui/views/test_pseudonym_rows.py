"""The rows of the pseudonyms screen."""

from __future__ import annotations

from sibtui.model.pseudonyms import Pseudonym, Sighting
from sibtui.model.segments import Segment
from sibtui.project.results import Anonymised
from sibtui.tui.views.pseudonym_rows import kind_words, place_words, preview_lines, pseudonym_rows

KEY = (Pseudonym("Ma\x1b[31mry", "An\x07na"),)
HOSTILE = Sighting(
    "text", "a\x1b1", "name", "Ma\nry", Segment(5, 10), 2, "so \x1b[2J\n", "\x9b left", "Ma\x1b[31mry", "An\x07na"
)
MEMO = Sighting("memo", "memo 3", "phone", "020 7946 0958", Segment(0, 13), 1, "", "")


def test_control_characters_in_names_and_texts_are_inert() -> None:
    rows = pseudonym_rows(KEY, [HOSTILE, MEMO])
    words = [*(f"{row.text}{row.right}" for row in rows), kind_words(HOSTILE), place_words(HOSTILE)]
    words += preview_lines(Anonymised((HOSTILE,), (), ("the case “x” keeps its name.",), 2))
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for line in words for letter in line)


def test_only_the_words_found_are_underlined_and_each_part_has_a_heading() -> None:
    rows = pseudonym_rows(KEY, [HOSTILE, MEMO])
    assert [row.text for row in rows if row.key is None] == [
        "The key", "Names of the key (1)", "Look at these: similar words and addresses (1)",
    ]  # fmt: skip
    name = next(row for row in rows if row.key == "at:0")
    ((start, end),) = name.hits
    assert name.text[start:end] == "Ma ry"
    assert next(row for row in rows if row.key == "at:1").right == "memo: memo 3"
    assert [row.right for row in pseudonym_rows(KEY, None)] == ["", ""]
    assert kind_words(MEMO) == "phone"
