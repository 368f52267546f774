"""`sibtui matrix show`: computes matrices, and shows them in any format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.matrix_layout import CODES, FIGURES_OF_CODES, layout_options
from sibtui.cli.matrix_options import Narrowing, footer_options, narrowing_options
from sibtui.cli.output import BINARY, is_stdout, output_options, resolve_format, write_output
from sibtui.cli.pictures import picture_option, picture_text, picture_writer
from sibtui.cli.streams import write_text
from sibtui.cli.study_option import with_whole_project
from sibtui.cli.tables import terminal_width
from sibtui.errors import InputError, NotFoundError
from sibtui.model.frozen import dataclass, replace
from sibtui.model.matrix_definition import CELLS, SUMMARY_SHOWS
from sibtui.model.patterns import ROW_ORDERS
from sibtui.model.presence import ASCII_MARKS, DEFAULT_MARKS
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.cli.matrix_layout import TableLayout
    from sibtui.cli.matrix_options import TableFooter
    from sibtui.model.matrix_definition import MatrixDefinition, Show
    from sibtui.model.patterns import RowOrder
    from sibtui.model.presence import State
    from sibtui.project import Project
    from sibtui.project.tables.shown_matrix import ShownMatrix

FORMS = ("table", "csv", "md", "html", "latex", "json", "docx", "xlsx", "picture")


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """The options for the output of matrices: their format, the content of cells, the marks, and the order of rows."""

    form: str = "table"
    show: Show | None = None
    first_note: int | None = None
    ascii: bool = False
    states: bool = False
    sort: RowOrder = "saved"
    transposed: bool = False

    def marks(self, definition: MatrixDefinition) -> dict[State, str] | None:
        """Return a map: state of a cell → mark. None if no option sets marks, so that the matrix keeps its own."""
        if self.states:
            return ASCII_MARKS if self.ascii else DEFAULT_MARKS
        if not self.ascii:
            return None
        return {state: mark for state, mark in ASCII_MARKS.items() if not definition.mark(state).isascii()}


@click.command()
@click.argument("names", metavar="[NAME]…", nargs=-1, shell_complete=complete.matrices)
@layout_options
@narrowing_options
@click.option(
    "--cells",
    type=click.Choice((*CELLS, *FIGURES_OF_CODES)),
    help="The content of the cells (default: as saved, else presence).",
)
@footer_options
@click.option("--first-note", type=click.IntRange(min=0), help="The number of the first table note.")
@click.option(
    "--states",
    is_flag=True,
    help="Print a different mark for each state; under a plain table also the reasons for the states.",
)
@click.option(
    "--sort",
    type=click.Choice(ROW_ORDERS),
    default="saved",
    help="The order of the rows: as saved, or by pattern, beginning with the rows in all cases.",
)
@click.option("--transpose", is_flag=True, help="Print the rows as columns, and the cases as rows.")
@click.option("--ascii", "plain", is_flag=True, help="Print marks, lines and note numbers in ASCII.")
@picture_option
@output_options(*FORMS)
@with_whole_project
def show(
    study: Project,
    names: tuple[str, ...],
    layout: TableLayout,
    narrowing: Narrowing,
    cells: Any,
    footer: TableFooter,
    first_note: int | None,
    states: bool,
    sort: RowOrder,
    transpose: bool,
    plain: bool,
    picture: Path | None,
    form: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Show saved matrices, or a matrix that options define. Without names and options, all saved matrices are shown.

    The marks are computed from the current codings. --columns shows a saved matrix with other columns. With --columns
    codes, each cell counts how often passages of two codes overlap.

    --cells "row %" and "column %" show each cell's share of the quotes in its row or column. --cells "0/1" shows a
    number for statistics: 1 for a present or contested cell.

    --format picture prints a heat map: each cell is shaded by the number in it, or else by its number of quotes.
    --picture FILE writes the heat map to FILE, in addition to the table. The file needs one more package:
    `pip install 'sibtui[pictures]'`.

    --cells summary shows the summaries of the cells (`sibtui summary set`), followed by the quotes to which they link.

    \b
    Example:
      sibtui matrix show table-1
      sibtui matrix show table-1 --cells "count (sources)" --kind interview
      sibtui matrix show table-3 --states
      sibtui matrix show --rows-under "Innovative services" --columns sources
      sibtui matrix show --all-codes
      sibtui matrix show table-1 --sort pattern
      sibtui matrix show --rows-under "Innovative services" --columns codes
      sibtui matrix show table-1 --columns "attribute:Stage of development" --cells "row %"
      sibtui matrix show table-1 --cells "summary + mark" --transpose
      sibtui matrix show table-1 --cells count --format picture
      sibtui matrix show table-1 --cells count --picture table-1.svg
      sibtui matrix show table-1 -o table-1.tex
      sibtui matrix show -o tables.docx
    """
    if layout.columns == CODES:
        from sibtui.cli.matrix_codes import show_codes

        show_codes(study, names, layout, narrowing, cells, form, output, force, picture)
        return
    if cells in FIGURES_OF_CODES:
        raise click.UsageError(f"--cells {cells} needs --columns codes.")
    if states and cells in SUMMARY_SHOWS:
        raise click.UsageError("--states prints marks: leave it out, or give other --cells.")
    options = OutputOptions(_form(form, output), cells, first_note, plain, states, sort, transpose)
    if options.form in ("table", "picture") and is_stdout(output) and not can_draw():
        options = replace(options, ascii=True)
    definitions = [footer.apply_to(definition) for definition in choose_definitions(study, names, layout)]
    matrices = compute_matrices(study, definitions, narrowing, options)
    if picture is not None and len(matrices) > 1:
        raise click.UsageError("--picture draws one matrix: name one.")
    write_its_picture = picture_writer(matrices[0].picture, picture, _name(matrices[0]), force=force)
    for definition, matrix in zip(definitions, matrices, strict=True):
        _mention_empty(study, definition, matrix, options.form)
    _write(matrices, options, one=len(names) == 1, file=output, force=force)
    write_its_picture()


def _mention_empty(study: Project, definition: MatrixDefinition, matrix: ShownMatrix, form: str) -> None:
    """If a matrix has no rows or no columns, print the reason, or raise it as InputError.

    It is raised if the matrix is not saved and the format is neither CSV nor JSON. With the format “picture”, do
    nothing.
    """
    if (matrix.rows and matrix.columns) or form == "picture":  # a picture without cells is refused elsewhere
        return
    reason = _why_empty(study, definition, matrix)
    if not matrix.name and form not in ("csv", "json"):
        raise InputError(reason)
    print_message(reason)


def _why_empty(study: Project, definition: MatrixDefinition, matrix: ShownMatrix) -> str:
    """Return a sentence for a matrix without rows or without columns: why it is empty, and what to do."""
    named = f" {one_line(matrix.name)}" if matrix.name else ""
    if not study.codes.list():
        return f"The study has no codes, so the table{named} is empty: `sibtui code add` adds them."
    if not matrix.rows:
        return f"The table{named} is empty, because it has no rows: --code chooses codes as rows."
    if definition.columns == "cases" and not study.cases.list():
        return (
            f"The study has no cases, so the table{named} is empty: `sibtui case add` adds them, and --columns sources"
            " shows the sources."
        )
    if definition.columns == "sources" and not study.sources.list():
        return f"The study has no sources, so the table{named} is empty: `sibtui source add` adds them."
    return f"The table{named} is empty, because it has no columns: --columns chooses others."


def _write(
    matrices: Sequence[ShownMatrix], options: OutputOptions, *, one: bool, file: Path | None, force: bool
) -> None:
    """Write the matrices to a file, or to stdout if `file` is None.

    If `one` is set, JSON is one object, because the user has named a single matrix. Otherwise JSON is a list.
    """
    one = one or not matrices[0].name
    data = _file(matrices, options.form) if options.form in BINARY else _text(matrices, options, one=one, file=file)
    written = "table" if options.form == "picture" else options.form
    write_output(data, file, listed([_name(matrix) for matrix in matrices]), form=written, force=force)
    if options.form == "csv":  # CSV cannot hold the lines under a table, and only rows have a column for their notes
        for matrix in matrices:
            for row in matrix.rows:
                if row.note and matrix.transposed:
                    print_message(f"note on {one_line(row.label)}: {one_line(row.note)}")
            for _, text in matrix.about:
                print_message(text)


def _name(matrix: ShownMatrix) -> str:
    return matrix.name or "the matrix"


def choose_definitions(study: Project, names: Sequence[str], layout: TableLayout) -> list[MatrixDefinition]:
    """Return the definitions of the named matrices.

    Without names, return the matrix that options define. Without names and options, return all saved matrices. Raises
    UsageError if both names and rows are given. Raises NotFoundError if a name is unknown, or no matrix is saved.
    """
    if names:
        if layout.has_rows:
            raise click.UsageError(
                "Give either the name of a matrix or rows (--all-codes, --rows-below, --rows-under, --code, --row)."
            )
        return [layout.apply_to(study.matrices.get(name)) for name in names]
    if layout.has_rows or layout.columns:
        return [layout.definition(study)]
    saved = list(study.matrices.list())
    if not saved:
        raise NotFoundError(
            "No matrix is saved yet: `sibtui matrix define` saves one, `sibtui matrix show --all-codes` shows all codes."
        )
    return saved


def compute_matrices(
    study: Project, definitions: Sequence[MatrixDefinition], narrowing: Narrowing, options: OutputOptions
) -> list[ShownMatrix]:
    """Compute the matrices of these definitions.

    `narrowing` limits their cases and evidence, and `options` set how the cells are shown. If `options.first_note` is
    given, the notes of all matrices are one series that begins with this number.
    """
    matrices: list[ShownMatrix] = []
    first = options.first_note
    for definition in definitions:
        matrix = study.matrices.show(
            definition,
            show=options.show,
            first_note=first,
            marks=options.marks(definition),
            sort=options.sort,
            transposed=options.transposed,
            **narrowing.show_arguments(study, definition),
        )
        if first is not None:
            first += len(matrix.numbered().texts)
        matrices.append(matrix)
    return matrices


def print_saved(study: Project) -> None:
    options = OutputOptions(ascii=not can_draw())
    matrices = compute_matrices(study, study.matrices.list(), Narrowing(), options)
    write_text(_text(matrices, options, one=False, file=None))


def _form(form: str | None, file: Path | None) -> str:
    if form is None and is_stdout(file):
        return "table"
    from sibtui.formats.registry import SUFFIXES

    return resolve_format(form, file, SUFFIXES)


def can_draw() -> bool:
    """Return whether stdout can encode the characters for the ruled lines of a table."""
    try:
        "─◐–…⁰¹²³⁴⁵⁶⁷⁸⁹".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _text(matrices: Sequence[ShownMatrix], options: OutputOptions, *, one: bool, file: Path | None) -> str:
    """Return the matrices as one text, for `file` or, if `file` is None, for stdout.

    In JSON, the text is one object if `one` is set, and otherwise a list of objects.
    """
    from sibtui.formats.documents.matrix import matrix_document
    from sibtui.formats.registry import render_text

    if len(matrices) > 1 and options.form in {"csv", "html"}:
        raise InputError(f"{options.form.upper()} holds one matrix, but {len(matrices)} are saved or named: name one.")
    if options.form == "json" and not one:
        from sibtui.formats.codec.json_text import dumps
        from sibtui.formats.documents.matrix_record import record

        return dumps([record(matrix) for matrix in matrices])
    if options.form == "picture":
        return "\n".join(picture_text(matrix.picture()) for matrix in matrices)
    if options.form != "table":
        return render_text(matrix_document(*matrices), options.form)
    width = terminal_width() if is_stdout(file) else None
    texts = [render_text(matrix_document(matrix), width=width, ascii=options.ascii) for matrix in matrices]
    if options.states:
        texts = [_with_states(matrix, text, width) for matrix, text in zip(matrices, texts, strict=True)]
    return "\n".join(texts)


def _with_states(matrix: ShownMatrix, text: str, width: int | None) -> str:
    """Return `text`, the text of a matrix, followed by a list of the cells with their states and the reasons."""
    from sibtui.formats.documents.matrix_states import render_states

    states = render_states(matrix, width)
    return f"{text}\n{states}" if states else text


def _file(matrices: Sequence[ShownMatrix], form: str) -> bytes:
    from sibtui.formats.documents.matrix import matrix_document
    from sibtui.formats.registry import render_bytes

    return render_bytes(matrix_document(*matrices), form)
