"""Sources of a REFI-QDA project that have rich text alone."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from foreign_projects import Quirks, project, zipped
from test_foreign_offsets import TEXT, WORDS

from sibtui.formats.refi.reader import read_qdpx
from sibtui.model.import_reports import Convention

PLAIN = "sources/22222222-2222-4222-8222-222222222222.txt"


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_rtf(text: str) -> bytes:
    escaped = "".join(
        char if char.isascii() else "".join(f"\\u{unit}?" for unit in memoryview(char.encode("utf-16-le")).cast("h"))
        for char in text
    )
    return ("{\\rtf1\\ansi " + escaped.replace("\n", "\\par ") + "}").encode("ascii")


def rich_only(suffix: str, content: bytes, *, names: bool = True, added: bytes = b"") -> bytes:
    """Return the project with its text in a rich text file alone."""
    data = project(TEXT, WORDS, Convention(), Quirks(names=names))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("project.qde").replace(b"plainTextPath=", b"richTextPath=").replace(b".txt", suffix.encode())
    return zipped({"project.qde": xml + added, PLAIN.replace(".txt", suffix): content})


RICH = {".docx": as_docx, ".rtf": as_rtf}


@pytest.mark.parametrize("suffix", RICH)
def test_text_is_extracted_and_codings_match_their_quotes(suffix):
    result = read_qdpx("p.qdpx", rich_only(suffix, RICH[suffix](TEXT)))
    text = result.study.sources[0].text
    assert text.rstrip("\n") == TEXT.rstrip("\n")
    assert [(c.segment.start, c.segment.end) for c in result.study.codings] == WORDS
    assert all(c.quote == c.segment.quote(text) for c in result.study.codings)
    assert any("as rich text alone" in warning and suffix in warning for warning in result.report.warnings)


def test_codings_without_quotes_go_to_the_review_list():
    result = read_qdpx("p.qdpx", rich_only(".docx", as_docx(TEXT), names=False))
    assert result.study.sources[0].text
    assert result.study.codings == ()
    assert len(result.report.review) == len(WORDS)
    assert all("rich text" in item.why for item in result.report.review)


def test_codings_whose_offsets_do_not_fit_the_rich_text_are_listed():
    result = read_qdpx("p.qdpx", rich_only(".docx", as_docx("A heading that the other program did not count\n" + TEXT)))
    assert result.study.codings == ()
    assert len(result.report.review) == len(WORDS)
    assert {item.score for item in result.report.review} == {100}
    assert len(result.with_reviewed(100).codings) == len(WORDS)


@pytest.mark.parametrize(
    ("suffix", "content"), [(".docx", b"PK no archive"), (".rtf", b"no rich text"), (".pages", b"?")]
)
def test_unreadable_rich_text_is_reported_and_the_source_has_no_text(suffix, content):
    result = read_qdpx("p.qdpx", rich_only(suffix, content))
    assert result.study.sources[0].text == ""
    assert len(result.report.review) == len(WORDS)
    assert any(
        "“Talk” is in the file as rich text alone, which cannot be used" in warning
        for warning in result.report.warnings
    )
    assert any("does not have the text of 1 source:" in warning for warning in result.report.warnings)


def test_plain_text_is_preferred_to_rich_text():
    data = project(TEXT, WORDS, Convention(), Quirks())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["project.qde"] = files["project.qde"].replace(
        b"plainTextPath=", b'richTextPath="internal://a.docx" plainTextPath='
    )
    result = read_qdpx("p.qdpx", zipped(files | {"sources/a.docx": as_docx("something else")}))
    assert result.study.sources[0].text == TEXT
    assert not result.report.warnings


def test_rich_text_shows_how_offsets_are_counted_if_the_other_sources_have_no_text():
    data = project(TEXT, WORDS, Convention("UTF-16 units"), Quirks())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("project.qde").replace(b"plainTextPath=", b"richTextPath=").replace(b".txt", b".docx")
    start, end = xml.index(b"<TextSource"), xml.index(b"</TextSource>") + len(b"</TextSource>")
    lost = xml[start:end].replace(b"22222222-2222", b"99999999-2222").replace(b'name="Talk"', b'name="Lost"')
    result = read_qdpx(
        "p.qdpx", zipped({"project.qde": xml[:end] + lost + xml[end:], PLAIN.replace(".txt", ".docx"): as_docx(TEXT)})
    )
    assert [(c.segment.start, c.segment.end) for c in result.study.codings if c.source == "Talk"] == WORDS
    assert {item.draft.source for item in result.report.review} == {"Lost"}
