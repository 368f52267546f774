"""What commands share: opening the study, writing tables, progress, messages."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import ReaderGoneError, say
from sibtui.errors import InputError, StudyFileError
from sibtui.model import text as words
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.model.table import Table

plural, listed = words.plural, words.listed
FORMATS = ("table", "csv", "json", "md")


def find_study(told: str | None) -> Path:
    """The study that is meant: the one told, else $SIBTUI_PROJECT, else the one in the current folder."""
    named = told or os.environ.get("SIBTUI_PROJECT")
    if named:
        return Path(named)
    found = sorted(Path.cwd().glob(f"*{SUFFIX}"))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.name for path in found[:5])
        raise StudyFileError(f"There are several studies here ({names}): say which with -p FILE.")
    raise StudyFileError("There is no study here: make one with `sibtui new STUDY.sibtui`, or name one with -p FILE.")


def with_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `-p/--project`, and the open study as its first argument; it is closed when the command ends."""

    @click.option("-p", "--project", metavar="FILE", help="The study.")
    @click.pass_context
    @wraps(command)
    def opened(ctx: click.Context, /, project: str | None, **options: Any) -> Any:
        path = find_study(project or (ctx.obj or {}).get("project"))
        if path.is_dir():
            raise StudyFileError(f"{path} is a folder: name a study in it with -p FILE.")
        with Project.open(path) as study:
            try:
                return command(study, **options)
            except Exception as error:
                told = study.explained(error)
                if told is None:
                    raise
                raise told from error

    return opened


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format`, for a command that prints a table."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the table.",
    )(command)


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--force", is_flag=True, help="Overwrite a file that is there.")(command)


def show_table(table: Table, form: str) -> None:
    """Print a table on stdout in one of `FORMATS`."""
    from sibtui.formats.tables import render  # noqa: PLC0415 - a matrix has its own renderers

    out(render(table, form, width=terminal_width() if form == "table" else None))  # type: ignore[arg-type]


def terminal_width() -> int | None:
    """The width of the terminal that stdout is; None for a file or a pipe, into which nothing is wrapped."""
    if not sys.stdout.isatty():
        return None
    import shutil  # noqa: PLC0415 - only a terminal has a width

    return shutil.get_terminal_size().columns


def out(text: str) -> None:
    """Write data to stdout: as it is to a file or pipe, inert to a terminal."""
    if sys.stdout.isatty():
        from sibtui.model.text import inert  # noqa: PLC0415

        text = inert(text)
    stream = sys.stdout
    try:
        try:
            stream.write(text if text.endswith("\n") or not text else text + "\n")
        except UnicodeEncodeError:  # a terminal that is not UTF-8
            stream.buffer.write((text.rstrip("\n") + "\n").encode(stream.encoding, "replace"))
        stream.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None  # click would make it a failure


def done(message: str) -> None:
    """Tell what was done, on stderr, so that stdout holds data alone."""
    say(message)


def undoable(message: str, undo: str = "takes it back") -> None:
    """Tell what was done, and that it can be undone."""
    from sibtui.model.text import one_line  # noqa: PLC0415

    say(f"{one_line(message)} (`sibtui undo` {undo}).")


def teller(project: Project) -> Callable[[str], None]:
    """As `undoable`, for a change that may find everything to be so already: undo would then take back something else.

    Ask for it before the change, and call what it returns after.
    """

    def newest() -> int:
        acts = project.history.list(limit=1)
        return acts[0].id if acts else 0

    before = newest()
    return lambda message: undoable(message) if newest() != before else say("nothing was changed: it is so already.")


def read_file(path: Path) -> bytes:
    """A file's bytes; `-` is stdin. InputError says why it cannot be read."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("There is no standard input to read: name a file.")
        return sys.stdin.buffer.read()
    from sibtui.project.reading import read_bytes  # noqa: PLC0415 - few commands read a file

    return read_bytes(path)


@contextmanager
def progress(label: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar (a figure without a `length`) on stderr while something long is done, when stderr is a terminal.

    Yields a function to be told how much is done.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    if length is None:
        yield lambda now: click.echo(f"\r{label}: {now:,}", err=True, nl=False)
        click.echo("\r\x1b[K", err=True, nl=False)
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda now: bar.update(now - bar.pos)


@contextmanager
def progress_of(label: str) -> Iterator[Callable[[int, int], None]]:
    """As `progress`, of something that tells with each step how long it is: (done, of)."""
    with ExitStack() as bars:
        bar: list[Callable[[int], None]] = []

        def tell(count: int, of: int) -> None:
            if not bar:
                bar.append(bars.enter_context(progress(label, of)))
            bar[0](count)

        yield tell


def stages(what: str) -> Callable[[str], None]:
    """Tells each stage of something long as it begins, when stderr is a terminal: `loading codings …`."""
    return (lambda stage: say(f"{what} {stage} …")) if sys.stderr.isatty() else (lambda _stage: None)
