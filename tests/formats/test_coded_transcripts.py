"""Coded texts as a web page and as a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from sibtui.formats.documents.transcript import transcript_page, transcript_word
from sibtui.formats.registry import read_source
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.model.coded_text import CodedSource
from sibtui.model.records import Coding
from sibtui.model.report_values import AppendixOptions
from sibtui.model.segments import Segment

TEXT = "# Money\n\nNobody <b>asked</b> us & them.\nThe card paid late."
ALL = AppendixOptions(coders=True, memos=True)


def coding(number: int, start: int, end: int, code: str, **fields) -> Coding:
    values = {"stance": "supports", "certainty": "firm", "cases": (), "memo": "", "created": ""} | fields
    return Coding(number, "a1", Segment(start, end), TEXT[start:end], "", "", code, "R1", **values)


@pytest.fixture
def source() -> CodedSource:
    return CodedSource(
        "a1", "First <note>", ("SIB A",), TEXT,
        (
            coding(7, 9, 28, "Trust/Asked", stance="counters", memo="Odd & new <i>"),
            coding(9, 25, 48, "Money/Card", certainty="tentative"),
        ),
    )  # fmt: skip


def page(source: CodedSource, options: AppendixOptions) -> str:
    return "".join(transcript_page([source], "Study", options))


def test_the_page_has_the_text_and_the_codes_escaped(source: CodedSource) -> None:
    made = page(source, ALL)
    body = made.split("<body>")[1]
    words = re.sub(r"<sup>.*?</sup>|<ul>.*?</ul>", "", body)
    shown = re.sub(r"<[^>]*>", "", words)
    assert "Nobody &lt;b&gt;asked&lt;/b&gt; us &amp; them." in shown
    assert "a1: First &lt;note&gt; (SIB A)" in shown
    assert '<b>1</b> Trust/Asked (counters, R1)<span class="memo">Odd &amp; new &lt;i&gt;</span>' in body
    assert '<p class="heading"># Money</p>' in body
    assert "<script" not in made


def test_a_coding_has_its_number_at_its_start_and_at_its_end(source: CodedSource) -> None:
    marks = re.findall(r"<sup>(.*?)</sup>", page(source, ALL))
    assert marks == ["[1", "[2", "1]", "2]"]


def test_coders_and_memos_are_left_out_by_default(source: CodedSource) -> None:
    for made in (page(source, AppendixOptions()), word_text(transcript_word([source], "Study", AppendixOptions()))):
        assert "R1" not in made
        assert "Odd" not in made
        assert "Money/Card (tentative)" in made


def word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def test_both_keep_the_marks_of_direction_and_no_override(source: CodedSource) -> None:
    text = f"\u2067שלום\u2069\u200f \u202e{TEXT}"
    marked = replace(source, title="\u2067שלום\u2069\u202d", text=text, codings=())
    for made in (page(marked, ALL), word_text(transcript_word([marked], "Study", ALL))):
        assert made.count("\u2067שלום\u2069\ufffd") == 1
        assert "\u2067שלום\u2069\u200f \ufffd" in made
        assert not re.search("[\u202d\u202e]", made)


def test_the_word_document_has_a_comment_on_each_coded_passage(source: CodedSource) -> None:
    data = transcript_word([source], "Study", ALL)
    [draft] = read_source("a1.docx", data, options=ReadOptions(comments=True))
    assert "Nobody <b>asked</b> us & them." in draft.text
    assert [(each.segment.quote(draft.text), each.text, each.author) for each in draft.comments] == [
        ("Nobody <b>asked</b>", "Trust/Asked (counters)\nOdd & new <i>", "R1"),
        (TEXT[25:48], "Money/Card (tentative)", "R1"),
    ]


def test_the_word_document_has_equal_bytes_each_time(source: CodedSource) -> None:
    assert transcript_word([source], "Study", ALL) == transcript_word([source], "Study", ALL)
    assert "w:date" not in word_text(transcript_word([source], "Study", ALL))
