"""Those fields of codes and of sources for which REFI-QDA has no element.

They are written to the annex, which is a Note in the project file. Only sibtui reads the annex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.codec.foreign_values import rgb_of
from sibtui.model.drafts import SourceDraft

if TYPE_CHECKING:
    from sibtui.model.drafts import CodeDraft

_EVENT = ("event", "at", "coder", "path", "definition", "note", "since")
_OF_SOURCE = (
    "kind", "fidelity", "reading", "read_at", "original", "sha256", "encoding", "confidence", "language", "uid",
)  # fmt: skip
_PLAIN = SourceDraft("", "")


def code_fields(code: CodeDraft) -> dict[str, Any]:
    """Return the fields of a code that REFI-QDA cannot hold, as a dict: name → value. Empty fields are left out."""
    fields: dict[str, Any] = {
        key: field for key in ("origin", "status", "key", "since", "uid") if (field := getattr(code, key))
    }
    if code.include or code.exclude or code.example:
        fields["sections"] = [code.definition, code.include, code.exclude, code.example]
    if code.colour is not None and rgb_of(code.colour) is None:
        fields["colour"] = code.colour
    if code.lineage:
        fields["lineage"] = [
            {name: getattr(event, name) for name in _EVENT if name != "since" or event.since} for event in code.lineage
        ]
    return fields


def source_fields(source: SourceDraft) -> dict[str, Any]:
    """Return those fields of a source for which REFI-QDA has no element: name → value.

    The cases are left out, and so are fields that have their default value.
    """
    return {key: value for key in _OF_SOURCE if (value := getattr(source, key)) != getattr(_PLAIN, key)}
