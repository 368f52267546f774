"""Reading memos from a REFI-QDA project.

Memos are made from Notes, from links, and from sets that a study cannot store as sets of sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.item_file import ItemFile
from sibtui.formats.refi.guids import plain_guid
from sibtui.formats.refi.outline import content_of, local_name
from sibtui.formats.refi.record_labels import record_labels
from sibtui.model.drafts import MemoDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from sibtui.formats.codec.unique_names import UniqueNames
    from sibtui.formats.refi.codebook import CodesRead
    from sibtui.formats.refi.outline import Outline, RawNote
    from sibtui.formats.refi.sources import SourcesRead, SourcesReader
    from sibtui.model.records import MemoTarget

_UNKNOWN = "a record that the file does not contain"


_StoredNote = tuple[str, str, "str | None", "str | None"]
"""A Note in the temporary file: title, text, coder, time of creation."""


class NotesReader:
    """Reads the Notes of a project, and the references of other records to them. Each Note becomes a memo.

    A Note to which no record refers becomes a memo on the project. The Notes are in a temporary file.
    """

    def __init__(self, sources: SourcesReader, users: Mapping[str, str], names: UniqueNames) -> None:
        self._sources = sources
        self._users = users
        self._names = names
        self._file = ItemFile()
        self._places: dict[str, int] = {}
        self._targets: dict[str, list[tuple[MemoTarget, str]]] = {}
        self._used: set[str] = set()
        self._more: list[MemoDraft] = []

    def read(self, notes: Iterable[RawNote]) -> None:
        """Read these Notes. The other methods find the text of a Note by its GUID (id)."""
        plain = self._names.plain
        for guid, name, described, content, path, user, created in notes:
            description = plain(described or "")
            text = self._sources.text_of(path, content)
            if text is None:
                text = description
            elif description.strip() and not self._names.ours:
                text = f"{text}\n\nDescription: {description}"
            stored = (plain(name), text, self._users.get(user), timestamps.instant_or_none(created))
            self._places.setdefault(guid, self._file.put(stored))

    def _note(self, guid: str) -> _StoredNote | None:
        place = self._places.get(guid)
        return None if place is None else self._file.get(place)

    def refer(self, on: MemoTarget, of: str, guids: Iterable[str]) -> None:
        """Record that these Notes (memos) are about an item. `on` is the kind of the item: source, code or project.

        `of` is the name of the source or the path of the code. `guids` are the ids of the Notes.
        """
        for guid in guids:
            if guid in self._places:
                self._targets.setdefault(guid, []).append((on, of))

    def texts(self, guids: Iterable[str]) -> str:
        """Return the texts of the Notes with these GUIDs (ids) as one text, for use as the memo of a coding."""
        parts = []
        for guid in guids:
            note = self._note(guid)
            if note is not None:
                self._used.add(guid)
                title, text, _, _ = note
                parts.append(f"{title}\n{text}".strip("\n") if title else text)
        return "\n\n".join(parts)

    def annotate(self, source: str, place: str, description: str, guids: Iterable[str]) -> None:
        """Make a memo from the description of a passage that has no code, and from the Notes on this passage.

        The memo is about the source of the passage. `place` is a text that names the passage, and becomes the title of
        the memo. `guids` are the ids of the Notes.
        """
        coder = created = None
        texts = [description] if description else []
        for guid in guids:
            note = self._note(guid)
            if note is not None:
                _, _, coder, created = note
                texts.append(self.texts((guid,)))
        if any(text.strip() for text in texts):
            self._more.append(MemoDraft("source", source, place, "\n\n".join(texts), coder, created))

    def drafts(self) -> Iterator[tuple[str, MemoDraft]]:
        """Yield (id of the Note, memo) for each memo, in the order of the file.

        Notes on codings are left out, because they are already memos of the codings.
        """
        on_project: list[tuple[MemoTarget, str]] = [("project", "")]
        for guid, place in self._places.items():
            for on, of in self._targets.get(guid, () if guid in self._used else on_project):
                yield guid, MemoDraft(on, of, *self._file.get(place))

    def memos(self) -> tuple[MemoDraft, ...]:
        """Return all memos of a project that another program wrote. Memos without text are left out."""
        return tuple(memo for memo in (*(draft for _, draft in self.drafts()), *self._more) if memo.text.strip())

    def text(self, guid: str) -> str | None:
        """Return the text of the Note (memo) with this GUID (id); None when there is no such Note."""
        note = self._note(guid)
        return None if note is None else note[1]

    def take(self, guid: str) -> None:
        """Remove the Note with this GUID (id), so that no memo is made from it."""
        self._places.pop(guid, None)

    def take_named(self, title: str) -> None:
        """Remove all Notes (memos in the file) with this title. They do not become memos of the study."""
        for guid in [guid for guid, place in self._places.items() if self._file.get(place)[0] == title]:
            del self._places[guid]

    def put_rest(
        self,
        outline: Outline,
        sets: Sequence[_Element],
        links: Sequence[_Element],
        codes: CodesRead,
        sources: SourcesRead,
    ) -> None:
        """Add memos on the project for `links` and `sets`, because a study has no other form for them.

        Each set becomes a memo that lists its members. All links together become one memo. It has a line for each
        link, with the labels of the two linked records.
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
