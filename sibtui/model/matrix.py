"""Matrices: their definition (rows, columns, marks, notes) and their computed form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from sibtui.model.arguments import Names, Numbers, as_names, as_rounds, choices
from sibtui.model.cell_basis import CoveredBy, Gap, reasons
from sibtui.model.deprecation import warn_renamed
from sibtui.model.folding import by_key, name_key
from sibtui.model.frozen import dataclass, field
from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.presence import DEFAULT_MARKS, Fragility, Rule, State
from sibtui.model.records import KINDS, Coding, Kind
from sibtui.model.text import one_line

Show = Literal["presence", "count", "sources", "count (sources)", "coverage", "coverage %", "quotes"]
"""The content of the cells of a matrix."""
SHOWS: tuple[Show, ...] = get_args(Show)

LineName = Literal[
    "narrowed", "thresholds", "judgements", "stale", "contested", "waiting", "undecided", "unread", "topics"
]
"""The name of a line below a table."""
LINES: tuple[LineName, ...] = get_args(LineName)
"""The names of all lines below a table, in the order of printing."""

RowsFrom = Literal["", "all", "below"]
"""The codes that become rows of a matrix: all codes, or the codes below one code. Empty if the matrix lists its rows."""
ROWS_FROM: tuple[RowsFrom, ...] = get_args(RowsFrom)

COLUMNS = ("cases", "sources", "kinds", "coders", "attribute:NAME")
"""The kinds of column. If cases and sources both have the attribute, `case attribute:NAME` or `source attribute:NAME` names the owner."""


def attribute_of(columns: str) -> tuple[str, str] | None:
    """Return (owner, name) of the attribute whose values are the columns; None for columns of another kind.

    The owner is `case` or `source`. It is empty when the columns do not name the owner.
    """
    of, _, name = columns.partition(":")
    if of not in {"attribute", "case attribute", "source attribute"} or not name:
        return None
    return of.removesuffix("attribute").strip(), name.strip()


def are_columns(columns: str) -> bool:
    """Return whether the text is a valid kind of column. An attribute that it names need not exist in the study."""
    return columns in COLUMNS[:-1] or attribute_of(columns) is not None


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A row of a matrix: its label, the codes whose codings it counts (one path or several), and its notes.

    `note` is the note on the label. `notes` maps columns to the notes on the cells. `needs` are the kinds of source that a present cell needs.
    """

    label: str
    codes: Names
    subcodes: bool = True
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    needs: Kind | Iterable[Kind] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_names(self.codes))
        object.__setattr__(self, "needs", choices("kind of source", self.needs, KINDS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The researcher's verdict on one cell of a matrix, and its basis.

    A judgement from an older file has no basis, but a fingerprint of the codings.
    """

    row: str
    column: str
    verdict: State
    because: str
    coder: str
    at: str
    fingerprint: str = ""
    basis: JudgementBasis | None = None


@dataclass(frozen=True, slots=True)
class MatrixDefinition:
    """A saved table. `columns` is the kind of column: `cases`, `sources`, `kinds`, `coders`, `attribute:NAME`.

    `only` selects columns and their order by label; empty means all. `marks` overrides the default mark of a state. `leave_out` names
    the lines to leave out below the table. `judged_suffix` is printed after the mark of a judged cell. With `rows_from` "all" there is a row
    for each code, with "below" for each code below `rows_below`; `rows` then holds only the rows with notes or other additions. Only
    codings of `kinds` of source and by `coders` count; empty means all. `rounds` limits the codings for one display; a saved table has none.
    """

    name: str
    title: str
    rows: tuple[RowDefinition, ...]
    columns: str = "cases"
    only: Names = ()
    show: Show = "presence"
    rule: Rule = field(default_factory=Rule)
    marks: Mapping[State, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    uid: str = ""
    leave_out: LineName | Iterable[LineName] = ()
    judged_suffix: str = ""
    rows_from: RowsFrom = ""
    rows_below: str = ""
    kinds: Kind | Iterable[Kind] = ()
    coders: Names = ()
    rounds: Numbers = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "only", as_names(self.only))
        object.__setattr__(self, "kinds", choices("kind of source", self.kinds, KINDS))
        object.__setattr__(self, "coders", as_names(self.coders))
        object.__setattr__(self, "rounds", as_rounds(self.rounds))
        object.__setattr__(self, "leave_out", choices("line under a table", self.leave_out, LINES))

    def __repr__(self) -> str:
        rows = f"{self.rows_from or len(self.rows)} rows"
        return f"<MatrixDefinition {one_line(self.name or self.title, 32)!r}: {rows}, by {one_line(self.columns, 20)}>"

    def mark(self, state: State) -> str:
        """Return the mark of a state in this matrix, or else the default mark.

        >>> MatrixDefinition("t", "", (), marks={"present": "✓"}).mark("present")
        '✓'
        """
        return self.marks.get(state, DEFAULT_MARKS[state])


def with_columns(definition: MatrixDefinition, labels: Iterable[str]) -> MatrixDefinition:
    """Return the definition with its columns in the spelling of `labels`. A column and a label belong together if they read the same.

    Two notes on one cell become one note. Of two judgements on one cell, the later one is kept.
    """
    known = by_key(labels)
    named = {*definition.only, *(each.column for each in definition.judgements)}
    named.update(column for row in definition.rows for column in row.notes)
    spelt = {column: known.get(name_key(column), column) for column in named}
    if all(column == label for column, label in spelt.items()):
        return definition
    judgements: dict[tuple[str, str], Judgement] = {}
    for each in definition.judgements:
        cell = each.row, spelt[each.column]
        if cell not in judgements or judgements[cell].at <= each.at:
            judgements[cell] = replace(each, column=cell[1])
    return replace(
        definition,
        only=tuple(dict.fromkeys(spelt[column] for column in definition.only)),
        rows=tuple(replace(row, notes=_joined_notes(row.notes, spelt)) for row in definition.rows),
        judgements=tuple(judgements.values()),
    )


def _joined_notes(notes: Mapping[str, str], spelt: Mapping[str, str]) -> dict[str, str]:
    texts: dict[str, dict[str, None]] = {}
    for column, text in notes.items():
        texts.setdefault(spelt[column], {})[text] = None
    return {column: " ".join(each) for column, each in texts.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a computed matrix.

    `state` is the verdict of the judgement; without a judgement, the same as `computed`. `mark` is the text printed for the cell: the mark of
    the state, a figure or quotes. `suffix` is printed after the mark of a judged cell. `quotes` and `sources` count firm support.
    `characters` is the number of code points in the firm supporting codings, and `length` the number in all sources of the column; both
    are set in `coverage` matrices only. `changes` are clauses on changes since the judgement. `gaps` are the sources not read for the row,
    and `waiting` is the number of codings without a case; both are set for incomplete, rejected and judged cells. `covered_by` is the
    reason why the topic counts as covered. `disputed` is set when coders coded one passage with opposite stances.
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
    changes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    waiting: int = 0
    covered_by: CoveredBy = ""
    disputed: bool = False
    length: int = 0
    suffix: str = ""

    @property
    def sign(self) -> str:
        """The old name of `suffix`."""
        warn_renamed("Cell.sign", "Cell.suffix")
        return self.suffix

    @property
    def has_codings(self) -> bool:
        """Whether the cell has any codings: support or counter-evidence, firm or tentative."""
        return self.quotes + self.tentative + self.counter > 0

    @property
    def stale(self) -> bool:
        """Whether the basis of the judgement has changed."""
        return bool(self.changes)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons why evidence may be missing from the cell, one clause per reason."""
        return reasons(self.gaps, self.waiting)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a computed matrix. `cells` are in the order of the columns; `notes` maps columns to texts.

    `needs` are the kinds of source that a present cell of this row needs in addition to the rule of the matrix.
    """

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A computed matrix with all its texts. `marks` maps states to printed marks.

    `about` holds (name, text) for each line below the table, after the notes and the legend. With `by_pattern`, the rows are sorted by
    pattern, and documents print a heading above each group of rows.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    show: Show
    rule: Rule
    marks: Mapping[State, str]
    first_note: int = 1
    about: tuple[tuple[LineName, str], ...] = ()
    judged_suffix: str = ""
    by_pattern: bool = False

    def numbered(self) -> Numbered:
        """Return the notes, numbered in reading order: rows from the top, the label before the cells, cells from left to right.

        >>> project.matrices.show("table-1").numbered().texts[2]
        'This includes focusing on using asset-based language'
        """
        return number_notes(((row.note, row.notes) for row in self.rows), self.columns, self.first_note)

    def legend(self) -> list[tuple[str, str]]:
        """Return the legend: a list of (mark, states) for the states that occur. States with the same mark share an entry.

        >>> project.matrices.show("table-1").legend()
        [('X', 'present'), ('', 'rejected, absent')]
        """
        occurring = {cell.state for row in self.rows for cell in row.cells}
        alike: dict[str, list[str]] = {}
        for name, mark in self.marks.items():
            if name in occurring:
                alike.setdefault(mark, []).append(name)
        return [(mark, ", ".join(names)) for mark, names in alike.items()]


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """The codings behind one cell, ordered by source and place. `row` and `column` are labels."""

    row: str
    column: str
    state: State
    fragility: Fragility | None
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbered notes of a matrix. `labels[row]` and `cells[row, column]` hold the number of the note on a label or cell, by indexes."""

    texts: Mapping[int, str]
    labels: Mapping[int, int]
    cells: Mapping[tuple[int, int], int]


def number_notes(rows: Iterable[tuple[str, Mapping[str, str]]], columns: tuple[str, ...], first: int) -> Numbered:
    """Return the notes of rows with numbers that begin at `first`. Equal texts share a number.

    `rows` are (note on the label, notes on cells by column).
    """
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
