"""The quotes at hand: of a cell, of a code, of a search or all of them; and what can be done to one or several at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.desk.cells import judgement_told, state_told
from sibtui.desk.codebook import CodebookView, short
from sibtui.desk.filtering import meant, write_filter
from sibtui.errors import InputError
from sibtui.model.codebook import split_path
from sibtui.model.filters import CodingFilter
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix import Cell, MatrixDefinition
    from sibtui.model.records import Certainty, Coding, Source, Stance
    from sibtui.project import Project

PAGE = 500
"""Quotes that are read at first; more as the end of them is neared."""


@dataclass(frozen=True, slots=True)
class CellOf:
    """A cell of a matrix, by the labels of its row and column."""

    definition: MatrixDefinition
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class QuotesView:
    """Which quotes are listed: those of a cell or of the study, as far as they fit the filter."""

    wanted: CodingFilter = field(default_factory=CodingFilter)
    cell: CellOf | None = None

    @classmethod
    def of_cell(cls, definition: MatrixDefinition, row: str, column: str) -> QuotesView:
        return cls(cell=CellOf(definition, row, column))

    @classmethod
    def of_code(cls, path: str) -> QuotesView:
        return cls(CodingFilter(codes=(path,)))


class Quotes:
    """What a view shows of a study. `total` is how many fit; `codings` holds as many of them as were read."""

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
        """Read sources, codebook and quotes."""
        self.sources = {source.name: source for source in self.project.sources.list()}
        self.codebook = CodebookView(self.project.codes.list())
        self.read()

    def read(self) -> None:
        """Read the quotes anew."""
        if self.view.cell is not None:
            self.codings = self._of_cell(self.view.cell)
            self.total = len(self.codings)
            return
        wanted = self.view.wanted
        self.codings = list(self.project.codings.list(wanted, limit=self._limit))
        few = len(self.codings) < self._limit
        self.total = (
            len(self.codings) if few else self.project.codings.count(None if wanted == CodingFilter() else wanted)
        )

    def _of_cell(self, cell: CellOf) -> Sequence[Coding]:
        definition = self._alone(cell)
        (found,) = self.project.matrices.evidence(definition, cell=(cell.row, cell.column))
        self._cell = self.project.matrices.show(definition, first_note=1).cell(found.row, found.column)
        if self.view.wanted == CodingFilter():
            return found.codings
        fit = {coding.id for coding in self.project.codings.list(self.view.wanted)}
        return [coding for coding in found.codings if coding.id in fit]

    def _alone(self, cell: CellOf) -> MatrixDefinition:
        """The cell as a table of its own: what is read for it does not grow with the table."""
        definition = self.project.matrices.get(cell.definition.name) if cell.definition.name else cell.definition
        return replace(
            definition,
            rows=tuple(row for row in definition.rows if row.label == cell.row),
            only=(cell.column,),
            judgements=tuple(j for j in definition.judgements if (j.row, j.column) == (cell.row, cell.column)),
            show="presence",
        )

    def read_on(self) -> bool:
        """Read more of them, if there are more; whether there were."""
        if len(self.codings) >= self.total:
            return False
        self._limit *= 2
        self.read()
        return True

    def narrow(self, wanted: CodingFilter) -> None:
        """Take another filter. What cannot be found raises, and all stays as it was."""
        self._look_at(replace(self.view, wanted=self._in_full(wanted)))

    def show_code(self, path: str) -> None:
        self._look_at(QuotesView.of_code(path))

    def show_all(self) -> None:
        self._look_at(QuotesView())

    def _look_at(self, view: QuotesView) -> None:
        before, self.view, self._limit = self.view, view, PAGE
        try:
            self.read()
        except Exception:
            self.view = before
            raise

    def _in_full(self, wanted: CodingFilter) -> CodingFilter:
        return meant(
            wanted,
            cases=[case.label for case in self.project.cases.list()] if wanted.cases else (),
            sources=self.sources,
            coders=[coder.name for coder in self.project.coders] if wanted.coders else (),
        )

    # Words

    @property
    def title(self) -> str:
        cell = self.view.cell
        return "Quotes" if cell is None else f"{one_line(cell.row)} · {one_line(cell.column)}"

    @property
    def about(self) -> list[str]:
        """What is known of the cell that the quotes are of."""
        if self.view.cell is None or self._cell is None:
            return []
        judged = judgement_told(self._cell)
        return [state_told(self._cell), *([judged] if judged else [])]

    @property
    def narrowed(self) -> str:
        """The filter in words; empty when there is none."""
        return write_filter(self.view.wanted)

    @property
    def empty(self) -> str:
        """What to do when there are none."""
        if self.narrowed:
            return "No quote fits the filter: f changes it, F takes it away."
        if self.view.cell is not None:
            return "Nothing was coded for this cell: Esc goes back to the table, F lists all quotes."
        return "Nothing is coded yet: Esc, and code a note."

    def source_told(self, name: str) -> str:
        """A source, as it stands above its quotes."""
        source = self.sources.get(name)
        return f"{name}  {source.title}" if source is not None and source.title not in {None, "", name} else name

    def verbatim(self, name: str) -> bool:
        """Whether what is quoted from a source are words as they were said. Others are paraphrase, and stand in no quotation marks."""
        source = self.sources.get(name)
        return source is not None and source.fidelity == "verbatim"


class QuoteDeeds:
    """What is done to codings, one or several at once, each as one act; and in a few words what it did."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def toggle_stance(self, codings: Sequence[Coding]) -> str:
        stance: Stance = "supports" if all(coding.stance == "counters" for coding in codings) else "counters"
        self._project.codings.set(numbers(codings), stance=stance)
        return f"{_what(codings)}: {'counter-evidence' if stance == 'counters' else 'supports'}"

    def toggle_certainty(self, codings: Sequence[Coding]) -> str:
        certainty: Certainty = "firm" if all(coding.certainty == "tentative" for coding in codings) else "tentative"
        self._project.codings.set(numbers(codings), certainty=certainty)
        return f"{_what(codings)}: {certainty}"

    def attribute(self, codings: Sequence[Coding], cases: Sequence[str]) -> str:
        self._project.codings.attribute(numbers(codings), cases)
        return f"{_what(codings)}: {one_line(', '.join(cases)) or 'no case'}"

    def set_code(self, codings: Sequence[Coding], path: str) -> str:
        self._project.codings.set(numbers(codings), code=path)
        return f"{_what(codings)} → {one_line(short(path))}"

    def set_memo(self, codings: Sequence[Coding], memo: str) -> str:
        self._project.codings.set(numbers(codings), memo=memo)
        return "Memo kept." if memo else "Memo taken away."

    def remove(self, codings: Sequence[Coding]) -> str:
        self._project.codings.remove(numbers(codings))
        return f"Removed: {_what(codings)} (u brings back)"


def numbers(codings: Sequence[Coding]) -> list[int]:
    if not codings:
        raise InputError("There is no quote here.")
    return [coding.id for coding in codings]


def common_cases(codings: Sequence[Coding], sources: dict[str, Source]) -> list[str]:
    """The cases that all of these codings can be given: those that each of their sources touches."""
    touched = [sources[name].cases for name in dict.fromkeys(coding.source for coding in codings) if name in sources]
    return [case for case in touched[0] if all(case in others for others in touched)] if touched else []


def above(path: str) -> str:
    """What stands above a code, to be put before its name."""
    names = split_path(path)[:-1]
    return " / ".join((*names, "")) if names else ""


def _what(codings: Sequence[Coding]) -> str:
    return one_line(short(codings[0].code)) if len(codings) == 1 else plural(len(codings), "quote")
