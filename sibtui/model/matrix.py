"""Computed matrices: tables whose cells are computed from the codings, with their footnotes and legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sibtui.model.cell_basis import CoveredBy, Gap, reasons
from sibtui.model.deprecation import warn_renamed
from sibtui.model.frozen import dataclass, field
from sibtui.model.matrix_definition import Judgement, LineName, Show
from sibtui.model.presence import Fragility, Rule, State
from sibtui.model.records import Coding, Kind


@dataclass(frozen=True, slots=True)
class CellSummary:
    """A summary that a coder has written about a cell. `[2]` in its `text` is a link to the quote with the number 2.

    `changes` are clauses about changes of the cell's evidence since the summary was written.
    """

    text: str
    coder: str
    at: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedQuote:
    """A quote to which summaries link. Printed summaries refer to it by its `number`, such as [3].

    `words` have quotation marks; only a paraphrase has none. A link can also lead to a place without a coding:
    `code` is then empty, and `coding` (the id) is None.
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

    - `state`: the state that a user has judged; without a judgement, the same as `computed`.
    - `mark`: the text of the cell: the mark of the state, a number, or quotes.
    - `suffix`: a text printed after the mark of a judged cell.
    - `quotes`, `sources`: the numbers of firm (not tentative) supporting quotes, and of sources with such quotes.
    - `tentative`: the number of tentative supporting quotes.
    - `counter`: the number of quotes of counter-evidence, firm or tentative.
    - `characters`, `length`: the number of code points in the firm supporting codings, and in all sources of the
      column. Both are set only if the matrix shows coverage.
    - `changes`: clauses about changes since the judgement.
    - `gaps`, `waiting`: the sources that were not read for the row, and the number of codings without a case. Both
      are set only for incomplete, rejected and judged cells.
    - `covered_by`: the reason why a source covers the topic of the row, such as “asked”; empty if none covers it.
    - `disputed`: set if two coders have coded one passage with opposite stances.
    - `summaries`: texts that coders have written about the cell. They are set only if the matrix shows summaries.
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
        """Whether the evidence has changed since a user judged the cell."""
        return bool(self.changes)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons why evidence may be missing, as clauses: unread sources, and codings without a case."""
        return reasons(self.gaps, self.waiting)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a computed matrix. `cells` are in the order of the columns.

    `note` is the footnote on the label; `notes` maps columns to footnotes on cells. `needs` are kinds of source: in
    addition to the rule of the matrix, a present cell of this row needs evidence from all these kinds.
    """

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A computed matrix with all parts that are printed.

    - `marks`: a map: state of a cell → text printed for it.
    - `first_note`: the number of the first footnote.
    - `about`: (name, text) of each line that is printed below the footnotes and the legend.
    - `judged_suffix`: a text printed after the mark of a judged cell.
    - `by_pattern`: set if the rows are sorted by the number of columns in which they are present. Documents then
      print a heading above each group of rows with the same number.
    - `linked`: the quotes to which the summaries link.
    - `transposed`: set if documents print the columns as rows.
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
        """Return the footnotes of the matrix with their numbers. They are numbered row by row.

        Within a row, the footnote on the label comes before the footnotes on the cells.

        >>> project.matrices.show("table-1").numbered().texts[2]
        'This includes focusing on using asset-based language'
        """
        return number_notes(((row.note, row.notes) for row in self.rows), self.columns, self.first_note)

    def legend(self) -> list[tuple[str, str]]:
        """Return the legend of the marks, as (mark, names of the states with this mark).

        States that do not occur in the matrix are left out.

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
    """The codings of one cell of a matrix, ordered by source and place. `row` and `column` are labels."""

    row: str
    column: str
    state: State
    fragility: Fragility | None
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The footnotes of a matrix with their numbers. `texts` is a map: number → footnote.

    `labels` is a map: row index → number of the footnote on the label of the row. `cells` is a map: (row index, column
    index) → number of the footnote on the cell.
    """

    texts: Mapping[int, str]
    labels: Mapping[int, int]
    cells: Mapping[tuple[int, int], int]


def number_notes(rows: Iterable[tuple[str, Mapping[str, str]]], columns: tuple[str, ...], first: int) -> Numbered:
    """Return the footnotes of a matrix with their numbers, counted from `first`.

    Footnotes with the same text get the same number. `rows` has one pair per row: (footnote on the label, map: column →
    footnote on the cell). `columns` gives the order of the footnotes on cells.
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
