"""The parts of a query as frozen values. `docs/queries.md` has the grammar."""

from __future__ import annotations

from typing import Literal, get_args

from sibtui.model.frozen import dataclass

TermWord = Literal[
    "code", "exactly", "case", "source", "kind", "coder", "round",
    "stance", "certainty", "text", "memo", "query", "waiting", "judged",
]  # fmt: skip
"""The first word of a term."""
Comparator = Literal["=", "!=", "<", "<=", ">", ">="]
TextUnit = Literal["character", "sentence", "paragraph", "section", "source"]
"""A unit in which places of codings are compared."""
RelationWord = Literal["overlapping", "inside", "containing", "same place", "alone", "within", "followed by"]

TERM_WORDS: tuple[TermWord, ...] = get_args(TermWord)
FLAG_TERMS: tuple[TermWord, ...] = ("waiting", "judged")
"""The terms without a value."""
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)


@dataclass(frozen=True, slots=True)
class Term:
    """A property of a coding. `at` is the first character of the value, or of the word if there is no value; it counts from 1."""

    word: TermWord
    value: str = ""
    at: int = 1


@dataclass(frozen=True, slots=True)
class AttributeTerm:
    """An attribute of the cases or of the source of a coding, compared with a value. `at` and `value_at` are characters as in `Term`."""

    name: str
    comparator: Comparator
    value: str
    at: int = 1
    value_at: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between the places of two codings.

    Two codings in the same unit have the relation “within” with a distance of 0. `at` is the character at which the relation begins.
    """

    word: RelationWord
    unit: TextUnit = "character"
    distance: int = 0
    at: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """The codings of `left` that have the relation to a coding of `right`. If `negated` is set, those that do not have it.

    `right` is None for “alone”, which is a relation to the codings of all other codes.
    """

    left: Query
    relation: Relation
    right: Query | None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """All codings except the codings of the operand."""

    operand: Query


@dataclass(frozen=True, slots=True)
class Conjunction:
    """The codings that every operand finds."""

    operands: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """The codings that one of the operands finds."""

    operands: tuple[Query, ...]


Query = Term | AttributeTerm | Related | Negation | Conjunction | Disjunction
"""A query of codings, or a part of it."""
