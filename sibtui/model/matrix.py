"""Matrices: tables that a user defines (rows, columns, marks, notes), and the same tables with computed cells."""

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
from sibtui.model.summaries import Summary
from sibtui.model.text import one_line

Show = Literal[
    "presence",
    "count",
    "sources",
    "count (sources)",
    "coverage",
    "coverage %",
    "quotes",
    "row %",
    "column %",
    "0/1",
    "summary",
    "summary + mark",
]
"""The content of the cells of a matrix: a mark for presence, a figure, quotes, or summaries."""
CELLS: tuple[Show, ...] = get_args(Show)
SHOWS: tuple[Show, ...] = CELLS[:-5]
"""The contents of cells that can be saved in a matrix. Other contents can be chosen only when a matrix is shown."""
SAVED_SHOWS = SHOWS
SUMMARY_SHOWS: tuple[Show, ...] = ("summary", "summary + mark")
"""The contents of cells with summaries.

These contents can be chosen when a matrix is shown, but are not saved in the matrix.
"""
TEXT_SHOWS: tuple[Show, ...] = ("quotes", *SUMMARY_SHOWS)
"""The contents of cells that are long texts."""

LineName = Literal[
    "narrowed",
    "thresholds",
    "judgements",
    "stale",
    "summaries",
    "contested",
    "waiting",
    "undecided",
    "unread",
    "topics",
]
"""The name of a line that can be printed below a matrix."""
LINES: tuple[LineName, ...] = get_args(LineName)
"""The names of all lines that can be printed below a matrix, in the order of printing."""

RowsFrom = Literal["", "all", "below"]
"""The codes that become rows of a matrix: all codes, or the codes below one code.

Empty if the matrix lists its rows one by one.
"""
ROWS_FROM: tuple[RowsFrom, ...] = get_args(RowsFrom)

CROSS = " × "
"""The sign between two attributes whose combinations are the columns of a matrix."""
COLUMNS = ("cases", "sources", "kinds", "coders", "attribute:NAME")
"""The kinds of column of a matrix.

If cases and sources both have an attribute, `case attribute:NAME` or `source attribute:NAME` selects one of the two.
"""


def attribute_of(columns: str) -> tuple[str, str] | None:
    """Return (owner, name) of the attribute whose values are the columns of a matrix; None if the columns are of another kind.

    The owner is `case` or `source`, or empty if the text does not name it.
    """
    of, _, name = ("", "", "") if crossed(columns) else columns.partition(":")
    if of not in {"attribute", "case attribute", "source attribute"} or not name:
        return None
    return of.removesuffix("attribute").strip(), name.strip()


def crossed(columns: str) -> tuple[str, ...]:
    """Return the two attributes whose combinations are the columns of a matrix; empty if the columns are of another kind.

    >>> crossed("attribute:Stage × attribute:Size")
    ('attribute:Stage', 'attribute:Size')
    """
    parts = columns.split(CROSS)
    for at in range(1, len(parts)):  # the name of an attribute may contain the separator
        two = CROSS.join(parts[:at]), CROSS.join(parts[at:])
        if all(attribute_of(part) is not None for part in two):
            return two
    return ()


def are_columns(columns: str) -> bool:
    """Return whether a text is a valid kind of column.

    The study does not need to have an attribute that the text names.
    """
    return columns in COLUMNS[:-1] or attribute_of(columns) is not None or bool(crossed(columns))


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A row of a matrix: its label, the codes whose codings it counts, and its notes. `codes` takes one codebook path or several.

    A row has either codes, or the name of a saved query in `query`. With a query, the row counts the codings that the
    query finds. `note` is the note on the label. `notes` maps columns to the notes on the cells. `needs` are kinds of
    source: a cell of the row is present only if its sources include all these kinds.
    """

    label: str
    codes: Names = ()
    subcodes: bool = True
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    needs: Kind | Iterable[Kind] = ()
    query: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_names(self.codes))
        object.__setattr__(self, "needs", choices("kind of source", self.needs, KINDS))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A researcher's judgement on one cell of a matrix: the verdict (a state), its reason, and its basis.

    The basis is the evidence of the cell when it was judged. A judgement from an older file has no basis, but a digest
    of the codings (`fingerprint`).
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
    """A saved matrix. `columns` is the kind of column: `cases`, `sources`, `kinds`, `coders` or `attribute:NAME`.

    `only` are the labels of the columns to show, in this order; empty means all columns. `marks` replaces the default
    marks of states. `leave_out` names the lines that are not printed below the table. `judged_suffix` is printed after
    the mark of a judged cell. With `rows_from` "all", there is a row for each code; with "below", there is a row for
    each code below `rows_below`. In both cases, `rows` holds only rows with notes or other additions. `kinds` and
    `coders` limit the codings that count; empty means all. `rounds` limits the codings to rounds of coding, for one
    display only: it is not saved. `summaries` are the texts on the cells of the matrix.
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
    summaries: tuple[Summary, ...] = ()

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
        """Return the mark of a state: the mark that this matrix defines, or else the default mark.

        >>> MatrixDefinition("t", "", (), marks={"present": "✓"}).mark("present")
        '✓'
        """
        return self.marks.get(state, DEFAULT_MARKS[state])


def with_columns(definition: MatrixDefinition, labels: Iterable[str]) -> MatrixDefinition:
    """Return the definition with the labels of columns spelled as in `labels`. A column gets the spelling of the label that reads the same.

    Two notes on one cell become one note. Of two judgements on one cell, the later one is kept. Two summaries of one coder become one.
    """
    known = by_key(labels)
    named = {*definition.only, *(each.column for each in definition.judgements)}
    named.update(each.column for each in definition.summaries)
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
        summaries=joined_summaries(replace(each, column=spelt[each.column]) for each in definition.summaries),
    )


def joined_summaries(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Return one summary for each cell and coder.

    If there are several, their texts are joined, the older text first.
    """
    joined: dict[tuple[str, str, str], Summary] = {}
    for each in sorted(summaries, key=lambda summary: summary.at):
        cell = each.row, each.column, each.coder
        known = joined.get(cell)
        joined[cell] = each if known is None else replace(each, text=f"{known.text}\n\n{each.text}", uid=known.uid)
    return tuple(joined.values())


def _joined_notes(notes: Mapping[str, str], spelt: Mapping[str, str]) -> dict[str, str]:
    texts: dict[str, dict[str, None]] = {}
    for column, text in notes.items():
        texts.setdefault(spelt[column], {})[text] = None
    return {column: " ".join(each) for column, each in texts.items()}


@dataclass(frozen=True, slots=True)
class CellSummary:
    """A summary in a cell. In its `text`, each link is the number of a quote of the matrix: `[2]`.

    `changes` are clauses on changes of the evidence since the summary was written.
    """

    text: str
    coder: str
    at: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedQuote:
    """A quote to which a summary links.

    If the link leads to a place and not to a coding, `code` and `coding` are empty. If the words are a paraphrase, they
    have no quotation marks.
    """

    number: int
    words: str
    source: str
    place: str
    code: str = ""
    coding: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a computed matrix.

    `state` is the verdict of the judgement, or `computed` if there is no judgement. `mark` is the text of the cell: the
    mark of the state, a figure, or quotes. `suffix` is printed after the mark of a judged cell. `quotes` and `sources`
    count firm support. `characters` is the number of code points in the firm supporting codings, and `length` is the
    number of code points in all sources of the column. Both numbers are set only if the matrix shows coverage.
    `changes` are clauses about changes since the judgement. `gaps` are the sources that were not read for the row, and
    `waiting` is the number of codings without a case. `gaps` and `waiting` are set for incomplete, rejected and judged
    cells. `covered_by` is the reason why the topic counts as covered. `disputed` is set if two coders have coded one
    passage with opposite stances. `summaries` are the texts on the cell, and are set only if the matrix shows
    summaries.
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
    summaries: tuple[CellSummary, ...] = ()

    @property
    def sign(self) -> str:
        """The old name of the field `suffix`."""
        warn_renamed("Cell.sign", "Cell.suffix")
        return self.suffix

    @property
    def has_codings(self) -> bool:
        """Whether the cell has at least one coding, of any stance and certainty."""
        return self.quotes + self.tentative + self.counter > 0

    @property
    def stale(self) -> bool:
        """Whether the evidence has changed since the cell was judged."""
        return bool(self.changes)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons why the cell may lack evidence, as clauses: unread sources, and codings without a case."""
        return reasons(self.gaps, self.waiting)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a computed matrix. `cells` are in the order of the columns.

    `note` is the note on the label; `notes` maps columns to notes on cells. `needs` are kinds of source. A cell of this
    row is present only if its sources include all these kinds, and if it meets the rule of the matrix.
    """

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A computed matrix with all parts that are printed. `marks` is a map: state → mark.

    `about` has (name, text) for each line below the table, after the notes and the legend. `by_pattern` is set if the rows are sorted by
    pattern (the set of columns in which a row is present); documents then print a heading above each group of rows.
    `linked` are the quotes to which the summaries link. With `transposed`, documents print the columns as rows.
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
    linked: tuple[LinkedQuote, ...] = ()
    transposed: bool = False

    def numbered(self) -> Numbered:
        """Return the notes with their numbers. The notes are numbered row by row.

        Within a row, the note on the label comes before the notes on the cells.

        >>> project.matrices.show("table-1").numbered().texts[2]
        'This includes focusing on using asset-based language'
        """
        return number_notes(((row.note, row.notes) for row in self.rows), self.columns, self.first_note)

    def legend(self) -> list[tuple[str, str]]:
        """Return the legend as a list of (mark, states). The legend has only states that occur in the matrix.

        States with the same mark are in one entry.

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
    """The codings of one cell, ordered by source and place. `row` and `column` are the labels of its row and column."""

    row: str
    column: str
    state: State
    fragility: Fragility | None
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbered notes of a matrix. `texts` maps numbers to notes.

    `labels` maps a row index to the number of the note on the row's label. `cells` maps (row index, column index) to the number of the note
    on the cell.
    """

    texts: Mapping[int, str]
    labels: Mapping[int, int]
    cells: Mapping[tuple[int, int], int]


def number_notes(rows: Iterable[tuple[str, Mapping[str, str]]], columns: tuple[str, ...], first: int) -> Numbered:
    """Return the notes of a matrix with numbers.

    The first note has the number `first`, and equal texts get the same number. `rows` are (note on the label, map:
    column → note on the cell).
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
