"""`sibtui report words`: the words of the sources, counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.options import filter_options, read_text
from sibtui.cli.progress import progress_with_total
from sibtui.cli.report_output import report_output_options, write_report
from sibtui.cli.study_option import with_whole_project
from sibtui.model.words import WORD_GROUPS

if TYPE_CHECKING:
    from sibtui.model.filters import CodingFilter
    from sibtui.model.table import Table
    from sibtui.project import Project


@click.command()
@click.option(
    "--by",
    type=click.Choice(WORD_GROUPS),
    help="Add a column for each case, code, kind or source.",
)
@click.option(
    "--min",
    "at_least",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="Only words with N places or more.",
)
@click.option(
    "--stop",
    "stops",
    multiple=True,
    metavar="FILE|LANGUAGE",
    help="Leave out words: those in a file, or the stop words of a language, such as en. Can be repeated.",
)
@click.option(
    "--stem", metavar="LANGUAGE", default="", help="Count words with the same stem together, such as coach and coaches."
)
@click.option("--no-interviewer", "without_interviewers", is_flag=True, help="Leave out the turns of interviewers.")
@filter_options
@report_output_options
@with_whole_project
def words(
    study: Project,
    by: Any,
    at_least: int,
    stops: tuple[str, ...],
    stem: str,
    without_interviewers: bool,
    coding_filter: CodingFilter,
    **output: Any,
) -> None:
    """Count the words of the sources. The most frequent words come first.

    A word is a sequence of letters, with apostrophes or hyphens inside of it. Capital and small letters are not
    distinguished. In a transcript, the labels of speakers at the beginning of turns, such as `Ann:`, do not count.

    With --code, --coder, --speaker, --stance or --certainty, only the words in matching codings count. A query that
    only names sources, such as `--where 'set pilot'`, chooses sources. With --by case, a word counts for each case of
    its source. If only the words in codings count, a word counts for each case of its coding.

    --stem needs one more package: `pip install 'sibtui[words]'`.

    \b
    Example:
      sibtui report words --stop en
      sibtui report words --stop en --by case --min 10
      sibtui report words --code "Rate card" --stop en -o words.csv
    """
    files = [stop for stop in stops if stop and Path(stop).is_file()]
    listed = tuple(read_text(Path(file)) for file in files)
    languages = tuple(stop for stop in stops if stop not in files)

    def table() -> Table:
        with progress_with_total("sources") as advance:
            return study.reports.words(
                coding_filter, by=by, at_least=at_least, stop=listed, stop_language=languages, stem=stem,
                without_interviewers=without_interviewers, progress=advance,
            )  # fmt: skip

    write_report(table, **output)
