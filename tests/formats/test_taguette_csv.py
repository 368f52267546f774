from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.formats.other_programs.coding_table import CodingTableOptions
from sibtui.formats.other_programs.coding_table_reader import read_coding_table
from sibtui.formats.other_programs.taguette_csv import write_taguette_csv
from sibtui.formats.other_programs.taguette_text import TaguetteText
from sibtui.model.drafts import CodingDraft
from sibtui.model.records import Coding
from sibtui.model.segments import Segment


def coding(number: int, start: int, quote: str, code: str) -> Coding:
    segment = Segment(start, start + len(quote))
    return Coding(
        number, "talk", segment, quote, "", "", code, "R1", "supports", "firm", (), "", "2020-01-01T00:00:00Z"
    )


def test_codings_of_one_segment_share_an_id():
    codings = [coding(1, 0, "We left.", "A/B"), coding(2, 0, "We left.", "C"), coding(3, 9, "=1,\n2", "C")]
    assert "".join(write_taguette_csv(codings)) == (
        'id,document,tag,content\n1,talk,A/B,We left.\n1,talk,C,We left.\n2,talk,C,"\'=1,\n2"\n'
    )


def test_written_codings_are_read_back():
    codings = [coding(1, 0, "We\nleft.", "A/B"), coding(2, 9, "=1", "C")]
    data = "".join(write_taguette_csv(codings)).encode()
    assert read_coding_table("a.csv", data).drafts == [
        CodingDraft("talk", "A/B", quote="We\nleft.", line=2), CodingDraft("talk", "C", quote="=1", line=4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "id,document,tag,content\n1,t,x,Hello\n2,t,,No tag\n",
        "Filename;Codename;Coded;Coder\nt;x;Hello;\n",
        "file\tcode\tseltext\tpos0\tpos1\nt\tx\tHello\t\t\n",
    ],
)
def test_codings_of_several_programs_are_read(data):
    assert read_coding_table("a.csv", data.encode()).drafts == [CodingDraft("t", "x", quote="Hello", line=2)]


def test_offsets_in_the_file_are_read():
    data = b"document,tag,content,start,end,coder,memo\nt,a/b,Hello,3,8,R1,m\n"
    assert read_coding_table("a.csv", data, CodingTableOptions(flat=True)).drafts == [
        CodingDraft("t", "a\\/b", Segment(3, 8), "Hello", coder="R1", memo="m", line=2)
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty: its first row must name the columns"),
        (b"document,tag\nt,x\n", "has no column for the quote; its columns are “document” and “tag”"),
        (b'document,tag,content\nt,x,"a\n', "line 2: the row that begins here is not CSV"),
    ],
)
def test_error_names_the_line(data, problem):
    with pytest.raises(InputError, match=problem):
        read_coding_table("a.csv", data)


def test_a_row_without_a_quote_is_kept_with_its_problem():
    (row,) = read_coding_table("a.csv", b"document,tag,content\nt,x,\n").unread
    assert (row.line, row.why, row.cells[0]) == (2, "there is neither a quote nor a start and an end.", "t")


@given(st.lists(st.text("aé😀 ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=5), st.data())
def test_offsets_of_taguette_count_the_bytes_of_the_visible_text(words, data):
    html = "".join(f"<p><b>{word.strip()}</b></p>" for word in words)
    counted = "".join(word.strip() for word in words)
    edges = [0, *accumulate(len(word.strip()) for word in words)]
    places = st.sampled_from(edges) | st.integers(0, len(counted))
    start = data.draw(places.filter(lambda at: at < len(counted)))
    end = data.draw(places.filter(lambda at: at > start))
    text = TaguetteText(html)
    place = text.place(len(counted[:start].encode()), len(counted[:end].encode()))
    assert place is not None
    assert text.text[slice(*place)].replace("\n", "") == counted[start:end]
    assert text.text == "\n".join(word.strip() for word in words)
