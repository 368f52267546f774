"""`sibtui coding import`: codings from a CSV file, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED
from sibtui.cli.common import done, plural, progress, read_file, undoable, with_project
from sibtui.cli.options import FILE
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sibtui.model.drafts import CodingDraft
    from sibtui.project import Project
    from sibtui.project.outcomes import CodingsImported


@click.command("import")
@with_project
@click.argument("file", type=FILE)
@click.option("--new-codes", is_flag=True, help="Make codes that are not in the codebook yet.")
@click.option("--flat", is_flag=True, help="Another program's file: a slash is a part of a code's name.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_(project: Project, file: Path, new_codes: bool, flat: bool, dry_run: bool) -> None:
    """Import codings from CSV, all of them or, when a row is refused, none: every such row is listed, and the exit status is 1.

    Columns, in any order: source, code, and start and end or quote (and nth); then, if wanted, coder, stance, certainty, cases
    (joined by `; `; `?` for one that waits for its case), memo, created. Codings that are there already are skipped. The
    exports of Taguette (document, tag, content) and QualCoder are read as they are; their quotes are looked for.

    \b
    Example:
      sibtui coding import new-codings.csv --dry-run
      sibtui coding import their-highlights.csv --new-codes
      sibtui coding list --format csv | sibtui -p other.sibtui coding import -
    """  # noqa: D301 - \b is click's
    name = "stdin" if str(file) == "-" else str(file)
    malformed: list[str] = []
    drafts = list(_read(name, read_file(file), malformed.append, flat=flat))  # all are read before any is imported
    with progress("Codings") as told:
        report = project.codings.import_(drafts, new_codes=new_codes, dry_run=dry_run or bool(malformed), progress=told)
    for problem in malformed:
        done(one_line(problem))
    _tell_rows(one_line(name), report)
    if bad := len(malformed) + len(report.refused):
        done(f"{plural(bad, 'row')} of {one_line(name)} refused: nothing was imported.")
        click.get_current_context().exit(FAILED)
    for path in report.new_codes:
        done(one_line(f"“{path}” {'would be' if dry_run else 'is'} a new code."))
    _sum_up(report, dry_run=dry_run)


def _read(name: str, data: bytes, refused: Callable[[str], None], *, flat: bool) -> Iterator[CodingDraft]:
    from sibtui.formats.codings_csv import read_codings  # noqa: PLC0415
    from sibtui.formats.taguette_csv import is_foreign, read_foreign_codings  # noqa: PLC0415

    if is_foreign(data):
        return read_foreign_codings(name, data, paths=not flat)
    if flat:
        raise click.UsageError(f"--flat is for other programs' files, and {name} has the columns of sibtui.")
    return read_codings(name, data, refused)


def _tell_rows(name: str, report: CodingsImported) -> None:
    for draft, found in report.nearly:
        quote = one_line(draft.quote or "", 60)
        at = f"{draft.source} {found.segment}"
        done(f"{name}, line {draft.line}: found nearly, {found.score:.0f} of 100 alike, at {one_line(at)}: {quote}")
    for refused in report.refused:
        done(f"{name}, line {refused.draft.line}: {one_line(refused.why)}")


def _sum_up(report: CodingsImported, *, dry_run: bool) -> None:
    parts = [f"{plural(report.added, 'coding')} {'would be ' if dry_run else ''}imported"]
    parts += [f"{report.same:,} there already"] if report.same else []
    parts += [f"{len(report.nearly):,} found nearly"] if report.nearly else []
    parts += [f"{report.unattributed:,} waiting for their case"] if report.unattributed else []
    if dry_run or not report.added:
        done(", ".join(parts) + (": this was a dry run." if dry_run else "."))
    else:
        undoable(", ".join(parts))
