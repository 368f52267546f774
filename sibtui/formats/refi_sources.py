"""The sources of a REFI-QDA project: their texts, and what is selected in them, with offsets as the file has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats import instants
from sibtui.formats.encodings import detect
from sibtui.formats.guids import same
from sibtui.formats.offsets import Ruler
from sibtui.model.drafts import SourceDraft
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sibtui.formats.refi_names import Names
    from sibtui.formats.zip_files import Archive

_INTERNAL = "internal://"
_NOWHERE = -1
_MOST_TAGS = 1000
_MEDIA = {
    "PictureSource": "pictures",
    "AudioSource": "sound recordings",
    "VideoSource": "films",
    "PDFSource": "PDF files",
}
_OTHER_SELECTIONS = {"PictureSelection", "AudioSelection", "VideoSelection", "PDFSelection"}


# Plain tuples: a project has hundreds of thousands of them, and a named tuple takes three times as long to make
RawCoding = tuple[str, str, str, str | None, tuple[str, ...]]
"""GUID, GUID of the code, GUID of the user, when it was made, GUIDs of Notes."""

RawSelection = tuple[str, int, int, str, str, str, tuple[str, ...], list[RawCoding]]
"""Source, start (-1: no place in a text), end, name (these as an `offsets.Selection`), GUID, Description, GUIDs of Notes, codings."""


@dataclass
class SourcesRead:
    """`rulers` by the sources' names, `rich` those that came out of rich text, by its kind; `notes` are (source, GUID of a Note), `values` are elements by source."""

    drafts: list[tuple[str, SourceDraft]] = field(default_factory=list)
    rulers: dict[str, Ruler] = field(default_factory=dict)
    selections: list[RawSelection] = field(default_factory=list)
    whole: list[tuple[str, RawCoding]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, _Element]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    unsupported: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    rich: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    clashes: int = 0


_bare: dict[object, str] = {}


def local(element: _Element) -> str:
    """The element's name without its namespace: programs write several."""
    tag = element.tag
    name = _bare.get(tag)
    if name is None:
        if len(_bare) > _MOST_TAGS:  # a file with thousands of kinds of elements is not one that we know
            _bare.clear()
        name = _bare[tag] = str(tag).rpartition("}")[2]
    return name


def moment(element: _Element, key: str = "creationDateTime") -> str | None:
    told = element.get(key)
    try:
        return instants.instant(told) if told else None
    except ValueError:
        return None


def references(element: _Element, kind: str = "NoteRef") -> tuple[str, ...]:
    return tuple(same(each.get("targetGUID")) for each in element if local(each) == kind)


def content_of(element: _Element, kind: str) -> str | None:
    for each in element:
        if local(each) == kind:
            return each.text or ""
    return None


class SourcesReader:
    """Reads the children of `Sources` one by one into `found`."""

    def __init__(self, packed: Archive, names: Names) -> None:
        self._packed = packed
        self._names = names
        self._files = _by_name(packed)
        self.found = SourcesRead()

    def read(self, element: _Element) -> None:
        kind = local(element)
        if kind == "TextSource":
            self._text(element, element.get("name"))
            return
        if kind not in _MEDIA:
            self.found.unsupported["sources of an unknown kind"] += 1
            return
        texts = list(_texts_within(element))
        for number, inner in enumerate(texts):
            own = element.get("name") or ""
            self._text(inner, own if number == 0 else f"{own} {inner.get('name') or number + 1}", outer=element)
        self._count_media(element, kind, has_text=bool(texts))

    def _count_media(self, element: _Element, kind: str, *, has_text: bool) -> None:
        unsupported = self.found.unsupported
        if not has_text:
            unsupported[_MEDIA[kind]] += 1
        for each in element:
            if local(each) in _OTHER_SELECTIONS:
                self._pictured(each, kind, self.found.names.get(same(element.get("guid")), ""))
        if not has_text:
            unsupported[f"codings of whole {_MEDIA[kind]}"] += sum(local(each) == "Coding" for each in element)

    def _pictured(self, element: _Element, kind: str, source: str) -> None:
        """A selection by time or by area. One of a PDF has the quote as its name, perhaps: then it can be looked for."""
        codings = [_coding(each, element) for each in element if local(each) == "Coding"]
        quote = self._names.plain(element.get("name") or "")
        if kind == "PDFSource" and source and quote and codings:
            self.found.selections.append(
                (source, _NOWHERE, _NOWHERE, quote, same(element.get("guid")), "", (), codings)
            )
        else:
            self.found.unsupported[f"codings in {_MEDIA[kind]}"] += len(codings)

    def _text(self, element: _Element, called: str | None, *, outer: _Element | None = None) -> None:
        names, found = self._names, self.found
        guid = same(element.get("guid"))
        name = names.unique("source", names.clean(called, f"source {len(found.drafts) + 1}"))
        found.clashes += guid in found.names
        for each in (guid, "" if outer is None else same(outer.get("guid"))):
            if each:
                found.names.setdefault(each, name)
        raw = self._raw(element, name)
        if raw is not None:
            found.rulers[name] = Ruler(raw)
        told = names.plain(content_of(element, "Description") or "")
        found.drafts.append(
            (
                guid,
                SourceDraft(
                    name,
                    found.rulers[name].text if raw is not None else "",
                    title=told,
                    added=moment(element),
                ),
            )
        )
        self._inside(element, name)
        if outer is not None and outer is not element.getparent():
            self._inside(outer, name)

    def _inside(self, element: _Element, source: str) -> None:
        """The selections, codings, notes and values of a source. This loop runs once for each coding of a project."""
        plain, put, bare, ours = self._names.plain, self.found.selections.append, _bare, self._names.ours
        points: dict[str, int] | None = None
        for each in element:
            kind = bare.get(each.tag) or local(each)
            get = each.get
            if kind == "PlainTextSelection":
                start, end = _whole(get("startPosition")), _whole(get("endPosition"))
            elif kind == "TranscriptSelection":
                points = _sync_points(element) if points is None else points
                start = points.get(same(get("fromSyncPoint")), _NOWHERE)
                end = points.get(same(get("toSyncPoint")), _NOWHERE)
            else:
                self._beside(each, kind, source)
                continue
            told, codings = "", []
            notes: tuple[str, ...] = ()
            for inner in each:
                kind = bare.get(inner.tag) or local(inner)
                if kind == "Coding":
                    codings.append(_coding(inner, None if ours else each))
                elif kind == "Description":
                    told = plain(inner.text or "")
                elif kind == "NoteRef":
                    notes = (*notes, same(inner.get("targetGUID")))
            put((source, start, end, plain(get("name") or ""), same(get("guid")), told, notes, codings))

    def _beside(self, element: _Element, kind: str, source: str) -> None:
        if kind == "Coding":
            self.found.whole.append((source, _coding(element)))
        elif kind == "NoteRef":
            self.found.notes.append((source, same(element.get("targetGUID"))))
        elif kind == "VariableValue":
            self.found.values.append((source, element))

    def _raw(self, element: _Element, name: str) -> str | None:
        """The text as it came; None, told as missing, when the file does not have it."""
        path = element.get("plainTextPath") or ""
        if path:
            member = self._files.get(_file_name(path))
            if member is not None:
                text = as_it_came(self._packed.read(member))
                if text is not None:
                    return text
            elif not path.startswith(_INTERNAL) and ":" in path:
                self.found.outside.append(name)
        inline = content_of(element, "PlainTextContent")
        if inline is not None:
            return self._names.plain(inline)
        rich = self._rich(element, name)
        if rich is None:
            self.found.missing.append(name)
        return rich

    def _rich(self, element: _Element, name: str) -> str | None:
        """The text of a source that is there as rich text alone. Its offsets are another program's idea of that text."""
        path = element.get("richTextPath") or ""
        member = self._files.get(_file_name(path)) if path else None
        if member is None:
            return None
        from sibtui.formats.refi_rich import read_rich  # noqa: PLC0415 - few projects need it

        read = read_rich(member, self._packed.read(member))
        shown = one_line(name, 40)
        if read.text is None:
            self.found.warnings.append(f"“{shown}” is there as rich text alone, which cannot be used: {read.why}.")
            return None
        self.found.rich[name] = read.suffix
        self.found.warnings += [f"“{shown}”: {told}." for told in read.warnings]
        return read.text

    def text_of(self, element: _Element) -> str | None:
        """The text of a Note."""
        path = element.get("plainTextPath") or ""
        member = self._files.get(_file_name(path)) if path else None
        text = None if member is None else as_it_came(self._packed.read(member))
        inline = content_of(element, "PlainTextContent")
        return text if text is not None else None if inline is None else self._names.plain(inline)


def as_it_came(data: bytes) -> str | None:
    """The text with its byte order mark and line ends; None when it is no text."""
    try:
        encoding = "utf-8" if _is_utf8(data) else detect(data)[0]
    except InputError:
        return None
    return data.decode(encoding)


def _is_utf8(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _by_name(packed: Archive) -> dict[str, str]:
    """The archive's files by their bare names, those in a folder of sources before others. Nothing else is ever opened."""
    found: dict[str, str] = {}
    for member in sorted(packed.members, key=lambda each: "sources/" not in each.lower()):
        found.setdefault(PurePosixPath(member.replace("\\", "/")).name.lower(), member)
    return found


def _file_name(path: str) -> str:
    return PurePosixPath(path.removeprefix(_INTERNAL).replace("\\", "/")).name.lower()


def _texts_within(element: _Element) -> Iterator[_Element]:
    for each in element:
        if local(each) in ("Representation", "TextDescription", "Transcript"):
            yield each


def _sync_points(element: _Element) -> dict[str, int]:
    return {same(each.get("guid")): _whole(each.get("position")) for each in element if local(each) == "SyncPoint"}


def _coding(element: _Element, selection: _Element | None = None) -> RawCoding:
    """A coding; who made it and when is told by its selection where it does not tell itself."""
    code, known = "", _same_often
    notes: tuple[str, ...] = ()
    for each in element:
        kind = _bare.get(each.tag) or local(each)
        if kind == "CodeRef":
            code = known(each.get("targetGUID"))
        elif kind == "NoteRef":
            notes = (*notes, same(each.get("targetGUID")))
    user, created = element.get("creatingUser"), element.get("creationDateTime")
    if selection is not None:
        user, created = user or selection.get("creatingUser"), created or selection.get("creationDateTime")
    return same(element.get("guid")), code, known(user), created, notes


_same_often = lru_cache(10_000)(same)
"""For GUIDs of codes and users, of which each stands in the file many times."""


def _whole(told: str | None) -> int:
    try:
        return int(told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return _NOWHERE
