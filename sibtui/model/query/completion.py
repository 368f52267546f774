"""The completion of a query while it is typed: the words and names that can come next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sibtui.errors import QueryError
from sibtui.model.codebook import begins_words, split_path
from sibtui.model.folding import fold
from sibtui.model.frozen import dataclass
from sibtui.model.query.parser import words_after
from sibtui.model.query.tokens import QUOTES, tokens


@dataclass(frozen=True, slots=True)
class QueryCompletion:
    """The words that can complete a query while a user types it.

    `typed` is the incomplete part at the end of the query, and `before` the text before it. `candidates` are the words
    and names that can replace `typed`.
    """

    before: str
    typed: str
    candidates: tuple[str, ...]

    @property
    def line(self) -> str:
        """The query, extended by the letters that all candidates have in common."""
        if not self.candidates:
            return self.before + self.typed
        if len(self.candidates) == 1:
            return f"{self.before}{self.candidates[0]} "
        shared = _shared_start(self.candidates)
        typed = self.typed if self.typed.startswith('"') or not shared.startswith('"') else f'"{self.typed}'
        return self.before + (shared if len(shared) > len(typed) else self.typed)


def complete(text: str, names: Mapping[str, Iterable[str]]) -> QueryCompletion:
    """Return how a query can be completed.

    `names` is a map: kind of name, such as `A_CODE` (the name of a code) → the names of this kind in the study.

    >>> complete('code "Rate card" over', {}).line
    'code "Rate card" overlapping '
    """
    before, typed = _parts(text)
    bare = typed.removeprefix('"')
    candidates: dict[str, None] = {}
    for word in words_after(before):
        if word in names:
            candidates.update((quoted(name), None) for name in names[word] if _fits(bare, name))
        elif " " not in word and not typed.startswith('"') and word.startswith(typed.lower()):
            candidates[word] = None
    return QueryCompletion(before, typed, tuple(candidates))


def quoted(name: str) -> str:
    """Return a name as it must be written in a query: in quotation marks."""
    return '"' + name.replace('"', '""') + '"'


def _parts(text: str) -> tuple[str, str]:
    """Return (text before the last part of a query, last part).

    The last part is a word at the end, or a name whose quotation mark is still open.
    """
    last = None
    try:
        for token in tokens(text):
            if token.kind == "word":
                last = token
    except QueryError as error:
        start = error.position - 1
        return (text[:start], '"' + text[start + 1 :]) if text[start] in QUOTES else (text, "")
    if last is None or last.end != len(text):
        return text, ""
    return text[: last.at - 1], text[last.at - 1 :]


def _fits(typed: str, name: str) -> bool:
    folded = fold(typed)
    return not folded or fold(name).startswith(folded) or begins_words(folded, fold(split_path(name)[-1]))


def _shared_start(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    return first[
        : next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    ]
