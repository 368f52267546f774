"""One-line fields: pasting texts into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from sibtui.tui.widgets.fields import Field, joined_lines

if TYPE_CHECKING:
    from sibtui.project import Project

FIELDS = {
    "the code picker": ("enter",),
    "another code": ("down", "W", "R"),
    "search in the note": ("slash",),
    "the filter of the codes": ("f",),
    "the cases of a source": ("at",),
    "search in all notes": ("f5",),
    "the filter of the quotes": ("f4", "f"),
    "the filter of the codebook": ("f2", "slash"),
    "a new code": ("f2", "a"),
    "notes to bring in": ("plus",),
    "the file of an export": ("ctrl+e", "enter"),
}


@pytest.mark.parametrize("keys", FIELDS.values(), ids=FIELDS)
async def test_two_pasted_lines_are_joined_with_a_space(coded: Project, run, press, keys: tuple[str, ...]):
    async with run(coded) as pilot:
        await press(pilot, *keys)
        field = pilot.app.focused
        assert isinstance(field, Field)
        field.value = "so: !"
        field.selection = type(field.selection)(4, 5)
        pilot.app.post_message(events.Paste("the money\r\n\r\n  of others\n"))
        await press(pilot)
        assert field.value == "so: the money of others"
        await press(pilot, write="s")
        assert field.value == "so: the money of otherss"


@given(st.text(alphabet="a \n\r\u2028\x0b", max_size=8))
@example("\n")
@example(" a\n")
def test_no_word_of_a_pasted_text_is_dropped_and_no_line_end_is_left(text: str):
    joined = joined_lines(text)
    assert joined.split() == text.split()
    assert len(joined.splitlines()) <= 1
