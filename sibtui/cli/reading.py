"""Reading sources from files and folders: which files, with which options, and what is told of each."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli.common import done, listed, plural, progress, read_file
from sibtui.errors import InputError, SibtuiError
from sibtui.formats.read_options import ReadOptions
from sibtui.formats.registry import READERS, read_source
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft

GUESS = 0.9
"""Below this confidence the encoding of a file was guessed, and that is told."""
_SURVEY = "sibtui.formats.survey"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file, and the sources in it; or why it was refused."""

    path: str
    drafts: tuple[SourceDraft, ...] = ()
    why: str = ""


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
    if any(told) and not any(READERS.get(file.suffix.lower()) == _SURVEY for file in files):
        suffixes = " ".join(suffix for suffix, module in READERS.items() if module == _SURVEY)
        raise click.UsageError(f"Columns and sheets are those of survey tables ({suffixes}): there is none here.")


def read_files(
    paths: Sequence[Path], *, name: str | None, encoding: str | None, options: ReadOptions
) -> Iterator[ReadFile]:
    """Each file with its sources, or the reason why it has none; a bar tells how far it is when there are several."""
    with progress("Reading", len(paths)) if len(paths) > 1 else nullcontext(lambda _: None) as now:
        for count, path in enumerate(paths, 1):
            try:
                found = ReadFile(str(path), tuple(_read(path, name, encoding, options)))
            except SibtuiError as error:
                found = ReadFile(str(path), why=str(error))
            now(count)
            yield found


def _read(path: Path, name: str | None, encoding: str | None, options: ReadOptions) -> list[SourceDraft]:
    stdin = str(path) == "-"
    drafts = read_source(f"{name}.md" if stdin else str(path), read_file(path), encoding=encoding, options=options)
    if name is None:
        return drafts
    if len(drafts) != 1:
        raise InputError(f"{path} holds {len(drafts)} sources, and --name names one: --name-column names such rows.")
    return [replace(drafts[0], name=name, original="" if stdin else drafts[0].original)]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and those in the named folders that can be read; each once."""
    return list(dict.fromkeys(file for path in paths for file in (_within(path) if path.is_dir() else (path,))))


def _within(folder: Path) -> Iterator[Path]:
    """What can be read in a folder and below it, in order. Links that lead out of it are left alone, and what else is there is counted."""
    others: list[str] = []
    found = 0
    inside = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith((".", "~$"))):  # ~$: Word's locks
            path = Path(place, name)
            if path.suffix.lower() in READERS and path.is_file() and path.resolve().is_relative_to(inside):
                found += 1
                yield path
            else:
                others.append(path.suffix.lower())
    shown = one_line(str(folder))
    if others:
        kinds = listed(dict.fromkeys(one_line(suffix, 12) or "no suffix" for suffix in sorted(others)))
        done(f"{plural(len(others), 'other file')} in {shown} left alone ({kinds}).")
    if not found:
        done(f"there is nothing in {shown} that can be read: there are readers for {' '.join(READERS)}.")


def _unreadable(error: OSError) -> None:
    raise InputError(f"Cannot read {error.filename}: {error.strerror}.") from error


def tell_doubts(path: str, drafts: Sequence[SourceDraft]) -> None:
    """Say what the reader decided by itself, and how it took the bytes when that is a guess."""
    for draft in drafts:
        for warning in draft.warnings:
            done(f"{one_line(path)}: {one_line(warning)}.")
    if drafts and drafts[0].confidence < GUESS:
        done(
            f"{one_line(path)} was read as {drafts[0].encoding}, which is a guess"
            f" ({drafts[0].confidence * 100:.0f} of 100 sure): if its accents look wrong, undo, and tell --encoding."
        )


def with_speakers(file: ReadFile, asking: Sequence[str]) -> ReadFile:
    """The file's sources with the attributes `people` and `participants`, from who speaks in them."""
    return replace(
        file, drafts=tuple(_with_speakers(draft, asking, alone=len(file.drafts) == 1) for draft in file.drafts)
    )


def _with_speakers(draft: SourceDraft, asking: Sequence[str], *, alone: bool) -> SourceDraft:
    from sibtui.formats.speakers import asked, turns  # noqa: PLC0415 - most files are added without it

    found = turns(draft.text)
    people = asked(found, asking)
    if not people:
        told = (
            ("nobody is recognised who speaks in it: turns begin with a name and a colon, each name more than once",)
            if alone
            else ()
        )
        return replace(draft, warnings=(*draft.warnings, *told))
    interviewers = [speaker for speaker in dict.fromkeys(turn.speaker for turn in found) if speaker not in people]
    asks = f"; asked by {listed(interviewers)}" if interviewers else "; nobody is known to ask (tell --interviewer)"
    told = (f"{plural(len(people), 'person speaks', 'people speak')}: {listed(people)}{asks}",)
    known = {"people": len(people), "participants": "; ".join(people)}
    return replace(draft, attributes=known | dict(draft.attributes), warnings=(*draft.warnings, *told))
