"""`sibtui matrix evidence`: the quotes that count for the cells of a matrix, and how robust each cell is."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.matrix_layout import layout_options
from sibtui.cli.matrix_options import narrowing_options, split_place
from sibtui.cli.matrix_show import choose_definitions
from sibtui.cli.output import TABLE_SUFFIXES, is_stdout, output_options, resolve_format, write_chunks
from sibtui.cli.study_option import with_whole_project
from sibtui.cli.tables import terminal_width
from sibtui.model.cell_words import beside_quotes, changed_since, evidence_clauses, state_words
from sibtui.model.report_values import AppendixOptions
from sibtui.model.text import inert_words, listed, one_line
from sibtui.project.exporting.appendix import appendix_chunks, behind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from sibtui.cli.matrix_layout import TableLayout
    from sibtui.cli.matrix_options import Narrowing
    from sibtui.model.matrix import Cell
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.records import Coding
    from sibtui.model.report_values import MatrixEvidence
    from sibtui.project import Project

_SUFFIXES = {suffix: form for suffix, form in TABLE_SUFFIXES.items() if form != "xlsx"}


@click.command()
@click.argument("names", metavar="[NAME]…", nargs=-1, shell_complete=complete.matrices)
@layout_options
@narrowing_options
@click.option(
    "--cell", "place", metavar="ROW:CASE", shell_complete=complete.cells, help="Only the evidence of this cell."
)
@click.option("--with-coders", is_flag=True, help="Appendix: include who coded and judged (often a login name).")
@click.option("--with-memos", is_flag=True, help="Appendix: include the memos on codings.")
@output_options("table", "csv", "json", "html", "md", "docx")
@with_whole_project
def evidence(
    study: Project,
    names: tuple[str, ...],
    layout: TableLayout,
    narrowing: Narrowing,
    place: str | None,
    with_coders: bool,
    with_memos: bool,
    form: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Show the quotes that count for each cell, with their source, position, coder, stance and certainty.

    For each cell that is present or contested, the printed text also states how robust the cell is. A cell can depend
    on a single quote or on a single source. A cell is robust if it depends on neither: you can remove any one quote or
    source, and the state stays the same. Quotes from verbatim sources have quotation marks. Quotes from all other
    sources are paraphrases, without quotation marks.

    With --format html, md or docx, the result is an appendix: each mark of the matrix links to its quotes, and each
    quote links back. An appendix has coders only with --with-coders, and memos only with --with-memos.

    \b
    Example:
      sibtui matrix evidence table-3
      sibtui matrix evidence table-3 --cell "Use of rate card:SIB A"
      sibtui matrix evidence table-3 --format csv
      sibtui matrix evidence -o appendix.html
    """
    form = resolve_format(form, output, _SUFFIXES)
    definitions = choose_definitions(study, names, layout)
    if place is not None and len(definitions) > 1:
        raise click.UsageError("--cell needs one matrix: name it.")
    traced = [_trace(study, definition, narrowing, place) for definition in definitions]
    chunks: Iterable[str] | Iterable[bytes]
    if form == "table":
        chunks = (f"{line}\n" for line in _text(traced, terminal_width() if is_stdout(output) else None))
    else:
        chunks = appendix_chunks(traced, form, options=AppendixOptions(coders=with_coders, memos=with_memos))
    matrices = listed([each.matrix.name or "the matrix" for each in traced])
    write_chunks(chunks, output, f"the evidence of {matrices}", form=form, force=force)


def _trace(study: Project, definition: MatrixDefinition, narrowing: Narrowing, place: str | None) -> MatrixEvidence:
    cell = None if place is None else split_place(place, [row.label for row in definition.rows], "--cell")
    return study.matrices.traced(definition, cell=cell, lazily=True, **narrowing.show_arguments(study, definition))


def _text(traced: Sequence[MatrixEvidence], width: int | None) -> Iterator[str]:
    from sibtui.formats.codec.terminal_text import wrap

    verbatim = frozenset(name for evidence in traced for name in evidence.verbatim)
    several = len(traced) > 1
    number = -1
    for number, each in enumerate(chain.from_iterable(map(behind, traced))):
        if number:
            yield ""
        name = f"{each.matrix}, " if several else ""
        yield from wrap(inert_words(f"{name}{each.row}, {each.column}: {_state(each.cell)}"), width, 2)
        if (judgement := each.cell.judgement) is not None:
            line = f"Judged {judgement.verdict} by {judgement.coder}: {judgement.because}"
            line = f"{line.rstrip('.')}; {changed_since(each.cell)}" if each.cell.stale else line
            yield from _wrap(line, width, 2)
        if not each.codings:
            yield "  No quotes."
        for coding in each.codings:
            yield from _wrap(_heading(coding), width, 2)
            yield from _wrap(_quote(coding, verbatim), width, 4)
            if coding.memo:
                yield from _wrap(f"Memo: {coding.memo}", width, 4)
    if number < 0:
        yield "No cell has any evidence."


def _wrap(text: str, width: int | None, indent: int) -> Iterator[str]:
    from sibtui.formats.codec.terminal_text import wrap

    for line in wrap(inert_words(text), None if width is None else max(width - indent, 20)):
        yield " " * indent + line


def _state(cell: Cell) -> str:
    details = (*evidence_clauses(cell), *beside_quotes(cell))
    return f"{state_words(cell)} ({'; '.join(details)})" if details else state_words(cell)


def _heading(coding: Coding) -> str:
    details = [coding.code, coding.coder]
    details += ["counters"] if coding.stance == "counters" else []
    details += ["tentative"] if coding.certainty == "tentative" else []
    return f"{coding.source} {coding.segment}  {', '.join(details)}  (coding {coding.id})"


def _quote(coding: Coding, verbatim: Collection[str]) -> str:
    words = one_line(coding.quote)
    return f"“{words}”" if coding.source in verbatim else words
