"""`sibtui matrix show`: matrices computed, and written in any format."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.common import listed, out, terminal_width, with_project
from sibtui.cli.matrix_options import Narrowing, layout_options, narrowing_options
from sibtui.cli.output import BINARY, deliver, form_of, output_options, to_stdout
from sibtui.errors import InputError, NotFoundError
from sibtui.model.matrix import SHOWS
from sibtui.model.presence import ASCII_MARKS, DEFAULT_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.cli.matrix_options import Layout
    from sibtui.model.matrix import MatrixDefinition, Show
    from sibtui.model.presence import State
    from sibtui.project import Project
    from sibtui.project.shown import ShownMatrix

FORMS = ("table", "csv", "md", "html", "latex", "json", "docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Look:
    """How matrices are to be shown."""

    form: str = "table"
    show: Show | None = None
    first_note: int | None = None
    ascii: bool = False
    states: bool = False

    def marks(self, definition: MatrixDefinition) -> dict[State, str] | None:
        """What to print in place of the matrix' own marks; None: its own."""
        if self.states:
            return ASCII_MARKS if self.ascii else DEFAULT_MARKS
        if not self.ascii:
            return None
        return {state: mark for state, mark in ASCII_MARKS.items() if not definition.mark(state).isascii()}


@click.command()
@click.argument("names", metavar="[NAME]…", nargs=-1, shell_complete=complete.matrices)
@layout_options
@narrowing_options
@click.option("--cells", type=click.Choice(SHOWS), help="What stands in the cells (default: as saved, else presence).")
@click.option("--first-note", type=click.IntRange(min=0), help="The number of the first note.")
@click.option("--states", is_flag=True, help="The mark of each state, whatever the matrix prints alike.")
@click.option("--ascii", "plain", is_flag=True, help="Marks, rules and note numbers in ASCII.")
@output_options(*FORMS)
@with_project
def show(
    study: Project,
    names: tuple[str, ...],
    layout: Layout,
    narrowing: Narrowing,
    cells: Any,
    first_note: int | None,
    states: bool,
    plain: bool,
    form: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Show saved matrices (all of them when none is named), or one made up on the spot.

    A mark is computed from the codings each time. With --columns a saved matrix is shown with others than its own.

    \b
    Example:
      sibtui matrix show table-1
      sibtui matrix show table-1 --cells "count (sources)" --kind interview
      sibtui matrix show table-3 --states
      sibtui matrix show --rows-under "Innovative services" --columns sources
      sibtui matrix show table-1 -o table-1.tex
      sibtui matrix show -o tables.docx
    """  # noqa: D301 - \b is click's
    look = Look(_form(form, output), cells, first_note, plain, states)
    if look.form == "table" and to_stdout(output) and not can_draw():
        look = replace(look, ascii=True)
    matrices = computed(study, chosen(study, names, layout), narrowing, look)
    one = len(names) == 1 or not matrices[0].name
    data = _document(matrices, look) if look.form in BINARY else _together(matrices, look, one=one, file=output)
    deliver(data, output, listed([matrix.name or "the matrix" for matrix in matrices]), force=force)


def chosen(study: Project, names: Sequence[str], layout: Layout) -> list[MatrixDefinition]:
    """The matrices that are named; else the one that is laid out; else all that are saved."""
    if names:
        if layout.has_rows:
            raise click.UsageError("A matrix is either named, or told by its rows (--rows-under, --code, --row).")
        return [layout.applied(study.matrices.get(name)) for name in names]
    if layout.has_rows or layout.columns:
        return [layout.definition(study)]
    saved = list(study.matrices.list())
    if not saved:
        raise NotFoundError(
            "No matrix is saved yet: `sibtui matrix define` saves one, `sibtui matrix show --rows-under CODE` does without."
        )
    return saved


def computed(
    study: Project, definitions: Sequence[MatrixDefinition], narrowing: Narrowing, look: Look
) -> list[ShownMatrix]:
    """The matrices, with the notes of all as one series from `look.first_note` when it is given."""
    made: list[ShownMatrix] = []
    first = look.first_note
    for definition in definitions:
        matrix = study.matrices.show(
            definition,
            show=look.show,
            first_note=first,
            marks=look.marks(definition),
            **narrowing.for_show(definition),
        )
        if first is not None:
            first += len(matrix.numbered().texts)
        made.append(matrix)
    return made


def print_saved(study: Project) -> None:
    """Print all saved matrices as tables."""
    look = Look(ascii=not can_draw())
    made = computed(study, study.matrices.list(), Narrowing(), look)
    out(_together(made, look, one=False, file=None))


def _form(form: str | None, file: Path | None) -> str:
    if form is None and to_stdout(file):
        return "table"
    from sibtui.formats.registry import MATRIX_SUFFIXES  # noqa: PLC0415

    return form_of(form, file, MATRIX_SUFFIXES)


def can_draw() -> bool:
    """Whether stdout has the characters that tables are drawn with."""
    try:
        "─◐–…⁰¹²³⁴⁵⁶⁷⁸⁹".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _together(matrices: Sequence[ShownMatrix], look: Look, *, one: bool, file: Path | None) -> str:
    """The matrices as one text. JSON is an object for the one that was named, else a list."""
    from sibtui.formats.registry import render_matrix  # noqa: PLC0415 - the renderer's own imports wait for it

    if len(matrices) > 1 and look.form in {"csv", "html"}:
        raise InputError(f"{look.form.upper()} holds one matrix, and there are {len(matrices)} here: name one.")
    width = terminal_width() if look.form == "table" and to_stdout(file) else None
    texts = [render_matrix(matrix, look.form, width=width, ascii=look.ascii) for matrix in matrices]
    if look.form == "json" and not one:
        return "[\n" + ",\n".join(indent(text.rstrip("\n"), "  ") for text in texts) + "\n]\n"
    return "\n".join(texts)


def _document(matrices: Sequence[ShownMatrix], look: Look) -> bytes:
    from sibtui.formats.registry import matrix_document  # noqa: PLC0415

    return matrix_document(matrices, look.form)
