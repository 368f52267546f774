"""`sibtui history`, `sibtui undo`, `sibtui redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED, say
from sibtui.cli.common import done, format_option, plural, show_table, with_project
from sibtui.model.table import Table
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.records import Act, Change
    from sibtui.project import Project

_SHORT = 60  # what a table in the terminal shows of a value; csv and json have all of it


@click.group()
def history() -> None:
    """What was done to the study, by whom and when.

    \b
    Example:
      sibtui history list --limit 10
    """  # noqa: D301 - \b is click's


@history.command("list")
@click.option("--limit", type=click.IntRange(min=1), help="The newest so many (default: all).")
@format_option
@with_project
def list_(study: Project, limit: int | None, form: str) -> None:
    """List the acts, newest first: done, undone, or dropped (undone, and then something else was done).

    \b
    Example:
      sibtui history list --limit 10
    """  # noqa: D301 - \b is click's
    acts = study.history.list(limit=limit)
    rows = tuple((act.id, act.at, act.coder, act.verb, act.summary, act.state, act.changes) for act in acts)
    show_table(Table(("act", "at", "coder", "verb", "summary", "state", "changes"), rows), form)


@history.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@format_option
@with_project
def show(study: Project, number: int, form: str) -> None:
    """Show what one act changed, row by row of the study file: the values that differ, before and after.

    \b
    Example:
      sibtui history show 1 --format csv
    """  # noqa: D301 - \b is click's
    act = study.history.get(number)
    rows = tuple(_change(change, _SHORT if form == "table" else None) for change in study.history.changes(number))
    title = (
        f"{act.id}. {act.verb}, {act.at}, {act.coder}: {act.summary} ({act.state})" if form in {"table", "md"} else ""
    )
    show_table(Table(("table", "row", "change", "before", "after"), rows, title), form)


def _change(change: Change, width: int | None) -> tuple[str | int, ...]:
    before, after = change.before, change.after
    if before is not None and after is not None:
        differ = [name for name in after if before.get(name) != after[name]]
        before, after = {n: before.get(n) for n in differ}, {n: after[n] for n in differ}
        what = "changed"
    else:
        what = "added" if before is None else "removed"
    return change.table, change.row, what, _json(before, width), _json(after, width)


def _json(values: Mapping[str, object] | None, width: int | None) -> str:
    import json  # noqa: PLC0415 - for this command alone

    if values is None:
        return ""
    text = json.dumps(values, ensure_ascii=False, default=str)
    return text if width is None else one_line(text, width)


@click.command()
@click.argument("steps", metavar="[N]", type=click.IntRange(min=1), default=1)
@with_project
def undo(study: Project, steps: int) -> None:
    """Undo the newest act, or the newest N. Without a limit, and after a restart too.

    \b
    Example:
      sibtui undo
      sibtui undo 3
    """  # noqa: D301 - \b is click's
    _tell(study.history.undo(steps), steps, "undid", "undo")


@click.command()
@click.argument("steps", metavar="[N]", type=click.IntRange(min=1), default=1)
@with_project
def redo(study: Project, steps: int) -> None:
    """Redo the act undone last, or the last N, unless something else has been done since.

    \b
    Example:
      sibtui redo
    """  # noqa: D301 - \b is click's
    _tell(study.history.redo(steps), steps, "redid", "redo")


def _tell(acts: Sequence[Act], steps: int, did: str, do: str) -> None:
    for act in acts:
        done(
            f"{did} {act.id}, {act.verb}: {one_line(act.summary, 100)} ({act.at[:16].replace('T', ' ')}, {act.coder})."
        )
    if not acts:
        say(f"there is nothing to {do}.")
        click.get_current_context().exit(FAILED)
    if len(acts) < steps:
        say(f"that was all: {plural(len(acts), 'act')}, not {steps:,}.")
