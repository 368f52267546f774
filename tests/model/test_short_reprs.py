"""The short forms of values, as a notebook shows them: about 80 characters, with the facts that identify the value."""

from __future__ import annotations

import pytest

from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.records import Code, Coding, Source
from sibtui.model.segments import Segment


def source(name: str) -> Source:
    return Source(
        1, name, "", "interview", "notes", "unread", None, "", ("SIB A",), 3425, 1, f"{name}.md", "0" * 64, codings=40
    )


def code(path: str) -> Code:
    return Code(1, None, path, path, "Long. " * 50, "", "", "", "emergent", "active", None, None, "", codings=12)


def coding(text: str) -> Coding:
    return Coding(12, text, Segment(120, 164), text, "", "", text, "Ana", "supports", "firm", (), "", "")


def table(name: str, **fields: str) -> MatrixDefinition:
    return MatrixDefinition(name, "A title", (RowDefinition("r", "A"),), **fields)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (source("a1"), "<Source 'a1': interview, 3425 code points, 40 codings>"),
        (code("Trust/Before"), "<Code 'Trust/Before': active, 12 codings>"),
        (coding("a1"), "<Coding 12: 'a1' on 'a1' 120:164 'a1'>"),
        (table("table-1"), "<MatrixDefinition 'table-1': 1 rows, by cases>"),
        (table("", rows_from="all"), "<MatrixDefinition 'A title': all rows, by cases>"),
    ],
)
def test_the_short_form_shows_the_type_and_the_main_fields(value: object, shown: str) -> None:
    assert repr(value) == shown


@pytest.mark.parametrize("value", [source("x" * 500), code("x" * 500), coding("x" * 500), table("x" * 500)])
def test_the_short_form_of_a_long_text_fits_in_a_line(value: object) -> None:
    assert len(repr(value)) <= 90


@pytest.mark.parametrize("value", [source("\x1b[2J\n"), code("\x1b[2J\n"), coding("\x1b[2J\n"), table("\x1b[2J\n")])
def test_the_short_form_has_no_control_characters(value: object) -> None:
    assert repr(value).isprintable()
