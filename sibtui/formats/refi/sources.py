"""Reading the sources of a REFI-QDA project: their texts, and their selections with the offsets in the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec import timestamps
from sibtui.formats.codec.encodings import detect, is_utf8
from sibtui.formats.codec.foreign_offsets import Ruler
from sibtui.formats.refi.guids import plain_guid
from sibtui.model.drafts import SourceDraft
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.formats.codec.zip_files import ProjectFiles

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


# Plain tuples: a project has hundreds of thousands of them, and a named tuple takes three times as long to create.
RawCoding = tuple[str, str, str, str | None, tuple[str, ...]]
"""A coding in the file: GUID, GUID of the code, GUID of the user, time of creation, GUIDs of Notes."""

RawSelection = tuple[str, int, int, str, str, str, tuple[str, ...], list[RawCoding]]
"""A selection in the file: source, start (-1: no position in the text), end, name, GUID, Description, GUIDs of Notes, codings.

The first four values are a selection as `foreign_offsets` reads it.
"""


@dataclass
class SourcesRead:
    """The sources of a project with their contents.

    `names` maps GUIDs to names of sources; all other fields use names. `rich` maps sources extracted from rich text to the file extension.
    `whole` has (source, coding) for each coding of a whole source, `notes` (source, GUID of a Note), and `values` (source, VariableValue
    element). `missing` are the sources without a text, and `outside` those whose text is in a file outside of the project.
    """

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


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace, because programs write different namespaces."""
    tag = element.tag
    name = _bare.get(tag)
    if name is None:
        if len(_bare) > _MOST_TAGS:  # a hostile file with thousands of tags must not fill the memory
            _bare.clear()
        name = _bare[tag] = str(tag).rpartition("}")[2]
    return name


def moment(element: _Element, key: str = "creationDateTime") -> str | None:
    """Return the time in an attribute of the element as a UTC timestamp; None when it is missing or invalid."""
    return timestamps.instant_or_none(element.get(key))


def references(element: _Element, kind: str = "NoteRef") -> tuple[str, ...]:
    """Return the GUIDs to which the children of this kind refer."""
    return tuple(plain_guid(each.get("targetGUID")) for each in element if local_name(each) == kind)


def content_of(element: _Element, kind: str) -> str | None:
    """Return the text of the first child of this kind; None when there is no such child."""
    for each in element:
        if local_name(each) == kind:
            return each.text or ""
    return None


class SourcesReader:
    """Reads the children of the element `Sources` one by one, and collects them in `result`."""

    def __init__(self, packed: ProjectFiles, names: UniqueNames) -> None:
        self._packed = packed
        self._names = names
        self._files = _by_name(packed)
        self.result = SourcesRead()

    def read(self, element: _Element) -> None:
        """Read one source element: a text, or another medium such as a recording, with its transcripts."""
        kind = local_name(element)
        if kind == "TextSource":
            self._text(element, element.get("name"))
            return
        if kind not in _MEDIA:
            self.result.unsupported["sources of an unknown kind"] += 1
            return
        texts = list(_texts_within(element))
        for number, inner in enumerate(texts):
            own = element.get("name") or ""
            self._text(inner, own if number == 0 else f"{own} {inner.get('name') or number + 1}", outer=element)
        self._count_media(element, kind, has_text=bool(texts))

    def _count_media(self, element: _Element, kind: str, *, has_text: bool) -> None:
        unsupported = self.result.unsupported
        if not has_text:
            unsupported[_MEDIA[kind]] += 1
        for each in element:
            if local_name(each) in _OTHER_SELECTIONS:
                self._pictured(each, kind, self.result.names.get(plain_guid(element.get("guid")), ""))
        if not has_text:
            unsupported[f"codings of whole {_MEDIA[kind]}"] += sum(local_name(each) == "Coding" for each in element)

    def _pictured(self, element: _Element, kind: str, source: str) -> None:
        """Read a selection of a time or an area. In a PDF file, its name may be a quote; then the quote can be searched in the text."""
        codings = [_coding(each, element) for each in element if local_name(each) == "Coding"]
        quote = self._names.plain(element.get("name") or "")
        if kind == "PDFSource" and source and quote and codings:
            self.result.selections.append(
                (source, _NOWHERE, _NOWHERE, quote, plain_guid(element.get("guid")), "", (), codings)
            )
        else:
            self.result.unsupported[f"codings in {_MEDIA[kind]}"] += len(codings)

    def _text(self, element: _Element, title: str | None, *, outer: _Element | None = None) -> None:
        names, result = self._names, self.result
        guid = plain_guid(element.get("guid"))
        name = names.unique("source", names.clean(title, f"source {len(result.drafts) + 1}"))
        result.clashes += guid in result.names
        for each in (guid, "" if outer is None else plain_guid(outer.get("guid"))):
            if each:
                result.names.setdefault(each, name)
        raw = self._raw(element, name)
        if raw is not None:
            result.rulers[name] = Ruler(raw)
        description = names.plain(content_of(element, "Description") or "")
        result.drafts.append(
            (
                guid,
                SourceDraft(
                    name,
                    result.rulers[name].text if raw is not None else "",
                    title=description,
                    added=moment(element),
                ),
            )
        )
        self._inside(element, name)
        if outer is not None and outer is not element.getparent():
            self._inside(outer, name)

    def _inside(self, element: _Element, source: str) -> None:
        """Read the selections, codings, Notes and values of a source. The loop runs once for each coding of a project, so it must be fast."""
        plain, put, bare, ours = self._names.plain, self.result.selections.append, _bare, self._names.ours
        points: dict[str, int] | None = None
        for each in element:
            kind = bare.get(each.tag) or local_name(each)
            get = each.get
            if kind == "PlainTextSelection":
                start, end = _whole(get("startPosition")), _whole(get("endPosition"))
            elif kind == "TranscriptSelection":
                points = _sync_points(element) if points is None else points
                start = points.get(plain_guid(get("fromSyncPoint")), _NOWHERE)
                end = points.get(plain_guid(get("toSyncPoint")), _NOWHERE)
            else:
                self._beside(each, kind, source)
                continue
            description, codings = "", []
            notes: tuple[str, ...] = ()
            for inner in each:
                kind = bare.get(inner.tag) or local_name(inner)
                if kind == "Coding":
                    codings.append(_coding(inner, None if ours else each))
                elif kind == "Description":
                    description = plain(inner.text or "")
                elif kind == "NoteRef":
                    notes = (*notes, plain_guid(inner.get("targetGUID")))
            put((source, start, end, plain(get("name") or ""), plain_guid(get("guid")), description, notes, codings))

    def _beside(self, element: _Element, kind: str, source: str) -> None:
        if kind == "Coding":
            self.result.whole.append((source, _coding(element)))
        elif kind == "NoteRef":
            self.result.notes.append((source, plain_guid(element.get("targetGUID"))))
        elif kind == "VariableValue":
            self.result.values.append((source, element))

    def _raw(self, element: _Element, name: str) -> str | None:
        """Return the text of a source before its normalisation; None when the file does not have it. Its name is then added to `missing`."""
        path = element.get("plainTextPath") or ""
        if path:
            member = self._files.get(_file_name(path))
            if member is not None:
                text = decode_member(self._packed.read(member))
                if text is not None:
                    return text
            elif not path.startswith(_INTERNAL) and ":" in path:
                self.result.outside.append(name)
        inline = content_of(element, "PlainTextContent")
        if inline is not None:
            return self._names.plain(inline)
        rich = self._rich(element, name)
        if rich is None:
            self.result.missing.append(name)
        return rich

    def _rich(self, element: _Element, name: str) -> str | None:
        """Return the text of a source that has only rich text; None when it cannot be read.

        Its offsets count the plain text that another program has extracted, which may differ from this text.
        """
        path = element.get("richTextPath") or ""
        member = self._files.get(_file_name(path)) if path else None
        if member is None:
            return None
        from sibtui.formats.refi.rich_text import read_rich

        read = read_rich(member, self._packed.read(member))
        label = one_line(name, 40)
        if read.text is None:
            self.result.warnings.append(
                f"“{label}” is in the file as rich text alone, which cannot be used: {read.reason}."
            )
            return None
        self.result.rich[name] = read.suffix
        self.result.warnings += [f"“{label}”: {warning}." for warning in read.warnings]
        return read.text

    def text_of(self, element: _Element) -> str | None:
        """Return the text of a Note; None when the Note has no text."""
        path = element.get("plainTextPath") or ""
        member = self._files.get(_file_name(path)) if path else None
        text = None if member is None else decode_member(self._packed.read(member))
        inline = content_of(element, "PlainTextContent")
        return text if text is not None else None if inline is None else self._names.plain(inline)


def decode_member(data: bytes) -> str | None:
    """Return the decoded text, with its byte order mark and line ends; None when the bytes are not text."""
    try:
        encoding = "utf-8" if is_utf8(data) else detect(data)[0]
    except InputError:
        return None
    return data.decode(encoding)


def _by_name(packed: ProjectFiles) -> dict[str, str]:
    """Return the files of the project by their names without folders. A file below `sources` is preferred. Only these files are opened."""
    files: dict[str, str] = {}
    for member in sorted(packed.members, key=lambda each: "sources/" not in each.lower()):
        files.setdefault(PurePosixPath(member.replace("\\", "/")).name.lower(), member)
    return files


def _file_name(path: str) -> str:
    return PurePosixPath(path.removeprefix(_INTERNAL).replace("\\", "/")).name.lower()


def _texts_within(element: _Element) -> Iterator[_Element]:
    for each in element:
        if local_name(each) in ("Representation", "TextDescription", "Transcript"):
            yield each


def _sync_points(element: _Element) -> dict[str, int]:
    return {
        plain_guid(each.get("guid")): _whole(each.get("position"))
        for each in element
        if local_name(each) == "SyncPoint"
    }


def _coding(element: _Element, selection: _Element | None = None) -> RawCoding:
    """Return the coding in an element. If the coding has no user or time, those of its selection are used."""
    code, known = "", _plain_guid_cached
    notes: tuple[str, ...] = ()
    for each in element:
        kind = _bare.get(each.tag) or local_name(each)
        if kind == "CodeRef":
            code = known(each.get("targetGUID"))
        elif kind == "NoteRef":
            notes = (*notes, plain_guid(each.get("targetGUID")))
    user, created = element.get("creatingUser"), element.get("creationDateTime")
    if selection is not None:
        user, created = user or selection.get("creatingUser"), created or selection.get("creationDateTime")
    return plain_guid(element.get("guid")), code, known(user), created, notes


_plain_guid_cached = lru_cache(10_000)(plain_guid)
"""`plain_guid` with a cache, for the GUIDs of codes and users, which are repeated many times in a file."""


def _whole(text: str | None) -> int:
    try:
        return int(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return _NOWHERE
