"""Definitions of matrices: the rows, columns, marks, footnotes and judgements that a user has entered.

They have no computed cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from sibtui.model.arguments import Names, Numbers, as_names, as_rounds, choices
from sibtui.model.folding import by_key, name_key
from sibtui.model.frozen import dataclass, field, replace
from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.presence import DEFAULT_MARKS, Rule, State, kinds_in_order
from sibtui.model.records import KINDS, Kind
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
    """Return (owner, name) of the attribute whose values are the columns of a matrix.

    `columns` is the text that defines the columns, such as `case attribute:Stage`. The owner is `case` or `source`, or
    empty if the text does not name it. The result is None if the columns are not values of an attribute.
    """
    of, _, name = ("", "", "") if crossed(columns) else columns.partition(":")
    if of not in {"attribute", "case attribute", "source attribute"} or not name:
        return None
    return of.removesuffix("attribute").strip(), name.strip()


def crossed(columns: str) -> tuple[str, ...]:
    """Return the two attributes whose combined values are the columns of a matrix; empty for other columns.

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
    """Return whether a text can define the columns of a matrix, such as `cases` or `attribute:Stage`.

    The function does not check whether the study has the attribute.
    """
    return columns in COLUMNS[:-1] or attribute_of(columns) is not None or bool(crossed(columns))


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A row of a matrix: its label, and the codes or the query whose codings it counts.

    `codes` takes one codebook path or several. Alternatively, `query` is the name of a saved query; the row then counts
    the codings that the query finds. `note` is the footnote on the label. `notes` is a map: column → footnote on the
    cell. `needs` are kinds of source: a cell of the row is present only if it has evidence from all these kinds.
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
        object.__setattr__(self, "needs", kinds_in_order(self.needs))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A researcher's judgement on one cell of a matrix. `verdict` is the state that the cell should have.

    `because` is the reason. `basis` is the evidence of the cell at the time `at` of the judgement. A judgement from an
    older file has a digest of the codings (`fingerprint`) instead.
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
    """The definition of a matrix. `columns` is `cases`, `sources`, `kinds`, `coders` or `attribute:NAME`.

    - `only`: the labels of the columns to show, in this order; empty for all columns.
    - `marks`: a map: state of a cell → mark that replaces the default mark.
    - `leave_out`: the names of lines that are not printed below the table.
    - `judged_suffix`: a text printed after the mark of a judged cell.
    - `rows_from`: "all" (one row per code), or "below" (one row per code directly below the code `rows_below`). With
      either value, `rows` has only rows that the user has changed or added. If `rows_from` is empty, `rows` has all
      rows.
    - `kinds` (of source), `coders`, `rounds` (passes of a coder through the sources): only codings with these values
      count; empty for all. `rounds` is not saved.
    - `summaries`: texts that coders have written about cells.
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
    """Return the definition with its column labels in the spelling of `labels`.

    For example, `sib a` becomes `SIB A`. If two labels of the definition become equal, their columns are joined. In
    each row, the footnotes of the two columns are joined, and so are the summaries that one coder wrote. If both
    columns have a judgement in a row, the later judgement is kept.
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
    """Return at most one summary per cell and coder. Several texts of a coder are joined, the oldest first."""
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
