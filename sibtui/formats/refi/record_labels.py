"""Labels for records of a REFI-QDA project, such as “the code Trust”.

Sets and links refer to records by ids. If a set or link becomes a memo, the memo shows labels and no ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.outline import local_name
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from lxml.etree import _Element

    from sibtui.formats.refi.outline import KeptSelection, Outline

_KINDS = {
    "TextSource": "the text", "PDFSource": "the PDF file", "PictureSource": "the picture",
    "AudioSource": "the sound recording", "VideoSource": "the film",
    "Code": "the code", "Case": "the case", "Note": "the memo", "Set": "the set", "User": "the coder", "Variable": "the attribute",
    "Graph": "the graph", "Vertex": "a part of the graph", "Edge": "an arrow of the graph", "Transcript": "the transcript",
    "PlainTextSelection": "the passage", "PDFSelection": "the place", "PictureSelection": "the part",
    "AudioSelection": "the part", "VideoSelection": "the part", "TranscriptSelection": "the passage",
    "Coding": "a coding", "SyncPoint": "a point of time",
}  # fmt: skip
"""A dict: name of an XML element → words for the kind of record in this element."""
_LOST = {"PictureSource", "AudioSource", "VideoSource", "PDFSource", "Graph"}
_SELECTIONS = {kind for kind in _KINDS if kind.endswith("Selection")}
_LONGEST = 60


def record_labels(outline: Outline, wanted: AbstractSet[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return a dict: GUID (id) in `wanted` → label of the record with this GUID.

    A label has the kind and the name of the record, and a remark if the record was not imported. `known` is a map: GUID
    → name of an imported source, or path of an imported code. A GUID is left out if no record in the file has it.
    """
    labels: dict[str, str] = {}
    for element in outline.root.iter("{*}*") if wanted else ():
        guid = plain_guid(element.get("guid"))
        if guid in wanted and guid not in labels and (kind := local_name(element)) in _KINDS:
            labels[guid] = f"“{known[guid]}”" if guid in known else _label(element, kind, known)
        place = outline.place_of(element) if wanted - labels.keys() else None
        if place is not None:
            _label_selections(outline.selections(place), element, wanted, known, labels)
    for guid, name, *_ in outline.notes() if wanted - labels.keys() else ():
        if guid in wanted and guid not in labels:
            labels[guid] = _named("Note", one_line(name, _LONGEST))
    return labels


def _label_selections(
    selections: Iterable[KeptSelection],
    source: _Element,
    wanted: AbstractSet[str],
    known: Mapping[str, str],
    labels: dict[str, str],
) -> None:
    """Label the passages of a source and the codings on them. The labels are added to the dict `labels`.

    A passage or coding gets a label only if its GUID (id) is in `wanted`.
    """
    for _, _, name, guid, _, _, codings, _, _, written in selections:
        if guid in wanted and guid not in labels:
            place = f"{written[0]}:{written[1]}" if written and written[0] else ""
            labels[guid] = _selection_label(
                _KINDS["PlainTextSelection"], one_line(name, _LONGEST), place, source, known
            )
        for coding, *_ in codings:
            if coding in wanted:
                labels.setdefault(coding, _KINDS["Coding"])


def _label(element: _Element, kind: str, known: Mapping[str, str]) -> str:
    name = one_line(element.get("name") or "", _LONGEST)
    parent = element.getparent()
    if kind in _SELECTIONS and parent is not None:
        place = f"{element.get('startPosition')}:{element.get('endPosition')}" if element.get("startPosition") else ""
        return _selection_label(_KINDS[kind], name, place, parent, known)
    label = _named(kind, name)
    return f"{label}, which was not imported" if kind in _LOST else label


def _named(kind: str, name: str) -> str:
    return f"{_KINDS[kind]} “{name}”" if name else _KINDS[kind]


def _selection_label(kind: str, name: str, place: str, source: _Element, known: Mapping[str, str]) -> str:
    label = f"{kind} “{name}”" if name else f"{kind} {place}".strip()
    guid = plain_guid(source.get("guid"))
    of = f"“{known[guid]}”" if guid in known else _label(source, local_name(source), known)
    return f"{label} of {of}"
