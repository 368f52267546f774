"""`sibtui memo`: notes on anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.common import format_option, out, plural, show_table, teller, undoable, with_project
from sibtui.cli.options import FILE, LONG_TEXT, read_text, told
from sibtui.model.records import MEMO_TARGETS
from sibtui.model.text import inert, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sibtui.model.records import Memo, MemoTarget
    from sibtui.project import Project

_COLUMNS = ("number", "on", "of", "title", "text", "coder", "created")


@click.group()
def memo() -> None:
    """Notes on anything: the study, a source, a case, a code, a coding, a matrix.

    \b
    Example:
      sibtui memo add --code "Brokering and coaching" "Coach or broker? Ask again."
      sibtui memo list --on code
    """  # noqa: D301 - \b is click's


def _on_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The thing that a memo is on, one option for each kind of it."""
    for option in (
        click.option("--matrix", shell_complete=complete.matrices, help="On this matrix."),
        click.option("--coding", type=click.IntRange(min=1), metavar="N", help="On the coding with this number."),
        click.option("--code", shell_complete=complete.codes, help="On this code."),
        click.option("--case", shell_complete=complete.cases, help="On this case."),
        click.option("--source", shell_complete=complete.sources, help="On this source."),
    ):
        command = option(command)
    return command


def _on(**things: str | int | None) -> tuple[MemoTarget | None, str]:
    """The one thing that was named; None when none was. UsageError when several were."""
    named = [(kind, str(thing)) for kind, thing in things.items() if thing is not None]
    if len(named) > 1:
        raise click.UsageError(f"A memo is on one thing: --{named[0][0]} and --{named[1][0]} exclude one another.")
    if not named:
        return None, ""
    return next(target for target in MEMO_TARGETS if target == named[0][0]), named[0][1]


def _text(text: str | None, file: Path | None) -> str | None:
    if text is not None and file is not None:
        raise click.UsageError("Give the text, or --file, not both.")
    return text if file is None else read_text(file)


@memo.command()
@with_project
@click.argument("text", type=LONG_TEXT, required=False)
@click.option("--file", type=FILE, help="A file with the text.")
@click.option("--title", default="", help="A title.")
@_on_options
def add(project: Project, text: str | None, file: Path | None, title: str, **things: Any) -> None:
    """Write a memo, on the study when nothing else is named. `-` as the text is stdin.

    \b
    Example:
      sibtui memo add "The third round begins in May."
      sibtui memo add --source a1 --title Mood - < mood.txt
    """  # noqa: D301 - \b is click's
    from sibtui.model.drafts import MemoDraft  # noqa: PLC0415

    written = _text(text, file)
    if written is None:
        raise click.UsageError("A memo needs a text: give it, or `-` for stdin, or --file.")
    on, of = _on(**things)
    added = project.memos.add(MemoDraft(on or "project", of, title, written))
    number = f" {added.id}" if added.id else ""
    undoable(f"wrote memo{number} on {_where(added)}")


def _where(memo: Memo) -> str:
    return "the study" if memo.on == "project" else f"{memo.on} {memo.of}"


@memo.command("list")
@with_project
@click.option("--on", "kind", type=click.Choice(MEMO_TARGETS), help="Only those on this kind of thing.")
@_on_options
@format_option
def list_(project: Project, kind: MemoTarget | None, form: str, **things: Any) -> None:
    """List memos, oldest first; those of codings have no number of their own, `coding set --memo` changes them.

    \b
    Example:
      sibtui memo list
      sibtui memo list --source a1 --format json
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    on, of = _on(**things)
    if on and kind and on != kind:
        raise click.UsageError(f"--on {kind} and --{on} exclude one another.")
    found = project.memos.list(on=on or kind, of=of or None)
    short = 60 if form == "table" else None
    show_table(Table(_COLUMNS, tuple(_row(memo, short) for memo in found)), form)


def _row(memo: Memo, short: int | None = None) -> tuple[str | int, ...]:
    text = memo.text if short is None else one_line(memo.text, short)
    return memo.id or "", memo.on, memo.of, memo.title, text, memo.coder, memo.created


@memo.command()
@with_project
@click.argument("number", type=int)
@format_option
def show(project: Project, number: int, form: str) -> None:
    """Show a memo whole.

    \b
    Example:
      sibtui memo show 1
    """  # noqa: D301 - \b is click's
    from sibtui.model.table import Table  # noqa: PLC0415

    found = project.memos.get(number)
    if form != "table":
        show_table(Table(_COLUMNS, (_row(found),)), form)
        return
    head = f"On {_where(found)}, by {found.coder}, {found.created}"
    titled = f"{one_line(found.title)}\n" if found.title else ""
    out(f"{titled}{one_line(head)}\n\n{inert(found.text)}")


@memo.command("set")
@with_project
@click.argument("number", type=int)
@click.argument("text", type=LONG_TEXT, required=False)
@click.option("--file", type=FILE, help="A file with the text.")
@click.option("--title", help="Another title.")
def set_(project: Project, number: int, text: str | None, file: Path | None, title: str | None) -> None:
    """Change a memo's text or title.

    \b
    Example:
      sibtui memo set 1 --title "A doubt"
      sibtui memo set 1 - < doubt.txt
    """  # noqa: D301 - \b is click's
    tell = teller(project)
    project.memos.set(number, **told(text=_text(text, file), title=title))
    tell(f"changed memo {number}")


@memo.command()
@with_project
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER…")
def remove(project: Project, numbers: Sequence[int]) -> None:
    """Remove memos; the memo of a coding goes with `coding set N --memo ""`.

    \b
    Example:
      sibtui memo remove 1
    """  # noqa: D301 - \b is click's
    chosen = list(dict.fromkeys(numbers))
    with project.act("memo remove", f"{plural(len(chosen), 'memo')}: {', '.join(map(str, chosen))}"):
        removed = [project.memos.remove(number) for number in chosen]
    for gone in removed:
        undoable(f"removed memo {gone.id} on {_where(gone)}", "brings it back")
