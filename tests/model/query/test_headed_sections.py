"""The sections of a text that have a heading."""

from __future__ import annotations

import pytest

from sibtui.model.query.windows import headed_sections


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("No heading.\n", []),
        ("Before.\n# One\nText.\n", [("# One", "\nText.\n")]),
        ("# One\n**Two**\nText", [("# One", "\n"), ("**Two**", "\nText")]),
        ("## Last", [("## Last", "")]),
    ],
)
def test_a_section_reaches_from_its_heading_to_the_next(text: str, found: list[tuple[str, str]]) -> None:
    assert [(heading, text[start:end]) for heading, start, end in headed_sections(text)] == found
