"""The search for possible claims in a draft of a paper.

A possible claim is a sentence with two things: a quantifier, such as “most”, and a word from the label of a case or of
a matrix row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.claims.statement import NUMBER_WORDS
from sibtui.model.folding import fold
from sibtui.model.frozen import dataclass
from sibtui.model.sentences import Sentences
from sibtui.model.stop_words import stop_words
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBERS = "|".join(NUMBER_WORDS[2:])
_QUANTIFIER = re.compile(
    rf"(?<!\w)(?:\d+ (?:of|out of) (?:the )?\d+|all|most|none|both|every|several|{_NUMBERS})(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 4
_MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class ClaimCandidate:
    """A sentence of a draft that may be a claim about the study.

    `start` is the offset of the sentence in the draft. `words` are the words of the sentence that also occur in the
    label of a matrix row or of a case. `rows` are the rows whose labels share the most words with the sentence, as
    `matrix / row`.
    """

    start: int
    sentence: str
    quantifiers: tuple[str, ...]
    words: tuple[str, ...]
    rows: tuple[str, ...]


def candidates(
    text: str, rows: Sequence[tuple[str, str]], cases: Iterable[str], language: str = "en"
) -> Iterator[ClaimCandidate]:
    """Yield the sentences of `text` that may be claims.

    `rows` are the (matrix name, row label) pairs of all matrices, and `cases` are the labels of cases. A sentence
    may be a claim if it has a quantifier, such as “most” or “3 of 5”, and a word of a label.
    """
    stopped = frozenset(stop_words("en"))
    labels = {row: _keys(row[1], stopped) for row in rows}
    of_cases = {key for label in cases for key in _keys(label, frozenset(), fewest=2)}
    known = of_cases.union(*labels.values())
    for segment in Sentences(text, language).all():
        sentence = one_line(segment.quote(text))
        quantifiers = tuple(match[0] for match in _QUANTIFIER.finditer(sentence))
        if not quantifiers:
            continue
        keys = {_key(word): word for word in _WORD.findall(sentence)}
        found = [word for key, word in keys.items() if key in known]
        if found:
            yield ClaimCandidate(segment.start, sentence, quantifiers, tuple(found), tuple(_nearest(labels, set(keys))))


def _keys(label: str, stopped: frozenset[str], fewest: int = _FEWEST_LETTERS) -> set[str]:
    words = (word for word in _WORD.findall(label) if len(word) >= fewest and word.lower() not in stopped)
    return {_key(word) for word in words}


def _key(word: str) -> str:
    """Return the form in which a word is compared: folded (see `model.folding`), and without the s of a plural."""
    key = fold(word)
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


def _nearest(labels: dict[tuple[str, str], set[str]], keys: set[str]) -> list[str]:
    shared = [(len(words & keys), f"{matrix} / {label}") for (matrix, label), words in labels.items() if words & keys]
    return [name for _, name in sorted(shared, key=lambda each: -each[0])[:_MOST_ROWS]]
