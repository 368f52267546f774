from __future__ import annotations

import csv
import io
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.csv_out import neutral, restore, write_csv

TEXT = (
    st.text("'=+-@\t\r\n\",a \xa0＝\u200b", max_size=6)
    | st.text("'=", max_size=3)
    # a NUL among a few bytes is read as half a character of UTF-16, so no text here has one
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
)


@given(TEXT)
@example("''=1")
@example("'")
@example("")
def test_a_neutral_cell_is_restored_to_the_original_text(value):
    assert restore(neutral(value)) == value


@given(TEXT)
@example("=")
@example("\t=1")
@example("\r-")
@example("\n")
@example("＝1+1")
@example(" \xa0=1")
@example("\u3000\u200b＠x")
def test_no_neutral_cell_begins_like_a_formula(value):
    assert neutral(value)[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert neutral(value).lstrip(" \t\r\n\xa0\u3000\u200b\ufeff")[:1] not in set("=+-@＝＋－＠")


@given(TEXT, TEXT)
@example("=", "'=")
@example("'", "''")
@example("", "'")
def test_different_texts_are_different_as_neutral_cells(one, other):
    assert (neutral(one) == neutral(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\nnew line", "'\nnew line"),
        *((f"{sign}1", f"'{sign}1") for sign in "＝＋－＠"),
        *(
            (f"{space}=1", f"'{space}=1")
            for space in (" ", "\t", "\xa0", "\u3000", "\u2007", "\u200b", "\ufeff", " \n ")
        ),
        ("a=1", "a=1"),
        (" a=1", " a=1"),
        ("– a dash", "– a dash"),
        (" ", " "),
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


@given(st.lists(st.tuples(TEXT, TEXT.filter(bool)), max_size=5))
@example([(" =1", "\xa0＝x"), ("\n", "'\n@")])
def test_written_cells_are_read_back(rows):
    data = "".join(write_csv(("a", "b"), rows)).encode("utf-8", "surrogatepass")
    assert [tuple(cells) for _, cells in read_rows("t.csv", data, ("a", "b"), ("a", "b"))] == rows


def test_negative_numbers_stay_numbers():
    assert "".join(write_csv(["n"], [[-3]])) == "n\n-3\n"


def test_a_carriage_return_in_a_cell_is_quoted_on_every_python():
    assert "".join(write_csv(["a", "b"], [["x\ry", 1], ["z", 2]])) == 'a,b\n"x\ry","1"\nz,2\n'


def test_rows_of_a_csv_file_are_written_lazily():
    chunks = write_csv(["n"], ([n] for n in itertools.count()))
    assert next(chunks).startswith("n\n0\n1\n")
    assert next(chunks).endswith("\n1998\n")


@pytest.mark.parametrize("empty", [1, 998, 999, 1000, 2500])
def test_rows_after_many_empty_rows_are_written(empty):
    rows = [*([()] * empty), ("=1", "x"), (), ("y", "=2")]
    assert "".join(write_csv(["a", "b"], rows)) == "a,b\n" + "\n" * empty + "'=1,x\n\ny,'=2\n"


def test_rows_of_different_lengths_are_written_among_empty_rows():
    assert "".join(write_csv(["a", "b"], [("=1",), (), ("=2", "x"), ()])) == "a,b\n'=1\n\n'=2,x\n\n"
