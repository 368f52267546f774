"""Sets of sources in a REFI-QDA project. They are in the element Sets, which may also hold sets of codes or of Notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.xml_text import value
from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.outline import content_of, local_name
from sibtui.model.drafts import SourceSetDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.formats.refi.guids import Guids
    from sibtui.formats.refi.sibtui_note import SibtuiNote


def write_sets(
    sets: Iterable[SourceSetDraft], sources: Mapping[str, str], guids: Guids, annex: SibtuiNote
) -> Iterator[str]:
    """Yield the XML of each set. `sources` is a map: name of a source → its GUID (id).

    The ids that sibtui gives to sets are written to `annex`, a Note that only sibtui reads.
    """
    for each in sets:
        guid = guids.next_of("set", each.name)
        annex.put("sets", guid, **({"uid": each.uid} if each.uid else {}))
        members = "".join(f'<MemberSource targetGUID="{sources[name]}"/>' for name in each.sources if name in sources)
        yield f'<Set guid="{guid}" name="{value(each.name)}">{members}</Set>\n'


def read_sets(
    elements: Iterable[_Element], sources: Mapping[str, str], names: UniqueNames, annex: SibtuiNote | None
) -> tuple[SourceSetDraft, ...]:
    """Return the sets of sources in these Set elements. `sources` is a map: GUID (id) → name of a source.

    `annex` is the Note with the facts that only sibtui reads; it is None if another program wrote the file. In such a
    file, a set without a known source is left out, because it may be a set of codes.
    """
    drafts: list[SourceSetDraft] = []
    for element in elements:
        guid = plain_guid(element.get("guid"))
        own = None if annex is None else annex.sets.get(guid)
        members = tuple(dict.fromkeys(sources[each] for each in _members(element) if each in sources))
        if own is None and not members:
            continue
        name = names.unique("set", names.clean(element.get("name"), f"set {len(drafts) + 1}"))
        drafts.append(SourceSetDraft(name, members, (own or {}).get("uid", "")))
    return tuple(drafts)


def has_only_sources(element: _Element, sources: Mapping[str, str]) -> bool:
    """Return whether a Set element can become a set of sources without a loss.

    The element must have at least one member and no description. All members must be in `sources`, a map: GUID (id) →
    name of a source.
    """
    children = [local_name(each) for each in element]
    members = _members(element)
    return (
        bool(members)
        and all(child == "MemberSource" for child in children if child.startswith("Member"))
        and all(each in sources for each in members)
        and not (content_of(element, "Description") or "").strip()
    )


def _members(element: _Element) -> list[str]:
    return [
        plain_guid(each.get("targetGUID") or each.get("guid")) for each in element if local_name(each) == "MemberSource"
    ]
