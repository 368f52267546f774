"""Office files without data about the author, the date or the operating system.

Files with the same content therefore have the same bytes.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sibtui.model.text import inert, line_in_file

if TYPE_CHECKING:
    from zipfile import ZipInfo as Member

_NEVER = (1980, 1, 1, 0, 0, 0)
"""The time that all members of the archive get: the earliest time that a zip archive can store."""
_CORE = "docProps/core.xml"
_PROPERTIES = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>\
<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>
"""
_NOT_XML = re.compile("[\ufffe\uffff]")


def plain(text: str) -> str:
    """Return the text with visible characters in place of control characters.

    Tabs, newlines and the direction marks of Hebrew and Arabic are kept: a quote must be found again in its source.
    """
    return _NOT_XML.sub("\ufffd", inert(text, keeps_marks=True))


def repack_office(data: bytes, title: str) -> bytes:
    """Return the bytes of the Office file `data` with `title` as its only property. Dates and authors are removed."""
    out = BytesIO()
    properties = _PROPERTIES.format(title=escape(plain(line_in_file(title)))).encode()
    with ZipFile(BytesIO(data)) as original, ZipFile(out, "w") as archive:
        for member in original.infolist():
            archive.writestr(_dateless(member), properties if member.filename == _CORE else original.read(member))
    return out.getvalue()


def _dateless(member: Member) -> Member:
    info = ZipInfo(member.filename, _NEVER)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, also on other systems: the same bytes everywhere
    info.external_attr = 0o600 << 16
    return info
