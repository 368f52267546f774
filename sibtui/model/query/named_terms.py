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

    `start` and `end` are the offsets of the name in the query, including its quotation marks.
    """

    word: TermWord | Literal["attribute"]
    name: str
    start: int
    end: int


def named_terms(text: str) -> Sequence[NamedTerm]:
    """Return the names in a query, in order. Raises QueryError if the query is faulty."""
    ends = {token.at: token.end for token in tokens(text)}
    return [
        NamedTerm("attribute", term.name, term.at - 1, ends[term.at])
        if isinstance(term, AttributeTerm)
        else NamedTerm(term.word, term.value, term.at - 1, ends[term.at])
        for term in _terms(parse(text))
        if term.value
    ]


def with_names(text: str, names: Mapping[int, str]) -> str:
    """Return the query `text` with some names replaced.

    `names` is a map: offset at which the old name begins (`NamedTerm.start`) → new name.

    >>> with_names("code Trust alone", {5: "Trust before"})
    'code "Trust before" alone'
    """
    for term in reversed(named_terms(text)):
        if term.start in names:
            text = text[: term.start] + quoted(names[term.start]) + text[term.end :]
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
