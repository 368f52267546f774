"""The line of text in which the user writes a filter of quotes, such as `code:Trust case:"SIB A" counters words`.

Such a line can express the same filters as the options of `sibtui coding list`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sibtui.errors import InputError
from sibtui.model.filters import CodingFilter
from sibtui.model.folding import fold, identical
from sibtui.model.records import CERTAINTIES, HOW_FOUND, KINDS, STANCES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

EXAMPLE = 'code:Trust  case:"SIB A"  source:b1  set:pilot  kind:interview  coder:R1  speaker:Anna  attribute:mode=online  counters  tentative  unattributed  for-paper  or words'

_T = TypeVar("_T", bound=str)
_NAMES = {
    "code": "codes",
    "case": "cases",
    "source": "sources",
    "set": "sets",
    "kind": "kinds",
    "coder": "coders",
    "speaker": "speakers",
    "how": "how",
}
_FLAGS: dict[str, tuple[str, object]] = {
    **{stance: ("stance", stance) for stance in STANCES},
    **{certainty: ("certainty", certainty) for certainty in CERTAINTIES},
    "unattributed": ("unattributed", True),
    "no-subcodes": ("subcodes", False),
    "for-paper": ("for_paper", True),
}
_CHOICES: dict[str, tuple[Sequence[str], str]] = {
    "kind": (KINDS, "kind of source"),
    "how": (HOW_FOUND, "way of finding"),
}
_ATTRIBUTE = "attribute"
_VALUES = (*_NAMES, _ATTRIBUTE, "stance", "certainty")
_QUOTED = r'"(?:[^"]|"")*"'
_PART = re.compile(
    rf'(?P<attribute>{_ATTRIBUTE}):\s*(?P<of>{_QUOTED}|[^\s"=]+)?\s*(?P<equals>=)?\s*(?P<is>{_QUOTED}|[^\s"]\S*)?'
    rf'|(?P<name>{"|".join(_VALUES)}):\s*(?P<value>{_QUOTED}|[^\s"]\S*)?'
    rf"|(?P<other>[a-z]+):(?=\S)|(?P<text>{_QUOTED})|(?P<word>\S+)",
    re.IGNORECASE,
)


def read_filter(line: str) -> CodingFilter:
    """Return the filter that the user has written in a line. Raises InputError for an unknown name or value."""
    named: dict[str, list[str]] = {field: [] for field in _NAMES.values()}
    values: dict[str, object] = {}
    words: list[str] = []
    attributes: dict[str, str] = {}
    for part in _PART.finditer(line):
        if part["attribute"]:
            attributes |= _attribute(part["of"], part["equals"], part["is"])
            continue
        name, value = (part["name"] or "").casefold(), _bare(part["value"] or "")
        word = part["word"] or ""
        if part["other"]:
            raise InputError(
                f"There is no filter “{one_line(part['other'], 30)}:”; a word with a colon goes in quotation marks. "
                f"There are: {', '.join(_VALUES)}."
            )
        if name and not value:
            raise InputError(f"“{name}:” needs a name after it.")
        if name in _NAMES:
            known, what = _CHOICES.get(name, ((), ""))
            named[_NAMES[name]].append(_one_of(value, known, what) if known else value)
        elif name:
            values[name] = _one_of(value, STANCES if name == "stance" else CERTAINTIES, name)
        elif word.casefold() in _FLAGS:
            field, flag = _FLAGS[word.casefold()]
            values[field] = flag
        else:
            words.append(word or _bare(part["text"]))
    lists = {field: tuple(names) for field, names in named.items()}
    return replace(CodingFilter(), **lists, **values, attributes=attributes, text=" ".join(words))  # type: ignore[arg-type]


def write_filter(criteria: CodingFilter) -> str:
    """Return a filter as a line of text, from which `read_filter` makes the same filter."""
    parts = [f"{name}:{_quoted(value)}" for name, field in _NAMES.items() for value in getattr(criteria, field)]
    parts += [f"{_ATTRIBUTE}:{_quoted_part(name)}={_quoted(value)}" for name, value in criteria.attributes.items()]
    parts += [flag for flag, (field, value) in _FLAGS.items() if getattr(criteria, field) == value]
    if criteria.text:
        parts.append(_quoted(criteria.text, plain=True))
    return " ".join(parts)


def resolve_names(
    criteria: CodingFilter,
    *,
    cases: Collection[str],
    sources: Collection[str],
    coders: Collection[str],
    sets: Collection[str] = (),
    attributes: Collection[str] = (),
    speakers: Collection[str] = (),
) -> CodingFilter:
    """Return the filter with full names in place of names that the user has shortened.

    A name is completed to the only known name that begins with it, or else to the only one that ends with it, or
    else to the only one that contains it. The arguments after `criteria` are the known names of each kind.
    """
    return replace(
        criteria,
        cases=tuple(_complete(name, cases) for name in criteria.cases),
        sources=tuple(_complete(name, sources) for name in criteria.sources),
        coders=tuple(_complete(name, coders) for name in criteria.coders),
        sets=tuple(_complete(name, sets) for name in criteria.sets),
        attributes={_complete(name, attributes): value for name, value in criteria.attributes.items()},
        speakers=tuple(_complete(name, speakers) for name in criteria.speakers),
    )


def _complete(name: str, known: Collection[str]) -> str:
    if identical(name, known):
        return name
    folded = fold(name)
    for fits in (str.startswith, str.endswith, str.__contains__):
        matches = [each for each in known if fits(fold(each), folded)]
        if len(matches) == 1:
            return matches[0]
    return name


def _attribute(name: str | None, equals: str | None, value: str | None) -> dict[str, str]:
    """Return {name of an attribute: its value}. Raises InputError if the name or the value is missing."""
    if not name or not equals or not value:
        raise InputError(f"“{_ATTRIBUTE}:” needs a name and a value: {_ATTRIBUTE}:NAME=VALUE.")
    return {_bare(name): _bare(value)}


def _one_of(value: str, known: Sequence[_T], field: str) -> _T:
    matches = [each for each in known if each.startswith(value.casefold())]
    if not value or len(matches) != 1:
        raise InputError(f"“{one_line(value, 30)}” is not a valid {field}: there are {', '.join(known)}.")
    return matches[0]


def _bare(value: str) -> str:
    return value[1:-1].replace('""', '"') if len(value) > 1 and value[0] == value[-1] == '"' else value


def _quoted_part(name: str) -> str:
    """Return the name of an attribute as `write_filter` writes it.

    A name with a space, an equals sign or a quotation mark is in quotation marks.
    """
    return name if re.fullmatch(r'[^\s"=]+', name) else '"' + name.replace('"', '""') + '"'


def _quoted(value: str, *, plain: bool = False) -> str:
    """Return a value as it is written in a filter. It gets quotation marks only if they are needed.

    Set `plain` for search words, which are written without a name and colon.
    """
    if plain:
        match = _PART.match(value)
        bare = match is not None and match["word"] == value and value.casefold() not in _FLAGS
    else:
        bare = re.fullmatch(r'[^\s"]\S*', value) is not None
    return value if bare else '"' + value.replace('"', '""') + '"'
