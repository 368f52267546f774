"""Files of sources on the command line: the options for reading them, a progress bar, and warnings."""

from __future__ import annotations

from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import print_message
from sibtui.cli.file_options import read_file as read_bytes
from sibtui.cli.options import repeated_option
from sibtui.cli.progress import progress
from sibtui.model.drafts import SourceDraft
from sibtui.model.text import one_line
from sibtui.project.importing.files import READERS, ReadOptions, doubt, is_survey, read_file
from sibtui.project.results import Added

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.project.importing.files import ReadFile


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for subtitles, surveys and comments. The command receives them as `options`, a ReadOptions."""

    @wraps(command)
    def wrapper(
        *arguments: Any, drop_times: bool, drop_speakers: bool, attribute_columns: tuple[str, ...], **others: Any
    ) -> Any:
        fields = ReadOptions.__dataclass_fields__.keys() - {"speakers"}  # `source add` has its own option `--speakers`
        given = {name: others.pop(name) for name in tuple(others) if name in fields}
        attributes = attribute_columns or None
        options = ReadOptions(times=not drop_times, speakers=not drop_speakers, attribute_columns=attributes, **given)
        return command(*arguments, options=options, **others)

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


_OPTIONS = (
    click.option(
        "--comments",
        is_flag=True,
        help="Documents: import comments. A comment that names a code becomes a coding, any other a memo.",
    ),
    click.option("--drop-times", is_flag=True, help="Subtitles: leave out the times."),
    click.option("--drop-speakers", is_flag=True, help="Subtitles: leave out the speakers' names."),
    repeated_option(
        "--text-column",
        "text_columns",
        metavar="NAME",
        help="Surveys: a column with answers (default: the column with the longest texts).",
    ),
    click.option("--name-column", metavar="NAME", help="Surveys: the column with the names of the sources."),
    repeated_option(
        "--attribute-column",
        "attribute_columns",
        metavar="NAME",
        help="Surveys: a column that becomes an attribute (default: all other columns).",
    ),
    repeated_option(
        "--personal-column",
        "personal_columns",
        metavar="NAME",
        help="Surveys: a column to keep although it can identify people, such as an e-mail address.",
    ),
    click.option(
        "--header-row",
        type=click.IntRange(min=1),
        metavar="N",
        help="Surveys: the row that names the columns (default: the first, or the first below a title).",
    ),
    click.option(
        "--sheet", metavar="NAME", help="Surveys: the sheet of a workbook (default: the first that is not empty)."
    ),
)


def check_options(files: Iterable[Path], options: ReadOptions) -> None:
    """Raise UsageError if options for surveys are given, but no file is a survey table."""
    given = (
        options.text_columns, options.name_column, options.attribute_columns, options.sheet, options.header_row,
        options.personal_columns,
    )  # fmt: skip
    if any(given) and not any(map(is_survey, files)):
        suffixes = " ".join(suffix for suffix in READERS if is_survey(Path(f"table{suffix}")))
        raise click.UsageError(f"Options for columns and sheets are for survey tables ({suffixes}): name one.")


def read_files(
    paths: Sequence[Path], *, name: str | None, encoding: str | None, options: ReadOptions
) -> Iterator[ReadFile]:
    """Yield each file with its sources. A file that cannot be read has a reason, and no sources.

    If there are several files, a progress bar is shown.
    """
    with progress("Reading", len(paths)) if len(paths) > 1 else nullcontext(lambda _: None) as advance:
        for count, path in enumerate(paths, 1):
            data = read_bytes(path) if str(path) == "-" else None
            file = read_file(path, encoding=encoding, options=options, name=name, data=data)
            advance(count)
            yield file


def print_warnings(path: str, drafts: Sequence[SourceDraft]) -> None:
    """Print the warnings about a file, and which parts of it were left out.

    If its encoding was only guessed, print the encoding.
    """
    for draft in drafts:
        for notice in draft.notices:
            print_message(f"{one_line(path)}: {one_line(notice)}.")
    if drafts and (guess := doubt(drafts[0])):
        print_message(f"{one_line(path)} was {guess}: if its accents look wrong, undo and give --encoding.")


def added_fields(file: ReadFile, report: Sequence[Added]) -> Iterator[dict[str, Any]]:
    """Yield the outcome for each source of a file, as the fields of a JSON object.

    If the file could not be read, yield one outcome for the whole file.
    """
    unread = [Added(SourceDraft("", "", encoding="", confidence=0), "refused", "", file.why)] if file.why else []
    for each in (*unread, *report):
        draft = each.draft
        yield {
            "file": file.path,
            "name": each.name,
            "outcome": each.outcome,
            "reason": each.why,
            "characters": each.characters,
            "cases": list(draft.cases),
            "encoding": draft.encoding,
            "confidence": draft.confidence,
            "left_out": [{"kind": loss.kind, "count": loss.count} for loss in draft.left_out],
            "notices": list(draft.notices),
            "memos": each.memos,
            "codings": each.codings,
            "new_codes": list(each.new_codes),
            "mixed_attributes": [mixed.name for mixed in each.mixed],
        }
