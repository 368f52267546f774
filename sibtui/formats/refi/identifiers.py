"""The form of a study in a REFI-QDA project: names and texts that `writer` writes and `reader` reads.

A fact for which REFI-QDA has an element is written to this element. The other facts are written to places that other
programs show:

- the Description of a selection (a coded passage) has `Stance: counters` and `Certainty: tentative`, one line each, if
  they apply;
- the Description of a code has its definition, then `Include: `, `Exclude: ` and `Example: `, separated by empty lines;
- the Description of a source has its title;
- a Note `Matrix: NAME` has the matrix NAME in TOML, as `matrix export` writes it;
- a Note `Summary: CASE` has a summary about this case or column; the codes of the summary refer to the Note;
- a Note without a reference has a memo on a case, because REFI-QDA cannot refer to cases; its Description names the
  case;
- the Note named `sibtui` (the annex) has all other facts as JSON, by the GUID (id) of the record.

The JSON has these fields:

- `sibtui`: 2, the version of this form;
- `study`: fields of the study;
- `unlisted`: users who are not coders of the study;
- `attributes`, `cases`, `sources`, `sets`, `codes`, `codings`, `memos`: maps from GUIDs to the fields for which
  REFI-QDA has no element;
- `made`: GUIDs of parent codes that the writer has added, because the study does not have them;
- `matrices`: GUIDs of their Notes;
- `coverage`: questions of interviewers about topics (source, topic, state, and the case if there is one);
- `readings`: sources that coders have read (source, coder, time, code, round);
- `rounds`: rounds of coding (coder, number, name, start, end, blind, sources);
- `proposals`, `queries` and `answers` (to questions about the methods): their fields;
- `claims`: the claims of the paper as one TOML text;
- `summaries`: GUIDs of their Notes, and the other fields;
- `package`: the part of another study that was sent to a coder, if this study was made from that part (coder, number of
  the last change, digest, time, sources);
- `lasting`: the kinds of records whose GUID is also their id in all copies of the study;
- `withdrawn`: ids of sources that were withdrawn for good;
- `erased`: kind, id, salt and digest of each text that was erased;
- `whole`: for each kind, the records that REFI-QDA cannot hold, as (position in the study, all fields);
- `order`: for each kind, the GUIDs in the order of the study, if the file has another order.

`xml_text` describes how control characters that XML does not allow are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import Certainty, Stance

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "sibtui"
ANNEX = "sibtui"
MATRIX = "Matrix: "
SUMMARY = "Summary: "
VERSION = 2
"""The version of the JSON in the Note `sibtui`. Version 1 can be read too: it has no lasting ids and no readings."""

KIND_OF_TYPE = {
    "Text": "text", "Boolean": "yes/no", "Integer": "number", "Float": "number", "Date": "date", "DateTime": "text",
}  # fmt: skip
TYPE_OF_KIND = {"text": "Text", "yes/no": "Boolean", "number": "Float", "date": "Date"}

_QUALIFIED = re.compile(r"(?:Stance: (supports|counters))?\n?(?:Certainty: (firm|tentative))?")
_SECTION = re.compile(r"(?:\A|\n\n)(Include|Exclude|Example): ")


def qualifiers(stance: Stance, certainty: Certainty) -> str:
    """Return the Description of a passage: a line for `counters` and a line for `tentative`; empty if neither applies."""
    lines = ["Stance: counters"] if stance == "counters" else []
    if certainty == "tentative":
        lines.append("Certainty: tentative")
    return "\n".join(lines)


def parse_qualifiers(description: str) -> tuple[Stance, Certainty] | None:
    """Return (stance, certainty) from a Description that `qualifiers` has written; None for any other Description.

    The stance is `supports` or `counters`. The certainty is `firm` or `tentative`.
    """
    match = _QUALIFIED.fullmatch(description)
    if match is None or not description:
        return None
    return (
        "counters" if match[1] == "counters" else "supports",
        "tentative" if match[2] == "tentative" else "firm",
    )


def description(code: CodeDraft) -> str:
    """Return the Description of a code for the file: its definition, and the sections Include, Exclude and Example."""
    parts = [code.definition] if code.definition else []
    for label, text in (("Include", code.include), ("Exclude", code.exclude), ("Example", code.example)):
        if text:
            parts.append(f"{label}: {text}")
    return "\n\n".join(parts)


def parse_description(text: str) -> dict[str, str]:
    """Return the fields of a code from its Description: name of the field → text.

    The fields are the definition and the sections Include, Exclude and Example. A Description without such sections is
    only the definition.
    """
    headings = list(_SECTION.finditer(text))
    fields = {"definition": text[: headings[0].start()] if headings else text}
    for heading, following in zip(headings, [*headings[1:], None], strict=False):
        key = heading[1].lower()
        if key in fields:  # `description` never writes a section twice: another program wrote this text
            return {"definition": text}
        fields[key] = text[heading.end() : following.start() if following else None]
    return fields
