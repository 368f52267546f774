"""The XML of a REFI-QDA project as a tree without its longest parts, which would need too much memory.

These parts are the selections (coded passages) in sources, the references of cases to selections, and the Notes (memos).
"""

from __future__ import annotations

from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any

from sibtui.formats.codec.item_file import ItemFile
from sibtui.formats.codec.xml_trees import iterate_xml
from sibtui.formats.refi.cases_of_selections import CasesOfSelections
from sibtui.formats.refi.guids import plain_guid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TEXTS = ("TextSource", "Representation", "TextDescription", "Transcript")
_SELECTIONS = ("PlainTextSelection", "TranscriptSelection")
_KEPT = "sibtui-kept"
"""The attribute of an element whose long part is not in the tree.

On a source, its value is the position of the selections in a temporary file; on a case, it is the number of the
case.
"""
_NOTE_PARTS = {"Description", "PlainTextContent", "NoteRef"}
_NOWHERE = -1
_MOST_TAGS = 1000

# Plain tuples: a project has hundreds of thousands of them, and a named tuple takes three times as long to create.
RawCoding = tuple[str, str, str, str | None, tuple[str, ...]]
"""A coding as it is in the file: GUID, GUID of its code, GUID of its user, time of creation, GUIDs of its Notes."""

KeptSelection = tuple[
    int, int, str, str, str, tuple[str, ...], list[RawCoding], "str | None", "str | None", "tuple[str, str] | None"
]
"""A selection: start (-1 if it has no position in the text), end, name, GUID, Description, GUIDs of Notes, codings, user, time, offsets.

The last item has the offsets exactly as they are written in the file.
"""

RawNote = tuple[str, str, "str | None", "str | None", str, str, "str | None"]
"""A Note: GUID, name, Description, PlainTextContent, path of its text, GUID of its user, time of creation."""

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


def content_of(element: _Element, kind: str) -> str | None:
    """Return the text of the first child element with the name `kind`; None when there is no such child."""
    for each in element:
        if local_name(each) == kind:
            return each.text or ""
    return None


class Outline:
    """The tree of a REFI-QDA project, and access to its longest parts, which are not in the tree.

    The selections (coded passages) and the Notes are in temporary files. Selections are read for one source at a time.
    """

    def __init__(self, name: str, stream: IO[bytes], *, part: str) -> None:
        """Read the XML from a stream.

        In messages, `name` is the name of the file, and `part` is the name of the XML inside this file. Raises the same
        errors as `xml_trees.parse_xml`.
        """
        self._selections = ItemFile()
        self._notes = ItemFile()
        self._placed: list[int] = []
        self._cases = CasesOfSelections()
        self._pruned_cases = 0

        def prune(element: _Element) -> None:
            if local_name(element) == "Case":
                self._prune_case(element)
            elif local_name(element) == "Note":
                self._prune_note(element)
            else:
                self._prune_source(element)

        self.root = iterate_xml(name, stream, (*_TEXTS, "Case", "Note"), prune, part=part)

    def _prune_case(self, case: _Element) -> None:
        number = self._pruned_cases
        self._pruned_cases += 1
        others = []
        add = self._cases.add
        for each in case:
            if local_name(each) == "SelectionRef":  # once for each coding of a project: keep it fast
                add(plain_guid(each.get("targetGUID")), number)
            else:
                others.append(each)
        _keep_only(case, others, str(number))

    def _prune_source(self, source: _Element) -> None:
        rows: list[KeptSelection] = []
        others = []
        placed = 0
        points: dict[str, int] | None = None
        bare = _bare
        for each in source:
            kind = bare.get(each.tag) or local_name(each)
            get = each.get
            written = None
            if kind == "PlainTextSelection":
                written = get("startPosition"), get("endPosition")
                start, end = _whole(written[0]), _whole(written[1])
            elif kind == "TranscriptSelection":
                points = _sync_points(source) if points is None else points
                start = points.get(plain_guid(get("fromSyncPoint")), _NOWHERE)
                end = points.get(plain_guid(get("toSyncPoint")), _NOWHERE)
            else:
                others.append(each)
                continue
            placed += start >= 0
            rows.append(_selection(each, start, end, written))
        if rows:
            self._selections.put(rows)
            self._placed.append(placed)
            _keep_only(source, others, str(len(self._placed) - 1))
        else:
            source.attrib.pop(_KEPT, None)

    def _prune_note(self, note: _Element) -> None:
        notes = note.getparent()
        if notes is None or local_name(notes) != "Notes":
            return
        get = note.get
        self._notes.put((
            plain_guid(get("guid")), get("name") or "", content_of(note, "Description"), content_of(note, "PlainTextContent"),
            get("plainTextPath") or "", plain_guid(get("creatingUser")), get("creationDateTime"),
        ))  # fmt: skip
        if all(local_name(each) in _NOTE_PARTS for each in note):  # a Note can also contain coded passages
            note.clear()
        previous = note.getprevious()  # the parser still needs `note` itself
        if previous is not None and not len(previous):
            notes.remove(previous)

    def notes(self) -> Iterator[RawNote]:
        """Yield the Notes (memos) of the project, in the order of the file."""
        return iter(self._notes)

    def place_of(self, source: _Element) -> int | None:
        """Return the place of a source's selections (coded passages) in the temporary file; None without selections."""
        place = source.get(_KEPT) if local_name(source) in _TEXTS else None
        return None if place is None else int(place)

    def selections(self, place: int) -> list[KeptSelection]:
        """Return the selections (coded passages) of one source. `place` is the result of `place_of`."""
        found: list[KeptSelection] = self._selections.get(place)
        return found

    def placed(self, place: int) -> int:
        """Return how many selections (coded passages) of a source have offsets. `place` is from `place_of`."""
        return self._placed[place]

    def number_of(self, case: _Element) -> int | None:
        """Return the number of a case, from 0; None if the element is not a case.

        `cases_of` identifies cases by these numbers.
        """
        number = case.get(_KEPT) if local_name(case) == "Case" else None
        return None if number is None else int(number)

    def cases_of(self, guid: str) -> tuple[int, ...]:
        """Return the numbers of the cases that refer to the selection (coded passage) with this id."""
        return self._cases.of(guid)

    def forget_cases(self) -> None:
        """Free the memory for the references of cases to coded passages. After this, `cases_of` finds no cases."""
        self._cases = CasesOfSelections()


def _keep_only(element: _Element, others: list[_Element], kept: str) -> None:
    del element[:]
    element.extend(others)
    element.set(_KEPT, kept)


def _selection(element: _Element, start: int, end: int, written: Any) -> KeptSelection:
    description, codings = "", []
    notes: tuple[str, ...] = ()
    for inner in element:
        kind = _bare.get(inner.tag) or local_name(inner)
        if kind == "Coding":
            codings.append(raw_coding(inner))
        elif kind == "Description":
            description = inner.text or ""
        elif kind == "NoteRef":
            notes = (*notes, plain_guid(inner.get("targetGUID")))
    get = element.get
    return (
        start, end, get("name") or "", plain_guid(get("guid")), description, notes, codings,
        get("creatingUser"), get("creationDateTime"), written,
    )  # fmt: skip


def raw_coding(element: _Element) -> RawCoding:
    """Return the coding in a Coding element, with its values as they are in the file."""
    code, known = "", _plain_guid_cached
    notes: tuple[str, ...] = ()
    for each in element:
        kind = _bare.get(each.tag) or local_name(each)
        if kind == "CodeRef":
            code = known(each.get("targetGUID"))
        elif kind == "NoteRef":
            notes = (*notes, plain_guid(each.get("targetGUID")))
    get = element.get
    return plain_guid(get("guid")), code, known(get("creatingUser")), get("creationDateTime"), notes


def completed(coding: RawCoding, user: str | None, created: str | None) -> RawCoding:
    """Return a coding in which a missing user or time is replaced by the user or time of its selection.

    `user` and `created` are those of the selection.
    """
    guid, code, own_user, own_created, notes = coding
    return guid, code, own_user or _plain_guid_cached(user), own_created or created, notes


_plain_guid_cached = lru_cache(10_000)(plain_guid)
"""The function `plain_guid` with a cache. The GUIDs of codes and users occur many times in a file."""


def _sync_points(element: _Element) -> dict[str, int]:
    return {
        plain_guid(each.get("guid")): _whole(each.get("position"))
        for each in element
        if local_name(each) == "SyncPoint"
    }


def _whole(text: str | None) -> int:
    try:
        return int(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return _NOWHERE
