"""Reading and writing notes in plain text or Markdown.

The properties of a source can be at the top of a Markdown file, as YAML between `---` lines (front matter).
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.encodings import decode
from sibtui.formats.sources import front_matter
from sibtui.formats.sources.draft import no_text
from sibtui.formats.sources.note_fields import FIELD_OF, FIELDS, NoteFields
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.model.drafts import SourceDraft
from sibtui.model.folding import name_key
from sibtui.model.hashed_text import HashedText
from sibtui.model.records import FIDELITIES, KINDS, READINGS

if TYPE_CHECKING:
    from sibtui.formats.sources.read_options import ReadOptions

_MARKDOWN = (".md", ".markdown")
SUFFIXES = (*_MARKDOWN, ".txt", ".text", ".org", ".rst")
_FENCE_OR_HEADING = re.compile(
    r"^ {0,3}(?:(?P<fence>```|~~~)|#{1,6}[ \t]+(?P<heading>.*?)(?:[ \t]+#+)?[ \t]*$)", re.MULTILINE
)


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the file as a list with one source. All readers in the registry return lists."""
    return [read_note(name, data, encoding=encoding)]


def read_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """Return the source in a text file. `name` is the path of the file.

    If `encoding` is given, it is used; otherwise the encoding is detected. The YAML at the top of the file is not part
    of the text. A text without words gets a warning. Raises InputError, if possible with the line, when the file is not
    text or its YAML is faulty.
    """
    return _parsed(name, data, encoding, of_file=True)


def parse_note(name: str, data: bytes, *, encoding: str | None = None) -> SourceDraft:
    """Return the source in a text file as `read_note` does, but without facts about the file itself.

    The fields `original` (file name) and `sha256` (hash of the file) have a value only if the YAML at the top of the
    file gives one.
    """
    return _parsed(name, data, encoding, of_file=False)


def _parsed(name: str, data: bytes, encoding: str | None, *, of_file: bool) -> SourceDraft:
    """Return the source in a note.

    If `of_file` is set, a text without words gets a warning, and the source gets the fields `original` (file name) and
    `sha256` (hash of the file). Values of these fields in the YAML at the top of the note have priority.
    """
    file = os.path.basename(name)  # noqa: PTH119 - a PurePath for each of 10,000 files takes five times as long
    stem, suffix = os.path.splitext(file)  # noqa: PTH122
    suffix = suffix.lower().removesuffix(".")
    if suffix not in SUFFIXES:
        kind = f"{suffix} files" if suffix else "files without the extension .txt or .md"
        raise InputError(
            f"{name} was not read: {kind} cannot be read yet; save it as plain text (.txt) or Markdown (.md)."
        )
    decoded = decode(data, encoding, name=name)
    text = decoded.text
    fields: dict[str, Any] = {"name": stem, "title": stem, "warnings": ()}
    if suffix in _MARKDOWN:
        found, text = front_matter.split(text, name)
        own = _fields(NoteFields(found))
        fields |= own if "title" in own else own | {"title": _heading(text) or stem}
    if of_file:
        digest = sha256(data).hexdigest()
        fields["original"] = fields.get("original") or file
        fields["sha256"] = fields.get("sha256") or digest
        fields["warnings"] += no_text(text)
        if text is decoded.text and decoded.encoding == "utf-8" and _is_unchanged(data):
            text = HashedText.of(text, data, digest)
    return SourceDraft(text=text, encoding=decoded.encoding, confidence=decoded.confidence, **fields)


def _is_unchanged(data: bytes) -> bool:
    """Return whether a UTF-8 file is stored as it is: it has no byte order mark, and only LF as line breaks."""
    return b"\r" not in data and not data.startswith(BOM_UTF8)


def _fields(found: NoteFields) -> dict[str, Any]:
    """Return the fields of a source from the YAML of its file: field → value. A missing name or title is left out."""
    read_at = found.moment("read")
    cases, together = found.cases()
    title, name = found.text("title"), found.text("name")
    fields: dict[str, Any] = {
        "original": found.text("original") or "",
        "sha256": found.text("sha256") or "",
        "kind": found.one_of("kind", KINDS, "interview"),
        "fidelity": found.one_of("fidelity", FIDELITIES, "notes"),
        "cases": cases,
        "cases_together": together,
        "reading": found.one_of("reading", READINGS, "read" if read_at else "unread"),
        "read_at": read_at,
        "added": found.moment("added"),
    }
    fields |= {"name": name} if name else {}
    fields |= {} if title is None else {"title": title}
    # these come last: they have the odd values of the other fields
    return fields | {"attributes": found.attributes(), "warnings": found.warnings}


def write_note(draft: SourceDraft, *, stem: str | None = None) -> bytes:
    """Return the source as the bytes of a Markdown file, with its properties as YAML at the top.

    `parse_note` reads the same source from the result, even if the text of the source begins like such YAML. `stem` is
    the name of the file to be written, without `.md`. The YAML has the name of the source only if it differs from
    `stem`. Raises InputError when an attribute has the name of one of `FIELDS`.
    """
    alike = {
        FIELD_OF.get(name_key(name)) for name in draft.attributes
    }  # without the field, `Cases` is read as the cases
    read = draft.reading != "unread" or draft.read_at or "reading" in alike
    fields: list[tuple[str, Any]] = [
        ("name", draft.name if stem is not None and stem != draft.name else ""),
        ("title", draft.title),
        ("kind", draft.kind),
        ("fidelity", draft.fidelity),
        ("cases", draft.cases),
        ("reading", draft.reading if read else ""),
        ("read", draft.read_at),
        ("added", draft.added),
        ("original", draft.original),
        ("sha256", draft.sha256),
    ]
    lines = [
        front_matter.moment(key, value)
        if value and key in ("read", "added")
        else front_matter.line(key, "" if value is None else value)
        for key, value in fields
        if value or key == "title" or key in alike  # without a title, the first heading of the text becomes it
    ]
    for key, value in draft.attributes.items():
        if key in FIELDS:
            raise InputError(f"The attribute “{key}” of {draft.name} cannot be written to a note: rename it.")
        lines.append(front_matter.line(key, value))
    return f"---\n{''.join(lines)}---\n\n{draft.text}".encode()


def _heading(text: str) -> str:
    """Return the first Markdown heading of a text; empty when there is none. Code blocks are not searched."""
    fence = ""
    for match in _FENCE_OR_HEADING.finditer(text):
        if match["fence"]:
            fence = "" if fence == match["fence"] else fence or match["fence"]
        elif not fence and match["heading"]:
            return str(match["heading"])
    return ""
