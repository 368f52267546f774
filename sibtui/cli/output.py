"""Where output goes: to stdout, or to a file in the format that its name tells. Word and Excel never reach a terminal."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import ReaderGoneError
from sibtui.cli.common import done, force_option, out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BINARY = {"docx": "Word document", "xlsx": "Excel workbook"}
TABLE_SUFFIXES = {
    ".txt": "table", ".csv": "csv", ".json": "json", ".md": "md", ".html": "html", ".docx": "docx", ".xlsx": "xlsx",
}  # fmt: skip


def output_options(*forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, `-o FILE` and `--force`; the command gets `form` (None when it is not told), `output` and `force`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            force_option,
            click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file."),
            click.option(
                "--format",
                "form",
                type=click.Choice(forms),
                help="How to write it (default: as FILE ends, else table).",
            ),
        ):
            command = option(command)
        return command

    return decorate


def form_of(form: str | None, file: Path | None, suffixes: Mapping[str, str], *, default: str = "table") -> str:
    """The format that is asked for, by name or by the file's name. UsageError when there is none, or a terminal cannot show it."""
    if form is None:
        form = default if to_stdout(file) else suffix_form(file, suffixes)
    check_terminal(form, file)
    return form


_ELSEWHERE = {".qdc": "sibtui export qdc", ".qdpx": "sibtui export qdpx"}
"""Formats that have a command of their own."""


def suffix_form(file: PurePath | None, suffixes: Mapping[str, str]) -> str:
    suffix = "" if file is None else file.suffix.lower()
    if suffix not in suffixes and suffix in _ELSEWHERE:
        raise click.UsageError(f"{file}: `{_ELSEWHERE[suffix]}` writes this format.")
    if suffix not in suffixes:
        raise click.UsageError(f"{file}: end the name in one of {' '.join(suffixes)}, or tell --format.")
    return suffixes[suffix]


def to_stdout(file: Path | None) -> bool:
    return file is None or str(file) == "-"


def check_terminal(form: str, file: Path | None) -> None:
    """Refuse to show on a terminal what it cannot."""
    if form in BINARY and to_stdout(file) and sys.stdout.isatty():
        raise click.UsageError(f"A terminal cannot show a {BINARY[form]}: name a file for it that ends in .{form}.")


def deliver(data: str | bytes, file: Path | None, what: str, *, force: bool) -> None:
    """Write to the file and say so, or to stdout."""
    if file is None or to_stdout(file):
        if isinstance(data, str):
            out(data)
        else:
            _write_bytes(data)
        return
    from sibtui.project.output import write_file  # noqa: PLC0415 - most output goes to stdout

    write_file(file, [data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data], force=force)
    done(f"wrote {what} to {file}.")


def _write_bytes(data: bytes) -> None:
    if sys.stdout.isatty():  # a text in the encoding of a file: a terminal gets it inert
        out(data.decode("utf-8"))
        return
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
