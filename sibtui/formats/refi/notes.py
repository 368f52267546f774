"""Reading memos from a REFI-QDA project.

Memos are made from Notes, from links, and from sets that a study cannot store as sets of sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.outline import local_name
from sibtui.formats.refi.record_labels import record_labels
from sibtui.formats.refi.sources import content_of, moment
from sibtui.model.drafts import MemoDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.formats.refi.codebook import CodesRead
    from sibtui.formats.refi.outline import Outline
    from sibtui.formats.refi.sources import SourcesRead, SourcesReader
    from sibtui.model.records import MemoTarget

_UNKNOWN = "a record that the file does not contain"


@dataclass
class _QdpxNote:
    guid: str
    title: str
    text: str
    coder: str | None
    created: str | None
    targets: list[tuple[MemoTarget, str]] = field(default_factory=list)
    used: bool = False


class NotesReader:
    """Reads the Notes of a project, and the references of other records to them. Each Note becomes a memo.

    A Note to which no record refers becomes a memo on the project.
    """

    def __init__(self, sources: SourcesReader, users: Mapping[str, str], names: UniqueNames) -> None:
        self._sources = sources
        self._users = users
        self._names = names
        self._notes: dict[str, _QdpxNote] = {}
        self._more: list[MemoDraft] = []

    def read(self, elements: Iterable[_Element]) -> None:
        """Read these Note elements. Their texts are stored for the other methods, by their GUIDs (ids)."""
        plain = self._names.plain
        for element in elements:
            guid = plain_guid(element.get("guid"))
            description = plain(content_of(element, "Description") or "")
            text = self._sources.text_of(element)
            if text is None:
                text = description
            elif description.strip() and not self._names.ours:
                text = f"{text}\n\nDescription: {description}"
            title = plain(element.get("name") or "")
            coder = self._users.get(plain_guid(element.get("creatingUser")))
            self._notes.setdefault(guid, _QdpxNote(guid, title, text, coder, moment(element)))

    def refer(self, on: MemoTarget, of: str, guids: Iterable[str]) -> None:
        """Record that these Notes (memos) are about an item. `on` is the kind of the item: source, code or project.

        `of` is the name of the source or the path of the code. `guids` are the ids of the Notes.
        """
        for guid in guids:
            if guid in self._notes:
                self._notes[guid].targets.append((on, of))

    def texts(self, guids: Iterable[str]) -> str:
        """Return the texts of the Notes with these GUIDs (ids) as one text, for use as the memo of a coding."""
        parts = []
        for guid in guids:
            note = self._notes.get(guid)
            if note is not None:
                note.used = True
                parts.append(f"{note.title}\n{note.text}".strip("\n") if note.title else note.text)
        return "\n\n".join(parts)

    def annotate(self, source: str, place: str, description: str, guids: Iterable[str]) -> None:
        """Make a memo from the description of a passage that has no code, and from the Notes on this passage.

        The memo is on the source of the passage. `place` names the passage, and becomes the title of the memo. `guids`
        are the ids of the Notes.
        """
        coder = created = None
        texts = [description] if description else []
        for guid in guids:
            note = self._notes.get(guid)
            if note is not None:
                coder, created = note.coder, note.created
                texts.append(self.texts((guid,)))
        if any(text.strip() for text in texts):
            self._more.append(MemoDraft("source", source, place, "\n\n".join(texts), coder, created))

    def drafts(self) -> Iterator[tuple[str, MemoDraft]]:
        """Yield (id of the Note, memo) for each memo, in the order of the file.

        Notes on codings are left out, because they are already memos of the codings.
        """
        for note in self._notes.values():
            targets = note.targets or ([] if note.used else [("project", "")])
            for on, of in targets:
                yield note.guid, MemoDraft(on, of, note.title, note.text, note.coder, note.created)

    def memos(self) -> tuple[MemoDraft, ...]:
        """Return all memos of a project that another program wrote. Memos without text are left out."""
        return tuple(memo for memo in (*(draft for _, draft in self.drafts()), *self._more) if memo.text.strip())

    def text(self, guid: str) -> str | None:
        """Return the text of the Note (memo) with this GUID (id); None when there is no such Note."""
        note = self._notes.get(guid)
        return None if note is None else note.text

    def take(self, guid: str) -> None:
        """Remove the Note with this GUID (id), so that no memo is made from it."""
        self._notes.pop(guid, None)

    def take_named(self, title: str) -> None:
        """Remove all Notes (memos in the file) with this title. They do not become memos of the study."""
        for guid in [guid for guid, note in self._notes.items() if note.title == title]:
            del self._notes[guid]

    def put_rest(
        self,
        outline: Outline,
        sets: Sequence[_Element],
        links: Sequence[_Element],
        codes: CodesRead,
        sources: SourcesRead,
    ) -> None:
        """Add memos on the project for `links` and `sets`, which a study cannot store in another way.

        The memo for a set lists the members of the set. All links get one memo. It lists the two records that each link
        connects.
        """
        members = [[_target(each) for each in element if local_name(each).startswith("Member")] for element in sets]
        ends = [[plain_guid(element.get(key)) for key in ("originGUID", "targetGUID")] for element in links]
        wanted = {guid for group in (*members, *ends) for guid in group}
        labels = record_labels(outline, wanted, {**sources.names, **codes.paths})
        for element, guids in zip(sets, members, strict=True):
            description = content_of(element, "Description") or ""
            listed = [labels.get(guid, _UNKNOWN) for guid in guids]
            text = "\n".join([*([description, ""] if description else []), *listed])
            self._more.append(MemoDraft("project", "", f"Set: {element.get('name') or ''}".strip(), text or "(empty)"))
        lines = [
            _link(element, *(labels.get(guid, _UNKNOWN) for guid in guids))
            for element, guids in zip(links, ends, strict=True)
        ]
        if lines:
            self._more.append(MemoDraft("project", "", "Links", "\n".join(lines)))


def _target(element: _Element) -> str:
    return plain_guid(element.get("targetGUID") or element.get("guid"))


def _link(element: _Element, origin: str, target: str) -> str:
    arrow = {"OneWay": "→", "Bidirectional": "↔"}.get(element.get("direction") or "", "–")
    name = element.get("name") or ""
    return f"{name}: {origin} {arrow} {target}" if name else f"{origin} {arrow} {target}"
