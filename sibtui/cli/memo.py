"""`sibtui memo`: memos on the study, sources, cases, codes, codings and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import complete
from sibtui.cli.messages import change_reporter, report_change
from sibtui.cli.options import FILE, LONG_TEXT, given_options, read_text
from sibtui.cli.streams import write_text
from sibtui.cli.study_option import with_project, with_readable_project
from sibtui.cli.tables import format_option, show_facts, show_table, terminal_width
from sibtui.model.records import MEMO_TARGETS
from sibtui.model.text import excerpt, inert, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sibtui.model.records import Memo, MemoTarget
    from sibtui.project import Project

_COLUMNS = ("number", "on", "of", "title", "text", "coder", "created")


@click.group()
def memo() -> None:
    """Memos: your own notes on the study, a source, a case, a code, a coding or a matrix.

    \b
    Example:
      sibtui memo add --code "Brokering and coaching" "Coach or broker? Ask again."
      sibtui memo list --on code
    """


def _on_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--matrix", shell_complete=complete.matrices, help="On this matrix."),
        click.option("--coding", type=click.IntRange(min=1), metavar="N", help="On the coding with this number."),
        click.option("--code", shell_complete=complete.codes, help="On this code."),
        click.option("--case", shell_complete=complete.cases, help="On this case."),
        click.option("--source", shell_complete=complete.sources, help="On this source."),
    ):
        command = option(command)
    return command


def _target(**targets: str | int | None) -> tuple[MemoTarget | None, str]:
    """Return (kind, name) of the item that the memo is about, or (None, "") if no option names an item.

    Raises UsageError if several options are given.
    """
    given = [(kind, str(name)) for kind, name in targets.items() if name is not None]
    if len(given) > 1:
        raise click.UsageError(f"A memo has one target: give either --{given[0][0]} or --{given[1][0]}, not both.")
    if not given:
        return None, ""
    kind, name = given[0]
    return next(target for target in MEMO_TARGETS if target == kind), name


def _text(text: str | None, file: Path | None) -> str | None:
    if text is not None and file is not None:
        raise click.UsageError("Give either the text or --file, not both.")
    return text if file is None else read_text(file)


@memo.command()
@with_project
@click.argument("text", type=LONG_TEXT, required=False)
@click.option("--file", type=FILE, help="A file with the text.")
@click.option("--title", default="", help="A title.")
@_on_options
def add(project: Project, text: str | None, file: Path | None, title: str, **targets: Any) -> None:
    """Write a memo on the study, or on the item that an option names. If the text is `-`, it is read from stdin.

    \b
    Example:
      sibtui memo add "The third round begins in May."
      sibtui memo add --source a1 --title Mood - < mood.txt
    """
    from sibtui.model.drafts import MemoDraft

    text = _text(text, file)
    if text is None:
        raise click.UsageError("A memo needs a text: give it, or `-` for stdin, or --file.")
    on, of = _target(**targets)
    added = project.memos.add(MemoDraft(on or "project", of, title, text))
    number = f" {added.id}" if added.id else ""
    report_change(f"wrote memo{number} on {_where(added)}")


def _where(memo: Memo) -> str:
    return "the study" if memo.on == "project" else f"{memo.on} {memo.of}"


@memo.command("list")
@with_readable_project
@click.option("--on", "kind", type=click.Choice(MEMO_TARGETS), help="Only memos on this kind of target.")
@_on_options
@format_option
def list_(project: Project, kind: MemoTarget | None, form: str, **targets: Any) -> None:
    """List memos, oldest first.

    A memo on a coding has no number of its own: `sibtui coding set --memo` changes such a memo.

    \b
    Example:
      sibtui memo list
      sibtui memo list --source a1 --format json
    """
    from sibtui.model.table import Table

    on, of = _target(**targets)
    if on and kind and on != kind:
        raise click.UsageError(f"--on {kind} and --{on} contradict each other: leave out one.")
    memos = project.memos.list(on=on or kind, of=of or None)
    if form == "table":
        rows = tuple(
            (memo.id or "", _where(memo), memo.title, excerpt(memo.text, 60), memo.coder, memo.created[:10])
            for memo in memos
        )
        show_table(Table(("number", "on", "title", "text", "coder", "created"), rows), form)
        return
    show_table(Table(_COLUMNS, tuple(map(_row, memos)), objects=tuple(map(_fields, memos))), form)


def _fields(memo: Memo) -> dict[str, str | int | None]:
    """Return the fields of a memo for JSON. If the memo is on a coding, the field `coding` is the id of this coding."""
    return {
        **dict(zip(_COLUMNS, _row(memo), strict=True)),
        "number": memo.id or None,
        "coding": int(memo.of) if memo.on == "coding" else None,
    }


def _row(memo: Memo) -> tuple[str | int, ...]:
    return memo.id or "", memo.on, memo.of, memo.title, memo.text, memo.coder, memo.created


@memo.command()
@with_readable_project
@click.argument("number", type=click.IntRange(min=1))
@format_option
def show(project: Project, number: int, form: str) -> None:
    """Show a memo with its whole text.

    \b
    Example:
      sibtui memo show 1
    """
    from sibtui.model.table import Table

    memo = project.memos.get(number)
    if form == "json":
        show_facts(_fields(memo), form)
        return
    if form != "table":
        show_table(Table(_COLUMNS, (_row(memo),)), form)
        return
    head = f"On {_where(memo)}, by {memo.coder}, {memo.created}"
    title = f"{one_line(memo.title)}\n" if memo.title else ""
    write_text(f"{title}{one_line(head)}\n\n{_wrap(inert(memo.text), terminal_width())}")


def _wrap(text: str, width: int | None) -> str:
    """Return a text with its lines wrapped at spaces. If `width` is None, return it unchanged."""
    if width is None:
        return text
    from sibtui.formats.codec.terminal_text import wrap

    return "\n".join(line for paragraph in text.split("\n") for line in wrap(paragraph.split(), width))


@memo.command("set")
@with_project
@click.argument("number", type=click.IntRange(min=1))
@click.argument("text", type=LONG_TEXT, required=False)
@click.option("--file", type=FILE, help="A file with the text.")
@click.option("--title", help="A new title.")
def set_(project: Project, number: int, text: str | None, file: Path | None, title: str | None) -> None:
    """Change the text or the title of a memo.

    \b
    Example:
      sibtui memo set 1 --title "A doubt"
      sibtui memo set 1 - < doubt.txt
    """
    report = change_reporter(project)
    project.memos.set(number, **given_options(text=_text(text, file), title=title))
    report(f"changed memo {number}")


@memo.command()
@with_project
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(min=1), metavar="NUMBER…")
def remove(project: Project, numbers: Sequence[int]) -> None:
    """Remove memos. To remove the memo on a coding, use `sibtui coding set N --memo ""`.

    \b
    Example:
      sibtui memo remove 1
    """
    chosen = list(dict.fromkeys(numbers))
    with project.act("memo remove", f"{plural(len(chosen), 'memo')}: {', '.join(map(str, chosen))}"):
        removed = [project.memos.remove(number) for number in chosen]
    for memo in removed:
        report_change(f"removed memo {memo.id} on {_where(memo)}", "brings it back")
