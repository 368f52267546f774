"""Repair of workbooks that openpyxl cannot open because of their styles.

Excel opens workbooks with unusual fonts and alignments, but openpyxl 3.1 refuses them (tried in 2026). All styles are
removed except number formats, because these show which cells are dates.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from sibtui.formats.codec.xml_trees import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES = "xl/styles.xml"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_plain_styles(data: bytes, *, name: str) -> bytes:
    """Return the workbook with all styles removed except the number formats. Raises InputError when the styles are not XML."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, _plain(parse_xml(name, content, part=member)) if member == _STYLES else content)
    return packed.getvalue()


def _plain(styles: _Element) -> bytes:
    from lxml import etree

    made = etree.Element(f"{{{_SPACE}}}styleSheet", nsmap={None: _SPACE})
    formats = etree.SubElement(made, f"{{{_SPACE}}}numFmts")
    cells = etree.SubElement(made, f"{{{_SPACE}}}cellXfs")
    for each in styles.iterfind("{*}numFmts/{*}numFmt"):
        given = {key: each.get(key, "") for key in ("numFmtId", "formatCode")}
        if given["numFmtId"].isdecimal():
            etree.SubElement(formats, f"{{{_SPACE}}}numFmt", given)
    for each in styles.iterfind("{*}cellXfs/{*}xf"):
        number = each.get("numFmtId", "")
        etree.SubElement(cells, f"{{{_SPACE}}}xf", numFmtId=number if number.isdecimal() else "0")
    return bytes(etree.tostring(made))
