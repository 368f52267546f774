"""Rows of rounds. A round is a further pass of a coder through sources, after the first pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.records import Round

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.store.connection import Store


@dataclass(frozen=True, slots=True)
class BlindRound:
    """An open blind round: a further pass of a coder through sources, with the coder's earlier codings hidden.

    Codings of other coders are hidden too. `coder` is the id of the coder, and `number` is the number of the round.
    """

    coder: int
    number: int
    started: str

    def condition(self, codings: str) -> str:
        """Return the SQL condition for the codings of this round. `codings` is the alias of the table of codings."""
        return f"{codings}.coder_id = {self.coder:d} AND {codings}.round = {self.number:d}"


def visible(blind: BlindRound | None, codings: str) -> str:
    """Return the SQL condition for the codings that the coder may see. If `blind` is None, these are all codings.

    `codings` is the alias of the table of codings.
    """
    return "1" if blind is None else blind.condition(codings)


def rounds(store: Store, *, open_of: str | None = None) -> list[Round]:
    """Return all rounds of all coders, ordered by coder and number. With `open_of`, return only the open round of this coder."""
    only, values = ("", ()) if open_of is None else ("WHERE r.ended IS NULL AND c.name = ?", (open_of,))
    rows = store.query(
        "SELECT r.id, c.name, r.number, r.name, r.started, r.ended, r.blind FROM rounds r JOIN coders c ON c.id = r.coder_id"
        f" {only} ORDER BY r.coder_id, r.number",
        values,
    ).fetchall()
    return [
        Round(coder, number, name, started, ended or "", bool(blind), _sources(store, row))
        for row, coder, number, name, started, ended, blind in rows
    ]


def _sources(store: Store, number: int) -> tuple[str, ...]:
    """Return the names of the sources to which a round is limited, in the order of the list of sources."""
    names = store.query(
        "SELECT s.name FROM round_sources r JOIN sources s ON s.id = r.source_id WHERE r.round_id = ?"
        " ORDER BY s.position, s.id",
        (number,),
    )
    return tuple(name for (name,) in names)


def is_limited(store: Store, found: Round) -> bool:
    """Return whether a round is limited to some sources, even if all of them were removed since it was started."""
    sql = "SELECT NOT r.whole FROM rounds r JOIN coders c ON c.id = r.coder_id WHERE c.name = ? AND r.number = ?"
    return bool(store.scalar(sql, (found.coder, found.number)))


def open_number(store: Store, coder: str) -> int:
    """Return the number of the round (pass through sources) in which a coder is working; 1 if no round is open."""
    sql = "SELECT r.number FROM rounds r JOIN coders c ON c.id = r.coder_id WHERE r.ended IS NULL AND c.name = ?"
    return int(store.scalar(sql, (coder,)) or 1)


def open_blind(store: Store, coder: str) -> BlindRound | None:
    """Return the open round of a coder if this round is blind; otherwise, return None."""
    row = store.query(
        "SELECT c.id, r.number, r.started FROM rounds r JOIN coders c ON c.id = r.coder_id WHERE r.ended IS NULL AND r.blind AND c.name = ?",
        (coder,),
    ).fetchone()
    return None if row is None else BlindRound(*row)


def are_used(store: Store) -> bool:
    """Return whether any coding belongs to a second or later round (pass of a coder through sources)."""
    return store.scalar("SELECT 1 FROM codings WHERE round <> 1 LIMIT 1") is not None


def numbers(store: Store) -> list[int]:
    """Return the numbers of all rounds (passes of coders through sources) of the study, in order.

    A round belongs to the study if a coder has started it, or has read or coded a source in it.
    """
    sql = (
        "SELECT number FROM rounds UNION SELECT round FROM readings UNION SELECT DISTINCT round FROM codings ORDER BY 1"
    )
    return [number for (number,) in store.query(sql)]


def last_number(store: Store, coder: int) -> int:
    """Return the number of a coder's latest round (pass through sources), even if it has no codings yet.

    The result is 1 if the coder has no round, coding or reading.
    """
    columns = (("rounds", "number"), ("codings", "round"), ("readings", "round"))
    found = (
        store.scalar(f"SELECT max({column}) FROM {table} WHERE coder_id = ?", (coder,)) for table, column in columns
    )
    return max(number or 1 for number in found)


def put(store: Store, found: Round, coder: int, sources: Sequence[int]) -> None:
    """Insert a round of the coder with the id `coder`.

    If the coder already has a round with the number of `found`, this round is updated. `sources` are the ids of the
    sources of the round; an empty list means all sources.
    """
    facts = (found.name, found.blind, not found.sources, found.started, found.ended or None)
    key = (coder, found.number)
    number = store.scalar("SELECT id FROM rounds WHERE coder_id = ? AND number = ?", key)
    if number is None:
        number = store.change(
            "INSERT INTO rounds (coder_id, number, name, blind, whole, started, ended) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, *facts),
        )
    else:
        store.change(
            "UPDATE rounds SET name = ?, blind = ?, whole = ?, started = ?, ended = ? WHERE coder_id = ? AND number = ?"
            " AND (name, blind, whole, started, ended) IS NOT (?, ?, ?, ?, ?)",
            (*facts, *key, *facts),
        )
    present = {row[0] for row in store.query("SELECT source_id FROM round_sources WHERE round_id = ?", (number,))}
    for source in sorted(present.difference(sources)):
        store.change("DELETE FROM round_sources WHERE round_id = ? AND source_id = ?", (number, source))
    for source in sorted(set(sources) - present):
        store.change("INSERT INTO round_sources (round_id, source_id) VALUES (?, ?)", (number, source))


def remove(store: Store, coder: str, number: int) -> None:
    store.change(
        "DELETE FROM rounds WHERE number = ? AND coder_id = (SELECT id FROM coders WHERE name = ?)", (number, coder)
    )
