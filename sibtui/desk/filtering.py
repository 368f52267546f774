"""The line that narrows a list of quotes: `code:Trust case:"SIB A" counters words`, with the parts of `sibtui coding list`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sibtui.errors import InputError
from sibtui.model.filters import CodingFilter
from sibtui.model.records import CERTAINTIES, KINDS, STANCES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

EXAMPLE = 'code:Trust  case:"SIB A"  source:b1  kind:interview  coder:R1  counters  tentative  unattributed  or words'

_T = TypeVar("_T", bound=str)
_NAMES = {"code": "codes", "case": "cases", "source": "sources", "kind": "kinds", "coder": "coders"}
_FLAGS: dict[str, tuple[str, object]] = {
    **{stance: ("stance", stance) for stance in STANCES},
    **{certainty: ("certainty", certainty) for certainty in CERTAINTIES},
    "unattributed": ("unattributed", True),
    "no-subcodes": ("subcodes", False),
}
_VALUES = (*_NAMES, "stance", "certainty")
_QUOTED = r'"(?:[^"]|"")*"'
_PART = re.compile(
    rf'(?P<name>{"|".join(_VALUES)}):\s*(?P<value>{_QUOTED}|[^\s"]\S*)?'
    rf"|(?P<other>[a-z]+):(?=\S)|(?P<text>{_QUOTED})|(?P<word>\S+)",
    re.IGNORECASE,
)


def read_filter(line: str) -> CodingFilter:
    """The filter that a line tells. InputError when a part of it is none."""
    named: dict[str, list[str]] = {field: [] for field in _NAMES.values()}
    told: dict[str, object] = {}
    words: list[str] = []
    for part in _PART.finditer(line):
        name, value = (part["name"] or "").casefold(), _bare(part["value"] or "")
        word = part["word"] or ""
        if part["other"]:
            raise InputError(
                f"There is no filter “{one_line(part['other'], 30)}:”; a word with a colon goes in quotation marks. "
                f"There are: {', '.join(_VALUES)}."
            )
        if name and not value:
            raise InputError(f"“{name}:” needs a name behind it.")
        if name in _NAMES:
            named[_NAMES[name]].append(_one_of(value, KINDS, "kind of source") if name == "kind" else value)
        elif name:
            told[name] = _one_of(value, STANCES if name == "stance" else CERTAINTIES, name)
        elif word.casefold() in _FLAGS:
            field, flag = _FLAGS[word.casefold()]
            told[field] = flag
        else:
            words.append(word or _bare(part["text"]))
    lists = {field: tuple(values) for field, values in named.items()}
    return replace(CodingFilter(), **lists, **told, text=" ".join(words))  # type: ignore[arg-type]


def write_filter(wanted: CodingFilter) -> str:
    """The line that tells a filter."""
    parts = [f"{name}:{_quoted(value)}" for name, field in _NAMES.items() for value in getattr(wanted, field)]
    parts += [flag for flag, (field, value) in _FLAGS.items() if getattr(wanted, field) == value]
    if wanted.text:
        parts.append(_quoted(wanted.text, plain=True))
    return " ".join(parts)


def meant(
    wanted: CodingFilter, *, cases: Collection[str], sources: Collection[str], coders: Collection[str]
) -> CodingFilter:
    """The filter with names in full where a part of one was told that fits no other."""
    return replace(
        wanted,
        cases=tuple(_in_full(name, cases) for name in wanted.cases),
        sources=tuple(_in_full(name, sources) for name in wanted.sources),
        coders=tuple(_in_full(name, coders) for name in wanted.coders),
    )


def _in_full(name: str, known: Collection[str]) -> str:
    folded = name.casefold()
    if any(folded == each.casefold() for each in known):
        return name
    for fits in (str.startswith, str.endswith, str.__contains__):
        found = [each for each in known if fits(each.casefold(), folded)]
        if len(found) == 1:
            return found[0]
    return name


def _one_of(value: str, known: Sequence[_T], what: str) -> _T:
    found = [each for each in known if each.startswith(value.casefold())]
    if not value or len(found) != 1:
        raise InputError(f"“{one_line(value, 30)}” is no {what}: there are {', '.join(known)}.")
    return found[0]


def _bare(told: str) -> str:
    return told[1:-1].replace('""', '"') if len(told) > 1 and told[0] == told[-1] == '"' else told


def _quoted(value: str, *, plain: bool = False) -> str:
    """The value in quotation marks, if it would be read as something else without."""
    if plain:
        match = _PART.match(value)
        bare = match is not None and match["word"] == value and value.casefold() not in _FLAGS
    else:
        bare = re.fullmatch(r'[^\s"]\S*', value) is not None
    return value if bare else '"' + value.replace('"', '""') + '"'
