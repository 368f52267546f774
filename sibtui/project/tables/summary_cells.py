"""The cells of a matrix with summaries as their contents, and the quotes to which the summaries link."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.matrix import Cell, CellSummary, LinkedQuote, Matrix
from sibtui.model.summaries import SummaryLink, links_in, with_links
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.records import Coding
    from sibtui.model.summaries import Summary
    from sibtui.project.tables.matrix_inputs import MatrixInputs
    from sibtui.store.connection import Store

LOST = "[?]"
"""The text for a link without a quote: its coding was removed, or its place is outside of the text."""


def with_summaries(inputs: MatrixInputs, store: Store, matrix: Matrix) -> Matrix:
    """Return the matrix with its summaries as the contents of its cells.

    If a cell has summaries of several coders, each summary begins with the name of its coder.
    """
    of_cell: dict[tuple[str, str], list[Summary]] = {}
    for summary in inputs.definition.summaries:
        of_cell.setdefault((summary.row, summary.column), []).append(summary)
    quotes = LinkedQuotes(store, (summary.text for summary in inputs.definition.summaries))
    rows = []
    for row in matrix.rows:
        cells = []
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            found = tuple(
                CellSummary(quotes.numbered(each.text), each.coder, each.at, inputs.summary_changes(each))
                for each in of_cell.get((row.label, column), ())
            )
            cells.append(replace(cell, mark=_content(cell, found, matrix), suffix="", summaries=found))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(matrix, rows=tuple(rows), linked=tuple(quotes.found))


def _content(cell: Cell, summaries: tuple[CellSummary, ...], matrix: Matrix) -> str:
    """Return the summaries of a cell as text. If the matrix shows marks too, the mark of the cell comes first."""
    several = len(summaries) > 1
    texts = [f"{each.coder}: {each.text}" if several else each.text for each in summaries]
    mark = cell.mark + cell.suffix if matrix.show == "summary + mark" else ""
    return "\n".join([*([mark.strip()] if mark.strip() else []), *texts])


class LinkedQuotes:
    """Gives a number to each quote to which a link in `texts` leads.

    Call `numbered` for each text. `found` then has the quotes, in the order of their numbers.
    """

    def __init__(self, store: Store, texts: Iterable[str]) -> None:
        self.found: list[LinkedQuote] = []
        self._store = store
        self._numbers: dict[object, int] = {}
        self._verbatim = {s.name for s in source_rows.sources(store, counts=False) if s.fidelity == "verbatim"}
        wanted = {link.coding for text in texts for link in links_in(text) if link.coding is not None}
        selection = coding_rows.Selection(ids=tuple(sorted(wanted)))
        paths = _paths(store) if wanted else {}
        self._codings = {each.id: each for each in coding_rows.codings(store, selection, paths=paths)} if wanted else {}

    def numbered(self, text: str) -> str:
        """Return the text with each link replaced by the number of its quote. Equal links get the same number."""
        return with_links(text, self._number)

    def _number(self, link: SummaryLink) -> str:
        key = link.coding if link.segment is None else (link.source, link.segment)
        number = self._numbers.get(key)
        if number is None:
            quote = self._quote(link, len(self.found) + 1)
            if quote is None:
                return LOST
            self.found.append(quote)
            number = self._numbers[key] = quote.number
        return f"[{number}]"

    def _quote(self, link: SummaryLink, number: int) -> LinkedQuote | None:
        if link.segment is not None:
            source = source_rows.find(self._store, link.source)
            text = "" if source is None else source_rows.text(self._store, source)
            if link.segment.end > len(text):
                return None
            return LinkedQuote(
                number, self._words(link.source, link.segment.quote(text)), link.source, str(link.segment)
            )
        coding: Coding | None = self._codings.get(link.coding or 0)
        if coding is None:
            return None
        words = self._words(coding.source, coding.quote)
        return LinkedQuote(number, words, coding.source, str(coding.segment), coding.code, coding.id)

    def _words(self, source: str, quote: str) -> str:
        words = " ".join(quote.split())
        return f"“{words}”" if source in self._verbatim else words


def _paths(store: Store) -> dict[int, str]:
    from sibtui.store import codes as code_rows

    return {code.id: code.path for code in code_rows.codes(store)}
