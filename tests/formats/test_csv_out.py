from __future__ import annotations

import csv
import io
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.csv_out import neutral, restore, write_csv

TEXT = (
    st.text("'=+-@\t\r\n\",a ", max_size=6)
    | st.text("'=", max_size=3)
    | st.text(st.characters(codec="utf-8"), max_size=6)
)


@given(TEXT)
@example("''=1")
@example("'")
@example("")
def test_a_neutral_cell_is_restored_to_what_it_was(value):
    assert restore(neutral(value)) == value


@given(TEXT)
@example("=")
@example("\t=1")
@example("\r-")
def test_no_neutral_cell_begins_like_a_formula(value):
    assert neutral(value)[:1] not in set("=+-@\t\r")


@given(TEXT, TEXT)
@example("=", "'=")
@example("'", "''")
@example("", "'")
def test_different_texts_stay_different(one, other):
    assert (neutral(one) == neutral(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("'tis", "'tis"),
    ],
)
def test_only_texts_that_look_like_formulas_get_an_apostrophe(value, written):
    assert neutral(value) == written


@given(st.lists(st.tuples(TEXT, st.integers(), TEXT), max_size=5))
def test_written_csv_parses_to_the_same_texts(rows):
    written = "".join(write_csv(("a", "n", "b"), rows))
    header, *read = csv.reader(io.StringIO(written, newline=""))
    assert header == ["a", "n", "b"]
    assert [(restore(a), int(n), restore(b)) for a, n, b in read] == rows


def test_negative_numbers_stay_numbers():
    assert "".join(write_csv(["n"], [[-3]])) == "n\n-3\n"


def test_a_carriage_return_in_a_cell_is_quoted_on_every_python():
    assert "".join(write_csv(["a", "b"], [["x\ry", 1], ["z", 2]])) == 'a,b\n"x\ry","1"\nz,2\n'


def test_rows_are_written_lazily():
    chunks = write_csv(["n"], ([n] for n in itertools.count()))
    assert next(chunks).startswith("n\n0\n1\n")
    assert next(chunks).endswith("\n1998\n")
