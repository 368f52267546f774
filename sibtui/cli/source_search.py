"""`sibtui source search`: a search for words in all sources."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.common import format_option, report_change, show_table, with_project
from sibtui.model.table import Table
from sibtui.model.text import excerpt, one_line

if TYPE_CHECKING:
    from sibtui.model.text_search import TextMatch
    from sibtui.project import Project


@click.command()
@click.argument("words")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List only the first N matches.")
@click.option(
    "--code", metavar="PATH", shell_complete=complete.codes, help="Apply this code to the listed matches, in one act."
)
@click.option("--sentences", is_flag=True, help="With --code: code the sentence of each match, not only its words.")
@format_option
@with_project
def search(study: Project, words: str, limit: int | None, code: str | None, sentences: bool, form: str) -> None:
    """Search all sources for words. Capitals, quotation marks, ligatures and line ends are ignored.

    \b
    Example:
      sibtui source search "rate card"
      sibtui source search star --format csv
      sibtui source search "rate card" --code "Rate card" --sentences
    """
    if sentences and code is None:
        raise click.UsageError("--sentences needs --code.")
    matches = list(islice(study.sources.search(words), limit))
    rows = tuple(
        (match.source, match.line, match.segment.start, match.segment.end, _passage(match, whole=form != "table"))
        for match in matches
    )
    show_table(Table(("source", "line", "start", "end", "passage"), rows), form)
    if not matches:
        print_message(f"“{excerpt(words, 60)}” is in no note.")
    elif code is not None:
        from sibtui.workspace.match_coding import code_matches

        report_change(code_matches(study, matches, code, sentences=sentences))


def _passage(match: TextMatch, *, whole: bool) -> str:
    before, after = one_line(match.before), one_line(match.after)
    if not whole:
        before, after = before[-20:], after[:40]
    gap_before = " " if match.before[-1:].isspace() else ""
    gap_after = " " if match.after[:1].isspace() else ""
    return f"{before}{gap_before}{one_line(match.quote)}{gap_after}{after}"
