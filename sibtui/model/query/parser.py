"""The parser of queries.

It turns a text into a tree, or raises an error with the first wrong character and the words that are possible there.

The library lark 1.3 was tried in 2026. Its errors name the terminals of a grammar, so each message would need a table
of words. Its import takes as long as the start of a whole command.
"""

from __future__ import annotations

from sibtui.errors import QueryError
from sibtui.model.query.tokens import Token, tokens
from sibtui.model.query.tree import (
    COMPARATORS,
    FLAG_TERMS,
    TERM_WORDS,
    AttributeTerm,
    Comparator,
    Conjunction,
    Disjunction,
    Negation,
    Query,
    Related,
    Relation,
    RelationWord,
    Term,
    TermWord,
    TextUnit,
)
from sibtui.model.records import CERTAINTIES, HOW_FOUND, KINDS, STANCES
from sibtui.model.text import listed, one_line

A_CODE, A_CASE, A_SOURCE, A_SET, A_CODER, A_QUERY = (
    f"the name of a {each}" for each in ("code", "case", "source", "set", "coder", "query")
)
AN_ATTRIBUTE, A_VALUE = "the name of an attribute", "a value"
DEEPEST = 100
"""The largest depth of a query: the number of brackets and “not”s that may be inside each other."""
_FARTHEST = 1 << 31
_SAME_UNITS: tuple[TextUnit, ...] = ("sentence", "paragraph", "section", "source")
_DISTANCE_UNITS: tuple[TextUnit, ...] = ("character", "sentence", "paragraph")
_PLACE_RELATIONS: tuple[RelationWord, ...] = ("overlapping", "inside", "containing")
_WANTED = {
    "code": A_CODE, "exactly": A_CODE, "case": A_CASE, "source": A_SOURCE, "set": A_SET, "coder": A_CODER,
    "round": "a number", "text": "words", "memo": "words", "query": A_QUERY,
}  # fmt: skip
_CHOICES: dict[TermWord, tuple[str, ...]] = {
    "kind": KINDS,
    "stance": STANCES,
    "certainty": CERTAINTIES,
    "how": HOW_FOUND,
}
_RESERVED = frozenset({"and", "or", "not", "overlapping", "inside", "containing", "alone", "within", "followed"})
"""The words that end a term. If the name of an item equals one of these words, the name must be in quotation marks."""
_LITERAL = _RESERVED.union(
    " ".join(TERM_WORDS).split(), COMPARATORS, "()", ("attribute", "in", "the", "same", "place", "as", "of", "by"),
    _SAME_UNITS, _DISTANCE_UNITS, (f"{unit}s" for unit in _DISTANCE_UNITS), KINDS, STANCES, CERTAINTIES, HOW_FOUND,
)  # fmt: skip
"""All words and signs of the query language."""
_NEAR = 75
"""The lowest similarity (0-100) at which an error message suggests a word of the language in place of a wrong word."""


def parse(text: str) -> Query:
    """Return the tree of a query. Raises QueryError, with the position of the first wrong character.

    >>> parse('code "Rate card" overlapping code Trust').relation.word
    'overlapping'
    """
    return _Parser(text).query()


def words_after(text: str) -> tuple[str, ...]:
    """Return the words, signs and kinds of names that can follow `text`, the beginning of a query.

    If `text` already has an error, the result is empty.
    """
    try:
        parser = _Parser(text)
        parser.query()
    except QueryError as error:
        return error.expected if error.position > len(text) else ()
    return parser.expected


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0
        self._after_bare_name = -1
        """The index of the token that follows the last name without quotation marks; -1 before the first such name."""
        self._expected: dict[str, None] = {}
        """The words that the parser has tried to find at the current token."""

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    @property
    def expected(self) -> tuple[str, ...]:
        """The words that the parser would have accepted in place of the current token."""
        return tuple(self._expected)

    def query(self) -> Query:
        found = self._disjunction()
        if self._token.kind != "end":
            raise self._failure()
        return found

    # Tokens

    def _advance(self) -> Token:
        token = self._token
        self._at += 1
        self._expected.clear()
        return token

    def _take(self, *words: str) -> Token | None:
        """If the current token is one of these words or signs, go to the next token and return the old one.

        Otherwise, return None.
        """
        token = self._token
        if token.kind in {"word", "sign"} and token.text.lower() in words:
            return self._advance()
        self._expected.update(dict.fromkeys(words))
        return None

    def _need(self, *words: str) -> Token:
        if (token := self._take(*words)) is None:
            raise self._failure()
        return token

    def _failure(self) -> QueryError:
        token, expected = self._token, self.expected
        words = listed((f"“{each}”" if each in _LITERAL else each for each in expected), len(expected), last="or")
        if token.kind == "end":
            return QueryError(token.at, f"the query ends; expected {words}.", expected)
        found = one_line(token.text, 40)
        return QueryError(token.at, f"expected {words}, but found “{found}”.{self._advice()}", expected)

    def _advice(self) -> str:
        """Return advice about two usual mistakes; an empty text for all other errors.

        The mistakes are a misspelt word, and a name of several words without quotation marks.
        """
        from rapidfuzz import fuzz, process

        if self._token.kind != "word":
            return ""
        words = [word for word in self._expected if word in _LITERAL]
        if near := process.extractOne(self._token.text.lower(), words, scorer=fuzz.ratio, score_cutoff=_NEAR):
            return f" Did you mean “{near[0]}”?"
        return " A name with spaces needs quotation marks." if self._at == self._after_bare_name else ""

    # Rules of the grammar, the loosest first

    def _disjunction(self) -> Query:
        operands = [self._conjunction()]
        while self._take("or"):
            operands.append(self._conjunction())
        return operands[0] if len(operands) == 1 else Disjunction(tuple(operands))

    def _conjunction(self) -> Query:
        operands = [self._negation()]
        while self._take("and"):
            operands.append(self._negation())
        return operands[0] if len(operands) == 1 else Conjunction(tuple(operands))

    def _negation(self) -> Query:
        if (token := self._take("not")) is None:
            return self._related()
        self._deeper(token)
        operand = self._negation()
        self._depth -= 1
        return Negation(operand)

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(token.at, f"the query has more than {DEEPEST} brackets and nots inside each other.")

    def _related(self) -> Query:
        left = self._operand()
        negated = self._take("not") is not None
        related = self._relation(left, negated=negated)
        if related is None and negated:
            raise self._failure()
        return left if related is None else related

    def _operand(self) -> Query:
        if bracket := self._take("("):
            self._deeper(bracket)
            inner = self._disjunction()
            self._need(")")
            self._depth -= 1
            return inner
        return self._term()

    # Terms

    def _term(self) -> Query:
        for word in TERM_WORDS:
            first, *more = word.split()
            if token := self._take(first):
                for each in more:
                    self._need(each)
                return Term(word, "", token.at) if word in FLAG_TERMS else self._valued(word)
        if self._take("attribute"):
            return self._attribute()
        raise self._failure()

    def _valued(self, word: TermWord) -> Term:
        if word in _CHOICES:
            return self._chosen(word, _CHOICES[word])
        token = self._name(_WANTED[word])
        if word == "round":
            if not (token.text.isascii() and token.text.isdigit() and 0 < int(token.text[:12]) < _FARTHEST):
                raise QueryError(token.at, f"a round is a whole number, 1 or more, not “{one_line(token.text, 40)}”.")
            return Term(word, str(int(token.text)), token.at)
        return Term(word, token.text, token.at)

    def _chosen(self, word: TermWord, allowed: tuple[str, ...]) -> Term:
        token = self._token
        if token.kind in {"word", "name"} and token.text.strip().lower() in allowed:
            self._advance()
            return Term(word, token.text.strip().lower(), token.at)
        self._expected.update(dict.fromkeys(allowed))
        raise self._failure()

    def _name(self, what: str) -> Token:
        """Return the next token, which must be a name in quotation marks or a single word.

        `what` is the kind of name for the error message.
        """
        token = self._token
        if token.kind == "name" or (token.kind == "word" and token.text.lower() not in _RESERVED):
            if not token.text.strip():
                raise QueryError(token.at, f"expected {what} between the quotation marks.", (what,))
            self._advance()
            if token.kind == "word":
                self._after_bare_name = self._at
            return token
        self._expected[what] = None
        raise self._failure()

    def _attribute(self) -> AttributeTerm:
        name = self._name(AN_ATTRIBUTE)
        sign = self._need(*COMPARATORS)
        value = self._name(A_VALUE)
        comparator: Comparator = next(each for each in COMPARATORS if each == sign.text)
        return AttributeTerm(name.text, comparator, value.text, name.at, value.at)

    # Relations

    def _relation(self, left: Query, *, negated: bool) -> Related | None:
        at = self._token.at
        if relation := self._place_relation(at) or self._nearness(at):
            return Related(left, relation, self._operand(), negated)
        if self._take("followed"):
            self._need("by")
            right = self._operand()
            self._need("within")
            distance, unit = self._distance()
            return Related(left, Relation("followed by", unit, distance, at), right, negated)
        return Related(left, Relation("alone", at=at), None, negated) if self._take("alone") else None

    def _place_relation(self, at: int) -> Relation | None:
        for word in _PLACE_RELATIONS:
            if self._take(word):
                return Relation(word, at=at)
        if self._take("same"):
            self._need("place")
            self._need("as")
            return Relation("same place", at=at)
        return None

    def _nearness(self, at: int) -> Relation | None:
        if self._take("in"):
            self._need("the")
            self._need("same")
            unit = self._unit(_SAME_UNITS)
            self._need("as")
            return Relation("within", unit, 0, at)
        if self._take("within"):
            distance, unit = self._distance()
            self._need("of")
            return Relation("within", unit, distance, at)
        return None

    def _distance(self) -> tuple[int, TextUnit]:
        token = self._token
        if not (token.kind == "word" and token.text.isascii() and token.text.isdigit()):
            self._expected["a number"] = None
            raise self._failure()
        self._advance()
        return min(int(token.text[:12]), _FARTHEST - 1), self._unit(_DISTANCE_UNITS)

    def _unit(self, units: tuple[TextUnit, ...]) -> TextUnit:
        plural = units is _DISTANCE_UNITS
        for unit in units:
            if self._take(f"{unit}s", unit) if plural else self._take(unit):
                return unit
        raise self._failure()
