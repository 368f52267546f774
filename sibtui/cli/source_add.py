"""`sibtui source add`: files and folders of notes into the study."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete
from sibtui.cli.common import done, plural, read_file, undoable, with_project
from sibtui.cli.options import FILE
from sibtui.errors import InputError, SibtuiError
from sibtui.model.records import FIDELITIES, KINDS
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.project import Project
    from sibtui.project.sources import Added

NOTES = (".md", ".txt")
GUESS = 0.9
"""Below this confidence the encoding of a file was guessed, and that is told."""


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH…")
@click.option("--encoding", help="How the files are encoded (default: found out, file by file).")
@click.option("--name", help="The name of the source (default: the file's, without its suffix); for a single file.")
@click.option("--kind", type=click.Choice(KINDS), help="What they are, whatever their front matter says.")
@click.option("--fidelity", type=click.Choice(FIDELITIES), help="Paraphrasing notes, or word for word.")
@click.option(
    "--case",
    "cases",
    multiple=True,
    shell_complete=complete.cases,
    help="The cases that they touch; new ones are made.",
)
@click.option("--strict", is_flag=True, help="Add nothing when anything is refused.")
def add(
    project: Project, paths: Sequence[Path], encoding: str | None, name: str | None, strict: bool, **facts: Any
) -> None:
    """Add notes and documents: .txt and .md files, and those in folders, at any depth (hidden ones are skipped).

    YAML front matter of a .md file gives title, kind, date, cases, fidelity and any attribute. A file that is in the study
    already is said and skipped; so is one that cannot be added, and the exit status is 1 then. `-` is stdin (with --name).

    \b
    Example:
      sibtui source add notes/
      sibtui source add letter.txt --name letter-1 --kind document --case "SIB A" --encoding cp1252
    """  # noqa: D301 - \b is click's
    if name is not None and (len(paths) != 1 or paths[0].is_dir()):
        raise click.UsageError("--name is for a single file.")
    if name is None and Path("-") in paths:
        raise click.UsageError("A source from stdin needs --name.")
    drafts: list[tuple[str, SourceDraft]] = []
    refused = 0
    for path in _files(paths):
        try:
            drafts.append((str(path), _read(path, name, encoding, facts)))
        except SibtuiError as error:
            if strict:
                raise
            done(f"refused: {error}")
            refused += 1
    report = project.sources.add([draft for _, draft in drafts], strict=strict)
    for (file, _), added in zip(drafts, report, strict=True):
        _tell(file, added)
    refused += sum(added.outcome == "refused" for added in report)
    _sum_up(report, refused)
    if refused:
        click.get_current_context().exit(FAILED)


def _read(path: Path, name: str | None, encoding: str | None, facts: dict[str, Any]) -> SourceDraft:
    from sibtui.formats.notes import read_note  # noqa: PLC0415

    stdin = str(path) == "-"
    draft = read_note(f"{name}.md" if stdin else str(path), read_file(path), encoding=encoding)
    told = {field: value for field, value in facts.items() if value}
    return replace(draft, name=name or draft.name, original="" if stdin else draft.original, **told)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and the notes in the folders that are; each once."""
    seen: set[Path] = set()
    for path in paths:
        for file in _notes(path) if path.is_dir() else (path,):
            if file not in seen:
                seen.add(file)
                yield file


def _notes(folder: Path) -> Iterator[Path]:
    """The notes in a folder and below it, in order. Links that lead out of it are left alone, and what else is there is counted."""
    others = found = 0
    inside = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            path = Path(place, name)
            if path.suffix.lower() in NOTES and path.is_file() and path.resolve().is_relative_to(inside):
                found += 1
                yield path
            else:
                others += 1
    if others:
        done(f"{plural(others, 'other file')} in {one_line(str(folder))} left alone: .txt and .md files are read.")
    if not found:
        done(f"there are no notes in {one_line(str(folder))}: .txt and .md files are read.")


def _unreadable(error: OSError) -> None:
    raise InputError(f"Cannot read {error.filename}: {error.strerror}.") from error


def _tell(path: str, added: Added) -> None:
    draft = added.draft
    if added.outcome == "same":
        done(one_line(f"skipped: {path} is in the study already, as {added.name}."))
        return
    if added.outcome == "refused":
        done(one_line(f"refused: {path}: {added.why}"))
        return
    about = "; ".join((plural(len(draft.text), "character"), *draft.cases))
    done(one_line(f"added {added.name} ({about})"))
    for label in added.new_cases:
        done(one_line(f"“{label}” is a new case."))
    if draft.confidence < GUESS:
        done(
            f"{one_line(path)} was read as {draft.encoding}, which is a guess ({draft.confidence * 100:.0f} of 100 sure):"
            " if its accents look wrong, undo, and tell --encoding."
        )


def _sum_up(report: Sequence[Added], refused: int) -> None:
    outcomes = [added.outcome for added in report]
    added, same = outcomes.count("added"), outcomes.count("same")
    parts = [f"{plural(added, 'source')} added"]
    parts += [f"{same} there already"] if same else []
    parts += [f"{refused} refused"] if refused else []
    if added:
        undoable(", ".join(parts))
    else:
        done(", ".join(parts) + ".")
