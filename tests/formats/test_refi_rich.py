"""Sources of a REFI-QDA project that it has as rich text alone."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from foreign_projects import Quirks, project, zipped
from test_offsets import TEXT, WORDS

from sibtui.formats.refi_read import read_qdpx
from sibtui.model.imports import Convention

PLAIN = "sources/22222222-2222-4222-8222-222222222222.txt"


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_rtf(text: str) -> bytes:
    told = "".join(
        char if char.isascii() else "".join(f"\\u{unit}?" for unit in memoryview(char.encode("utf-16-le")).cast("h"))
        for char in text
    )
    return ("{\\rtf1\\ansi " + told.replace("\n", "\\par ") + "}").encode("ascii")


def rich_only(suffix: str, content: bytes, *, names: bool = True, added: bytes = b"") -> bytes:
    """The project with its text in a rich file, and in no other."""
    data = project(TEXT, WORDS, Convention(), Quirks(names=names))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("project.qde").replace(b"plainTextPath=", b"richTextPath=").replace(b".txt", suffix.encode())
    return zipped({"project.qde": xml + added, PLAIN.replace(".txt", suffix): content})


RICH = {".docx": as_docx, ".rtf": as_rtf}


@pytest.mark.parametrize("suffix", RICH)
def test_its_text_arrives_and_its_codings_land_where_their_quotes_are(suffix):
    found = read_qdpx("p.qdpx", rich_only(suffix, RICH[suffix](TEXT)))
    text = found.study.sources[0].text
    assert text.rstrip("\n") == TEXT.rstrip("\n")
    assert [(c.segment.start, c.segment.end) for c in found.study.codings] == WORDS
    assert all(c.quote == c.segment.quote(text) for c in found.study.codings)
    assert any("as rich text alone" in told and suffix in told for told in found.report.warnings)


def test_codings_without_quotes_go_to_the_review_list():
    found = read_qdpx("p.qdpx", rich_only(".docx", as_docx(TEXT), names=False))
    assert found.study.sources[0].text
    assert found.study.codings == ()
    assert len(found.report.review) == len(WORDS)
    assert all("rich text" in item.why for item in found.report.review)


def test_codings_of_a_program_that_counts_the_rich_text_otherwise_are_listed_with_their_places():
    found = read_qdpx("p.qdpx", rich_only(".docx", as_docx("A heading that the other program did not count\n" + TEXT)))
    assert found.study.codings == ()
    assert len(found.report.review) == len(WORDS)
    assert {item.score for item in found.report.review} == {100}
    assert len(found.with_reviewed(100).codings) == len(WORDS)


@pytest.mark.parametrize(
    ("suffix", "content"), [(".docx", b"PK no archive"), (".rtf", b"no rich text"), (".pages", b"?")]
)
def test_rich_text_that_cannot_be_read_is_told_and_the_source_arrives_without_text(suffix, content):
    found = read_qdpx("p.qdpx", rich_only(suffix, content))
    assert found.study.sources[0].text == ""
    assert len(found.report.review) == len(WORDS)
    assert any("“Talk” is there as rich text alone, which cannot be used" in told for told in found.report.warnings)
    assert any("does not have the text of 1 source:" in told for told in found.report.warnings)


def test_plain_text_goes_before_rich_text():
    data = project(TEXT, WORDS, Convention(), Quirks())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["project.qde"] = files["project.qde"].replace(
        b"plainTextPath=", b'richTextPath="internal://a.docx" plainTextPath='
    )
    found = read_qdpx("p.qdpx", zipped(files | {"sources/a.docx": as_docx("something else")}))
    assert found.study.sources[0].text == TEXT
    assert not found.report.warnings
