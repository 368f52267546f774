"""`sibtui source search`: a search for words in all sources."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.options import WITHIN, repeated_option
from sibtui.cli.source_sets import print_empty_sets
from sibtui.cli.streams import with_byte_order_mark, write_data
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import byte_order_mark, format_option, show_table
from sibtui.model.folding import fold
from sibtui.model.table import Table, as_text
from sibtui.model.text import excerpt, listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.arguments import Within
    from sibtui.model.table import Value
    from sibtui.model.text_search import KeywordInContext, TextMatch
    from sibtui.project import Project

_MATCHES = ("source", "line", "start", "end", "passage")
_KWIC = ("source", "line", "start", "end", "left", "match", "right", "codes", "cases")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--words", "whole_words", is_flag=True, help="Leave out matches inside words.")
@click.option(
    "--stem", metavar="LANGUAGE", default="", help="Find words with the same stem, such as coaches for coach."
)
@click.option("--regex", is_flag=True, help="The words are a regular expression.")
@click.option(
    "--within",
    type=WITHIN,
    help="Find several words or phrases with at most N words between them, or in the same sentence or paragraph.",
)
@repeated_option(
    "--set", "sets", metavar="NAME", shell_complete=complete.sets, help="Search only the sources of this set."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List only the first N matches.")
@click.option("--kwic", is_flag=True, help="Show each match between the text on both sides, with its codes and cases.")
@click.option(
    "--width", type=click.IntRange(min=1), metavar="N", help="With --kwic: characters on each side.  [default: 40]"
)
@click.option(
    "--sort",
    type=click.Choice(("place", "left", "right")),
    help="With --kwic: sort by the place, or by the text on one side.",
)
@click.option(
    "--code", metavar="PATH", shell_complete=complete.codes, help="Apply this code to the listed matches, in one act."
)
@click.option("--sentences", is_flag=True, help="With --code: code the sentence of each match, not only its words.")
@format_option
@with_project
def search(
    study: Project,
    words: tuple[str, ...],
    limit: int | None,
    kwic: bool,
    width: int | None,
    sort: str | None,
    code: str | None,
    sentences: bool,
    form: str,
    **how: Any,
) -> None:
    """Search all sources for words. Capitals, quotation marks, ligatures and line ends are ignored.

    Put a phrase in quotation marks. --stem needs one more package: `pip install 'sibtui[words]'`.

    \b
    Example:
      sibtui source search "rate card"
      sibtui source search star --words --kwic --sort right
      sibtui source search coach trust --within 10
      sibtui source search "coach(es|ing)?" --regex --format csv
      sibtui source set a1 b1 --set pilot
      sibtui source search "rate card" --set pilot
      sibtui source search "rate card" --code "Rate card" --sentences
    """
    _refuse_misfits(words, how["within"], kwic=kwic, side=bool(width or sort), code=code, sentences=sentences)
    print_empty_sets(study, how["sets"])
    if kwic:
        lines = _sorted(study.sources.kwic(words, width=width or 40, **how), sort or "place", limit)
        _show(_KWIC, (_kwic_row(line, width or 40, aligned=form == "table") for line in lines), form)
        return
    found = islice(study.sources.search(words, **how), limit)
    first = list(islice(found, 1))
    matches = chain(first, found) if code is None else [*first, *found]
    _show(_MATCHES, (_match_row(match, whole=form != "table") for match in matches), form)
    if not first:
        quoted = listed((excerpt(each, 60) for each in words), quoted=True)
        print_message(f"{quoted} is in no note." if len(words) == 1 else f"No such passage has {quoted}.")
    elif code is not None:
        from sibtui.workspace.match_coding import code_matches

        report_change(code_matches(study, list(matches), code, sentences=sentences))


def _refuse_misfits(
    words: tuple[str, ...], within: Within | None, *, kwic: bool, side: bool, code: str | None, sentences: bool
) -> None:
    """Raise UsageError if the user has combined options of the search that do not fit together.

    `side` is set if --width or --sort is given: these options are for the text on both sides of a match.
    """
    if sentences and code is None:
        raise click.UsageError("--sentences needs --code.")
    if side and not kwic:
        raise click.UsageError("--width and --sort go with --kwic.")
    if kwic and code is not None:
        raise click.UsageError("--kwic and --code do not go together.")
    if within is None and len(words) > 1:
        raise click.UsageError("Put a phrase into quotation marks, or use --within for several words or phrases.")
    if within is not None and len(words) == 1:
        raise click.UsageError("--within needs two words or phrases, or more.")


def _sorted(lines: Iterator[KeywordInContext], sort: str, limit: int | None) -> Iterator[KeywordInContext]:
    if sort == "left":
        lines = iter(sorted(lines, key=lambda line: fold(line.left)[::-1]))
    elif sort == "right":
        lines = iter(sorted(lines, key=lambda line: fold(line.right)))
    return islice(lines, limit)


def _show(columns: tuple[str, ...], rows: Iterator[tuple[Value, ...]], form: str) -> None:
    """Print the matches as a table.

    In CSV, each row is written before the next one is made, so that few rows are in memory.
    """
    if form != "csv":
        show_table(Table(columns, tuple(rows)), form)
        return
    from sibtui.formats.codec.csv_out import write_csv

    cells = ([as_text(value) if isinstance(value, tuple) else value for value in row] for row in rows)
    write_data(with_byte_order_mark(write_csv(columns, cells), byte_order_mark(form)))


def _kwic_row(line: KeywordInContext, width: int, *, aligned: bool) -> tuple[Value, ...]:
    left = line.left.rjust(width) if aligned else line.left
    place = (line.source, line.line, line.segment.start, line.segment.end)
    return (*place, left, one_line(line.match), line.right, line.codes, line.cases)


def _match_row(match: TextMatch, *, whole: bool) -> tuple[Value, ...]:
    return match.source, match.line, match.segment.start, match.segment.end, _passage(match, whole=whole)


def _passage(match: TextMatch, *, whole: bool) -> str:
    before, after = one_line(match.before), one_line(match.after)
    if not whole:
        before, after = before[-20:], after[:40]
    gap_before = " " if match.before[-1:].isspace() else ""
    gap_after = " " if match.after[:1].isspace() else ""
    return f"{before}{gap_before}{one_line(match.quote)}{gap_after}{after}"
