"""Functions that commands share: opening the study, printing tables, progress bars and messages."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete, print_message, record_saves
from sibtui.cli.streams import encodable_text, is_utf8, write_data, write_text
from sibtui.errors import InputError, StudyFileError
from sibtui.model import text as words
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sibtui.model.table import Table, Value

plural, listed, describe_difference = words.plural, words.listed, words.describe_difference
_BOM = "sibtui.bom"
FORMATS = ("table", "csv", "json", "md")
UNCHANGED = "nothing was changed: the study is already in this state."


def find_study(name: str | None) -> Path:
    from pathlib import Path

    return Path(study_file(name))


def study_file(name: str | None) -> str:
    """Return the path of the study to open, as a string.

    The study is `name`, or else $SIBTUI_PROJECT, or else the only study in the current folder. Raises StudyFileError if
    this folder has no study, or several.
    """
    name = name or os.environ.get("SIBTUI_PROJECT")
    if name:
        return name
    folder = os.getcwd()
    files = (
        sorted(file for file in os.listdir(folder) if os.path.normcase(file).endswith(SUFFIX))
        if os.access(folder, os.R_OK)
        else []
    )
    if len(files) == 1:
        return os.path.join(folder, files[0])
    if files:
        names = listed(files, 5)
        raise StudyFileError(f"There are several studies in this folder ({names}): choose one with -p FILE.")
    raise StudyFileError(
        "There is no study in this folder: make one with `sibtui new STUDY.sibtui`, or name one with -p FILE."
    )


SETS_GIVEN = "sibtui.sets"
"""The key of click's context for the names of sets that are checked later, when `with_project` has opened the study."""


def with_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `-p/--project` to a command, and pass the open study to the command as its first argument.

    The study is closed when the command returns.
    """
    return _with_project(command, _run)


def with_readable_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do the same as `with_project`, but for commands that only read: such a command also works on a damaged study.

    If the command fails because of damage, it runs again on a copy in memory without the damaged rows. In this case,
    the lost rows are printed, and the exit status is 1.
    """
    return _with_project(command, _run_readable)


def with_whole_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do the same as `with_readable_project`, but check all rows of the study before the command runs.

    Use this for a command that would otherwise leave out damaged rows without a message.
    """
    return _with_project(command, _run_whole)


def _with_project(command: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    @click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
    @click.pass_context
    @wraps(command)
    def wrapper(ctx: click.Context, /, project: str | None, **options: Any) -> Any:
        file = study_file(project or (ctx.obj or {}).get("project"))
        if os.path.isdir(file):
            raise StudyFileError(f"{find_study(file)} is a folder: name a study in it with -p FILE.")
        with Project.open(file) as study:
            if SETS_GIVEN in ctx.meta:
                from sibtui.cli.source_sets import print_empty_sets

                print_empty_sets(study, ctx.meta.pop(SETS_GIVEN))
            try:
                returned = run(study, partial(command, **options))
            finally:
                record_saves(study.saves)
            if study.read_only:
                print_message(study.read_only)
            return returned

    return wrapper


def with_study_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `-p/--project` to a command that needs only the path of the study.

    The study is not opened for the command, so the command also works on a damaged study. The first argument of the
    command is a function that returns the path.
    """

    @click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
    @click.pass_context
    @wraps(command)
    def wrapper(ctx: click.Context, /, project: str | None, **options: Any) -> Any:
        return command(lambda: find_study(project or (ctx.obj or {}).get("project")), **options)

    return wrapper


def _run(study: Project, command: Callable[[Project], Any]) -> Any:
    try:
        return command(study)
    except Exception as error:
        from sibtui.cli.damaged import damage_behind

        explanation = damage_behind(error, study)
        if explanation is None:
            raise
        raise explanation from error


def _run_readable(study: Project, command: Callable[[Project], Any]) -> Any:
    try:
        return command(study)
    except Exception as error:
        from sibtui.cli.damaged import run_again

        if not run_again(study, command, error):
            raise
    return click.get_current_context().exit(FAILED)


def _run_whole(study: Project, command: Callable[[Project], Any]) -> Any:
    from sibtui.project.shared.soundness import is_sound

    if not is_sound(study):
        from sibtui.cli.damaged import run_without_damage

        if run_without_damage(study, command):
            return click.get_current_context().exit(FAILED)
    return _run_readable(study, command)


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--format` and `--bom` to a command that prints a table."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the table.",
    )
    return option(bom_option(command))


def bom_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--bom` to a command that writes CSV. With `--bom`, the CSV begins with a byte order mark.

    The command does not receive the option as an argument. `byte_order_mark` returns the mark.
    """
    return click.option(
        "--bom",
        is_flag=True,
        expose_value=False,
        callback=_keep_bom,
        help="Begin CSV with a byte order mark. Excel on Windows needs one to show accents correctly.",
    )(command)


def _keep_bom(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    if given:
        ctx.meta[_BOM] = True


def byte_order_mark(form: str) -> str:
    """Return the byte order mark if the user has given `--bom`, and an empty text otherwise.

    Raises UsageError if `--bom` is given and `form`, the format of the output, is not CSV.
    """
    if not click.get_current_context().meta.get(_BOM):
        return ""
    if form != "csv":
        raise click.UsageError("--bom is for CSV only: add --format csv, or name a file that ends in .csv.")
    return "\ufeff"


class PathType(click.Path):
    """The type of an option whose value is a path. The command receives a Path. pathlib is imported only if the option is given."""

    def coerce_path_result(self, value: str | os.PathLike[str]) -> Any:
        from pathlib import Path

        return Path(value)


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--force", is_flag=True, help="Overwrite an existing file.")(command)


def show_table(table: Table, form: str) -> None:
    """Print a table to stdout. `form` is one of `FORMATS`, such as “csv”."""
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_text

    mark = byte_order_mark(form)
    if form == "table":
        write_text(table_text(table, terminal_width()))
    else:
        write_data([mark + render_text(list_document(table), form)])
    if form in WITHOUT_LINES:
        print_lines_below(table)


WITHOUT_LINES = ("csv", "json")
"""The formats of a list that have no place for the lines below a table."""


def print_lines_below(table: Table) -> None:
    """Print the lines below a table to stderr. They explain its figures, such as the number of hidden codings."""
    for line in table.below:
        print_message(line)


def show_long_list(columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    """Print a table to stdout, as `show_table` prints it with the form “table”. There may be very many rows.

    If stdout is a terminal, all rows are held in memory, because the lines must fit its width. Otherwise, the rows are
    printed in parts, and few rows are in memory.
    """
    from itertools import islice

    from sibtui.formats.documents.renderers.text_lists import long_list_lines
    from sibtui.model.table import Table

    if terminal_width() is not None:
        show_table(Table(columns, tuple(rows)), "table")
        return
    byte_order_mark("table")
    lines = long_list_lines(tuple(map(encodable_text, columns)), _encodable_rows(iter(rows)))
    while block := list(islice(lines, words.TOGETHER)):
        write_text("\n".join((*block, "")))


def _encodable_rows(rows: Iterator[tuple[str | int, ...]]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows. Characters that stdout cannot encode are replaced.

    Many rows are tested at once, because a separate test of each row is slow.
    """
    from itertools import islice

    while part := list(islice(rows, words.TOGETHER)):
        joined = "".join(cell for row in part for cell in row if isinstance(cell, str))
        if encodable_text(joined) == joined:
            yield from part
        else:
            yield from (tuple(map(_encodable, row)) for row in part)


def show_facts(
    fields: Mapping[str, Any],
    form: str,
    facts: Callable[[Mapping[str, Any]], Iterable[tuple[str, Value]]] = lambda fields: fields.items(),
) -> None:
    """Print the fields of an item to stdout.

    In JSON, the fields are one object. In any other format, they are a table. `facts` makes the rows of this table from
    the fields: pairs (name, value).
    """
    if form == "json":
        from sibtui.formats.codec.json_text import dumps

        write_data([dumps(fields)])
        return
    from sibtui.model.table import Table

    show_table(Table(("fact", "value"), tuple(facts(fields))), form)


def table_text(table: Table, width: int | None) -> str:
    """Return a table as text for stdout. Characters that stdout cannot encode are replaced.

    `width` is the greatest length of a line in terminal columns. If it is None, lines are not limited.
    """
    from sibtui.formats.documents.lists import list_document
    from sibtui.formats.registry import render_text
    from sibtui.model.table import Table

    if is_utf8():
        text = render_text(list_document(table), width=width)
        if "\ufffd" not in text:  # surrogates, which UTF-8 cannot encode, are drawn so too
            return text
    columns, below = (tuple(map(encodable_text, texts)) for texts in (table.columns, table.below))
    rows = (tuple(map(_encodable, row)) for row in table.rows)
    encodable = Table(columns, tuple(rows), encodable_text(table.title), below)
    return render_text(list_document(encodable), width=width)


def _encodable(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(map(encodable_text, value))
    return encodable_text(value) if isinstance(value, str) else value


def terminal_width() -> int | None:
    """Return the width of the terminal in columns; None if stdout is a file or a pipe.

    With None, lines are not wrapped.
    """
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def format_time(at: str) -> str:
    """Format a stored time for people: `2026-11-28 19:53Z`."""
    return f"{at[:10]} {at[11:16]}Z" if len(at) > 16 else at


def shell_word(text: str | Path) -> str:
    """Return a name or path as one word of a shell command, in quotation marks if the shell needs them."""
    import shlex

    return shlex.quote(str(text))


def report_change(message: str, undo: str = "takes it back") -> None:
    """Print a message about a change, followed by `sibtui undo` and the words in `undo`.

    For example, `report_change("added 3 codings")` prints “added 3 codings (`sibtui undo` takes it back).”
    """
    from sibtui.model.text import one_line

    print_message(f"{one_line(message)} (`sibtui undo` {undo}).")


def change_reporter(project: Project) -> Callable[[str], None]:
    """Return a function like `report_change` that first checks whether the study has changed at all.

    Call `change_reporter` before a change, and the returned function after it. If nothing has changed, the function
    does not mention `sibtui undo`, which would undo an earlier change.
    """

    def newest() -> int:
        acts = project.history.list(limit=1)
        return acts[0].id if acts else 0

    before = newest()
    return lambda message: report_change(message) if newest() != before else print_message(UNCHANGED)


def print_blind_round(study: Project, *, complete: bool = False) -> None:
    """If the coder is in a blind round, print a message about the codings that this round hides.

    By default, the message states that they are hidden. With `complete`, it states that the output contains them.
    """
    from sibtui.cli.hints import with_hint
    from sibtui.project.shared.hidden_codings import hidden_codings

    current = study.rounds.current
    if current is not None and current.blind:
        of = hidden_codings(current.coder, current.number)
        if complete:
            print_message(f"{of} are written too, although the blind round hides them.")
        else:
            print_message(with_hint(f"{of} are hidden in this blind round.", "end-round"))


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, or of stdin if the path is `-`. Raises InputError if the file cannot be read."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("There is no standard input to read: name a file.")
        return sys.stdin.buffer.read()
    from sibtui.project.importing.files import read_bytes

    return read_bytes(path)


@contextmanager
def progress(label: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show progress on stderr while the `with` block runs. If stderr is not a terminal, show nothing.

    The block gets a function, and calls it with the number of steps that are done. `label` is shown before the
    progress. `length` is the number of all steps: if it is given, a bar is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    if length is None:
        try:
            yield lambda now: click.echo(f"\r{label}: {now:,}", err=True, nl=False)
        finally:  # an error message begins on an empty line
            click.echo("\r\x1b[K", err=True, nl=False)
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda now: bar.update(now - bar.pos)


@contextmanager
def progress_with_total(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows progress on stderr. It takes the number of steps done, and the number of all steps.

    `label` is shown before the progress.
    """
    with ExitStack() as bars:
        bar: list[Callable[[int], None]] = []

        def advance(count: int, total: int) -> None:
            if not bar:
                bar.append(bars.enter_context(progress(label, total)))
            bar[0](count)

        yield advance


def stage_reporter(verb: str) -> Callable[[str], None]:
    """Return a function that prints which part of a long task has begun, such as `loading codings …`.

    The function takes the name of the part (`codings`), and puts the verb (`loading`) before it. It prints nothing if
    stderr is not a terminal.
    """
    return (lambda stage: print_message(f"{verb} {stage} …")) if sys.stderr.isatty() else (lambda _stage: None)
