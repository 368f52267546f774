"""How a study stands in a REFI-QDA project: the form that `refi_write` writes and `refi_read` reads back whole.

What REFI-QDA has a place for stands there. The rest, so that no other program loses sight of it without need, stands

- in the Description of a selection: `Stance: counters` and `Certainty: tentative`, a line each, where they are so;
- in the Description of a code: its definition, then `Include: `, `Exclude: ` and `Example: `, a blank line between them;
- in the Description of a source: its title;
- in a Note for each matrix, named `Matrix: ` and its name: the matrix in TOML, as `matrix export` writes it;
- in Notes without a reference: memos on cases, which REFI-QDA cannot refer to; the Description says what they are on;
- in the Note named `sibtui`, as JSON, by the GUID of the thing: everything else.

Fields of the JSON: `sibtui` (1, the form's version), `study`, `unlisted` (users who are not coders of the study),
`attributes`, `cases`, `sources`, `codes`, `codings`, `memos` (GUID → the fields that the thing has beyond REFI-QDA), `made` (codes
that are only there to hold others), `matrices` (GUIDs of their Notes), `coverage` (source, topic, state), `whole` (kind → position and
thing: what REFI-QDA can hold no part of), `order` (kind → GUIDs, where the order in the file is another).

Control characters that XML cannot hold are written as told in `xml_text`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from sibtui.model.attributes import canonical

if TYPE_CHECKING:
    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import AttributeKind, Certainty, Stance

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "sibtui"
ANNEX = "sibtui"
MATRIX = "Matrix: "
VERSION = 1

HEX = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
    "grey": "#999999",
}
"""The theme colours as Okabe and Ito give them."""

KIND_OF_TYPE = {
    "Text": "text", "Boolean": "yes/no", "Integer": "number", "Float": "number", "Date": "date", "DateTime": "text",
}  # fmt: skip
TYPE_OF_KIND = {"text": "Text", "yes/no": "Boolean", "number": "Float", "date": "Date"}

_QUALIFIED = re.compile(r"(?:Stance: (supports|counters))?\n?(?:Certainty: (firm|tentative))?")
_SECTION = re.compile(r"(?:\A|\n\n)(Include|Exclude|Example): ")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def qualifiers(stance: Stance, certainty: Certainty) -> str:
    """The Description of a selection; empty for a plain one."""
    told = ["Stance: counters"] if stance == "counters" else []
    if certainty == "tentative":
        told.append("Certainty: tentative")
    return "\n".join(told)


def parse_qualifiers(description: str) -> tuple[Stance, Certainty] | None:
    """What `qualifiers` was given; None when the Description is something else."""
    found = _QUALIFIED.fullmatch(description)
    if found is None or not description:
        return None
    return (
        "counters" if found[1] == "counters" else "supports",
        "tentative" if found[2] == "tentative" else "firm",
    )


def description(code: CodeDraft) -> str:
    """The Description of a code."""
    parts = [code.definition] if code.definition else []
    for label, text in (("Include", code.include), ("Exclude", code.exclude), ("Example", code.example)):
        if text:
            parts.append(f"{label}: {text}")
    return "\n\n".join(parts)


def parse_description(text: str) -> dict[str, str]:
    """The definition and the other sections, as fields of a CodeDraft; a text without sections is a definition."""
    at = list(_SECTION.finditer(text))
    fields = {"definition": text[: at[0].start()] if at else text}
    for found, following in zip(at, [*at[1:], None], strict=False):
        key = found[1].lower()
        if key in fields:  # no Description of ours
            return {"definition": text}
        fields[key] = text[found.end() : following.start() if following else None]
    return fields


def colour_of(code: str | None) -> str | None:
    """The theme colour nearest to an RGB colour; None when it is none."""
    found = _HEX.fullmatch(code or "")
    if found is None:
        return None
    wanted = _rgb(found[1])
    return min(HEX, key=lambda name: sum((a - b) ** 2 for a, b in zip(wanted, _rgb(HEX[name][1:]), strict=True)))


def _rgb(digits: str) -> tuple[int, ...]:
    long = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return tuple(int(long[at : at + 2], 16) for at in (0, 2, 4))


def typed(kind: str, value: Any) -> str | None:
    """The value as its kind is stored; None when it is not of its kind."""
    try:
        return canonical(cast("AttributeKind", kind), value)
    except ValueError:
        return None
