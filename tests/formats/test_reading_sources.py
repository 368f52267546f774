"""The registry of readers: the files that it accepts, and its safety against hostile files."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tracemalloc
import zipfile
import zlib

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf import text
from odf.opendocument import OpenDocumentText
from reportlab.pdfgen.canvas import Canvas

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, read_member
from sibtui.formats.codec.xml_trees import parse_xml
from sibtui.formats.registry import READERS, read_source
from sibtui.formats.sources import docx as docx_reader

WORDS = "He said that the bond was never about money. "


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS * 20)
    return _saved(document)


def _odt() -> bytes:
    document = OpenDocumentText()
    document.text.addElement(text.P(text=WORDS * 20))
    return _saved(document)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["answer"])
    book.active.append([WORDS])
    return _saved(book)


def _pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(50, 500, WORDS)
    canvas.save()
    return file.getvalue()


def _saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FILES = {
    ".txt": WORDS.encode(),
    ".md": b"---\ntitle: A\n---\n\n" + WORDS.encode(),
    ".markdown": b"---\ntitle: A\n---\n\n" + WORDS.encode(),
    ".text": WORDS.encode(),
    ".org": f"#+TITLE: A\n\n* Heading\n\n{WORDS}".encode(),
    ".rst": f"Heading\n=======\n\n{WORDS}".encode(),
    ".docx": _docx(),
    ".odt": _odt(),
    ".rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}" + WORDS.encode() + b"\\par}",
    ".pdf": _pdf(),
    ".html": f"<p>{WORDS}</p>".encode(),
    ".vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{WORDS}\n".encode(),
    ".srt": f"1\n00:00:01,000 --> 00:00:02,000\n{WORDS}\n".encode(),
    ".csv": f"answer\n{WORDS}\n".encode(),
    ".xlsx": _xlsx(),
}


@pytest.mark.parametrize("suffix", FILES)
def test_suffix_in_any_letter_case_selects_the_reader(suffix):
    for name in (f"notes/x{suffix}", f"notes/x{suffix.upper()}"):
        (draft,) = read_source(name, FILES[suffix])
        assert WORDS.strip() in draft.text
        assert draft.original == name.removeprefix("notes/")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.doc", r"\.doc files cannot be read"),
        ("README", "its name has no file extension"),
        ("a.png", r"\.png files"),
    ],
)
def test_other_files_are_refused_with_the_readable_suffixes(name, problem):
    with pytest.raises(
        InputError, match=f"^{name} was not read: {problem}.*; there are readers for .txt .md .markdown"
    ):
        read_source(name, b"x")


NOTHING = [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n"]
TEXTS = (".txt", ".md", ".markdown", ".text", ".org", ".rst", ".html", ".htm", ".xhtml")


@pytest.mark.parametrize("data", NOTHING)
@pytest.mark.parametrize("suffix", TEXTS)
def test_an_empty_text_is_reported(suffix, data):
    (draft,) = read_source(f"a{suffix}", data)
    assert draft.notices == ("there is no text in the file",)


@pytest.mark.parametrize("data", NOTHING)
@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in TEXTS])
def test_an_empty_file_of_another_format_is_refused(suffix, data):
    with pytest.raises(InputError, match=rf"^a{suffix} is empty\.$"):
        read_source(f"a{suffix}", data)


@pytest.mark.parametrize("text", ["---\ntitle: A\n---\n", "---\n---\n\n \n", "\u200b\n\u00a0\ufeff", "\u00ad"])
def test_a_note_without_a_visible_character_is_reported(text):
    (draft,) = read_source("a.md", text.encode())
    assert draft.notices == ("there is no text in the file",)


def test_exception_of_a_library_becomes_an_error_of_the_file(monkeypatch):
    def fail(*_, **__):
        raise RecursionError

    monkeypatch.setattr(docx_reader, "read", fail)
    with pytest.raises(InputError, match=r"^a.docx cannot be read: it seems to be damaged \(RecursionError\)\.$"):
        read_source("a.docx", FILES[".docx"])


def test_libraries_are_loaded_on_first_use():
    code = "import sys, sibtui.formats.registry; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"docx", "lxml", "pypdf", "openpyxl", "zipfile", "html", "sibtui.formats.sources.plain_text"} & set(
        loaded
    )
    assert {module.rpartition(".")[0] for module in READERS.values()} == {"sibtui.formats.sources"}


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx", ".pdf", ".rtf"])
def test_truncated_file_is_refused_with_a_sentence(suffix):
    data = FILES[suffix]
    for length in range(0, len(data) - 2, max(1, len(data) // 150)):
        with pytest.raises(InputError, match=r"^a\..*\.$") as raised:
            read_source(f"a{suffix}", data[:length])
        assert "\n" not in str(raised.value)
        assert WORDS[:20] not in str(raised.value)


@pytest.mark.parametrize("suffix", FILES)
def test_damaged_file_is_read_or_refused(suffix):
    luck = random.Random(suffix)
    for _ in range(60):
        data = bytearray(FILES[suffix])
        for _ in range(luck.randint(1, 8)):
            data[luck.randrange(len(data))] = luck.randrange(256)
        _read_or_refuse(f"a{suffix}", bytes(data))


@given(
    st.sampled_from(sorted(READERS)),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"{\\rtf1", b"WEBVTT\n"]),
    st.binary(max_size=200),
)
def test_bytes_of_any_kind_are_read_or_refused(suffix, start, rest):
    _read_or_refuse(f"a{suffix}", start + rest)


def _read_or_refuse(name: str, data: bytes) -> None:
    try:
        drafts = read_source(name, data)
    except InputError as error:
        assert str(error).startswith((name, "“", "There is"))  # noqa: PT017 - either outcome is right
        return
    for draft in drafts:
        draft.text.encode()
        assert "\r" not in draft.text


def zipped(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx", ".epub"])
def test_a_zip_bomb_is_not_unpacked(suffix):
    bomb = zipped(a=bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(InputError, match="would unpack to far more than"):
        read_source(f"a{suffix}", bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_zip_bomb_with_a_false_size_is_not_unpacked():
    bomb = bytearray(zipped(a=bytes(50_000_000)))
    small = zlib.crc32(bytes(60_000))
    for header, crc, size in ((b"PK\x03\x04", 14, 22), (b"PK\x01\x02", 16, 24)):
        at = bomb.rindex(header)
        bomb[at + crc : at + crc + 4] = small.to_bytes(4, "little")
        bomb[at + size : at + size + 4] = (60_000).to_bytes(4, "little")
    archive = open_archive("a.zip", bytes(bomb), kind="an archive")
    tracemalloc.start()
    assert len(read_member(archive, "a", name="a.zip")) == 60_000
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_total_size_of_members_is_limited():
    data = zipped(zipfile.ZIP_STORED, a=bytes(600), b=bytes(600))
    assert open_archive("a.zip", data, kind="an archive", largest=1200).namelist() == ["a", "b"]
    with pytest.raises(InputError, match="would unpack to far more than an archive holds"):
        open_archive("a.zip", data, kind="an archive", largest=1199)


def test_a_damaged_member_is_named():
    data = zipped(zipfile.ZIP_STORED, a=b"x" * 100).replace(b"xxx", b"yyy", 1)
    with pytest.raises(InputError, match=r"^a.zip is damaged: “a” in it cannot be unpacked"):
        read_member(open_archive("a.zip", data, kind="an archive"), "a", name="a.zip")


def test_an_archive_with_a_password_is_refused():
    data = bytearray(zipped(a=b"x"))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match=r"^a.zip has a password"):
        open_archive("a.zip", bytes(data), kind="an archive")


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        ("<a><b></a>", r"^“p” in a is not well-formed XML \(line 1\)"),
        ("", "^“p” in a is not well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares XML entities"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:9/x">%x;]><a/>', "(declares|not well-formed)"),
        ('<!DOCTYPE a SYSTEM "http://localhost:9/x"><a>&nbsp;</a>', "refers to an XML entity"),
    ],
)
def test_xml_loads_nothing_from_outside(xml, problem):
    with pytest.raises(InputError, match=problem):
        parse_xml("a", xml.encode(), part="p")
