"""The key of pseudonyms in CSV comes back unchanged, and may be edited in a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import InputError, SibtuiError
from sibtui.formats.codec.pseudonym_key import read_key, write_key
from sibtui.model.pseudonyms import Pseudonym, with_pseudonym
from tests.examples import examples


def test_a_key_is_read_with_other_delimiters_and_column_orders() -> None:
    assert read_key("k", "\ufeffPseudonym;Real\nAnna;Mary Jones\n".encode()) == (Pseudonym("Mary Jones", "Anna"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("real,pseudonym\nMary,Anna\nmary,Zoe\n", "k, line 3: “Mary” is in the key"),
        ("real,pseudonym\nMary,\n", "k, line 2: “Mary” needs a pseudonym"),
        ("name,alias\nMary,Anna\n", "column “name”"),
    ],
)
def test_the_error_about_an_invalid_row_of_a_key_names_its_line(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_key("k", text.encode())


@examples(20)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8)), max_size=4))
def test_a_written_key_of_pseudonyms_is_read_back(pairs: list[tuple[str, str]]) -> None:
    key: tuple[Pseudonym, ...] = ()
    for real, pseudonym in pairs:
        try:
            key = with_pseudonym(key, real, pseudonym)
        except SibtuiError:
            continue
    assert read_key("k", "".join(write_key(key)).encode("utf-8", "surrogatepass")) == key
