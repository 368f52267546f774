"""Reading sources for the command line: the options, the bar, and what is told of each file."""

from __future__ import annotations

from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.common import done, progress
from sibtui.cli.common import read_file as read_bytes
from sibtui.model.text import one_line
from sibtui.project.reading import READERS, ReadOptions, doubt, is_survey, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.project.reading import ReadFile


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How subtitles and survey tables are read; the command gets it as `options`."""

    @wraps(command)
    def reading(
        *arguments: Any,
        drop_times: bool,
        drop_speakers: bool,
        text_columns: tuple[str, ...],
        name_column: str | None,
        attribute_columns: tuple[str, ...],
        sheet: str | None,
        **others: Any,
    ) -> Any:
        attributes = attribute_columns or None
        options = ReadOptions(not drop_times, not drop_speakers, text_columns, name_column, attributes, sheet)
        return command(*arguments, options=options, **others)

    for option in reversed(_OPTIONS):
        reading = option(reading)
    return reading


_OPTIONS = (
    click.option("--drop-times", is_flag=True, help="Subtitles: without the times."),
    click.option("--drop-speakers", is_flag=True, help="Subtitles: without the names of who speaks."),
    click.option(
        "--text-column",
        "text_columns",
        multiple=True,
        metavar="NAME",
        help="Surveys: a column of answers (the longest).",
    ),
    click.option("--name-column", metavar="NAME", help="Surveys: the column that names the sources."),
    click.option(
        "--attribute-column",
        "attribute_columns",
        multiple=True,
        metavar="NAME",
        help="Surveys: a column that becomes an attribute (all others).",
    ),
    click.option("--sheet", metavar="NAME", help="Surveys: the sheet of a workbook (the first with anything in it)."),
)


def check_options(files: Iterable[Path], options: ReadOptions) -> None:
    """Refuse options for surveys when no file is one: they would change nothing."""
    told = (options.text_columns, options.name_column, options.attribute_columns, options.sheet)
    if any(told) and not any(map(is_survey, files)):
        suffixes = " ".join(suffix for suffix in READERS if is_survey(Path(f"table{suffix}")))
        raise click.UsageError(f"Columns and sheets are those of survey tables ({suffixes}): there is none here.")


def read_files(
    paths: Sequence[Path], *, name: str | None, encoding: str | None, options: ReadOptions
) -> Iterator[ReadFile]:
    """Each file with its sources, or the reason why it has none; a bar tells how far it is when there are several."""
    with progress("Reading", len(paths)) if len(paths) > 1 else nullcontext(lambda _: None) as now:
        for count, path in enumerate(paths, 1):
            data = read_bytes(path) if str(path) == "-" else None
            found = read_file(path, encoding=encoding, options=options, name=name, data=data)
            now(count)
            yield found


def tell_doubts(path: str, drafts: Sequence[SourceDraft]) -> None:
    """Say what the reader decided by itself, and how it took the bytes when that is a guess."""
    for draft in drafts:
        for warning in draft.warnings:
            done(f"{one_line(path)}: {one_line(warning)}.")
    if drafts and (guess := doubt(drafts[0])):
        done(f"{one_line(path)} was {guess}: if its accents look wrong, undo, and tell --encoding.")
