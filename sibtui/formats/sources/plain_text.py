"""Notes and documents in plain text or Markdown. In Markdown, front matter holds the properties of the source."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sibtui.errors import InputError
from sibtui.formats.codec import timestamps
from sibtui.formats.codec.case_list import split_cases
from sibtui.formats.codec.encodings import decode
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.sources import front_matter
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.drafts import SourceDraft
from sibtui.model.records import FIDELITIES, KINDS, READINGS
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.formats.sources.front_matter import FrontMatterEntry
    from sibtui.formats.sources.read_options import ReadOptions

T = TypeVar("T", bound=str)

SUFFIXES = (".txt", ".md")
FIELDS = ("name", "title", "kind", "fidelity", "cases", "reading", "read", "added", "original", "sha256")
"""The keys of a front matter that are not attributes. An attribute of a source cannot have such a name."""

_FENCE_OR_HEADING = re.compile(
    r"^ {0,3}(?:(?P<fence>```|~~~)|#{1,6}[ \t]+(?P<heading>.*?)(?:[ \t]+#+)?[ \t]*$)", re.MULTILINE
)


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """Return the note as one source, with the signature of the registry's readers. See `read_note`."""
    return [read_note(name, data, encoding=encoding)]


def read_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """Return the source in a file. `name` is its path; `encoding` overrules detection.

    The front matter is not part of the text. Raises InputError with the file, and the line where there is one.
    """
    draft = parse_note(name, data, encoding=encoding)
    return replace(
        draft, original=draft.original or PurePath(name).name, sha256=draft.sha256 or sha256(data).hexdigest()
    )


def parse_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """Return the source as `read_note` does, but with `original` and `sha256` from the front matter alone."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"{suffix} files" if suffix else "files without the extension .txt or .md"
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
    attributes = fields.attributes()
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
        attributes=attributes,
        original=fields.text("original") or "",
        sha256=fields.text("sha256") or "",
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        cases_together=together,
        warnings=tuple(fields.warnings),
    )


def write_note(draft: SourceDraft, *, stem: str | None = None) -> bytes:
    """Return the source as Markdown with a front matter. `parse_note` reads the same source back, for any text.

    `stem` is the name of the target file, without `.md`; the name of the source is written if it differs.

    Raises InputError when an attribute has the name of one of `FIELDS`.
    """
    fields: list[tuple[str, Any]] = [
        ("name", draft.name if stem is not None and stem != draft.name else ""),
        ("title", draft.title),
        ("kind", draft.kind),
        ("fidelity", draft.fidelity),
        ("cases", draft.cases),
        ("reading", "" if draft.reading == "unread" and not draft.read_at else draft.reading),
        ("read", draft.read_at),
        ("added", draft.added),
        ("original", draft.original),
        ("sha256", draft.sha256),
    ]
    lines = [
        front_matter.moment(key, value) if key in ("read", "added") else front_matter.line(key, value)
        for key, value in fields
        if value
        or key == "title"  # without it, the first heading of the text becomes the title
        or (key == "cases" and "case" in draft.attributes)  # without it, the attribute is read as the cases
    ]
    for key, value in draft.attributes.items():
        if key in FIELDS:
            raise InputError(f"The attribute “{key}” of {draft.name} cannot be written to a note: rename it.")
        lines.append(front_matter.line(key, value))
    return f"---\n{''.join(lines)}---\n\n{draft.text}".encode()


def _heading(text: str) -> str:
    """Return the first Markdown heading outside of fenced code. "" without one."""
    fence = ""
    for match in _FENCE_OR_HEADING.finditer(text):
        if match["fence"]:
            fence = "" if fence == match["fence"] else fence or match["fence"]
        elif not fence and match["heading"]:
            return str(match["heading"])
    return ""


class _Fields:
    """The entries of one front matter, each converted to the type of its field."""

    def __init__(self, name: str, entries: dict[str, FrontMatterEntry]) -> None:
        self._name = name
        self._entries = entries
        self.warnings: list[str] = []

    @property
    def _cases_key(self) -> str:
        """Return the key of the cases: `cases`, or else `case`. If both exist, `case` is an attribute."""
        return "cases" if "cases" in self._entries else "case"

    def cases(self) -> tuple[tuple[str, ...], str]:
        """Return the labels, and the text that was split into them ("" if none was): `A; B` without brackets."""
        entry = self._entries.get(self._cases_key)
        if entry is None or entry.is_list or not entry.raw:
            return (() if entry is None else entry.raw), ""
        labels = split_cases(entry.raw[0])
        return (labels, entry.raw[0]) if len(labels) > 1 else (entry.raw, "")

    def text(self, key: str) -> str | None:
        """Return a single value as written. None when it is missing or empty."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.is_list:
            refuse(self._name, entry.line, f"“{key}” takes one value, not a list")
        return entry.raw[0] if entry.raw else None

    def one_of(self, key: str, known: tuple[T, ...], default: str) -> T:
        """Return a value that is one of those known."""
        text = self.text(key)
        if text is None:
            return cast("T", default)
        if text not in known:
            refuse(
                self._name,
                self._entries[key].line,
                f"“{key}” is “{one_line(text, 60)}”; it is one of {', '.join(known)}",
            )
        return text

    def moment(self, key: str) -> str | None:
        """Return a date and time as a UTC timestamp. None when it is missing."""
        text = self.text(key)
        if not text:
            return None
        try:
            return timestamps.instant(text)
        except ValueError:
            problem = f"“{key}” is “{one_line(text, 60)}”, no date and time such as 2020-05-14T16:30:00Z"
            refuse(self._name, self._entries[key].line, problem)

    def attributes(self) -> dict[str, Any]:
        """Return the values of all keys that are not fields."""
        others = {*FIELDS, self._cases_key}
        values = {key: self._value(key, entry) for key, entry in self._entries.items() if key not in others}
        return {key: value for key, value in values.items() if value is not None}

    def _value(self, key: str, entry: FrontMatterEntry) -> Any:
        label = one_line(key, 60)
        if entry.is_list:
            joined = "; ".join(entry.raw)
            self.warnings.append(f"the list “{label}” became one value: {one_line(joined, 60) or 'nothing'}")
            return joined or None
        try:
            return front_matter.value(entry.scalars[0])
        except ValueError:
            self.warnings.append(f"the value of “{label}” was taken as text")
            return entry.scalars[0].value
