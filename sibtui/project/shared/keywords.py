"""The keyword arguments of public methods: the fields of codes and codings, and the parts of a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import sibtui
from sibtui.errors import InputError
from sibtui.model.arguments import Names, Numbers, as_name
from sibtui.model.frozen import replace
from sibtui.model.records import Certainty, HowFound, Kind, Origin, Stance, Status
from sibtui.model.segments import Segment


class NewCodeFields(TypedDict, total=False):
    """The fields of a new code, without its path."""

    definition: str
    include: str
    exclude: str
    example: str
    origin: Origin
    status: Status
    colour: str | None
    key: str | None
    since: str


class CodeFields(NewCodeFields, total=False):
    """The fields that `Codes.set` can change: the fields of a new code, and `reread`.

    `reread` is a reason why all sources must be read again for the code.
    """

    reread: str


def code_draft(code: sibtui.CodeDraft | str, fields: NewCodeFields) -> sibtui.CodeDraft:
    """Return a draft of a code with these fields.

    `code` is a draft whose fields are replaced, or the path of a new draft.
    """
    return replace(code, **fields) if isinstance(code, sibtui.CodeDraft) else sibtui.CodeDraft(as_name(code), **fields)


class NewCodingFields(TypedDict, total=False):
    """The fields of a new coding, without its source and its code."""

    segment: Segment
    quote: str
    nth: int
    coder: str
    stance: Stance
    certainty: Certainty
    cases: Names
    memo: str
    for_paper: bool


class FilterWords(TypedDict, total=False):
    """The parts of a `CodingFilter` as keyword arguments. `case`, for example, is the option `--case` of commands."""

    code: Names
    subcodes: bool
    case: Names
    source: Names
    kind: Kind | Iterable[Kind]
    coder: Names
    stance: Stance
    certainty: Certainty
    text: str
    unattributed: bool
    speaker: Names
    speaker_pattern: str
    where: str
    round: Numbers
    for_paper: bool
    how: HowFound | Iterable[HowFound]
    attribute: Mapping[str, str]


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


def filter_of(given: sibtui.CodingFilter | None, words: FilterWords) -> sibtui.CodingFilter:
    """Return `given` if it is a filter, or else a filter made from the keyword arguments `words`.

    Raises InputError if both are given.
    """
    if given is None:
        parts: dict[str, Any] = {_FILTER_FIELDS.get(word, word): value for word, value in words.items()}
        return sibtui.CodingFilter(**parts)
    if words:
        raise InputError(f"A filter is given already: put {', '.join(words)} into it.")
    return given


def coding_draft(source: sibtui.CodingDraft | str, code: str | None, fields: NewCodingFields) -> sibtui.CodingDraft:
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
