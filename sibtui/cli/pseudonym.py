"""`sibtui pseudonym`: the key (the list of real names and pseudonyms), and finding and replacing the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import complete, print_message
from sibtui.cli.messages import change_reporter
from sibtui.cli.options import LONG_TEXT, key_option, pseudonyms_of, repeated_option
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_table
from sibtui.model.table import Table
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sibtui import Anonymised, Pseudonyms, Sighting
    from sibtui.project import Project

_COLUMNS = ("place", "where", "line", "kind", "words", "pseudonym", "around")


@click.group()
def pseudonym() -> None:
    """Find the names of people in a study, and replace them by pseudonyms.

    The names to replace are in the key, a CSV file beside the study with the columns real and pseudonym. Only you can
    read this file. It is never part of the study or of an export. Keep it in a safe place, apart from the data.

    \b
    Example:
      sibtui pseudonym add "Mary Jones" "Anna"
      sibtui pseudonym scan
      sibtui pseudonym apply --dry-run
    """


@pseudonym.command()
@click.argument("real", type=LONG_TEXT)
@click.argument("replacement", metavar="PSEUDONYM")
@key_option
@with_project
def add(study: Project, real: str, replacement: str, key: Path | None) -> None:
    """Add a real name and its pseudonym to the key, the file beside the study.

    The study does not change. If the real name is `-`, it is read from stdin. Several spellings of a name may have the
    same pseudonym. You can also edit the key yourself.

    \b
    Example:
      sibtui pseudonym add "Mary Jones" "Anna"
      sibtui pseudonym add Mary Anna
    """
    pseudonyms = pseudonyms_of(study, key)
    every = pseudonyms.add(real, replacement)
    print_message(
        f"added “{one_line(every[-1].real, 60)}” → “{one_line(every[-1].pseudonym, 60)}” to {pseudonyms.key_file}."
    )
    _warn_of_chains(pseudonyms)
    _warn_of_taken(pseudonyms, among=[every[-1].pseudonym])


def _warn_of_taken(pseudonyms: Pseudonyms, among: Sequence[str] | None = None) -> None:
    for each in pseudonyms.taken(among=among):
        print_message(
            f"“{one_line(each.real, 60)}” is a name in the texts already ({one_line(each.where, 40)}, line {each.line}): as a pseudonym it"
            " would name two people. Choose another pseudonym."
        )


def _warn_of_chains(pseudonyms: Pseudonyms) -> None:
    for each in pseudonyms.chained():
        print_message(
            f"“{one_line(each.pseudonym, 60)}” has a real name of the key in it: once the key was applied, a second replacement is"
            " refused. Choose another pseudonym."
        )


@pseudonym.command("list")
@key_option
@format_option
@with_project
def list_(study: Project, key: Path | None, form: str) -> None:
    """List the real names in the key, each with its pseudonym.

    \b
    Example:
      sibtui pseudonym list
    """
    pseudonyms = pseudonyms_of(study, key)
    rows = tuple((each.real, each.pseudonym) for each in pseudonyms.list())
    if rows or form != "table":
        show_table(Table(("real", "pseudonym"), rows), form)
    if not rows:
        print_message(f"there are no pseudonyms in {pseudonyms.key_file}.")


@pseudonym.command()
@click.argument("real", type=LONG_TEXT)
@key_option
@with_project
def remove(study: Project, real: str, key: Path | None) -> None:
    """Remove a real name from the key. The study does not change: pseudonyms that are in it stay.

    \b
    Example:
      sibtui pseudonym remove Leeds
    """
    pseudonyms = pseudonyms_of(study, key)
    removed = pseudonyms.remove(real)
    print_message(f"removed “{one_line(removed.real, 60)}” from {pseudonyms.key_file}.")


@pseudonym.command()
@repeated_option(
    "--in", "sources", metavar="SOURCE", shell_complete=complete.sources, help="Only the text of this source."
)
@click.option(
    "--exact", is_flag=True, help="Leave out similar words, e-mail addresses, telephone numbers and postcodes."
)
@key_option
@format_option
@with_project
def scan(study: Project, sources: Sequence[str], exact: bool, key: Path | None, form: str) -> None:
    """List the places with names from the key, similar words, e-mail addresses, telephone numbers and postcodes.

    The scan searches: texts; memos; attributes; judgements; and the names of sources, files, cases, codes and tables.
    The column `kind` is: name; possessive; accents (with other accents than in the key); small letters (maybe an
    ordinary word); part (of a longer name); near (a similar spelling); e-mail; phone; or postcode.
    `sibtui pseudonym apply` replaces the first three kinds.

    \b
    Example:
      sibtui pseudonym scan
      sibtui pseudonym scan --exact --in a1 --format json
    """
    pseudonyms = pseudonyms_of(study, key)
    found = pseudonyms.scan(sources=sources or None, near=not exact)
    if found or form != "table":
        show_table(_table(found), form)
    kinds = {each.kind: 0 for each in found}
    for each in found:
        kinds[each.kind] += 1
    counts = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
    print_message(f"{plural(len(found), 'place')}: {counts}." if found else "no names or addresses were found.")
    _warn_of_taken(pseudonyms)


@pseudonym.command()
@repeated_option(
    "--in", "sources", metavar="SOURCE", shell_complete=complete.sources, help="Only in the text of this source."
)
@click.option("--small-letters", is_flag=True, help="Replace single names in small letters too, such as will or mary.")
@click.option(
    "--erase-originals", is_flag=True, help="Erase the real names for good: in earlier versions, history, backups."
)
@click.option("--dry-run", is_flag=True, help="List the places, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before an erasure. A script without a terminal needs this.")
@key_option
@format_option
@with_project
def apply(
    study: Project,
    sources: Sequence[str],
    small_letters: bool,
    erase_originals: bool,
    dry_run: bool,
    yes: bool,
    key: Path | None,
    form: str,
) -> None:
    """Replace the real names in the key by their pseudonyms, and list the places.

    Each text gets a new version, in which codings keep their exact places. Memos, names, attributes and judgements
    change too. Only whole words are replaced. Capitals and the possessive 's are kept: MARY becomes ANNA, and Mary's
    becomes Anna's. If names overlap, the longest is replaced. No place is replaced twice. `sibtui undo` undoes the
    whole replacement.

    The history and the earlier versions of texts still contain the real names. --erase-originals erases them there, and
    in the backups beside the study. After this, neither this act nor an earlier act can be undone. Other copies of the
    study, and deleted data that is still on the disk, are not erased.

    \b
    Example:
      sibtui pseudonym apply --dry-run
      sibtui pseudonym apply --in a1
      sibtui pseudonym apply --erase-originals --yes
    """
    pseudonyms = pseudonyms_of(study, key)
    _warn_of_taken(pseudonyms)
    if erase_originals and not (dry_run or yes):
        _confirm()
    report = change_reporter(study)
    applied = pseudonyms.apply(
        sources=sources or None, small_letters=small_letters, dry_run=dry_run, erase_originals=erase_originals
    )
    if applied.places or form != "table":
        show_table(_table(applied.places), form)
    _report_replacement(applied, dry_run=dry_run, report=_print_sentence if erase_originals else report)
    if erase_originals:
        _report_erasure(applied, dry_run=dry_run)
    _report_left(applied)


def _report_replacement(applied: Anonymised, *, dry_run: bool, report: Callable[[str], None]) -> None:
    """In a dry run, print how much would be replaced. Otherwise call `report` with a message about the replacement.

    If no name was found, only print a message about this.
    """
    if not applied.places:
        print_message("no name of the key was found.")
    elif dry_run:
        print_message(f"{applied.extent} would be replaced.")
    else:
        report(f"replaced {applied.extent}; {plural(len(applied.codings), 'coding')} carried over")


def _print_sentence(clause: str) -> None:
    print_message(f"{clause}.")


def _confirm() -> None:
    """Ask the user for permission to erase the original names.

    Raises UsageError if there is no terminal. Raises Abort if the answer is not yes.
    """
    import sys

    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("An erasure cannot be undone: give --yes, or run it in a terminal.")
    click.confirm(
        "The real names are erased for good, and nothing before this can be undone. Go on?", abort=True, err=True
    )


def _report_erasure(applied: Anonymised, *, dry_run: bool) -> None:
    from sibtui.project.erasing.withdrawal_values import copy_note

    if applied.erased:
        would = "would be" if dry_run else "were"
        print_message(f"the earlier versions of {plural(len(applied.erased), 'text')} {would} erased for good.")
    else:
        print_message("no earlier version of a text has a name of the key.")
    for copy in applied.copies:
        print_message(copy_note(copy, done=not dry_run))
    for path in applied.traces:
        print_message(f"{path} {'would no longer name' if dry_run else 'no longer names'} a source by its real name.")


def _report_left(applied: Anonymised) -> None:
    for sentence in applied.kept:
        print_message(sentence)
    if applied.small:
        print_message(
            f"{plural(applied.small, 'name')} in small letters may be ordinary words: --small-letters replaces them too."
        )


def _table(found: Iterable[Sighting]) -> Table:
    rows = tuple(
        (each.place, each.where, each.line, each.kind, one_line(each.words), each.pseudonym, _around(each))
        for each in found
    )
    objects = tuple(
        {
            "place": each.place, "where": each.where, "line": each.line, "start": each.segment.start, "end": each.segment.end,
            "kind": each.kind, "words": each.words, "real": each.real, "pseudonym": each.pseudonym, "before": each.before,
            "after": each.after,
        }
        for each in found
    )  # fmt: skip
    return Table(_COLUMNS, rows, objects=objects)


def _around(found: Sighting) -> str:
    return one_line(f"{found.before}{found.words}{found.after}")
