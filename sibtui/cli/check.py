"""`sibtui check`: lists damage of a study, and open tasks in it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.hints import advice_of, with_hint
from sibtui.cli.options import key_option, options_given, pseudonyms_of, repeated_option
from sibtui.cli.progress import progress_with_total
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.table import Table
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.project import Project
    from sibtui.project.check import Finding

_CONFIDENTIAL = ("--attribute", "--at-least", "--exports-only", "--key")
"""The options that have an effect only with --confidential."""


@click.command()
@click.option("--damage-only", is_flag=True, help="List damage only, no open work.")
@click.option("--similar", is_flag=True, help="List sources with nearly the same text too.")
@click.option(
    "--confidential", is_flag=True, help="List traces of people instead: names, and traits that few people share."
)
@repeated_option(
    "--attribute", "attributes", metavar="NAME",
    help="With --confidential: combine the case with this attribute of interviews (default: role and date).",
)  # fmt: skip
@click.option(
    "--at-least", type=click.IntRange(min=1), default=3, show_default=True,
    help="With --confidential: list a combination that fewer people share.",
)  # fmt: skip
@click.option(
    "--exports-only", is_flag=True, help="With --confidential: leave out traces that only the study file holds."
)
@click.option("--summaries", is_flag=True, help="List the cells of saved tables that have quotes and no summary, too.")
@key_option
@format_option
@with_project
def check(
    study: Project,
    damage_only: bool,
    similar: bool,
    confidential: bool,
    attributes: Sequence[str],
    at_least: int,
    exports_only: bool,
    summaries: bool,
    key: Path | None,
    form: str,
) -> None:
    """Check the study, and list damage and open tasks. The exit status is 1 if there are any.

    Damage is: a damaged file; a broken reference; an altered entry of the history; an impossible value (such as a
    number out of range); a text that does not match its SHA-256; or a coding whose quote does not match the text.

    An open task is: a coding without a case; a coding of a retired code; a source that must be read again (`sibtui
    reading due`); a judgement or summary that is older than a change of its evidence; or a table, query or stored claim
    that names an item which the study no longer has.

    Use --confidential before you give an export to others. It lists the places with private names of cases, and with
    real names from the key of pseudonyms (`sibtui pseudonym`). The history and earlier versions of texts are searched
    too. It also lists each combination of a case and attributes that few people share.

    \b
    Example:
      sibtui check
      sibtui check --damage-only --format json
      sibtui check --similar
      sibtui check --confidential --attribute "organisation type" --at-least 3
    """
    _refuse_without_confidential(confidential=confidential)
    if confidential:
        pseudonyms = pseudonyms_of(study, key)
        _report(
            pseudonyms.check(attributes=attributes, at_least=at_least, exports_only=exports_only),
            form,
            "no trace of a person was found.",
        )
        return
    findings = [
        finding
        for finding in _findings(study, similar=similar, summaries=summaries)
        if finding.kind == "damage" or not damage_only
    ]
    _report(findings, form, "nothing is damaged." if damage_only else "nothing is damaged, and no work is open.")


def _refuse_without_confidential(*, confidential: bool) -> None:
    """Raise UsageError for a given option that does not fit `confidential`.

    Some options can be used only with --confidential, and others only without it.
    """
    given = options_given().values()
    if not confidential and (odd := [option for option in given if option in _CONFIDENTIAL]):
        raise click.UsageError(f"{listed(odd)} needs --confidential.")
    if confidential and (
        odd := [option for option in given if option in {"--damage-only", "--similar", "--summaries"}]
    ):
        raise click.UsageError(f"--confidential lists traces of people only: leave out {listed(odd)}.")


def _report(findings: Sequence[Finding], form: str, nothing: str) -> None:
    """Print the findings with their advice, and end with exit status 1. Without findings, print `nothing`."""
    columns = ("kind", "what", "where", "message")
    rows = tuple((finding.kind, finding.what, finding.where, finding.message) for finding in findings)
    hints = {finding.hint for finding in findings}
    sentences, clauses = ({hint: make(hint) for hint in hints} for make in (partial(with_hint, ""), advice_of))
    advice = tuple(sentences[finding.hint] for finding in findings)
    objects = tuple(
        {**dict(zip(columns, row, strict=True)), "advice": each} for row, each in zip(rows, advice, strict=True)
    )
    if rows or form != "table":
        show_table(Table(columns, rows, objects=objects), form)
    if not findings:
        print_message(nothing)
        return
    print_message(f"{_counts(findings)}.")
    for what, each in dict.fromkeys(
        (finding.what, clauses[finding.hint]) for finding in findings if clauses[finding.hint]
    ):
        print_message(f"{what}: {each}.")
    click.get_current_context().exit(FAILED)


def _counts(findings: Sequence[Finding]) -> str:
    counted = Counter(finding.kind for finding in findings)
    if counted["private"]:
        return plural(counted["private"], "trace of a person", "traces of people")
    damaged = f"{counted['damage']:,} damaged" if counted["damage"] else "nothing is damaged"
    return f"{damaged}, {counted['open']:,} open" if counted["open"] else damaged


def _findings(study: Project, *, similar: bool, summaries: bool) -> list[Finding]:
    """Return the findings of the check, and show a progress bar.

    The bar appears only after the sources are counted, because the counting may fail in a damaged file.
    """
    with progress_with_total("sources") as advance:
        return study.check(progress=advance, similar=similar, summaries=summaries)
