"""`sibtui coding attribute`: gives cases to codings of a transcript, according to who speaks in the coded passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import report_change
from sibtui.cli.options import Assignment, repeated_option, speaker_pattern_option
from sibtui.cli.study_option import with_project
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

SPEAKER = Assignment("NAME=CASE")


@click.command()
@with_project
@repeated_option(
    "--by-speaker",
    "sources",
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
    help="The case that a speaker talks about. Repeat the name for several cases.",
)
@speaker_pattern_option
def attribute(
    project: Project, sources: Sequence[str], speakers: Sequence[tuple[str, str]], speaker_pattern: str
) -> None:
    """Assign cases to codings without a case, by the speakers of the passages.

    If one speaker speaks the whole passage of a coding, the coding gets the cases of this speaker. A passage may also
    have several speakers, if all of them have the same cases. All other codings stay without a case. Codings that have
    a case do not change. Each speaker that you name must speak in each of the given sources.

    \b
    Example:
      sibtui coding attribute --by-speaker group-1 --speaker "Anna=SIB A" --speaker "Ben=SIB B"
    """
    cases: dict[str, list[str]] = {}
    for name, case in speakers:
        cases.setdefault(name, []).append(case)
    with project.act("coding attribute", f"codings in {', '.join(sources)} by speaker"):
        reports = [
            project.codings.attribute_by_speaker(source, cases, pattern=speaker_pattern)
            for source in dict.fromkeys(sources)
        ]
    total = sum(count for report in reports for count in report.given.values())
    for source, report in zip(dict.fromkeys(sources), reports, strict=True):
        counts = ", ".join(f"{plural(count, 'coding')} of {speaker}" for speaker, count in report.given.items())
        waiting = f"; {plural(report.waiting, 'coding')} still without a case" if report.waiting else ""
        others = f" (other speakers: {listed(report.others)})" if report.others else ""
        print_message(one_line(f"{source}: {counts}{waiting}{others}."))
    if total:
        report_change(f"{plural(total, 'coding')} attributed")
    else:
        print_message("nothing was changed.")
