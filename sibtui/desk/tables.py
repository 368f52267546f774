"""The tables of a study, one at hand: which of the saved ones, or one made on the spot; how it is shown; where the cursor stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.desk.answers import Answer
from sibtui.errors import ConflictError, SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.presence import DEFAULT_MARKS
from sibtui.model.text import one_line, plural
from sibtui.project.shown import FILE_FORMATS, format_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix import MatrixDefinition, Show
    from sibtui.project import Project
    from sibtui.project.shown import ShownMatrix

_FIGURES: tuple[Show, ...] = ("presence", "count", "sources", "count (sources)", "coverage", "quotes")
_SHOWN: dict[Show, str] = {
    "presence": "marks",
    "count": "quotes counted",
    "sources": "sources counted",
    "count (sources)": "quotes (sources) counted",
    "coverage": "characters covered",
    "quotes": "the quotes themselves",
}
_WRITTEN = {
    "table": "plain text",
    "csv": "a CSV table",
    "md": "Markdown",
    "html": "a web page",
    "latex": "LaTeX",
    "json": "JSON",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
}


class Tables:
    """`name` is None for a table that is not saved. `place` is the cursor's row and column, by number."""

    project: Project

    def __init__(self) -> None:
        self.name: str | None = None
        self.definition: MatrixDefinition | None = None
        self.matrix: ShownMatrix | None = None
        self.titles: Sequence[tuple[str, str]] = ()
        self.states = False
        self.show: Show | None = None
        self._labels = ("", "")

    # Reading the study

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.titles]

    def load(self) -> None:
        """Read the table at hand anew; the first one when there is none, or when it is gone."""
        self.titles = [(saved.name, saved.title) for saved in self.project.matrices.list()]
        if self.name is not None and self.name in self.names:
            self.definition = self.project.matrices.get(self.name)
        elif self.definition is None or self.name is not None:
            self.name, self.definition = self._first()
        self._compute(self.definition)

    def _first(self) -> tuple[str | None, MatrixDefinition | None]:
        if self.titles:
            name = self.titles[0][0]
            return name, self.project.matrices.get(name)
        if not self.project.codes.list():
            return None, None
        columns = "cases" if self.project.cases.list() else "sources"
        return None, self.project.matrices.ad_hoc(columns=columns, title="All codes")

    def _compute(self, definition: MatrixDefinition | None) -> None:
        if definition is None:
            self.matrix = None
            return
        if self.states:
            self.matrix = self.project.matrices.show(definition, show="presence", marks=DEFAULT_MARKS)
        else:
            self.matrix = self.project.matrices.show(definition, show=self.show)

    def _take(self, name: str | None, definition: MatrixDefinition) -> None:
        """Show another table; when it cannot be computed the one at hand stays."""
        before = self.show
        if name != self.name:
            self.show = None
        try:
            self._compute(definition)
        except SibtuiError:
            self.show = before
            raise
        self.name, self.definition = name, definition

    # Which table

    def open(self, name: str) -> None:
        self._take(name, self.project.matrices.get(name))

    def step(self, by: int) -> None:
        """The next saved table, or the one before, round the ends."""
        names = self.names
        at = names.index(self.name) + by if self.name in names else 0 if by > 0 else -1
        self.open(names[at % len(names)])

    def of_theme(self, path: str) -> None:
        """A table made on the spot: a row for each code below this one."""
        columns = self.definition.columns if self.definition is not None else "cases"
        self._take(None, self.project.matrices.ad_hoc(under=path, columns=columns, title=split_path(path)[-1]))

    def by(self, columns: str) -> None:
        """The rows at hand with other columns; what belonged to the old ones is left out."""
        if self.definition is None or columns == self.definition.columns:
            return
        rows = tuple(replace(row, notes={}) for row in self.definition.rows)
        made = replace(self.definition, name="", columns=columns, only=(), judgements=(), rows=rows)
        self._take(None, made)

    def toggle_states(self) -> None:
        self.states = not self.states
        self._compute(self.definition)

    def next_figures(self) -> None:
        """Show the next kind of figures in the cells."""
        if self.definition is None:
            return
        now = self.show or self.definition.show
        self.states = False
        self.show = _FIGURES[(_FIGURES.index(now) + 1) % len(_FIGURES)]
        self._compute(self.definition)

    # The cursor

    def stand(self, row: str, column: str) -> None:
        self._labels = (row, column)

    @property
    def place(self) -> tuple[int, int]:
        """Where the labels that the cursor stood at are in this table; else its beginning."""
        if self.matrix is None:
            return 0, 0
        rows = [row.label for row in self.matrix.rows]
        row, column = self._labels
        return (
            rows.index(row) if row in rows else 0,
            self.matrix.columns.index(column) if column in self.matrix.columns else 0,
        )

    # Words

    @property
    def title(self) -> str:
        return self.definition.title or self.name or "" if self.definition is not None else "No table yet"

    @property
    def facts(self) -> str:
        """Which table it is, of how many, and how it is shown."""
        if self.matrix is None or self.definition is None:
            return ""
        names = self.names
        which = f"{one_line(self.name)} · {names.index(self.name) + 1} of {len(names)}" if self.name in names else ""
        shown = "the mark of each state" if self.states else _SHOWN[self.show or self.definition.show]
        rule = self.definition.rule
        asks = f"present from {plural(rule.quotes, 'quote')} in {plural(rule.sources, 'source')}"
        size = f"{plural(len(self.matrix.rows), 'row')}, {plural(len(self.matrix.columns), 'column')}"
        facts = [
            which or "made on the spot, not saved",
            f"{size} ({one_line(self.definition.columns)})",
            shown,
            *([asks] if (rule.quotes, rule.sources) != (1, 1) else []),
        ]
        return " · ".join(facts)

    @property
    def empty(self) -> str:
        """What to do when there is nothing to show."""
        if self.definition is None:
            return "No codes yet, so there is nothing to count: Esc, and code a note."
        if self.matrix is not None and not self.matrix.columns:
            return f"The study has no {self.definition.columns} for the columns yet: c chooses others."
        return "This table has no rows."

    # Deeds

    def judge(self, row: str, column: str, verdict: str, because: str) -> str:
        judgement = self.project.matrices.judge(self._saved(), row, column, verdict, because)
        return f"Judged {judgement.verdict}: {one_line(row)} · {one_line(column)}"

    def unjudge(self, row: str, column: str) -> str:
        was = self.project.matrices.unjudge(self._saved(), row, column)
        return f"Taken back: {was.verdict}, {one_line(was.because)}"

    def _saved(self) -> str:
        if self.name is None:
            raise ConflictError("Judgements are kept with a saved table: w saves this one.")
        return self.name

    def save(self, name: str) -> str:
        """Save what is at hand under a name, which it then has."""
        if self.definition is None:
            raise ConflictError("There is no table to save yet.")
        made = replace(self.definition, name=name.strip(), show=self.show or self.definition.show)
        saved = self.project.matrices.define(made)
        self.name, self.definition, self.show = saved.name, saved, None
        return f"Saved as {one_line(saved.name)}"

    def name_told(self, name: str) -> Answer:
        """What saving under this name would do."""
        name = name.strip()
        if not name:
            return Answer("A name is needed, table-5 for example.", "no")
        if name == self.name:
            return Answer("It takes the place of what is saved under its name: what is shown in cells is kept with it.")
        if name in self.names:
            return Answer("There is a table with this name: it would be replaced (u brings it back).", "again")
        return Answer("A new table, behind the others.")

    # Out

    @property
    def file_name(self) -> str:
        """A name to begin with."""
        kept = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in self.name or "matrix")
        return f"{kept.strip('-.') or 'matrix'}.docx"

    def file_told(self, name: str) -> Answer:
        """What writing to this file would do."""
        if not name.strip():
            return Answer("A name is needed, table.docx for example.", "no")
        file = Path(name.strip()).expanduser()
        try:
            form = format_of(file)
        except SibtuiError:
            return Answer(f"Its end says what to write: {' '.join(FILE_FORMATS)}", "no")
        where = file.absolute()
        if where.is_dir():
            return Answer(f"{where} is a folder.", "no")
        if not where.parent.is_dir():
            return Answer(f"There is no folder {where.parent}.", "no")
        if where.exists():
            return Answer(f"{where} is there already, and would be overwritten.", "again")
        return Answer(f"{where}: {_WRITTEN[form]}.")

    def export(self, name: str) -> str:
        """Write the table as it is shown. It was said before whether a file is there that goes."""
        if self.matrix is None:
            raise ConflictError("There is no table to export yet.")
        file = Path(name.strip()).expanduser().absolute()
        form = self.matrix.write(file, force=True)
        return f"Wrote {file}: {_WRITTEN[form]}"
