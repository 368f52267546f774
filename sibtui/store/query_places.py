"""The codings that match one term of a query, such as a code, a case or words.

There is one function per kind of term. Each coding is returned as four integers: source and start packed into one;
source and end packed into one; the id of the coding; and the id of its code (see `PackedPlace`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sibtui.model.query.spans import SHIFT
from sibtui.store.rounds import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.query.spans import PackedPlace
    from sibtui.store.connection import Store
    from sibtui.store.rounds import BlindRound

_SELECT = f'SELECT c.source_id << {SHIFT} | c.start, c.source_id << {SHIFT} | c."end", c.id, c.code_id FROM codings c'
_LISTED = "IN (SELECT value FROM json_each(?))"


def everything(store: Store, blind: BlindRound | None = None) -> list[PackedPlace]:
    """Return the sorted places of all codings. With `blind`, only codings of this blind round are returned."""
    return sorted(store.query(f"{_SELECT} WHERE {visible(blind, 'c')}"))


def with_values(store: Store, column: str, values: Iterable[object]) -> list[PackedPlace]:
    """Return the sorted places (see `PackedPlace`) of the codings that have one of `values` in `column`."""
    return sorted(store.query(f"{_SELECT} WHERE c.{column} {_LISTED}", (json.dumps(list(values)),)))


def with_words(store: Store, column: str, words: str) -> list[PackedPlace]:
    """Return the sorted places of the codings with these words in `column` ("quote" or "memo")."""
    return sorted(store.query(f"{_SELECT} WHERE has_words(c.{column}, ?)", (words,)))


def of_cases(store: Store, cases: Iterable[int]) -> list[PackedPlace]:
    """Return the sorted places (see `PackedPlace`) of the codings that are about at least one of these cases."""
    sql = f"{_SELECT} WHERE c.id IN (SELECT coding_id FROM coding_cases WHERE case_id {_LISTED})"
    return sorted(store.query(sql, (json.dumps(list(cases)),)))


def without_case(store: Store) -> list[PackedPlace]:
    """Return the sorted places (see `PackedPlace`) of the codings without a case."""
    return sorted(store.query(f"{_SELECT} WHERE NOT EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id)"))
