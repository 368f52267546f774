"""`sibtui check`: the list of damage and of open work in a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.common import format_option, progress_with_total, show_table, with_project
from sibtui.cli.hints import with_hint
from sibtui.model.table import Table

if TYPE_CHECKING:
    from sibtui.project import Project
    from sibtui.project.check import Finding


@click.command()
@click.option("--damage-only", is_flag=True, help="List damage only, no open work.")
@format_option
@with_project
def check(study: Project, damage_only: bool, form: str) -> None:
    """Compare every coding with its text; list damage and open work. The exit status is 1 when the list is not empty.

    Damage is a damaged file, a broken reference, a value that no study has (a cycle of codes, a number out of range), a text
    that differs from its SHA-256, or a coding whose quote no longer matches the text. Open work is a coding without a case, a
    coding of a retired code, a source to read again (`sibtui reading due`), or a judgement whose evidence has changed since.

    \b
    Example:
      sibtui check
      sibtui check --damage-only --format json
    """
    findings = [finding for finding in _findings(study) if finding.kind == "damage" or not damage_only]
    columns = ("kind", "what", "where", "message")
    rows = tuple((finding.kind, finding.what, finding.where, finding.message) for finding in findings)
    advice = tuple(with_hint("", finding.hint) for finding in findings)
    objects = tuple(
        {**dict(zip(columns, row, strict=True)), "advice": each} for row, each in zip(rows, advice, strict=True)
    )
    if rows or form != "table":
        show_table(Table(columns, rows, objects=objects), form)
    damaged = sum(finding.kind == "damage" for finding in findings)
    if not findings:
        print_message("nothing is damaged." if damage_only else "nothing is damaged, and no work is open.")
        return
    counts = [f"{damaged:,} damaged"] if damaged else ["nothing is damaged"]
    counts += [f"{len(findings) - damaged:,} open"] if len(findings) > damaged else []
    print_message(f"{', '.join(counts)}.")
    for what, each in dict.fromkeys(
        (finding.what, each) for finding, each in zip(findings, advice, strict=True) if each
    ):
        print_message(f"{what}: {each}")
    click.get_current_context().exit(FAILED)


def _findings(study: Project) -> list[Finding]:
    """Return all findings. The progress bar appears once the sources are counted; in a damaged file it may not."""
    with progress_with_total("sources") as advance:
        return study.check(progress=advance)
