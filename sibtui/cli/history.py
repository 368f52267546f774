"""`sibtui history`, `sibtui undo` and `sibtui redo`: the changes that were made to a study."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete, print_message
from sibtui.cli.streams import with_byte_order_mark, write_data
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import byte_order_mark, format_option, format_time, show_table
from sibtui.model.gc_pause import gc_paused
from sibtui.model.table import Table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Act
    from sibtui.project import Project
    from sibtui.project.history import History

_SHORT = 60
"""How many characters of a value a table for people shows at most. CSV and JSON contain the whole value."""
_PAGE = 10_000
"""How many rows a table for people has at most.

A longer list is printed as several tables, because the layout of one long table would need too much memory.
"""
_COLUMNS = ("table", "row", "change", "before", "after")


@click.group()
def history() -> None:
    """The changes that were made to the study, with author and time. Each change is an act, and has a number.

    \b
    Example:
      sibtui history list --limit 10
    """


@history.command("list")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List only the N newest acts (default: all).")
@click.option("--coder", metavar="NAME", help="Only acts of this person.")
@click.option("--verb", metavar="VERB", help="Only acts of this kind, such as coding or “coding add”.")
@click.option(
    "--source",
    metavar="NAME",
    shell_complete=complete.sources,
    help="Only acts that changed this source or its codings. The source may be removed.",
)
@click.option(
    "--code",
    metavar="PATH",
    shell_complete=complete.codes,
    help="Only acts that changed this code or its codings. The code may be removed.",
)
@format_option
@with_readable_project
def list_(study: Project, form: str, **chosen: Any) -> None:
    """List the acts (changes), newest first.

    The state of an act is done, undone or dropped. A dropped act was undone, and cannot be redone, because another
    change followed.

    \b
    Example:
      sibtui history list --limit 10
      sibtui history list --verb coding --source a1
    """
    acts = study.history.list(**chosen)
    at = format_time if form == "table" else str
    rows = tuple((act.id, at(act.at), act.coder, act.verb, act.summary, act.state, act.changes) for act in acts)
    show_table(Table(("act", "at", "coder", "verb", "summary", "state", "changes"), rows), form)


@history.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="ROWS", help="Show only the first ROWS changed rows (default: all)."
)
@format_option
@with_readable_project
def show(study: Project, number: int, limit: int | None, form: str) -> None:
    """Show the rows of the study file that an act (a change) has changed, with the values before and after the act.

    Only values that differ are shown. JSON also has the digest of the act: a checksum of this act and all acts before
    it. If you write the digest down outside of the study, you can prove later that the history up to this act is
    unchanged: the act must still have the same digest, and `sibtui check` must report no altered act.

    \b
    Example:
      sibtui history show 1 --limit 20
      sibtui history show 1 --format csv
    """
    act = study.history.get(number)
    width = _SHORT if form == "table" else None
    changes = study.history.change_texts(number, limit=limit, width=width)
    if form == "json":
        from sibtui.formats.codec.json_text import dumps_ending_in

        write_data(dumps_ending_in(_facts(act), "changes", map(_change_object, changes)))
        return
    if form == "csv":
        from sibtui.formats.codec.csv_out import write_csv

        write_data(with_byte_order_mark(write_csv(_COLUMNS, changes), byte_order_mark(form)))
        return
    title = f"{act.id}. {act.verb}, {act.at}, {act.coder}: {act.summary} ({act.state})"
    with gc_paused():
        show_table(Table(_COLUMNS, tuple(islice(changes, _PAGE)), title), form)
        while rows := tuple(islice(changes, _PAGE)):
            show_table(Table(_COLUMNS, rows), form)


def _facts(act: Act) -> dict[str, Any]:
    return {
        "act": act.id,
        "at": act.at,
        "coder": act.coder,
        "verb": act.verb,
        "summary": act.summary,
        "state": act.state,
        "digest": act.digest,
    }


def _change_object(change: tuple[str, int, str, str, str]) -> dict[str, Any]:
    import json

    *facts, before, after = change
    values = (json.loads(text) if text else None for text in (before, after))
    return dict(zip(_COLUMNS, (*facts, *values), strict=True))


@click.command()
@click.argument("steps", metavar="[N]", type=click.IntRange(min=1), default=1)
@with_project
def undo(study: Project, steps: int) -> None:
    """Undo the newest act (change), or the N newest acts. Even the first act of a study can be undone.

    \b
    Example:
      sibtui undo
      sibtui undo 3
    """
    _print_acts(study.history, study.history.undo(steps), steps, "undo")


@click.command()
@click.argument("steps", metavar="[N]", type=click.IntRange(min=1), default=1)
@with_project
def redo(study: Project, steps: int) -> None:
    """Redo the act (change) that was undone last, or the N acts that were undone last.

    After a new change, undone acts cannot be redone.

    \b
    Example:
      sibtui redo
    """
    _print_acts(study.history, study.history.redo(steps), steps, "redo")


def _print_acts(history: History, acts: Sequence[Act], steps: int, do: str) -> None:
    for act in acts:
        at = act.at[:16].replace("T", " ")
        print_message(f"{do.replace('do', 'done')}: {history.fact(act)} (act {act.id}, {at}, {act.coder}).")
    if not acts:
        print_message(f"there is nothing to {do}.")
        click.get_current_context().exit(FAILED)
    if len(acts) < steps:
        print_message(f"only {plural(len(acts), 'act')} of {steps:,}: there is no more to {do}.")
