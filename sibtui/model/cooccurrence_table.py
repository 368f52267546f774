"""Tables of co-occurrence: one row per pair of codes, or a table with codes as rows and as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.table import Rounded, Table, Value
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.cooccurrence import Cooccurrence, MeetingUnit
    from sibtui.model.pictures.picture import RowChart

CooccurrenceCells = Literal["n12", "c", "meetings"]
"""The figure in the cells of a table with codes as rows and as columns."""
COOCCURRENCE_CELLS: tuple[CooccurrenceCells, ...] = get_args(CooccurrenceCells)

_TITLE = "Co-occurrence of codes"
_COLUMNS = ("code", "other code", "n1", "n2", "meetings", "n12", "c", "jaccard", "unequal")


@dataclass(frozen=True, slots=True)
class CooccurrenceReport:
    """The pairs of codes that meet (occur together). `paths` is a map: code id → path, in the order of the codebook.

    `codings` is the number of codings counted; codings with the same passage, code and stance count once. A pair is
    listed only if its `n12` (see `Cooccurrence`) is at least `at_least`. `remarks` are sentences about filters and
    about codings that were left out.
    """

    unit: MeetingUnit
    pairs: tuple[Cooccurrence, ...]
    paths: Mapping[int, str]
    codings: int
    at_least: int = 1
    remarks: tuple[str, ...] = ()

    def strongest(self) -> list[Cooccurrence]:
        """Return the pairs ordered by `n12` and then by `c` (see `Cooccurrence`), the largest first."""
        return sorted(self.pairs, key=lambda pair: (-pair.n12, -pair.c))

    def picture(self) -> RowChart:
        from sibtui.model.pictures.charts import pair_chart

        counted = (
            "passages of one code that meet the other" if self.unit == "overlap" else f"{self.unit}s with both codes"
        )
        return pair_chart(self.strongest(), self.paths, counted, self.remarks)

    def table(self) -> Table:
        """Return a table with one row per pair of codes, in the order of `strongest`."""
        strongest = self.strongest()
        return Table(
            _COLUMNS,
            tuple(map(self._row, strongest)),
            _TITLE,
            below=tuple(self._below(with_unequal=True)),
            objects=tuple(map(self._object, strongest)),
        )

    def _row(self, pair: Cooccurrence) -> tuple[Value, ...]:
        return (
            self.paths[pair.first], self.paths[pair.second], pair.n1, pair.n2, pair.meetings, pair.n12,
            Rounded(pair.c), Rounded(pair.jaccard), "yes" if pair.is_unequal else "",
        )  # fmt: skip

    def _object(self, pair: Cooccurrence) -> dict[str, Any]:
        return {
            "code": self.paths[pair.first],
            "other_code": self.paths[pair.second],
            "n1": pair.n1,
            "n2": pair.n2,
            "meetings": pair.meetings,
            "n12": pair.n12,
            "c": pair.c,
            "jaccard": pair.jaccard,
            "unequal": pair.is_unequal,
        }

    def code_table(self, cells: CooccurrenceCells, rows: Sequence[int]) -> Table:
        """Return a table with codes as rows and as columns.

        `cells` names the number to show in the cells. `rows` has the ids of the codes for the rows; a code that
        meets no other code gets no row. The columns are all codes that meet a code of the rows. A cell is empty if
        its two codes are the same code.
        """
        figures: dict[tuple[int, int], float] = {}
        for pair in self.pairs:
            for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
                figures[one, other] = _FIGURES[cells](pair)
        lines = [code for code in rows if any(code == one for one, _ in figures)]
        columns = [code for code in self.paths if any((line, code) in figures for line in lines)]
        found = [[None if line == code else figures.get((line, code), 0) for code in columns] for line in lines]
        names = [self.paths[code] for code in columns]
        return Table(
            ("code", *names),
            tuple(
                (self.paths[line], *(_cell(figure, cells) for figure in own))
                for line, own in zip(lines, found, strict=True)
            ),
            f"{_TITLE}: {cells}",
            below=tuple(self._below()),
            objects=tuple(
                {"code": self.paths[line], "cells": dict(zip(names, own, strict=True))}
                for line, own in zip(lines, found, strict=True)
            ),
        )

    def _below(self, *, with_unequal: bool = False) -> Iterator[str]:
        counted, place = ("passages", "") if self.unit == "overlap" else (f"{self.unit}s", f" in the same {self.unit}")
        meet = (
            "Two passages meet if they share a character"
            if self.unit == "overlap"
            else f"Two codes meet if they are{place}"
        )
        yield f"{meet}. n1 and n2 count the {counted} of each code, meetings the pairs that meet."
        if self.unit == "overlap":
            yield "n12 counts the passages of one code that meet the other code; of the two counts, it is the smaller one."
        else:
            yield f"n12 counts the {counted} with both codes."
        yield "c is n12 / (n1 + n2 - n12), from 0 to 1. jaccard is the characters with both codes / the characters with at least one of them."
        if with_unequal:
            yield "unequal: one of the codes has more than five times as many; its c stays low."
        pairs = plural(len(self.pairs), "pair of codes meets", "pairs of codes meet")
        meetings = sum(pair.meetings for pair in self.pairs)
        yield f"{plural(self.codings, 'coding')}; {pairs}, {plural(meetings, 'time')} in all."
        if self.at_least > 1:
            yield f"Only pairs with n12 of {self.at_least} or more."
        yield from self.remarks


def _cell(figure: float | None, cells: CooccurrenceCells) -> Value:
    if figure is None:
        return ""
    return Rounded(figure) if cells == "c" else int(figure)


_FIGURES: dict[CooccurrenceCells, Any] = {
    "n12": lambda pair: pair.n12,
    "c": lambda pair: pair.c,
    "meetings": lambda pair: pair.meetings,
}
