"""The language of statements in claims: `in 3`, `in all but 1`, `not in "SIB B"`, `more in "SIB A" than in "SIB B"`.

The error for a text that is not a statement has the position and the words that are possible there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sibtui.errors import QueryError, StatementError
from sibtui.model.frozen import dataclass
from sibtui.model.query.tokens import tokens
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from sibtui.model.claims.claim import Claim
    from sibtui.model.query.tokens import Token

StatementExtent = Literal[
    "all", "none", "exactly", "at least", "at most", "all but", "most", "in", "only in", "not in", "more"
]
"""The columns in which rows have an X according to a statement: a number of columns, or columns with certain names.

`more` compares the numbers of firm quotes in the columns instead.
"""

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
"""The words for numbers that a statement can have. The index of a word is its number."""
_A_NAME, _A_NUMBER = "a name in quotation marks", "a number"


@dataclass(frozen=True, slots=True)
class RowStatement:
    """A statement about the columns in which rows have an X (the mark of a present cell).

    For example, `in at least 2` has the `extent` "at least" and the `number` 2; `only in "SIB B"` has the `extent`
    "only in" and the `labels` SIB B. In `more in … than in …`, `labels` are the columns before “than”, and `than`
    are those after it. Labels are stored as the user typed them: one label may list several columns with commas.
    """

    extent: StatementExtent
    number: int = 0
    labels: tuple[str, ...] = ()
    than: tuple[str, ...] = ()


NumberComparison = Literal["exactly", "at least", "at most", "more than", "fewer than"]


@dataclass(frozen=True, slots=True)
class NumberStatement:
    """A statement about a number, such as `more than ten`."""

    comparison: NumberComparison
    number: int

    def fits(self, found: float) -> bool:
        match self.comparison:
            case "exactly":
                return found == self.number
            case "at least":
                return found >= self.number
            case "at most":
                return found <= self.number
            case "more than":
                return found > self.number
            case _:
                return found < self.number


def parse_rows(text: str) -> RowStatement:
    """Parse a statement about rows, such as `in at least 2`.

    Raises StatementError, with the position of the first wrong character, if the text is no such statement.

    >>> parse_rows("in at least 2")
    RowStatement(extent='at least', number=2, labels=(), than=())
    """
    return _StatementParser(text).rows()


def parse_number(text: str) -> NumberStatement:
    """Parse a statement about a number, such as `more than ten`.

    Raises StatementError, with the position of the first wrong character, if the text is no such statement.

    >>> parse_number("more than ten")
    NumberStatement(comparison='more than', number=10)
    """
    return _StatementParser(text).number_statement()


def check_statement(claim: Claim) -> None:
    """Raise StatementError if the statement of a claim is not valid.

    An empty statement is valid. In a claim about an attribute, any text is valid.
    """
    if not claim.statement.strip() or claim.attribute:
        return
    if claim.registry or claim.codebook:
        parse_number(claim.statement)
    else:
        parse_rows(claim.statement)


class _StatementParser:
    def __init__(self, text: str) -> None:
        try:
            self._tokens = list(tokens(text))
        except QueryError as error:
            raise StatementError(error.position, error.reason) from error
        self._at = 0
        self._expected: dict[str, None] = {}

    def rows(self) -> RowStatement:
        made = self._rows()
        self._end()
        return made

    def _rows(self) -> RowStatement:
        if self._takes("only"):
            self._needs("in")
            return RowStatement("only in", labels=self._labels())
        if self._takes("not"):
            self._needs("in")
            return RowStatement("not in", labels=self._labels())
        if self._takes("more"):
            self._needs("in")
            labels = self._labels()
            self._needs("than")
            self._needs("in")
            return RowStatement("more", labels=labels, than=self._labels())
        self._needs("in")
        return self._in()

    def _in(self) -> RowStatement:
        if self._takes("all"):
            return RowStatement("all but", self._number()) if self._takes("but") else RowStatement("all")
        if self._takes("none"):
            return RowStatement("none")
        if self._takes("most"):
            return RowStatement("most")
        if self._takes("exactly"):
            return RowStatement("exactly", self._number())
        if self._takes("at"):
            return RowStatement("at least" if self._one_of("least", "most") == "least" else "at most", self._number())
        number = self._maybe_number()
        return RowStatement("in", labels=self._labels()) if number is None else RowStatement("exactly", number)

    def number_statement(self) -> NumberStatement:
        comparison: NumberComparison = "exactly"
        if self._takes("at"):
            comparison = "at least" if self._one_of("least", "most") == "least" else "at most"
        elif self._takes("more"):
            self._needs("than")
            comparison = "more than"
        elif self._takes("fewer", "less"):
            self._needs("than")
            comparison = "fewer than"
        else:
            self._takes("exactly")
        made = NumberStatement(comparison, self._number())
        self._end()
        return made

    def _labels(self) -> tuple[str, ...]:
        labels = [self._label()]
        while self._takes("and") or self._takes(","):
            labels.append(self._label())
        return tuple(labels)

    def _label(self) -> str:
        token = self._token
        if token.kind != "name" or not token.text.strip():
            raise self._wrong(_A_NAME)
        self._next()
        return token.text

    def _number(self) -> int:
        number = self._maybe_number()
        if number is None:
            raise self._wrong()
        return number

    def _maybe_number(self) -> int | None:
        token = self._token
        self._expected[_A_NUMBER] = None
        if token.kind != "word":
            return None
        word = token.text.lower()
        number = NUMBER_WORDS.index(word) if word in NUMBER_WORDS else _digits(word)
        if number is not None:
            self._next()
        return number

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> None:
        self._at += 1
        self._expected = {}

    def _takes(self, *words: str) -> bool:
        token = self._token
        self._expected.update(dict.fromkeys(f"“{word}”" for word in words))
        if token.kind != "word" or token.text.lower() not in words:
            return False
        self._next()
        return True

    def _needs(self, word: str) -> None:
        if not self._takes(word):
            raise self._wrong()

    def _one_of(self, *words: str) -> str:
        found = self._token.text.lower()
        if not self._takes(*words):
            raise self._wrong()
        return found

    def _end(self) -> None:
        if self._token.kind != "end":
            self._expected["the end"] = None
            raise self._wrong()

    def _wrong(self, *also: str) -> StatementError:
        wanted = (*self._expected, *also)
        token = self._token
        found = "the text ends" if token.kind == "end" else f"“{one_line(token.text, 40)}” does not fit"
        return StatementError(token.at, f"{found}; expected: {listed(wanted, len(wanted), last='or')}.")


def _digits(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None
