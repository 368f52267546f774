"""Strategies for the property tests of the model."""

from __future__ import annotations

from hypothesis import strategies as st

from sibtui.model.segments import Segment

segments = st.builds(lambda start, length: Segment(start, start + length), st.integers(0, 40), st.integers(1, 12))
# Few letters make repeats common; a tab, a line end, an emoji and a combining mark test the offsets
texts = st.text(alphabet="ab c\n\t😀é\u0301", max_size=40)
