"""The list of quotes on the quotes screen. It can be limited to a matrix cell, a filter and a query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.filters import CodingFilter, EvidenceFilter
from sibtui.model.messages import Message
from sibtui.model.query.parser import A_CASE, A_CODE, A_CODER, A_QUERY, A_SET, A_SOURCE, AN_ATTRIBUTE
from sibtui.model.text import one_line
from sibtui.workspace.cell_summary import judgement_line, state_line
from sibtui.workspace.codebook_view import CodebookView
from sibtui.workspace.filter_syntax import resolve_names, write_filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.matrix import Cell
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.records import Coding, Source
    from sibtui.model.segments import Segment
    from sibtui.project import Project

PAGE = 500
"""How many quotes are read at first. More quotes are read when the cursor comes near the end of the list."""


@dataclass(frozen=True, slots=True)
class CellOf:
    """A cell of a matrix, given by the labels of its row and column.

    Only the codings that pass the filter `narrowed` count; all codings count if it is empty.
    """

    definition: MatrixDefinition
    row: str
    column: str
    narrowed: EvidenceFilter = field(default_factory=EvidenceFilter)


@dataclass(frozen=True, slots=True)
class QuotesView:
    """The choice of quotes to list: those of a matrix cell, or of the whole study if `cell` is None.

    Only quotes that match the filter `criteria` are listed.
    """

    criteria: CodingFilter = field(default_factory=CodingFilter)
    cell: CellOf | None = None

    @classmethod
    def of_cell(
        cls, definition: MatrixDefinition, row: str, column: str, narrowed: EvidenceFilter | None = None
    ) -> QuotesView:
        return cls(cell=CellOf(definition, row, column, narrowed or EvidenceFilter()))

    @classmethod
    def of_code(cls, path: str) -> QuotesView:
        return cls(CodingFilter(codes=(path,)))


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """The quotes that match a query.

    `codings` are the first quotes, and `total` is the number of all quotes. `view` has the query and the filter. If the
    quotes are those of a matrix cell, `cell` is the computed cell.
    """

    view: QuotesView
    codings: Sequence[Coding]
    total: int
    cell: Cell | None


class QuoteBrowser:
    """The state of the quotes screen, without widgets.

    `view` describes which quotes are listed, `total` is their number, and `codings` are the quotes read so far.
    """

    def __init__(self, project: Project, view: QuotesView) -> None:
        self.project = project
        self.view = view
        self.codings: Sequence[Coding] = ()
        self.total = 0
        self.sources: dict[str, Source] = {}
        self.codebook = CodebookView(())
        self._cell: Cell | None = None
        self._limit = PAGE

    def load(self) -> None:
        self.sources = {source.name: source for source in self.project.sources.list()}
        self.codebook = CodebookView(self.project.codes.list())
        self.read()

    def read(self) -> None:
        """Read the listed quotes again from the study. The sources and the codebook are not read again."""
        if self.view.cell is not None:
            self.codings = self._of_cell(self.view.cell)
            self.total = len(self.codings)
            return
        criteria = self.view.criteria
        self.codings = list(self.project.codings.list(criteria, limit=self._limit))
        few = len(self.codings) < self._limit
        self.total = (
            len(self.codings) if few else self.project.codings.count(None if criteria == CodingFilter() else criteria)
        )

    def _of_cell(self, cell: CellOf) -> Sequence[Coding]:
        definition = self._one_cell_table(cell)
        part = cell.narrowed
        (evidence,) = self.project.matrices.evidence(
            definition, cell=(cell.row, cell.column), kinds=part.kinds, coders=part.coders, where=part.where,
            rounds=part.rounds,
        )  # fmt: skip
        shown = self.project.matrices.show(
            definition, first_note=1, kinds=part.kinds, coders=part.coders, where=part.where, rounds=part.rounds
        )
        self._cell = shown.cell(evidence.row, evidence.column)
        if self.view.criteria == CodingFilter():
            return evidence.codings
        fit = {coding.id for coding in self.project.codings.list(self.view.criteria)}
        return [coding for coding in evidence.codings if coding.id in fit]

    def _one_cell_table(self, cell: CellOf) -> MatrixDefinition:
        """Return the definition of a table that has only this cell.

        The whole table is not used, because a large table takes long to compute.
        """
        definition = self.project.matrices.get(cell.definition.name) if cell.definition.name else cell.definition
        return replace(
            definition,
            rows=tuple(row for row in definition.rows if row.label == cell.row),
            rows_from="",
            rows_below="",
            only=(cell.column,),
            judgements=tuple(j for j in definition.judgements if (j.row, j.column) == (cell.row, cell.column)),
            summaries=tuple(s for s in definition.summaries if (s.row, s.column) == (cell.row, cell.column)),
            show="presence",
        )

    def read_more(self) -> bool:
        """Read more of the listed quotes. Return False if all listed quotes have been read already."""
        if len(self.codings) >= self.total:
            return False
        self._limit *= 2
        self.read()
        return True

    def narrow(self, criteria: CodingFilter) -> None:
        """Replace the filter of the list. The query stays.

        Raises NotFoundError for an unknown name in the filter; the list then keeps its old filter.
        """
        criteria = replace(criteria, where=self.query)
        self._set_view(replace(self.view, criteria=self._with_full_names(criteria)))

    def ask(self, where: str) -> None:
        """Replace the query of the list by `where`. The filter stays.

        Raises QueryError for an invalid query; the list then keeps its old query.
        """
        self._set_view(replace(self.view, criteria=replace(self.view.criteria, where=where)))

    def answer(self, project: Project, where: str) -> QuoteAnswer:
        """Return the quotes that match the query `where`, without changing the list.

        A thread must call this method with a `project` of its own. Raises QueryError for an invalid query.
        """
        view = replace(self.view, criteria=replace(self.view.criteria, where=where))
        browser = QuoteBrowser(project, view)
        browser.read()
        return QuoteAnswer(view, browser.codings, browser.total, browser._cell)

    def show_answer(self, answer: QuoteAnswer) -> None:
        self.view, self._limit = answer.view, PAGE
        self.codings, self.total, self._cell = answer.codings, answer.total, answer.cell

    def show_code(self, path: str) -> None:
        """List the quotes of the code with this path. The old filter and the old query are dropped."""
        self._set_view(QuotesView.of_code(path))

    def show_all(self) -> None:
        """List all quotes of the study. The old filter and the old query are dropped."""
        self._set_view(QuotesView())

    def _set_view(self, view: QuotesView) -> None:
        before, self.view, self._limit = self.view, view, PAGE
        try:
            self.read()
        except Exception:
            self.view = before
            raise

    def _with_full_names(self, criteria: CodingFilter) -> CodingFilter:
        return resolve_names(
            criteria,
            cases=[case.label for case in self.project.cases.list()] if criteria.cases else (),
            sources=self.sources,
            coders=[coder.name for coder in self.project.coders] if criteria.coders else (),
            sets=[each.name for each in self.project.sets.list()] if criteria.sets else (),
            attributes=self.names[AN_ATTRIBUTE] if criteria.attributes else (),
            speakers=self.project.sources.speakers() if criteria.speakers else (),
        )

    @property
    def names(self) -> dict[str, Sequence[str]]:
        """A map: kind of item → names of these items in the study.

        The kinds are worded as in messages of the query parser, such as “the name of an attribute”.
        """
        return {
            A_CODE: [code.path for code in self.codebook.codes],
            A_CASE: [case.label for case in self.project.cases.list()],
            A_SOURCE: list(self.sources),
            A_SET: [each.name for each in self.project.sets.list()],
            A_CODER: [coder.name for coder in self.project.coders],
            A_QUERY: [query.name for query in self.project.queries.list()],
            AN_ATTRIBUTE: list(dict.fromkeys(attribute.name for attribute in self.project.attributes.list())),
        }

    # Words

    @property
    def query(self) -> str:
        """The query that the listed quotes match; empty if there is none."""
        return self.view.criteria.where

    @property
    def title(self) -> str:
        cell = self.view.cell
        return "Quotes" if cell is None else f"{one_line(cell.row)} · {one_line(cell.column)}"

    @property
    def about(self) -> list[str]:
        """One line about the state of the cell whose quotes are listed, and one about the judgement on it, if any.

        Without a cell, there is no line.
        """
        if self.view.cell is None or self._cell is None:
            return []
        judged = judgement_line(self._cell)
        return [state_line(self._cell), *([judged] if judged else [])]

    @property
    def filter_line(self) -> str:
        """The filter of the list as one line of text; empty if there is none."""
        return write_filter(self.view.criteria)

    @property
    def empty(self) -> Message:
        """The message for a list without quotes: why it is empty, and what the user can do."""
        if self.query:
            return Message("No quote fits the query.", "quotes-query")
        if self.filter_line:
            return Message("No quote fits the filter.", "quotes-filter")
        if self.view.cell is not None:
            return Message("Nothing was coded for this cell.", "empty-cell")
        return Message("Nothing is coded yet.", "code-note")

    def source_heading(self, name: str) -> str:
        """Return the heading above the quotes of a source: its name, and its title if the title is not the name."""
        source = self.sources.get(name)
        return f"{name}  {source.title}" if source is not None and source.title not in {None, "", name} else name

    def verbatim(self, name: str) -> bool:
        """Return whether the source with this name has the exact words of speakers, not only a summary.

        Quotes from other sources are shown without quotation marks.
        """
        source = self.sources.get(name)
        return source is not None and source.fidelity == "verbatim"


def common_cases(codings: Sequence[Coding], sources: dict[str, Source]) -> list[str]:
    """Return the cases that every source of these codings is about. Only these cases can be given to all the codings."""
    touched = [sources[name].cases for name in dict.fromkeys(coding.source for coding in codings) if name in sources]
    return [case for case in touched[0] if all(case in others for others in touched)] if touched else []


def above(path: str) -> str:
    """Return the names of the codes above a code, with a slash at the end: “Beginnings / ”; empty for a theme."""
    names = split_path(path)[:-1]
    return " / ".join((*names, "")) if names else ""


def as_text(codings: Sequence[Coding], text_of: Callable[[str], str]) -> str:
    """Return quotes as text for the clipboard.

    If there are several quotes, each is followed by its source and its lines in parentheses. `text_of` returns the text
    of a source.
    """
    if len(codings) == 1:
        return codings[0].quote
    texts = {name: text_of(name) for name in dict.fromkeys(coding.source for coding in codings)}
    return "\n\n".join(
        f"{coding.quote}\n({coding.source}, {_lines(texts[coding.source], coding.segment)})" for coding in codings
    )


def _lines(text: str, segment: Segment) -> str:
    """Return the lines that a segment of a text covers, in words: “line 8”, “lines 8–13”."""
    first = text.count("\n", 0, segment.start) + 1
    last = first + segment.quote(text).rstrip().count("\n")
    return f"line {first}" if first == last else f"lines {first}–{last}"
