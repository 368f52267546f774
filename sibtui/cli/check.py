"""`sibtui check`: what is wrong with the study, or waits to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED
from sibtui.cli.common import done, format_option, progress_of, show_table, with_project
from sibtui.model.table import Table

if TYPE_CHECKING:
    from sibtui.project import Project
    from sibtui.project.check import Finding


@click.command()
@click.option("--damage-only", is_flag=True, help="Not what only waits to be done.")
@format_option
@with_project
def check(study: Project, damage_only: bool, form: str) -> None:
    """Compare every coding with the text, and list what is damaged or open. Exit status 1 when there is something.

    Damage: the file, keys, segments that are not their quotes any more. Open: codings without a case, codings of retired codes,
    judgements on evidence that has changed since.

    \b
    Example:
      sibtui check
      sibtui check --damage-only --format json
    """  # noqa: D301 - \b is click's
    found = _checked(study)
    found = [finding for finding in found if finding.kind == "damage" or not damage_only]
    rows = tuple((finding.kind, finding.what, finding.where, finding.message) for finding in found)
    if rows or form != "table":
        show_table(Table(("kind", "what", "where", "message"), rows), form)
    damaged = sum(finding.kind == "damage" for finding in found)
    if not found:
        done("nothing is damaged." if damage_only else "nothing is damaged, and nothing waits to be done.")
        return
    said = [f"{damaged:,} damaged"] if damaged else ["nothing is damaged"]
    said += [f"{len(found) - damaged:,} to be done"] if len(found) > damaged else []
    done(f"{', '.join(said)}.")
    if any((finding.kind, finding.what) == ("damage", "file") for finding in found):
        done("what can still be read may be saved with `sibtui export folder`; a copy from before the damage is safer.")
    click.get_current_context().exit(FAILED)


def _checked(study: Project) -> list[Finding]:
    """What is found; a bar begins when it is known how many sources there are, which a damaged file may not tell."""
    with progress_of("sources") as tell:
        return study.check(progress=tell)
