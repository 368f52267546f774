"""Recognising the format of a binary file by its first bytes."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"ID3", "a sound recording (MP3)"),
    (b"OggS", "a sound recording (Ogg)"),
    (b"fLaC", "a sound recording (FLAC)"),
    (b"RIFF", "a sound recording or film"),
    (b"\x1a\x45\xdf\xa3", "a film (Matroska)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\0", "a compressed file (xz)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
)
_FIRST_BYTES = tuple(signature for signature, _ in _SIGNATURES)
_IN_ZIPS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"project.qde", "a REFI-QDA project (.qdpx)"),
)
_TEXTUAL = (b"ID3", b"BZh", b"GIF8", b"RIFF", b"OggS", b"fLaC")
"""First bytes of binary formats that a text may have too.

A file that begins with them counts as binary only if it has NUL bytes.
"""


def guess_kind(data: bytes) -> str | None:
    """Return the format of a binary file, such as `a PDF document`; None when the file may be text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for inside, kind in _IN_ZIPS if inside in data), "a zip archive")
    if data[4:8] == b"ftyp":
        return "a film or sound recording (MP4)"
    if not data.startswith(_FIRST_BYTES):
        return None
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (signature not in _TEXTUAL or b"\0" in data[:4096]):
            return kind
    return None
