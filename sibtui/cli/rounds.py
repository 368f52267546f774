"""`sibtui round`: rounds of coding. A round is a pass of a coder through sources, after the first pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete
from sibtui.cli.messages import change_reporter
from sibtui.cli.options import names_of, repeated_option
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Round
    from sibtui.project import Project


@click.group("round")
def round_() -> None:
    """Rounds of coding. A round is a further pass of a coder through sources, after the first pass.

    While a round is open, all new codings and readings by its coder belong to this round. All other work belongs to
    the first pass, which has the number 1. In a blind round, the coder sees only the codings of this round: on the
    screen, in lists, counts and tables.

    \b
    Example:
      sibtui round start "second pass" --blind --sources a1,b1 --coder R1
      sibtui reading add a1 --coder R1
      sibtui round end --coder R1
      sibtui report agreement --coders R1 --rounds 1,2
    """


_coder = click.option(
    "--coder",
    metavar="NAME",
    shell_complete=complete.coders,
    help="The coder of the round (default: $SIBTUI_CODER, else the login name).",
)


@round_.command()
@with_project
@click.argument("name")
@click.option("--blind", is_flag=True, help="Hide all other codings from the coder until the round ends.")
@repeated_option(
    "--sources",
    "--source",
    "sources",
    metavar="SOURCE[,SOURCE…]",
    shell_complete=complete.sources,
    help="A source of the round (default: all sources).",
)
@_coder
def start(project: Project, name: str, blind: bool, sources: Sequence[str], coder: str | None) -> None:
    """Begin a round (a further pass of a coder through sources). A coder can have only one open round.

    \b
    Example:
      sibtui round start "second pass" --blind
      sibtui round start "check of two notes" --sources a1 --sources b1 --coder R2
    """
    names = names_of(sources, project.sources.names)
    if sources and not names:
        raise click.UsageError(f"--sources needs names, such as a1,b1, not “{','.join(sources)}”.")
    report = change_reporter(project)
    report(f"started {_words(project.rounds.start(name, blind=blind, sources=names, coder=coder))}")


@round_.command()
@with_project
@_coder
def end(project: Project, coder: str | None) -> None:
    """End the open round of a coder. After a blind round, all codings are visible again.

    \b
    Example:
      sibtui round start "second pass" --blind
      sibtui round end
    """
    report = change_reporter(project)
    report(f"ended {_words(project.rounds.end(coder=coder))}")


@round_.command("list")
@with_readable_project
@click.option("--coder", metavar="NAME", shell_complete=complete.coders, help="Only rounds of this coder.")
@format_option
def list_(project: Project, coder: str | None, form: str) -> None:
    """List the rounds of coding. An open round has no end. A round without sources is about all sources.

    \b
    Example:
      sibtui round list
      sibtui round list --coder R1 --format csv
    """
    from sibtui.model.table import Table

    rounds = project.rounds.list(coder)
    columns = ("coder", "round", "name", "blind", "sources", "started", "ended")
    rows = tuple(
        (r.coder, r.number, r.name, "yes" if r.blind else "no", "; ".join(r.sources), r.started, r.ended)
        for r in rounds
    )
    objects = tuple(
        {
            "coder": r.coder, "round": r.number, "name": r.name, "blind": r.blind, "sources": list(r.sources),
            "started": r.started, "ended": r.ended or None,
        }
        for r in rounds
    )  # fmt: skip
    show_table(Table(columns, rows, objects=objects), form)


def _words(found: Round) -> str:
    blind = ", blind" if found.blind else ""
    of = f", in {listed(found.sources)}" if found.sources else ""
    return f"round {found.number} of {found.coder}, “{found.name}”{blind}{of}"
