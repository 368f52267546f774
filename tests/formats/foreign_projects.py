"""Hand-made REFI-QDA projects in the forms of other programs. They use no code under test."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.import_reports import Convention

CODE = "11111111-1111-4111-8111-111111111111"
SOURCE = "22222222-2222-4222-8222-222222222222"
USER = "33333333-3333-4333-8333-333333333333"


@dataclass(frozen=True)
class Quirks:
    """How a program writes a project: the paths of its files, and the characters around a text."""

    member: str = "project.qde"
    folder: str = "sources/"
    path: str = "internal://{}.txt"
    crlf: bool = False
    bom: bool = False
    names: bool = True
    braces: bool = False
    namespace: str = "urn:QDA-XML:project:1.0"


def offset(text: str, index: int, convention: Convention, quirks: Quirks) -> int:
    """Return the offset that a program writes for a code point."""
    before = text[:index]
    count = {
        "code points": len(before),
        "UTF-16 units": len(before.encode("utf-16-le")) // 2,
        "UTF-8 bytes": len(before.encode()),
    }[convention.unit]
    if quirks.crlf and convention.crlf == 2:
        count += before.count("\n")
    if quirks.bom and convention.bom:
        count += 3 if convention.unit == "UTF-8 bytes" else 1
    return count


def guid(plain: str, quirks: Quirks) -> str:
    return f"{{{plain.upper()}}}" if quirks.braces else plain


def as_stored(text: str, quirks: Quirks) -> bytes:
    return (("\ufeff" if quirks.bom else "") + (text.replace("\n", "\r\n") if quirks.crlf else text)).encode()


def project(
    text: str,
    places: Sequence[tuple[int, int]],
    convention: Convention,
    quirks: Quirks,
    *,
    more: str = "",
    head: str = "",
) -> bytes:
    """Return a project with one source and a coding for each of the places."""
    selections = []
    for number, (start, end) in enumerate(places):
        name = " ".join(text[start:end].split("\n")) if quirks.names else ""
        first = offset(text, start, convention, quirks)
        last = offset(text, end - 1 if convention.inclusive else end, convention, quirks)
        own = guid(f"44444444-4444-4444-8444-{number:012}", quirks)
        coding = guid(f"55555555-5555-4555-8555-{number:012}", quirks)
        selections.append(
            f'<PlainTextSelection guid="{own}" name={quoteattr(name)} startPosition="{first}" endPosition="{last}">'
            f'<Coding guid="{coding}" creatingUser="{guid(USER, quirks).lower()}"><CodeRef targetGUID="{guid(CODE, quirks)}"/>'
            "</Coding></PlainTextSelection>"
        )
    path = quirks.path.format(guid(SOURCE, quirks))
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{quirks.namespace}" name="P" origin="Program 1">'
        f'<Users><User guid="{guid(USER, quirks)}" name="Ann"/></Users>'
        f'<CodeBook><Codes><Code guid="{CODE}" name="Trust" isCodable="true" color="#E69F01"/></Codes></CodeBook>{head}'
        f'<Sources><TextSource guid="{SOURCE}" name="Talk" plainTextPath="{escape(path)}">{"".join(selections)}</TextSource>'
        f"</Sources>{more}</Project>"
    )
    return zipped({quirks.member: xml.encode(), quirks.folder + path.rpartition("/")[2]: as_stored(text, quirks)})


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()
