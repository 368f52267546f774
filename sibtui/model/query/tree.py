"""The parts of a parsed query, as frozen values. The grammar is in `docs/queries.md`."""

from __future__ import annotations

from typing import Literal, get_args

from sibtui.model.frozen import dataclass

TermWord = Literal[
    "code", "exactly", "case", "source", "set", "kind", "coder", "round",
    "stance", "certainty", "text", "memo", "how", "query", "waiting", "judged", "for paper",
]  # fmt: skip
"""The word or words at the beginning of a term, which name a property of codings."""
Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
TextUnit = Literal["character", "sentence", "paragraph", "section", "source"]
"""A unit of text in which the distance between codings is counted."""
RelationWord = Literal["overlapping", "inside", "containing", "same place", "alone", "within", "followed by"]

TERM_WORDS: tuple[TermWord, ...] = get_args(TermWord)
FLAG_TERMS: tuple[TermWord, ...] = ("waiting", "judged", "for paper")
"""The terms that have no value after their word."""
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query, such as `code Trust`: `word` is the property, and `value` its value.

    `at` is the position of the value in the query, from 1. For a term without a value, it is the position of `word`.
    """

    word: TermWord
    value: str = ""
    at: int = 1


@dataclass(frozen=True, slots=True)
class AttributeTerm:
    """A term of a query such as `Size < 10`: it compares a value with an attribute of a coding's cases or source.

    `at` and `value_at` are the positions of the attribute and of the value in the query, from 1.
    """

    name: str
    comparator: Comparator
    value: str
    at: int = 1
    value_at: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between the places of two codings, such as “overlapping” or “within 2 sentences”.

    `at` is the position of the relation in the query, from 1. “In the same sentence” is stored as “within 0
    sentences”.
    """

    word: RelationWord
    unit: TextUnit = "character"
    distance: int = 0
    at: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """A query for the codings of `left` that have the relation to at least one coding of `right`.

    If `negated` is set, the query finds the codings of `left` that do not have the relation. For the relation
    “alone”, `right` is None, because the codings are compared with those of all other codes.
    """

    left: Query
    relation: Relation
    right: Query | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """A query for all codings that the operand does not find (“not”)."""

    operand: Query


@dataclass(frozen=True, slots=True)
class Conjunction:
    """A query for the codings that every operand finds (“and”)."""

    operands: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """A query for the codings that at least one operand finds (“or”)."""

    operands: tuple[Query, ...]


Query = Term | AttributeTerm | Related | Negation | Conjunction | Disjunction
"""A query of codings, or a part of it."""
