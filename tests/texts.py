"""Texts of the kinds that break text widgets."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "word ", "a", "  ", "\n", "\n\n", "\t", "漢字", "。", "e\u0301", "👩‍👧‍👦", "🇬🇧", "\u200d", "\ufe0f", "☺\ufe0f", "- item ",
    "# Heading\n", "مرحبا ", "क्षि", "\x00", "\x1b[31m", "\u2028", "\u202e", "\u200b", "One. Two! ", "“Quoted.” ",
    "[red]markup[/] ", "xxxxxxxxxxxxxxxxxxxx",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join)
