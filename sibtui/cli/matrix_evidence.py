"""`sibtui matrix evidence`: the quotes behind the cells of a matrix, and how much hangs on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.common import listed, plural, terminal_width, with_project
from sibtui.cli.matrix_options import layout_options, narrowing_options
from sibtui.cli.matrix_show import chosen
from sibtui.cli.output import BINARY, TABLE_SUFFIXES, deliver, form_of, output_options, to_stdout
from sibtui.model.report import Telling
from sibtui.model.text import inert, one_line
from sibtui.project.appendix import appendix, behind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from sibtui.cli.matrix_options import Layout, Narrowing
    from sibtui.model.matrix import Cell, MatrixDefinition
    from sibtui.model.records import Coding
    from sibtui.model.report import MatrixEvidence
    from sibtui.project import Project

_SUFFIXES = {suffix: form for suffix, form in TABLE_SUFFIXES.items() if form != "xlsx"}


@click.command()
@click.argument("names", metavar="[NAME]…", nargs=-1, shell_complete=complete.matrices)
@layout_options
@narrowing_options
@click.option("--cell", "place", metavar="ROW:CASE", help="The evidence of this cell alone.")
@click.option("--with-coders", is_flag=True, help="In an appendix: who coded and judged (often a login name).")
@click.option("--with-memos", is_flag=True, help="In an appendix: the memos on codings.")
@output_options("table", "csv", "json", "html", "md", "docx")
@with_project
def evidence(
    study: Project,
    names: tuple[str, ...],
    layout: Layout,
    narrowing: Narrowing,
    place: str | None,
    with_coders: bool,
    with_memos: bool,
    form: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Show the quotes behind every cell: source, place, coder; stance and certainty where they are not plain support.

    A present cell is a single quote, a single source, or robust: what is left of it without any one quote, or any one source.
    Words of a verbatim source stand in quotation marks; those of notes, which paraphrase, never do. As html, md or docx it is
    an appendix, in which each mark of the matrix leads to its quotes and they lead back; coders and memos are left out of it.

    \b
    Example:
      sibtui matrix evidence table-3
      sibtui matrix evidence table-3 --cell "Use of rate card:SIB A"
      sibtui matrix evidence table-3 --format csv
      sibtui matrix evidence -o appendix.html
    """  # noqa: D301 - \b is click's
    form = form_of(form, output, _SUFFIXES)
    definitions = chosen(study, names, layout)
    if place is not None and len(definitions) > 1:
        raise click.UsageError("A cell is one of one matrix: name it.")
    traced = [_traced(study, definition, narrowing, place) for definition in definitions]
    data: str | bytes
    if form == "table":
        data = "\n".join(_text(traced, terminal_width() if to_stdout(output) else None))
    else:
        written = appendix(traced, form, telling=Telling(coders=with_coders, memos=with_memos))
        data = written if form in BINARY else written.decode("utf-8", "surrogatepass")
    what = listed([each.matrix.name or "the matrix" for each in traced])
    deliver(data, output, f"the evidence of {what}", force=force)


def _traced(study: Project, definition: MatrixDefinition, narrowing: Narrowing, place: str | None) -> MatrixEvidence:
    cell = None if place is None else _split_place(place, [row.label for row in definition.rows])
    return study.matrices.traced(definition, cell=cell, **narrowing.for_show(definition))


def _split_place(place: str, labels: Collection[str]) -> tuple[str, str]:
    """Row and column of `ROW:CASE`; a colon may stand in either, so the first that ends a row's label counts."""
    folded = {label.casefold() for label in labels}
    for at, sign in enumerate(place):
        if sign == ":" and place[:at].strip().casefold() in folded:
            return place[:at].strip(), place[at + 1 :].strip()
    row, colon, column = place.rpartition(":")
    if not colon:
        raise click.BadParameter(f"“{place}” is not ROW:CASE.", param_hint="--cell")
    return row.strip(), column.strip()


def _text(traced: Sequence[MatrixEvidence], width: int | None) -> Iterator[str]:
    """The cells one after the other, for reading."""
    from sibtui.formats.terminal import wrap  # noqa: PLC0415

    found = [each for one in traced for each in behind(one)]
    verbatim = frozenset(name for one in traced for name in one.verbatim)
    if not found:
        yield "No cell has any evidence."
    several = len({each.matrix for each in found}) > 1
    for at, each in enumerate(found):
        if at:
            yield ""
        name = f"{each.matrix}, " if several else ""
        yield from wrap(inert(f"{name}{each.row}, {each.column}: {_state(each.cell)}").split(), width, 2)
        if (judgement := each.cell.judgement) is not None:
            changed = "; the evidence has changed since" if each.cell.stale else ""
            said = f"Judged {judgement.verdict} by {judgement.coder}: {judgement.because}{changed}"
            yield from _indented(said, width, 2)
        if not each.codings:
            yield "  No quotes."
        for coding in each.codings:
            yield from _indented(_head(coding), width, 2)
            yield from _indented(_quote(coding, verbatim), width, 4)
            if coding.memo:
                yield from _indented(f"Memo: {coding.memo}", width, 4)


def _indented(text: str, width: int | None, indent: int) -> Iterator[str]:
    from sibtui.formats.terminal import wrap  # noqa: PLC0415

    for line in wrap(inert(text).split(), None if width is None else max(width - indent, 20)):
        yield " " * indent + line


def _state(cell: Cell) -> str:
    said = [plural(cell.quotes, "firm quote") + " from " + plural(cell.sources, "source")] if cell.quotes else []
    said += [f"{cell.tentative} tentative"] if cell.tentative else []
    said += [f"{cell.counter} counter"] if cell.counter else []
    said += [cell.fragility] if cell.fragility else []
    computed = f"{cell.state}, computed {cell.computed}" if cell.judgement is not None else cell.state
    return f"{computed} ({'; '.join(said)})" if said else computed


def _head(coding: Coding) -> str:
    said = [coding.code, coding.coder]
    said += ["counters"] if coding.stance == "counters" else []
    said += ["tentative"] if coding.certainty == "tentative" else []
    return f"{coding.source} {coding.segment}  {', '.join(said)}  (coding {coding.id})"


def _quote(coding: Coding, verbatim: Collection[str]) -> str:
    words = one_line(coding.quote)
    return f"“{words}”" if coding.source in verbatim else words
