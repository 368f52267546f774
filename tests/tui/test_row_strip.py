"""Rows are exactly as wide as their widget, measured as a terminal draws them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from rich.segment import Segment as Piece
from rich.style import Style

import sibtui
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of
from sibtui.tui.textual_overrides.line_view import row_strip
from tests.texts import texts


@given(st.lists(texts.map(one_line), max_size=3), st.integers(0, 12))
@example(["नमस्ते ", "दुनिया"], 7)
@example(["नमस्ते"], 4)
@example(["ab", "cd"], 4)
@example(["ab", "cd"], 3)
@example(["ab", "cd"], 2)
@example(["漢字"], 3)
@example([], 2)
def test_a_row_is_cut_or_padded_to_the_width_of_its_widget(parts: list[str], width: int) -> None:
    strip = row_strip([Piece(part) for part in parts], width, Style())
    assert strip.cell_length == width == sum(width_of(piece.text) for piece in strip)
    assert strip.text.rstrip() == "".join(parts)[: len(strip.text.rstrip())]


def test_no_text_is_measured_with_rich() -> None:
    files = [file for file in Path(sibtui.__file__).parent.rglob("*.py") if file.parent.name != "textual_overrides"]
    assert not [file.name for file in files if "from rich.cells import" in file.read_text(encoding="utf-8")]
