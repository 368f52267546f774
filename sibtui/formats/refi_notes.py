"""Notes, sets and links of a REFI-QDA project as memos on what they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.formats.guids import same
from sibtui.formats.refi_sources import content_of, local, moment
from sibtui.model.drafts import MemoDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from sibtui.formats.refi_codebook import CodesRead
    from sibtui.formats.refi_names import Names
    from sibtui.formats.refi_sources import SourcesRead, SourcesReader
    from sibtui.model.records import MemoTarget


@dataclass
class _Note:
    guid: str
    title: str
    text: str
    coder: str | None
    created: str | None
    targets: list[tuple[MemoTarget, str]] = field(default_factory=list)
    used: bool = False


class Notes:
    """The Notes of a project, as they are referred to. One that nothing refers to is a memo on the project."""

    def __init__(self, sources: SourcesReader, users: Mapping[str, str], names: Names) -> None:
        self._sources = sources
        self._users = users
        self._names = names
        self._notes: dict[str, _Note] = {}
        self._more: list[MemoDraft] = []

    def read(self, elements: Iterable[_Element]) -> None:
        plain = self._names.plain
        for element in elements:
            guid = same(element.get("guid"))
            text = self._sources.text_of(element)
            if text is None:
                text = plain(content_of(element, "Description") or "")
            title = plain(element.get("name") or "")
            coder = self._users.get(same(element.get("creatingUser")))
            self._notes.setdefault(guid, _Note(guid, title, text, coder, moment(element)))

    def refer(self, on: MemoTarget, of: str, guids: Iterable[str]) -> None:
        for guid in guids:
            if guid in self._notes:
                self._notes[guid].targets.append((on, of))

    def texts(self, guids: Iterable[str]) -> str:
        """The Notes on a coding, as its memo."""
        found = []
        for guid in guids:
            note = self._notes.get(guid)
            if note is not None:
                note.used = True
                found.append(f"{note.title}\n{note.text}".strip("\n") if note.title else note.text)
        return "\n\n".join(found)

    def annotate(self, source: str, place: str, told: str, guids: Iterable[str]) -> None:
        """What is noted at a place without a code: a memo on the source that names the place."""
        coder = created = None
        texts = [told] if told else []
        for guid in guids:
            note = self._notes.get(guid)
            if note is not None:
                coder, created = note.coder, note.created
                texts.append(self.texts((guid,)))
        if any(text.strip() for text in texts):
            self._more.append(MemoDraft("source", source, place, "\n\n".join(texts), coder, created))

    def drafts(self) -> Iterator[tuple[str, MemoDraft]]:
        """(GUID, memo) in the order of the file; those on codings are not among them."""
        for note in self._notes.values():
            targets = note.targets or ([] if note.used else [("project", "")])
            for on, of in targets:
                yield note.guid, MemoDraft(on, of, note.title, note.text, note.coder, note.created)

    def memos(self) -> tuple[MemoDraft, ...]:
        """The memos of a file of another program; empty ones are left out."""
        return tuple(memo for memo in (*(draft for _, draft in self.drafts()), *self._more) if memo.text.strip())

    def text(self, guid: str) -> str | None:
        note = self._notes.get(guid)
        return None if note is None else note.text

    def take(self, guid: str) -> None:
        """The Note is more than a memo, and no longer one."""
        self._notes.pop(guid, None)

    def take_named(self, title: str) -> None:
        for guid in [guid for guid, note in self._notes.items() if note.title == title]:
            del self._notes[guid]

    def put_rest(
        self, sets: Iterable[_Element], links: Iterable[_Element], codes: CodesRead, sources: SourcesRead
    ) -> None:
        """Sets and links, for which a study has no place, as memos that say what they were."""
        named = {**{guid: f"“{name}”" for guid, name in sources.names.items()}}
        named |= {guid: f"“{path}”" for guid, path in codes.paths.items()}
        for element in sets:
            members = [
                named.get(same(each.get("targetGUID") or each.get("guid")), "something that is not in the file")
                for each in element
                if local(each).startswith("Member")
            ]
            told = content_of(element, "Description") or ""
            text = "\n".join([*([told, ""] if told else []), *members])
            self._more.append(MemoDraft("project", "", f"Set: {element.get('name') or ''}".strip(), text or "(empty)"))
        listed = [self._link(element, named) for element in links]
        if listed:
            self._more.append(MemoDraft("project", "", "Links", "\n".join(listed)))

    def _link(self, element: _Element, named: Mapping[str, str]) -> str:
        ends = [same(element.get(key)) for key in ("originGUID", "targetGUID")]
        shown = [named.get(end) or self._noted(end) for end in ends]
        arrow = {"OneWay": "→", "Bidirectional": "↔"}.get(element.get("direction") or "", "–")
        name = element.get("name") or ""
        return f"{name}: {shown[0]} {arrow} {shown[1]}" if name else f"{shown[0]} {arrow} {shown[1]}"

    def _noted(self, guid: str) -> str:
        note = self._notes.get(guid)
        return f"the memo “{note.title}”" if note is not None else "a place in a text"
