"""Matrices: what one is (rows, columns, marks, notes), and what it looks like when its cells are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.presence import DEFAULT_MARKS, Rule, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.presence import Fragility
    from sibtui.model.records import Coding

Show = Literal["presence", "count", "sources", "count (sources)", "coverage", "quotes"]
SHOWS: tuple[Show, ...] = get_args(Show)

COLUMNS = ("cases", "sources", "kinds", "coders", "attribute:NAME")
"""What can stand in the columns. `case attribute:NAME` or `source attribute:NAME` tells which is meant where both have one."""


def attribute_of(columns: str) -> tuple[str, str] | None:
    """(owner: `case`, `source`, or empty for either; name) of the attribute whose values are such columns; None for all others."""
    of, _, name = columns.partition(":")
    if of not in {"attribute", "case attribute", "source attribute"} or not name:
        return None
    return of.removesuffix("attribute").strip(), name.strip()


def are_columns(columns: str) -> bool:
    """Whether this is of the form of what can stand in columns; the study may not have the attribute."""
    return columns in COLUMNS[:-1] or attribute_of(columns) is not None


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A row: its own label, the codes it draws on (paths), and the notes on it. `notes` maps columns to texts."""

    label: str
    codes: tuple[str, ...]
    subcodes: bool = True
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The researcher's verdict on one cell. `fingerprint` tells which evidence it was made on."""

    row: str
    column: str
    verdict: State
    because: str
    coder: str
    at: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class MatrixDefinition:
    """A saved table. `columns` says what stands in the columns: `cases`, `sources`, `kinds`, `coders`, `attribute:NAME`.

    `only` picks columns and their order by label; empty means all. `marks` overrides the default mark of a state.
    """

    name: str
    title: str
    rows: tuple[RowDefinition, ...]
    columns: str = "cases"
    only: tuple[str, ...] = ()
    show: Show = "presence"
    rule: Rule = field(default_factory=Rule)
    marks: Mapping[State, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()

    def mark(self, state: State) -> str:
        return self.marks.get(state, DEFAULT_MARKS[state])


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as computed and as shown.

    `state` is what is shown: the judgement's verdict where there is one, else `computed`. `mark` is what is printed for it:
    the mark of the state, or a figure or quotes. `quotes` and `sources` count firm support; `characters` counts the code
    points that it covers (in `coverage` matrices only). `stale`: the evidence has changed since it was judged.
    """

    state: State
    computed: State
    mark: str
    quotes: int
    sources: int
    tentative: int
    counter: int
    fragility: Fragility | None
    characters: int = 0
    judgement: Judgement | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a computed matrix; `cells` are in the order of the columns, `notes` are the texts of its notes."""

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A computed table, ready for any renderer. `marks` maps the states to what is printed for them."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    show: Show
    rule: Rule
    marks: Mapping[State, str]
    first_note: int = 1

    def numbered(self) -> Numbered:
        """The notes, numbered in reading order: rows from the top, the label before the cells, cells left to right."""
        return number_notes(((row.note, row.notes) for row in self.rows), self.columns, self.first_note)

    def legend(self) -> list[tuple[str, str]]:
        """What the printed marks mean: (mark, states) for the states that occur, those printed alike together."""
        occurring = {cell.state for row in self.rows for cell in row.cells}
        alike: dict[str, list[str]] = {}
        for name, mark in self.marks.items():
            if name in occurring:
                alike.setdefault(mark, []).append(name)
        return [(mark, ", ".join(names)) for mark, names in alike.items()]


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """One cell, by its row's and column's labels, and the codings behind it, in the order of sources and places."""

    row: str
    column: str
    state: State
    fragility: Fragility | None
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Notes with their numbers. `labels[row]` and `cells[row, column]` (indexes) hold the number of the note there."""

    texts: Mapping[int, str]
    labels: Mapping[int, int]
    cells: Mapping[tuple[int, int], int]


def number_notes(rows: Iterable[tuple[str, Mapping[str, str]]], columns: tuple[str, ...], first: int) -> Numbered:
    """Number the notes of rows, given as (note on the label, notes on cells by column). Equal texts share a number."""
    numbers: dict[str, int] = {}
    labels: dict[int, int] = {}
    cells: dict[tuple[int, int], int] = {}
    for at, (note, notes) in enumerate(rows):
        if note:
            labels[at] = numbers.setdefault(note, first + len(numbers))
        for column, label in enumerate(columns):
            if text := notes.get(label, ""):
                cells[at, column] = numbers.setdefault(text, first + len(numbers))
    return Numbered({number: text for text, number in numbers.items()}, labels, cells)


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(number: int) -> str:
    return str(number).translate(SUPERSCRIPT)
