"""The result of reading a damaged study (a salvage): how many rows were saved and lost."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass

LossKind = Literal["unreadable", "invalid", "orphaned", "altered", "replaced", "left out"]
"""The way in which a row was lost or changed.

unreadable: the row cannot be read. invalid: the row breaks a rule of its table. orphaned: the row belongs to a lost
row. altered: some characters of the row were replaced. replaced: the row is lost, and a row with a made-up name
replaces it. left out: the row is part of the history, and the history cannot be used without the lost rows.
"""
_WORDS: dict[LossKind, str] = {
    "unreadable": "not readable",
    "invalid": "with values that no study can have",
    "orphaned": "of rows that are lost",
    "altered": "with “�” in the place of lost characters",
    "replaced": "lost; each has a made-up name now, so that its codings stay",
    "left out": "left out, since undo needs all rows",
}
TABLES = {
    "project": "the facts of the study",
    "coders": "coders",
    "attributes": "attributes",
    "cases": "cases",
    "case_values": "attributes of cases",
    "sources": "sources",
    "texts": "texts of sources",
    "source_values": "attributes of sources",
    "source_cases": "cases of sources",
    "codes": "codes",
    "lineage": "past names of codes",
    "codings": "codings",
    "coding_cases": "cases of codings",
    "memos": "memos",
    "readings": "readings",
    "rounds": "rounds",
    "round_sources": "sources of rounds",
    "proposals": "proposed codes",
    "queries": "queries",
    "source_sets": "sets of sources",
    "set_sources": "sources of sets",
    "matrices": "matrices",
    "summaries": "summaries",
    "claims": "claims",
    "method_answers": "answers about the methods",
    "judgements": "judgements",
    "acts": "acts of the history",
    "images": "rows of the history",
}
"""A map: table → words for its rows in messages.

For a table that is not in the map, messages use the name of the table.
"""


@dataclass(frozen=True, slots=True)
class SalvageLoss:
    """One kind of loss in one table when a damaged study is salvaged.

    `count` is the number of rows of `table` that were lost or changed in this way. `str()` makes a text for a message.
    """

    table: str
    kind: LossKind
    count: int

    def __str__(self) -> str:
        return f"{TABLES.get(self.table, self.table)}: {self.count:,} {_WORDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The result of a salvage (the reading of a damaged study). `rows` is a map: table → number of saved rows.

    `lost` has the numbers of rows that were lost or changed.
    """

    rows: dict[str, int]
    lost: tuple[SalvageLoss, ...]
