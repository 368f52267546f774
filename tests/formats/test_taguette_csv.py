from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.formats.taguette_csv import read_foreign_codings, write_taguette_csv
from sibtui.formats.taguette_text import TaguetteText
from sibtui.model.drafts import CodingDraft
from sibtui.model.records import Coding
from sibtui.model.segments import Segment


def coding(number: int, start: int, quote: str, code: str) -> Coding:
    segment = Segment(start, start + len(quote))
    return Coding(
        number, "talk", segment, quote, "", "", code, "R1", "supports", "firm", (), "", "2020-01-01T00:00:00Z"
    )


def test_codings_of_one_segment_share_an_id_as_highlights_with_several_tags_do():
    codings = [coding(1, 0, "We left.", "A/B"), coding(2, 0, "We left.", "C"), coding(3, 9, "=1,\n2", "C")]
    assert "".join(write_taguette_csv(codings)) == (
        'id,document,tag,content\n1,talk,A/B,We left.\n1,talk,C,We left.\n2,talk,C,"\'=1,\n2"\n'
    )


def test_what_is_written_is_read_back():
    codings = [coding(1, 0, "We\nleft.", "A/B"), coding(2, 9, "=1", "C")]
    data = "".join(write_taguette_csv(codings)).encode()
    assert list(read_foreign_codings("a.csv", data)) == [
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
    assert list(read_foreign_codings("a.csv", data.encode())) == [CodingDraft("t", "x", quote="Hello", line=2)]


def test_offsets_that_are_told_come_along():
    data = b"document,tag,content,start,end,coder,memo\nt,a/b,Hello,3,8,R1,m\n"
    assert list(read_foreign_codings("a.csv", data, paths=False)) == [
        CodingDraft("t", "a\\/b", Segment(3, 8), "Hello", coder="R1", memo="m", line=2)
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "line 1: there is no column for the source"),
        (b"document,tag\nt,x\n", "line 1: there is no column for the quote"),
        (b"document,tag,content\nt,x,\n", "line 2: there is no quote"),
        (b'document,tag,content\nt,x,"a\n', "line 2: the row that begins here is not CSV"),
    ],
)
def test_a_mistake_is_said_with_its_line(data, problem):
    with pytest.raises(InputError, match=problem):
        list(read_foreign_codings("a.csv", data))


@given(st.lists(st.text("aé😀 ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=5), st.data())
def test_offsets_of_taguette_count_the_bytes_of_the_text_alone(words, data):
    html = "".join(f"<p><b>{word.strip()}</b></p>" for word in words)
    counted = "".join(word.strip() for word in words)
    start = data.draw(st.integers(0, len(counted) - 1))
    end = data.draw(st.integers(start + 1, len(counted)))
    text = TaguetteText(html)
    place = text.place(len(counted[:start].encode()), len(counted[:end].encode()))
    assert place is not None
    assert text.text[slice(*place)].replace("\n", "") == counted[start:end]
    assert text.text == "\n".join(word.strip() for word in words)
