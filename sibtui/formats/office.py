"""Office files that are the same bytes each time, and tell nothing of who wrote them, when, or where."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sibtui.model.text import inert, one_line

if TYPE_CHECKING:
    from zipfile import ZipInfo as Member

_NEVER = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name; it stands for no moment at all."""
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
    """The text as XML may hold it: control characters become pictures of themselves, tabs and newlines stay."""
    return _NOT_XML.sub("\ufffd", inert(text))


def packed(data: bytes, title: str) -> bytes:
    """The archive that a library wrote, its properties but a title taken out, its members without dates or owners.

    Libraries put their own name for an author, and the present moment in places that cannot be set.
    """
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w") as archive:
        for member in given.infolist():
            told = _PROPERTIES.format(title=escape(plain(one_line(title)))).encode()
            archive.writestr(_dateless(member), told if member.filename == _CORE else given.read(member))
    return out.getvalue()


def _dateless(member: Member) -> Member:
    info = ZipInfo(member.filename, _NEVER)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # the same on every system, or the bytes would tell which it was
    info.external_attr = 0o600 << 16
    return info
