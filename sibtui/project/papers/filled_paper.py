"""A manuscript with its placeholders filled, such as `{{ matrix table-1 }}`. Nothing else in the file changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import sibtui
from sibtui.errors import InputError, SibtuiError
from sibtui.formats.documents.renderers import latex, markdown
from sibtui.model.filters import EvidenceFilter
from sibtui.model.frozen import dataclass
from sibtui.model.names import resolve_name
from sibtui.model.placeholders import line_of, parse_placeholder, placeholders
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.model.placeholders import Placeholder
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.shown_matrix import ShownMatrix

PaperForm = Literal["md", "tex"]
"""The form of a manuscript: Markdown or LaTeX."""
_SUFFIXES: dict[str, PaperForm] = {
    ".tex": "tex",
    ".ltx": "tex",
    ".md": "md",
    ".markdown": "md",
    ".qmd": "md",
    ".rmd": "md",
}


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A manuscript after filling its placeholders, such as `{{ matrix table-1 }}`.

    `data` is the new content, and `filled` is the number of filled placeholders. If a placeholder cannot be filled, it
    stays in the text, and `problems` has a message that names its line.
    """

    data: bytes
    filled: int
    problems: tuple[str, ...] = ()


def form_of(suffix: str) -> PaperForm:
    """Return “md” (Markdown) or “tex” (LaTeX) for a file extension. Raises InputError for any other extension."""
    form = _SUFFIXES.get(suffix.lower())
    if form is None:
        raise InputError(
            f"A paper with placeholders has one of the extensions {' '.join(_SUFFIXES)}, not {suffix or 'none'}."
        )
    return form


class PaperFilling:
    """Fills placeholders of manuscripts, such as `{{ matrix table-1 }}`. Use it inside one snapshot of the store."""

    def __init__(self, session: Session, form: PaperForm) -> None:
        self._session, self._form = session, form
        self._matrices: dict[str, ShownMatrix] = {}
        self._nouns = sibtui.Matrices(session)

    def fill(self, name: str, data: bytes) -> FilledPaper:
        """Return a manuscript with its placeholders filled. Raises InputError for a file that is not UTF-8."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{name} is not UTF-8: save it in this encoding.") from error
        newline = "\r\n" if "\r\n" in text else "\n"
        parts: list[str] = []
        problems: list[str] = []
        at = filled = 0
        for match in placeholders(text):
            try:
                content = self._content(parse_placeholder(match[1]))
            except SibtuiError as error:
                problems.append(f"line {line_of(text, match.start()):,}: {match[0]}: {error}")
                continue
            parts += [text[at : match.start()], content.strip("\n").replace("\n", newline)]
            at = match.end()
            filled += 1
        return FilledPaper("".join((*parts, text[at:])).encode("utf-8"), filled, tuple(problems))

    def _content(self, placeholder: Placeholder) -> str:
        match placeholder.kind:
            case "matrix":
                matrix = self._matrix(placeholder.name)
                return matrix.to_latex() if self._form == "tex" else matrix.to_markdown()
            case "count":
                return str(self._count(placeholder.name, placeholder.column))
            case _:
                return self._quote(int(placeholder.name))

    def _matrix(self, name: str) -> ShownMatrix:
        if name not in self._matrices:
            self._matrices[name] = self._nouns.show(name)
        return self._matrices[name]

    def _count(self, name: str, column: str) -> int:
        """Return how many quotes a code or a matrix row has. `name` is a code, or a row written as `matrix / row`.

        With a column, only the firm (not tentative) supporting quotes in this column are counted. For a code without a
        column, all its codings are counted. Raises InputError for a matrix row without a column.
        """
        matrix, slash, label = name.partition(" / ")
        definition = self._nouns.get(matrix.strip()) if slash else self._nouns.ad_hoc(codes=name)
        narrowed = narrowed_definition(self._session, definition, EvidenceFilter())
        computed = MatrixInputs(self._session, narrowed).matrix(1)
        labels = [row.label for row in computed.rows]
        row = computed.rows[labels.index(resolve_name("row", label.strip(), labels)) if slash else 0]
        if column:
            return row.cells[computed.columns.index(resolve_name("column", column, computed.columns))].quotes
        if slash:
            raise InputError('A count of a row needs a column: write in "COLUMN".')
        return sibtui.Codings(self._session).count(code=name)

    def _quote(self, number: int) -> str:
        """Return the words of a coding, and the name of its source in parentheses.

        The words are in quotation marks only if the source has the exact words of people (“verbatim”).
        """
        coding = sibtui.Codings(self._session).get(number)
        source = next(
            each for each in source_rows.sources(self._session.store, counts=False) if each.name == coding.source
        )
        escape = latex.escape if self._form == "tex" else markdown.escape
        words = escape(coding.quote)
        if source.fidelity == "verbatim":
            words = f"``{words}''" if self._form == "tex" else f"“{words}”"
        return f"{words} ({escape(source.name)})"
