"""The names of items in a query, such as a code, and the replacement of these names after a rename."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sibtui.model.frozen import dataclass
from sibtui.model.query.completion import quoted
from sibtui.model.query.parser import parse
from sibtui.model.query.tokens import tokens
from sibtui.model.query.tree import AttributeTerm, Negation, Query, Related, Term, TermWord


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A name in a query. `word` is the word before it, such as `code`.

    `start` and `end` are the offsets of the name in the query, including its quotation marks. If the name is that of
    an attribute, `comparison` is the whole term, such as `Size < 10`.
    """

    word: TermWord | Literal["attribute"]
    name: str
    start: int
    end: int
    comparison: AttributeTerm | None = None


def named_terms(text: str) -> Sequence[NamedTerm]:
    """Return the names in a query, in order. Raises QueryError if the query is faulty."""
    ends = {token.at: token.end for token in tokens(text)}
    return [
        NamedTerm("attribute", term.name, term.at - 1, ends[term.at], term)
        if isinstance(term, AttributeTerm)
        else NamedTerm(term.word, term.value, term.at - 1, ends[term.at])
        for term in _terms(parse(text))
        if term.value
    ]


def with_names(text: str, names: Mapping[int, Sequence[str]]) -> str:
    """Return the query `text` with some names replaced.

    `names` is a map: offset at which the old name begins (`NamedTerm.start`) → new names. An attribute may get several
    names: the query then finds the codings that fit any of them.

    >>> with_names("code Trust alone", {5: ["Trust before"]})
    'code "Trust before" alone'
    >>> with_names("not attribute size > 2", {14: ["people", "pages"]})
    'not (attribute "people" > 2 or attribute "pages" > 2)'
    """
    spans = list(tokens(text))
    for term in reversed(named_terms(text)):
        new = names.get(term.start, ())
        if len(new) == 1:
            text = text[: term.start] + quoted(new[0]) + text[term.end :]
        elif new and term.comparison is not None:
            start = max(token.at - 1 for token in spans if token.at - 1 < term.start)
            end = next(token.end for token in spans if token.at == term.comparison.value_at)
            compared = text[term.end : end]
            text = f"{text[:start]}({' or '.join(f'attribute {quoted(name)}{compared}' for name in new)}){text[end:]}"
    return text


def _terms(query: Query) -> Iterator[Term | AttributeTerm]:
    match query:
        case Term() | AttributeTerm():
            yield query
        case Negation():
            yield from _terms(query.operand)
        case Related():
            yield from _terms(query.left)
            if query.right is not None:
                yield from _terms(query.right)
        case _:
            for operand in query.operands:
                yield from _terms(operand)
