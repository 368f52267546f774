"""`sibtui source withdraw`: erases a source, or the words of one person, for good."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete, print_message
from sibtui.cli.options import repeated_option, speaker_pattern_option
from sibtui.cli.study_option import with_project
from sibtui.cli.tables import format_option, show_facts
from sibtui.errors import ConflictError
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui import Withdrawal
    from sibtui.project import Project


@click.command()
@with_project
@click.argument("name", required=False, metavar="[NAME]", shell_complete=complete.sources)
@click.option("--speaker", metavar="NAME", help="Withdraw one person instead: erase their turns in all sources.")
@click.option(
    "--participant",
    metavar="NAME",
    help="Like --speaker. A source whose attribute `participant` names only this person is erased as a whole.",
)
@repeated_option(
    "--in", "sources", metavar="SOURCE", shell_complete=complete.sources, help="Only turns in this source."
)
@speaker_pattern_option
@click.option(
    "--with-cases",
    is_flag=True,
    help="Also erase the cases that no remaining source is about: label, private name, attributes, memos, columns.",
)
@click.option("--dry-run", is_flag=True, help="Count the items that would be erased, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for the name again. A script without a terminal needs this.")
@format_option
def withdraw(
    project: Project,
    name: str | None,
    speaker: str | None,
    participant: str | None,
    sources: Sequence[str],
    speaker_pattern: str,
    with_cases: bool,
    dry_run: bool,
    yes: bool,
    form: str,
) -> None:
    """Erase a source for good: its text in all versions, and its codings, memos and quotes.

    All of this is erased from the history and the backups too. A withdrawal cannot be undone, and after it no
    earlier act (change) can be undone. NAME is the exact name of a source. Sources that were removed earlier under
    this name are erased too. The history keeps the id of the source and the time of the withdrawal. A source with
    this id or with the same text cannot be added again.

    Words of the source that you have quoted in memos, codes or judgements are replaced by [withdrawn]. With
    --speaker or --participant, only the turns (the speech) of this person are replaced, and codings on the words of
    other people are kept.

    \b
    Example:
      sibtui source withdraw a1 --dry-run
      sibtui source withdraw a1 --yes
      sibtui source withdraw --speaker Ben --in group-1 --yes
    """
    chosen, exact = _chosen(project, name, speaker, participant, sources, speaker_pattern)
    withdrawing = partial(chosen, with_cases=with_cases)
    if not dry_run:
        _confirm(withdrawing, exact, yes=yes)
    withdrawal = withdrawing(dry_run=dry_run)
    show_facts(_fields(withdrawal), form, lambda _: withdrawal.counts)
    _report(withdrawal)


def _chosen(
    project: Project,
    name: str | None,
    speaker: str | None,
    participant: str | None,
    sources: Sequence[str],
    pattern: str,
) -> tuple[Callable[..., Withdrawal], str]:
    """Return (function that erases the source or the person's words, name to type for confirmation).

    The name is the value of NAME, --speaker or --participant. Raises UsageError unless exactly one of these three is
    given. The function has the parameters `with_cases` and `dry_run`.
    """
    given = [each for each in (name, speaker, participant) if each]
    if len(given) != 1:
        raise click.UsageError("Give one of NAME, --speaker and --participant.")
    if name:
        if sources or pattern:
            raise click.UsageError("--in and --speaker-pattern go with --speaker or --participant.")
        return partial(project.sources.withdraw, name), name
    person = partial(project.sources.withdraw_person, given[0], sources=sources, pattern=pattern)
    return partial(person, participant=participant is not None), given[0]


def _confirm(withdrawing: Callable[..., Withdrawal], name: str, *, yes: bool) -> None:
    """Print what the withdrawal would erase, and ask the user to type the name again. `yes` skips both.

    Raises UsageError if there is no terminal, and ConflictError if the user types another name.
    """
    if yes:
        return
    if not _is_terminal():
        raise click.UsageError("A withdrawal cannot be undone: give --yes, or run it in a terminal.")
    foreseen = withdrawing(dry_run=True)
    for what, number in foreseen.counts:
        print_message(f"{number:,}  {what}")
    for note in foreseen.notes:
        print_message(note)
    typed = click.prompt("This cannot be undone. Type the name again", default="", show_default=False, err=True)
    if typed != name:
        raise ConflictError("That is another name: nothing was withdrawn.")


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _report(withdrawal: Withdrawal) -> None:
    for note in withdrawal.notes:
        print_message(note)
    what = [plural(len(withdrawal.sources), "source")] if withdrawal.sources else []
    if withdrawal.shortened:
        what.append(f"turns in {plural(len(withdrawal.shortened), 'source')}")
    done = " and ".join(what) or "what the history held"
    if withdrawal.act is None:
        print_message(f"{done} would be withdrawn; nothing was changed.")
    else:
        print_message(f"withdrew {done} for good, as {withdrawal.id}.")


def _fields(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "id": withdrawal.id,
        "act": withdrawal.act,
        "sources": withdrawal.sources,
        "shortened": withdrawal.shortened,
        "erased": dict(withdrawal.erased),
        "rewritten": dict(withdrawal.rewritten),
        "stale": withdrawal.stale,
        "copies": [{"path": str(copy.path), "outcome": copy.outcome, "why": copy.why} for copy in withdrawal.copies],
        "traces": [str(path) for path in withdrawal.traces],
        "mentions": [
            {"kind": mention.kind, "name": mention.name, "count": mention.count} for mention in withdrawal.mentions
        ],
        "sourceless": withdrawal.sourceless,
        "cases": withdrawal.cases,
        "widened": withdrawal.widened,
    }
