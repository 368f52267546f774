"""Filters and drafts made from the keyword arguments of public methods."""

from __future__ import annotations

from typing import Any

import sibtui
from sibtui.errors import InputError
from sibtui.model.arguments import as_name
from sibtui.model.frozen import replace


def code_draft(code: sibtui.CodeDraft | str, fields: sibtui.NewCodeFields) -> sibtui.CodeDraft:
    """Return a draft of a code with these fields. `code` is a path, or a draft in which the fields are replaced."""
    return replace(code, **fields) if isinstance(code, sibtui.CodeDraft) else sibtui.CodeDraft(as_name(code), **fields)


_FILTER_FIELDS = {
    "code": "codes",
    "case": "cases",
    "source": "sources",
    "kind": "kinds",
    "coder": "coders",
    "speaker": "speakers",
    "round": "rounds",
    "attribute": "attributes",
    "set": "sets",
}


def filter_of(given: sibtui.CodingFilter | None, words: sibtui.FilterWords) -> sibtui.CodingFilter:
    """Return `given`, or else a filter made from the keyword arguments `words`.

    Raises InputError if both are given.
    """
    if given is None:
        parts: dict[str, Any] = {_FILTER_FIELDS.get(word, word): value for word, value in words.items()}
        return sibtui.CodingFilter(**parts)
    if words:
        raise InputError(f"A filter is given already: put {', '.join(words)} into it.")
    return given


def coding_draft(
    source: sibtui.CodingDraft | str, code: str | None, fields: sibtui.NewCodingFields
) -> sibtui.CodingDraft:
    """Return `source` if it is a draft, or else a draft made from the source name, the code and the fields.

    Raises InputError when a draft is given together with a code or fields, or when a part of the coding is missing.
    """
    if isinstance(source, sibtui.CodingDraft):
        if code is not None or fields:
            raise InputError("A draft is given already: put the code and all other fields into it.")
        return source
    if code is None or not {"segment", "quote"} & fields.keys():
        raise InputError("A coding needs a source, a code, and a quote or a segment.")
    return sibtui.CodingDraft(as_name(source), as_name(code), **fields)
