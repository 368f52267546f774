"""`sibtui reading`: the sources that each coder has read, and the sources that must be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter, report_change, shell_word
from sibtui.cli.options import repeated_option
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.records import Reading
    from sibtui.project import Project

ALL_CODES = "all codes"


@click.group()
def reading() -> None:
    """Readings: the records of which coder has read which source to the end.

    They show which sources must be read again. A reading covers the codes that exist when the coder reads the source.
    For a newer code, the source must be read again.

    \b
    Example:
      sibtui reading add b1 --coder R2
      sibtui reading due
    """


_coder = click.option(
    "--coder",
    metavar="NAME",
    shell_complete=complete.coders,
    help="The reader (default: $SIBTUI_CODER, else the login name).",
)


@reading.command()
@with_project
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", shell_complete=complete.sources)
@_coder
@repeated_option(
    "--code",
    "codes",
    shell_complete=complete.codes,
    help="Only for this code and the codes below it (default: all present codes).",
)
@click.option("--at", metavar="TIME", help="The time of the reading, such as 2026-11-28T16:30:00Z (default: now).")
def add(project: Project, sources: Sequence[str], coder: str | None, codes: Sequence[str], at: str | None) -> None:
    """Record that a coder has read sources to the end.

    Each code without codings in such a source then counts as absent in the source. With --code, the record is only
    about this code and the codes below it.

    \b
    Example:
      sibtui reading add a1 a2 --coder R2
      sibtui reading add b1 --code "Community assets"
    """
    names = tuple(dict.fromkeys(sources))
    report = change_reporter(project)
    with project.act("reading add", f"{listed(names)}{_for_given(codes)}"):
        added = [
            reading for name in names for reading in project.readings.add(name, coder=coder, codes=codes or None, at=at)
        ]
    report(f"{_sources_of(added)} read by {added[0].coder}{_for_codes(added)}")


@reading.command("list")
@with_readable_project
@click.option("--source", shell_complete=complete.sources, help="Only readings of this source.")
@click.option("--coder", metavar="NAME", shell_complete=complete.coders, help="Only readings by this coder.")
@format_option
def list_(project: Project, source: str | None, coder: str | None, form: str) -> None:
    """List the readings: which coder has read which source.

    If a reading covers all codes, its code is empty in CSV, and null in JSON.

    \b
    Example:
      sibtui reading list
      sibtui reading list --coder R2 --format csv
    """
    from sibtui.model.table import Table

    columns = ("source", "coder", "code", "round", "at")
    every = ALL_CODES if form == "table" else ""
    readings = project.readings.list(source, coder)
    rows = tuple((r.source, r.coder, r.code or every, r.round, r.at) for r in readings)
    objects = tuple({column: getattr(reading, column) for column in columns} for reading in readings)
    show_table(Table(columns, rows, objects=objects), form)


@reading.command()
@with_project
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", shell_complete=complete.sources)
@_coder
@repeated_option(
    "--code",
    "codes",
    shell_complete=complete.codes,
    help="Only readings for this code and the codes below it (default: all readings by the coder).",
)
def remove(project: Project, sources: Sequence[str], coder: str | None, codes: Sequence[str]) -> None:
    """Remove the record that a coder has read sources. The records of other coders stay.

    \b
    Example:
      sibtui reading add b1 --code "Community assets"
      sibtui reading remove b1 --code "Community assets"
      sibtui reading remove b1 --coder R2
    """
    names = tuple(dict.fromkeys(sources))
    with project.act("reading remove", f"{listed(names)}{_for_given(codes)}"):
        removed = [
            reading for name in names for reading in project.readings.remove(name, coder=coder, codes=codes or None)
        ]
    report_change(f"{_sources_of(removed)} no longer read by {removed[0].coder}{_for_codes(removed)}", "brings it back")
    print_other_readers(project, (reading.source for reading in removed))


@reading.command()
@with_readable_project
@click.option("--coder", metavar="NAME", shell_complete=complete.coders, help="Only count readings by this coder.")
@format_option
def due(project: Project, coder: str | None, form: str) -> None:
    """List the sources that must be read again, each with the code and the reason.

    There are three reasons: the code is newer than the last reading of the source; a newer code was merged into the
    code; or you have marked the code with `sibtui code set CODE --reread --because TEXT`. Sources that nobody has read
    are not listed. A source that was read only for some codes is listed only for these codes. Of the readings by all
    coders, the newest counts. With --coder, only the readings by this coder count, as in `sibtui report agreement`.

    \b
    Example:
      sibtui reading due
      sibtui reading due --coder R2 --format csv
    """
    from sibtui.model.table import Table

    readings = project.readings.due(coder)
    if readings or form != "table":
        show_table(
            Table(
                ("source", "code", "because", "since"), tuple((d.source, d.code, d.because, d.since) for d in readings)
            ),
            form,
        )
    if not readings:
        print_message("no source is due to be read again.")


def print_other_readers(project: Project, sources: Iterable[str]) -> None:
    """Print which other coders have records of reading these sources, and the commands that remove the records."""
    for name in dict.fromkeys(sources):
        for coder in project.sources.get(name).read_by:
            command = f"sibtui reading remove {shell_word(one_line(name))} --coder {shell_word(one_line(coder))}"
            print_message(f"{one_line(name)} is still read by {one_line(coder)}: `{command}` removes that reading.")


def _for_given(codes: Sequence[str]) -> str:
    return f" for {listed(codes)}" if codes else ""


def _for_codes(readings: Sequence[Reading]) -> str:
    codes = dict.fromkeys(reading.code for reading in readings if reading.code)
    return f" for {listed(codes) if len(codes) < 4 else plural(len(codes), 'code')}" if codes else " for all codes"


def _sources_of(readings: Sequence[Reading]) -> str:
    names = list(dict.fromkeys(reading.source for reading in readings))
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'}"
