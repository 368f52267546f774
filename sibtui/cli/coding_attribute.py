"""`sibtui coding attribute`: codings of transcripts given to the cases that their speakers speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.common import done, listed, plural, undoable, with_project
from sibtui.cli.options import Assignment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

SPEAKER = Assignment("NAME=CASE")


@click.command()
@with_project
@click.option(
    "--by-speaker",
    "sources",
    multiple=True,
    required=True,
    metavar="SOURCE",
    shell_complete=complete.sources,
    help="A transcript whose turns begin with a name and a colon.",
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    required=True,
    type=SPEAKER,
    help="The case that a speaker speaks of; one name may be given several.",
)
def attribute(project: Project, sources: Sequence[str], speakers: Sequence[tuple[str, str]]) -> None:
    """Give codings that wait for their case to the cases that their speakers speak of.

    Only codings without a case are touched, and of these only what the named speakers say: a coding that reaches into a turn of
    somebody else (or of one who speaks of another case) waits on. A name must speak in every source that is given.

    \b
    Example:
      sibtui coding attribute --by-speaker group-1 --speaker "Anna=SIB A" --speaker "Ben=SIB B"
    """  # noqa: D301 - \b is click's
    cases: dict[str, list[str]] = {}
    for name, case in speakers:
        cases.setdefault(name, []).append(case)
    with project.act("coding attribute", f"codings in {', '.join(sources)} by speaker"):
        reports = [project.codings.attribute_by_speaker(source, cases) for source in dict.fromkeys(sources)]
    given = sum(count for report in reports for count in report.given.values())
    for source, report in zip(dict.fromkeys(sources), reports, strict=True):
        each = ", ".join(f"{plural(count, 'coding')} of {speaker}" for speaker, count in report.given.items())
        waiting = f"; {plural(report.waiting, 'coding')} still without a case" if report.waiting else ""
        others = f" (others who speak: {listed(report.others)})" if report.others else ""
        done(one_line(f"{source}: {each}{waiting}{others}."))
    if given:
        undoable(f"{plural(given, 'coding')} attributed")
    else:
        done("nothing was changed.")
