"""The message that the screen shows about a query while the user types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import QueryError
from sibtui.model.frozen import dataclass
from sibtui.model.query.completion import complete
from sibtui.model.query.parser import parse, words_after
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXAMPLE = 'code Trust overlapping code "Rate card" and case "SIB A"'
_SHOWN = 20
"""How many candidates the message lists at most."""


@dataclass(frozen=True, slots=True)
class QueryState:
    """The message about a typed query. `at` is the position of an error in the query, from 1; 0 if there is none."""

    message: str
    at: int = 0


def query_state(typed: str, names: Mapping[str, Iterable[str]]) -> QueryState:
    """Return the message about a typed query: its error, or the words and names that can come next.

    An unfinished query or word is not an error. `names` is a map: kind of item → names in the study (see
    `model.query.completion`).
    """
    if not typed.strip():
        return QueryState(f"An example: {EXAMPLE}. An empty line removes the query.")
    completion = complete(typed, names)
    try:
        parse(typed)
    except QueryError as error:
        if error.position <= len(typed) and not completion.candidates:
            return QueryState(error.reason, error.position)
    following = completion.candidates or words_after(typed)
    shown = " · ".join(one_line(each, 60) for each in following[:_SHOWN])
    return QueryState(shown + (" · …" if len(following) > _SHOWN else ""))
