"""The placeholders of a manuscript."""

from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.model.placeholders import Placeholder, line_of, parse_placeholder, placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("matrix table-1", Placeholder("matrix", "table-1")),
        ("matrix my table", Placeholder("matrix", "my table")),
        ('matrix "my table"', Placeholder("matrix", "my table")),
        ("quote 214", Placeholder("quote", "214")),
        ('count "Rate\n card"   in  “SIB A”', Placeholder("count", "Rate card", "SIB A")),
        ('count "Rate card"', Placeholder("count", "Rate card")),
    ],
)
def test_a_placeholder_is_read(text: str, found: Placeholder) -> None:
    assert parse_placeholder(text) == found


@pytest.mark.parametrize(
    "text", ["matrix", "matrx t", "quote x", "quote", "count", "count Rate", 'count "A" of "B"', 'count "A']
)
def test_another_text_is_no_placeholder(text: str) -> None:
    with pytest.raises(InputError):
        parse_placeholder(text)


def test_braces_without_spaces_are_no_placeholder() -> None:
    text = "{{Title}} {{ \\bf x }} {{ matrix t }}\n{{\nquote 1\n}} {{ a {b} }}"
    assert [match[1] for match in placeholders(text)] == ["matrix t", "quote 1"]
    assert line_of(text, text.index("quote")) == 3
