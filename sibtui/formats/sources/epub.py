"""The reader of e-books (.epub): the visible text of all chapters in order, with an empty line between chapters."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, read_member
from sibtui.formats.codec.encodings import decode
from sibtui.formats.codec.xml_trees import parse_xml
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.html import VisibleText, parse_html, visible_text
from sibtui.formats.sources.list_levels import digits_warning
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zipfile import ZipFile

    from lxml.etree import _Element

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_KIND = "an e-book (EPUB)"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_LOCKS = "META-INF/encryption.xml"


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the book as a list with one source, which has the title of the book.

    Raises InputError when the file is not an e-book, is damaged, or is protected against copying.
    """
    with open_archive(name, data, kind=_KIND) as archive:
        container = _part(archive, "META-INF/container.xml", name)
        path = next((root.get("full-path") for root in _all(container, "rootfile")), None)
        if not path:
            raise InputError(f"{name} is not {_KIND}: its container file names no contents.")
        package = _part(archive, path, name)
        locked = _locked(archive, name)
        chapters: list[VisibleText] = []
        missing: list[str] = []
        counts: Counter[LeftOutKind] = Counter()
        for member in _spine(package, posixpath.dirname(path)):
            if not member:
                counts["embedded file"] += 1
                continue
            if member in locked:
                raise InputError(f"{name} is protected against copying: its text cannot be read.")
            try:
                page = read_member(archive, member, name=name)
            except InputError:
                missing.append(member)
            else:
                chapters.append(_chapter(page, member, name, counts))
    if missing and not chapters:
        raise InputError(f"{name} is damaged: “{one_line(missing[0], 60)}” is missing in it.")
    title = next((" ".join((each.text or "").split()) for each in _all(package, "title")), "")
    text = "\n\n".join(chapter.text for chapter in chapters if chapter.text)
    warnings = (*_missing(missing), *digits_warning(sum(chapter.digits for chapter in chapters)))
    return [source_draft(name, data, text, title=title, warnings=warnings, left_out=counts)]


def _missing(members: Sequence[str]) -> Iterator[str]:
    if members:
        are = "is" if len(members) == 1 else "are"
        names = listed((one_line(member, 60) for member in members), 5, quoted=True)
        yield f"{plural(len(members), 'chapter')} {are} missing or damaged in the file: {names}"


def _part(archive: ZipFile, member: str, name: str) -> _Element:
    return parse_xml(name, read_member(archive, member, name=name), part=member)


def _all(root: _Element, tag: str) -> Iterator[_Element]:
    return (element for element in root.iter() if isinstance(element.tag, str) and element.tag.endswith(f"}}{tag}"))


def _spine(package: _Element, folder: str) -> Iterator[str]:
    """Yield the paths of the pages of a book in reading order.

    If the book lists a page several times, it is yielded once. A part that is not a page of text gives an empty string.
    `package` is the root of the book's list of contents, and `folder` is the folder of this list.
    """
    items = {item.get("id"): item for item in _all(package, "item")}
    seen: set[str] = set()
    for reference in dict.fromkeys(ref.get("idref") for ref in _all(package, "itemref")):
        item = items.get(reference)
        if item is None or item.get("media-type") not in _PAGES:
            yield ""
            continue
        member = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if member not in seen:
            seen.add(member)
            yield member


def _locked(archive: ZipFile, name: str) -> set[str]:
    if _LOCKS not in archive.NameToInfo:
        return set()
    return {unquote(each.get("URI", "")) for each in _all(_part(archive, _LOCKS, name), "CipherReference")}


def _chapter(page: bytes, member: str, name: str, counts: Counter[LeftOutKind]) -> VisibleText:
    try:
        # XML first: an HTML parser reads `<title/>` as the start of a title that never ends.
        root: _Element | None = parse_xml(name, page, part=member, entities=True)
    except InputError:
        root = parse_html(name, decode(page, name=f"“{member}” in {name}").text)
    return VisibleText() if root is None else visible_text(root, counts)
