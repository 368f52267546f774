"""Output to stdout, or to a file in the format of its extension. Word and Excel files are not written to a terminal."""

from __future__ import annotations

import sys
from functools import wraps
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import print_message
from sibtui.cli.file_options import PathType, force_option
from sibtui.cli.streams import write_bytes, write_data, write_text
from sibtui.cli.tables import bom_option, byte_order_mark
from sibtui.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path, PurePath

BINARY = {"docx": "Word document", "xlsx": "Excel workbook", "qdpx": "REFI-QDA project"}
TABLE_SUFFIXES = {
    ".txt": "table", ".csv": "csv", ".json": "json", ".md": "md", ".html": "html", ".docx": "docx", ".xlsx": "xlsx",
}  # fmt: skip


class OutputPath(PathType):
    """A type of option value: the path of a file to write.

    An empty text is refused, because `Path` would take it as a folder.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name of the file is empty.", param, ctx)
        return super().convert(value, param, ctx)


def output_options(*forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds the options `--format`, `-o FILE`, `--bom` and `--force` to a command.

    `forms` are the formats that the command can write. The command receives `form` (None without `--format`), `output`
    and `force`.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def checked(*arguments: Any, **options: Any) -> Any:
            if options["force"] and is_stdout(options["output"]) and not options.get("picture"):
                other = " or --picture FILE" if "picture" in options else ""
                raise click.UsageError(f"--force needs -o FILE{other}: it overwrites this file.")
            return command(*arguments, **options)

        decorated: Callable[..., Any] = checked
        for option in (
            force_option,
            *([bom_option] if "csv" in forms else []),
            click.option("-o", "--output", metavar="FILE", type=OutputPath(), help="Write to this file."),
            click.option(
                "--format",
                "form",
                type=click.Choice(forms),
                help="The output format (default: that of FILE's extension, else table).",
            ),
        ):
            decorated = option(decorated)
        return decorated

    return decorate


def resolve_format(form: str | None, file: Path | None, suffixes: Mapping[str, str], *, default: str = "table") -> str:
    """Return the format in which to write the output, such as “csv”.

    The result is `form`, if it is given. Without `form`, a file gets the format of its extension (`suffixes` is a map:
    extension → format), and stdout gets `default`.

    Raises UsageError in three cases: the extension is unknown; `form` and the extension contradict each other; or the
    output goes to a terminal that cannot show the format.
    """
    if form is None:
        form = default if is_stdout(file) else format_of_extension(file, suffixes)
    elif file is not None and not is_stdout(file):
        _refuse_another(form, file)
    check_terminal(form, file)
    return form


_ELSEWHERE = {".qdc": "sibtui export qdc", ".qdpx": "sibtui export qdpx"}
"""A dict: file extension → the command that writes files with this extension."""
_LINES = 1000


def format_of_extension(file: PurePath | None, suffixes: Mapping[str, str]) -> str:
    suffix = "" if file is None else file.suffix.lower()
    if suffix not in suffixes and suffix in _ELSEWHERE:
        raise click.UsageError(f"{file}: use `{_ELSEWHERE[suffix]}` to write this format.")
    if suffix not in suffixes:
        raise click.UsageError(f"{file}: use one of the extensions {' '.join(suffixes)}, or give --format.")
    return suffixes[suffix]


def _refuse_another(form: str, file: PurePath) -> None:
    from sibtui.project.exporting.extensions import KNOWN

    own_form = KNOWN.get(file.suffix.lower(), form)
    if own_form != form:
        raise click.UsageError(
            f"{file}: its extension is that of {own_form}, but --format is {form}. Change one of them."
        )


def check_extension(file: Path, *suffixes: str, content: str) -> None:
    """Raise UsageError if the extension of a file is not one of `suffixes`. stdout (`-`) is always accepted.

    `content` names the content of the file in the message, for example “a REFI-QDA project”.
    """
    if not is_stdout(file) and file.suffix.lower() not in suffixes:
        raise click.UsageError(f"{file}: the file name of {content} must end in {' or '.join(suffixes)}.")


def refuse_stdout(file: Path, content: str) -> None:
    """Raise UsageError if the file is `-` (stdout). `content` names the output in the message."""
    if str(file) == "-":
        raise click.UsageError(f"`-` is stdout, and {content} cannot be written to it: give a file name.")


def refuse_file_name(folder: Path) -> None:
    """Raise UsageError if the name of a new folder has a file extension, such as .csv.

    The user may have wanted a file.
    """
    from sibtui.project.exporting import extensions

    if not folder.is_dir():
        try:
            extensions.refuse_file_name(folder)
        except InputError as error:
            raise click.UsageError(str(error)) from error


def is_stdout(file: Path | None) -> bool:
    return file is None or str(file) == "-"


def check_terminal(form: str, file: Path | None) -> None:
    """Raise UsageError if the output would go to a terminal that cannot show the format."""
    if form in BINARY and is_stdout(file) and sys.stdout.isatty():
        raise click.UsageError(
            f"A terminal cannot show the format {form} ({BINARY[form]}): name a file that ends in .{form}."
        )


def write_output(data: str | bytes, file: Path | None, content: str, *, form: str, force: bool) -> None:
    """Write `data` to stdout or to a file.

    If `form` is `table`, the data is text for people. In any other form, it is data for programs, in UTF-8. `content`
    names the data in the message that is printed after a file is written.
    """
    mark = byte_order_mark(form)
    if file is None or is_stdout(file):
        if isinstance(data, bytes):
            write_bytes([mark.encode() + data])
        elif form == "table":
            write_text(data)
        else:
            write_data([mark + data])
        return
    _write_file([mark.encode() + _encoded(data)], file, content, force=force)


def write_chunks(
    chunks: Iterable[str] | Iterable[bytes], file: Path | None, content: str, *, form: str, force: bool
) -> None:
    """Write an output in chunks to stdout or to a file. Each chunk is written as soon as it is made.

    The chunks are lines of text for people if the form is `table`, and otherwise bytes of a file. The remaining
    arguments are those of `write_output`.
    """
    if form == "table" and is_stdout(file):
        lines = iter(chunks)
        while block := list(islice(lines, _LINES)):
            write_text("".join(map(str, block)))
        return
    marked = chain([byte_order_mark(form).encode()], map(_encoded, chunks))
    if file is None or is_stdout(file):
        write_bytes(marked)
    else:
        _write_file(marked, file, content, force=force)


def _encoded(chunk: str | bytes) -> bytes:
    return chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk


def _write_file(chunks: Iterable[bytes], file: Path, content: str, *, force: bool) -> None:
    from sibtui.project.exporting.safe_write import write_file

    write_file(file, chunks, force=force)
    print_message(f"wrote {content} to {file}.")
