"""Notes and documents as plain text or Markdown. In Markdown, a front matter says what the source is."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sibtui.errors import InputError
from sibtui.formats import front_matter, instants
from sibtui.formats.codings_csv import split_cases
from sibtui.formats.encodings import decode
from sibtui.formats.front_matter import refuse
from sibtui.formats.read_options import DEFAULT
from sibtui.model.drafts import SourceDraft
from sibtui.model.records import FIDELITIES, KINDS, READINGS
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.formats.front_matter import Entry
    from sibtui.formats.read_options import ReadOptions

T = TypeVar("T", bound=str)

SUFFIXES = (".txt", ".md")
FIELDS = ("name", "title", "kind", "fidelity", "cases", "reading", "read", "added", "original", "sha256")
"""The keys of a front matter that are no attributes, so that no attribute of a source can have such a name."""

_FENCE_OR_HEADING = re.compile(
    r"^ {0,3}(?:(?P<fence>```|~~~)|#{1,6}[ \t]+(?P<heading>.*?)(?:[ \t]+#+)?[ \t]*$)", re.MULTILINE
)


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """`read_note`, as the registry calls its readers."""
    return [read_note(name, data, encoding=encoding)]


def read_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """The source in a file. `name` is the file's, path and all; `encoding` overrules what the bytes look like.

    The offsets of codings count from after the front matter. InputError names the file, and the line if it knows it.
    """
    draft = parse_note(name, data, encoding=encoding)
    return replace(
        draft, original=draft.original or PurePath(name).name, sha256=draft.sha256 or sha256(data).hexdigest()
    )


def parse_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """Like `read_note`, but where the text came from stays empty unless the front matter tells it."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"{suffix} files" if suffix else "files whose names end in neither .txt nor .md"
        raise InputError(
            f"{name} was not read: {kind} cannot be read yet; save it as plain text (.txt) or Markdown (.md)."
        )
    decoded = decode(data, encoding, name=name)
    inside, text = front_matter.split(decoded.text) if suffix == ".md" else (None, decoded.text)
    entries = {} if inside is None else front_matter.parse(inside, name)
    fields = _Fields(name, entries)
    fallback = (_heading(text) if suffix == ".md" else "") or path.stem
    read_at = fields.moment("read")
    cases, together = fields.cases()
    return SourceDraft(
        name=fields.text("name") or path.stem,
        text=text,
        title=fallback if (title := fields.text("title")) is None else title,
        kind=fields.one_of("kind", KINDS, "interview"),
        fidelity=fields.one_of("fidelity", FIDELITIES, "notes"),
        cases=cases,
        reading=fields.one_of("reading", READINGS, "read" if read_at else "unread"),
        read_at=read_at,
        added=fields.moment("added"),
        attributes=fields.attributes(),
        original=fields.text("original") or "",
        sha256=fields.text("sha256") or "",
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        cases_together=together,
    )


def write_note(draft: SourceDraft, *, stem: str | None = None) -> bytes:
    """The source as Markdown with a front matter, which `parse_note` reads back the same, whatever the text.

    `stem` is the name of the file it goes to, without `.md`; the source's name is written when that does not carry it.
    """
    fields: list[tuple[str, Any]] = [
        ("name", draft.name if stem is not None and stem != draft.name else ""),
        ("title", draft.title),
        ("kind", draft.kind),
        ("fidelity", draft.fidelity),
        ("cases", draft.cases),
        ("reading", draft.reading),
        ("read", draft.read_at),
        ("added", draft.added),
        ("original", draft.original),
        ("sha256", draft.sha256),
    ]
    lines = [
        front_matter.moment(key, value) if key in ("read", "added") else front_matter.line(key, value)
        for key, value in fields
        if value or key == "title"  # left out, a title would be taken from the text's first heading
    ]
    for key, value in draft.attributes.items():
        if key in FIELDS:
            raise InputError(f"The attribute “{key}” of {draft.name} cannot be written to a note: rename it.")
        lines.append(front_matter.line(key, value))
    return f"---\n{''.join(lines)}---\n\n{draft.text}".encode()


def _heading(text: str) -> str:
    """The first Markdown heading; what stands in fenced code is none."""
    fence = ""
    for found in _FENCE_OR_HEADING.finditer(text):
        if found["fence"]:
            fence = "" if fence == found["fence"] else fence or found["fence"]
        elif not fence and found["heading"]:
            return str(found["heading"])
    return ""


class _Fields:
    """The entries of one front matter, taken as what each is to be."""

    def __init__(self, name: str, entries: dict[str, Entry]) -> None:
        self._name = name
        self._entries = entries

    def cases(self) -> tuple[tuple[str, ...], str]:
        """The labels, and the one text that they were parted out of: `A; B` without brackets, as a cell of codings has them."""
        entry = self._entries.get("cases")
        if entry is None or entry.is_list or not entry.raw:
            return (() if entry is None else entry.raw), ""
        labels = split_cases(entry.raw[0])
        return (labels, entry.raw[0]) if len(labels) > 1 else (entry.raw, "")

    def text(self, key: str) -> str | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.is_list:
            refuse(self._name, entry.line, f"“{key}” takes one value, not a list")
        return entry.raw[0] if entry.raw else None

    def one_of(self, key: str, known: tuple[T, ...], default: str) -> T:
        found = self.text(key)
        if found is None:
            return cast("T", default)
        if found not in known:
            refuse(
                self._name,
                self._entries[key].line,
                f"“{key}” is “{one_line(found, 60)}”; it is one of {', '.join(known)}",
            )
        return found

    def moment(self, key: str) -> str | None:
        found = self.text(key)
        if not found:
            return None
        try:
            return instants.instant(found)
        except ValueError:
            problem = f"“{key}” is “{one_line(found, 60)}”, no date and time such as 2020-05-14T16:30:00Z"
            refuse(self._name, self._entries[key].line, problem)

    def attributes(self) -> dict[str, Any]:
        found = {key: self._value(key, entry) for key, entry in self._entries.items() if key not in FIELDS}
        return {key: value for key, value in found.items() if value is not None}

    def _value(self, key: str, entry: Entry) -> Any:
        shown = one_line(key, 60)
        if entry.is_list:
            refuse(
                self._name,
                entry.line,
                f"“{shown}” is a list; an attribute is one value: text, a number, yes or no, a date",
            )
        try:
            return front_matter.value(entry.scalars[0])
        except ValueError:
            refuse(self._name, entry.line, f"“{shown}” is not a value that can be used: write it in quotes")
