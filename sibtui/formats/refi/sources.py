"""Reading the sources of a REFI-QDA project: their texts, and their selections (coded passages).

The offsets of selections are not converted yet: they are as the file has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec import timestamps
from sibtui.formats.codec.encodings import detect, is_utf8
from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.outline import completed, content_of, local_name, raw_coding
from sibtui.formats.refi.text_rulers import TextRulers
from sibtui.model.drafts import SourceDraft
from sibtui.model.lazy_items import LazyItems
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.formats.codec.zip_files import ProjectFiles
    from sibtui.formats.refi.outline import Outline, RawCoding

_INTERNAL = "internal://"
_NOWHERE = -1
_MEDIA = {
    "PictureSource": "pictures",
    "AudioSource": "sound recordings",
    "VideoSource": "films",
    "PDFSource": "PDF files",
}
_OTHER_SELECTIONS = {"PictureSelection", "AudioSelection", "VideoSelection", "PDFSelection"}


RawSelection = tuple[str, int, int, str, str, str, tuple[str, ...], list["RawCoding"]]
"""A selection as it is in the file: source, start (-1: no position in the text), end, name, GUID, Description, GUIDs of Notes, codings.

`foreign_offsets` uses the first four items.
"""


@dataclass
class SourcesRead:
    """The sources that were read from a project, with their contents. GUIDs are ids in the file.

    `drafts` has (GUID, source). `names` is a map: GUID → name of the source. All other fields identify a source by
    its name. `rulers` has the texts of the sources. `rich` has the sources whose text is from a rich-text file, as a
    map: source → extension of this file.

    `groups` has the selections (coded passages). An item is (source, one selection), or (source, place of several
    selections in a temporary file, see `Outline`). `whole` has (source, coding) for each coding of a whole source.
    `notes` has (source, GUID of a Note). `values` has (source, VariableValue element).

    `unsupported` is a map: kind of content that was not imported → its count. `missing` are the sources without a
    text. `outside` are the sources whose text is in a file outside of the project. `clashes` is the number of
    sources with a GUID that an earlier source already has.
    """

    drafts: list[tuple[str, SourceDraft]] = field(default_factory=list)
    rulers: TextRulers = field(default_factory=TextRulers)
    groups: list[tuple[str, int | RawSelection]] = field(default_factory=list)
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


def moment(element: _Element, key: str = "creationDateTime") -> str | None:
    """Return the time in the attribute `key` of an element as a UTC timestamp; None if there is no valid time."""
    return timestamps.instant_or_none(element.get(key))


def references(element: _Element, kind: str = "NoteRef") -> tuple[str, ...]:
    """Return the GUIDs (ids) to which the child elements named `kind` refer.

    For example, a `NoteRef` element refers to a Note.
    """
    return tuple(plain_guid(each.get("targetGUID")) for each in element if local_name(each) == kind)


class SourcesReader:
    """Reads the source elements of a project one by one. The results are put into `result`."""

    def __init__(self, packed: ProjectFiles, names: UniqueNames, outline: Outline) -> None:
        self._packed = packed
        self._outline = outline
        self._names = names
        self._files = _by_name(packed)
        self.result = SourcesRead()

    def read(self, element: _Element) -> None:
        """Read one source element: a text, or another medium such as a recording, which may have transcripts."""
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
        """Read a part that has no offsets in a text: a time in a recording, or an area on a page.

        The codings of an area in a PDF file are kept if the area has a name: the name may be a quote from the text.
        All other codings are not imported, only counted.
        """
        user, created = element.get("creatingUser"), element.get("creationDateTime")
        codings = [completed(raw_coding(each), user, created) for each in element if local_name(each) == "Coding"]
        quote = self._names.plain(element.get("name") or "")
        if kind == "PDFSource" and source and quote and codings:
            selection = (source, _NOWHERE, _NOWHERE, quote, plain_guid(element.get("guid")), "", (), codings)
            self.result.groups.append((source, selection))
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
        self._put_text(element, name)
        description = names.plain(content_of(element, "Description") or "")
        result.drafts.append((guid, SourceDraft(name, "", title=description, added=moment(element))))
        self._inside(element, name)
        if outer is not None and outer is not element.getparent():
            self._inside(outer, name)

    def _inside(self, element: _Element, source: str) -> None:
        """Read the selections (coded passages), codings, Notes and attribute values in the element of a source."""
        for each in element:
            self._beside(each, local_name(each), source)
        place = self._outline.place_of(element)
        if place is not None:
            self.result.groups.append((source, place))

    def selections(self) -> Iterator[tuple[str, list[RawSelection]]]:
        """Yield (source, list of selections) in the order of the file. A selection is a coded passage.

        A source may come several times, each time with other selections.
        """
        return ((source, self.selections_in(source, group)) for source, group in self.result.groups)

    def selections_in(self, source: str, group: int | RawSelection) -> list[RawSelection]:
        """Return the selections (coded passages) of a source as a list.

        `group` is an item of `result.groups`: one selection, or the position of several selections in a temporary file.
        """
        if isinstance(group, tuple):
            return [group]
        plain, ours = self._names.plain, self._names.ours
        found: list[RawSelection] = []
        for start, end, name, guid, description, notes, codings, user, created, _ in self._outline.selections(group):
            if not ours:
                codings = [completed(coding, user, created) for coding in codings]  # noqa: PLW2901 - the same codings
            found.append((source, start, end, plain(name), guid, plain(description), notes, codings))
        return found

    def placed_counts(self) -> Iterator[tuple[str, int]]:
        """Yield (source, number of its selections that have offsets in the text). A selection is a coded passage."""
        for source, group in self.result.groups:
            yield source, 0 if isinstance(group, tuple) else self._outline.placed(group)

    def _beside(self, element: _Element, kind: str, source: str) -> None:
        if kind == "Coding":
            self.result.whole.append((source, raw_coding(element)))
        elif kind == "NoteRef":
            self.result.notes.append((source, plain_guid(element.get("targetGUID"))))
        elif kind == "VariableValue":
            self.result.values.append((source, element))

    def _put_text(self, element: _Element, name: str) -> None:
        """Add the text of a source to `result.rulers`, as it is in the file.

        A source without a text is added to `result.missing`.
        """
        put = self.result.rulers.put
        path = element.get("plainTextPath") or ""
        if path:
            member = self._files.get(_file_name(path))
            if member is not None:
                text = decode_member(self._packed.read(member))
                if text is not None:
                    put(name, text, lambda: decode_member(self._packed.read(member)) or "")
                    return
            elif not path.startswith(_INTERNAL) and ":" in path:
                self.result.outside.append(name)
        inline = content_of(element, "PlainTextContent")
        text = self._names.plain(inline) if inline is not None else self._rich(element, name)
        if text is None:
            self.result.missing.append(name)
        else:
            put(name, text, lambda: text)

    def _rich(self, element: _Element, name: str) -> str | None:
        """Return the text of a source that the project has only as rich text; None when it cannot be read.

        The offsets in the file refer to the plain text that the other program has made of the rich text. The returned
        text may differ from that plain text.
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

    def text_of(self, path: str, inline: str | None) -> str | None:
        """Return the text of a Note (memo); None when the Note has no text.

        `path` is the path of the text in the project, or empty. `inline` is the text in the XML, if there is any.
        """
        member = self._files.get(_file_name(path)) if path else None
        text = None if member is None else decode_member(self._packed.read(member))
        return text if text is not None else None if inline is None else self._names.plain(inline)


def with_texts(drafts: Sequence[SourceDraft], read: SourcesRead) -> Sequence[SourceDraft]:
    """Return the sources `drafts` with their texts. Each iteration reads the texts from the file again."""
    names = [draft.name for _, draft in read.drafts]

    def whole() -> Iterator[SourceDraft]:
        return (replace(draft, text=read.rulers.text(name)) for name, draft in zip(names, drafts, strict=True))

    return LazyItems(whole, len(drafts), heads=drafts)


def decode_member(data: bytes) -> str | None:
    """Return the decoded text of a file, with its byte order mark and line ends; None when the bytes are not text."""
    try:
        encoding = "utf-8" if is_utf8(data) else detect(data)[0]
    except InputError:
        return None
    return data.decode(encoding)


def _by_name(packed: ProjectFiles) -> dict[str, str]:
    """Return a dict: file name in lower case, without folders → its path. The folder `sources` is preferred."""
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
