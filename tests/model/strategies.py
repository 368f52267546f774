"""What the properties of the model are drawn from."""

from __future__ import annotations

from hypothesis import strategies as st

from sibtui.model.segments import Segment

segments = st.builds(lambda start, length: Segment(start, start + length), st.integers(0, 40), st.integers(1, 12))
# few letters, so that repeats are common; a tab, a line end, an emoji and a combining mark, so that offsets are put to the test
texts = st.text(alphabet="ab c\n\t😀é\u0301", max_size=40)
