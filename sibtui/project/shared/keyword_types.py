"""The types of the keyword arguments of public methods: the fields of codes and codings, and the parts of a filter.

Making one TypedDict takes as long as making ten other classes. For this reason, only annotations use these types, in
the form `sibtui.FilterWords`, and commands need not import them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from sibtui.model.arguments import Names, Numbers
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
    """The fields that `Codes.set` can change. `reread` is a reason why all sources must be read again for the code."""

    reread: str


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
