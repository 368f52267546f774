"""`sibtui source versions`, `diff` and `replace`: the versions of a text, and changing words in all texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter
from sibtui.cli.options import repeated_option
from sibtui.cli.streams import write_data
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.table import Table
from sibtui.model.text import around_difference, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui import CarriedCoding, Reanchored, Replaced
    from sibtui.project import Project

_SHOWN = 10
"""How many codings a message lists at most."""
_AROUND = 30


def report_carried(name: str, reanchored: Reanchored) -> None:
    """Print how many codings were moved to their places in the new text of the source `name`.

    For each coding whose quote has changed, print the old and the new words.
    """
    print_message(
        f"{plural(len(reanchored.segments), 'coding')} carried over to the new text of {name}, {reanchored.moved} moved,"
        f" {len(reanchored.reworded)} with corrected words."
    )
    _report_words(reanchored.codings)


def _report_words(codings: Iterable[CarriedCoding]) -> None:
    reworded = [each for each in codings if each.after is not None and each.words != each.coding.quote]
    for each in reworded[:_SHOWN]:
        before, after = around_difference(each.coding.quote, each.words, 60)
        print_message(f"  coding {each.coding.id}: “{before}” → “{after}”")
    if len(reworded) > _SHOWN:
        print_message(f"  and {len(reworded) - _SHOWN} more.")
    undecided = [each for each in codings if each.after is None]
    if undecided:
        have = "has" if len(undecided) == 1 else "have"
        print_message(
            f"{plural(len(undecided), 'coding')} {have} no certain place and keep{'s' * (len(undecided) == 1)} the old quote:"
            " `sibtui coding review` lists these codings."
        )


@click.command()
@click.argument("name", shell_complete=complete.sources)
@format_option
@with_project
def versions(study: Project, name: str, form: str) -> None:
    """List all versions of the text of a source, oldest first. `length` is the number of characters.

    \b
    Example:
      sibtui source versions a1
    """
    columns = ("version", "added", "length", "file", "current")
    found = study.sources.versions(name)
    rows = tuple(
        (each.version, each.added, each.length, each.original, "yes" if each.current else "") for each in found
    )
    objects = tuple(
        {
            "version": each.version, "added": each.added, "length": each.length, "file": each.original,
            "sha256": each.sha256, "current": each.current,
        }
        for each in found
    )  # fmt: skip
    show_table(Table(columns, rows, objects=objects), form)


@click.command()
@click.argument("name", shell_complete=complete.sources)
@click.argument("before", type=click.IntRange(min=1), required=False)
@click.argument("after", type=click.IntRange(min=1), required=False)
@with_project
def diff(study: Project, name: str, before: int | None, after: int | None) -> None:
    """Show the lines that differ between two versions of a text.

    Without BEFORE and AFTER, the two versions are the current version and the version before it. If only BEFORE is
    given, it is compared with the current version.

    \b
    Example:
      sibtui source diff a1
      sibtui source diff a1 1
    """
    from sibtui.model.text import inert

    lines = study.sources.diff(name, before, after)
    if lines:
        write_data([inert(lines)])
    else:
        print_message(f"{name} has no changed lines there.")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--whole-words", is_flag=True, help="Leave out matches inside longer words.")
@repeated_option("--in", "sources", metavar="SOURCE", shell_complete=complete.sources, help="Only in this source.")
@click.option("--dry-run", is_flag=True, help="List the places, and change nothing.")
@format_option
@with_project
def replace(
    study: Project, old: str, new: str, whole_words: bool, sources: Sequence[str], dry_run: bool, form: str
) -> None:
    """Replace words in the texts of all sources, and list the places. Capitals and spelling must be the same.

    Each text with these words gets a new version, in which codings keep their places. `sibtui undo` undoes the whole
    replacement.

    \b
    Example:
      sibtui source replace "rate card" "price list" --dry-run
      sibtui source replace Leeds "the city" --whole-words --in a1 --in a2
    """
    texts = {source: study.sources.text(source) for source in study.sources.names()}
    report = change_reporter(study)
    replaced = study.sources.replace(old, new, whole_words=whole_words, sources=sources or None, dry_run=dry_run)
    rows = tuple(row for each in replaced for row in _places(each, texts[each.source], new))
    show_table(Table(("source", "line", "start", "end", "before", "after"), rows), form)
    where = f"{plural(len(rows), 'place')} in {plural(len(replaced), 'source')}"
    if not replaced:
        print_message(f"“{one_line(old, 60)}” is in no note in this spelling.")
    elif dry_run:
        print_message(f"{where} would change.")
    else:
        report(f"replaced “{one_line(old, 40)}” at {where}")
    _report_words([coding for each in replaced for coding in each.codings])


def _places(replaced: Replaced, text: str, new: str) -> Iterator[tuple[str | int, ...]]:
    """Yield a row for each replaced place: source, line, start and end in the old text, old passage, new passage.

    `text` is the old text, and `new` are the new words.
    """
    line, counted = 1, 0
    for place in replaced.segments:
        line += text.count("\n", counted, place.start)
        counted = place.start
        left, right = text[max(0, place.start - _AROUND) : place.start], text[place.end : place.end + _AROUND]
        words = (one_line(f"{left}{inside}{right}") for inside in (place.quote(text), new))
        yield replaced.source, line, place.start, place.end, *words
