"""`sibtui source add`: files and folders of notes into the study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete
from sibtui.cli.common import done, plural, undoable, with_project
from sibtui.cli.options import FILE
from sibtui.cli.reading import check_options, read_files, reading_options, tell_doubts
from sibtui.model.records import FIDELITIES, KINDS
from sibtui.model.text import one_line
from sibtui.project.reading import find_files, with_speakers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.project import Project
    from sibtui.project.outcomes import Added
    from sibtui.project.reading import ReadFile, ReadOptions


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
@click.option("--speakers", is_flag=True, help="Recognise who speaks: attributes `people` and `participants`.")
@click.option(
    "--interviewer", "asking", multiple=True, metavar="NAME", help="Who asks, with --speakers: no participant."
)
@reading_options
@click.option("--strict", is_flag=True, help="Add nothing when anything is refused.")
def add(
    project: Project,
    paths: Sequence[Path],
    encoding: str | None,
    name: str | None,
    speakers: bool,
    asking: Sequence[str],
    options: ReadOptions,
    strict: bool,
    **facts: Any,
) -> None:
    """Add notes, transcripts and documents: files, and those in folders, at any depth (hidden ones are skipped).

    .txt .md .docx .odt .rtf .pdf .html .epub are one source each, and so are subtitles, .vtt and .srt; a survey table, .csv
    .tsv .xlsx, is one source a row. Front matter of a .md file gives title, kind, date, cases, fidelity and any attribute.
    A file that is in the study already is said and skipped; so is one that cannot be added, and the exit status is 1 then.
    `-` is stdin (with --name), as text.

    \b
    Example:
      sibtui source add notes/
      sibtui source add letter.txt --name letter-1 --kind document --case "SIB A" --encoding cp1252
      sibtui source add survey.csv --text-column answer --name-column id
      sibtui source add transcript.vtt --drop-times --speakers
    """  # noqa: D301 - \b is click's
    _check(paths, name, options, speakers=speakers or bool(asking))
    found = find_files(paths)
    for line in found.told:
        done(line)
    check_options(found.files, options)
    files = list(read_files(found.files, name=name, encoding=encoding, options=options))
    if speakers or asking:
        files = [with_speakers(file, asking) for file in files]
    refused = [file for file in files if file.why]
    for file in refused:
        done(f"refused: {one_line(file.why)}")
    if strict and refused:
        done(f"nothing was added: {plural(len(refused), 'file')} refused.")
        click.get_current_context().exit(FAILED)
    report = iter(project.sources.add(_with_facts(files, facts), strict=strict))
    outcomes = [outcome for file in files for outcome in _tell(file, [next(report) for _ in file.drafts])]
    _sum_up(outcomes, len(refused))
    if refused or "refused" in outcomes:
        click.get_current_context().exit(FAILED)


def _check(paths: Sequence[Path], name: str | None, options: ReadOptions, *, speakers: bool) -> None:
    if name is not None and (len(paths) != 1 or paths[0].is_dir()):
        raise click.UsageError("--name is for a single file.")
    if name is None and Path("-") in paths:
        raise click.UsageError("A source from stdin needs --name.")
    if speakers and not options.speakers:
        raise click.UsageError("--speakers and --drop-speakers exclude one another.")


def _with_facts(files: Iterable[ReadFile], facts: dict[str, Any]) -> Iterator[SourceDraft]:
    told = {field: value for field, value in facts.items() if value}
    if "cases" in told:
        told["cases_together"] = ""
    return (replace(draft, **told) for file in files for draft in file.drafts)


def _tell(file: ReadFile, report: Sequence[Added]) -> list[str]:
    """Say what became of a file's sources; the outcomes."""
    path = one_line(file.path)
    added = [each for each in report if each.outcome == "added"]
    if len(report) == 1:
        _tell_one(path, report[0])
    else:
        _tell_rows(path, report, added)
    for label in dict.fromkeys(label for each in added for label in each.new_cases):
        done(one_line(f"“{label}” is a new case."))
    tell_doubts(path, [each.draft for each in added])
    return [each.outcome for each in report]


def _tell_one(path: str, added: Added) -> None:
    if added.outcome == "same":
        done(one_line(f"skipped: {path} is in the study already, as {added.name}."))
    elif added.outcome == "refused":
        done(one_line(f"refused: {path}: {added.why}"))
    else:
        about = "; ".join((plural(len(added.draft.text), "character"), *added.draft.cases))
        done(one_line(f"added {added.name} ({about})"))


def _tell_rows(path: str, report: Sequence[Added], added: Sequence[Added]) -> None:
    """The rows of a table: those that came in as one, the others one by one."""
    if added:
        several = f"{added[0].name} … {added[-1].name}" if len(added) > 1 else added[0].name
        done(one_line(f"added {plural(len(added), 'source')} from {path}: {several}"))
    same = sum(each.outcome == "same" for each in report)
    if same:
        done(f"skipped: {plural(same, 'row')} of {path} {'is' if same == 1 else 'are'} in the study already.")
    for each in report:
        if each.outcome == "refused":
            done(one_line(f"refused: {path}, {each.name}: {each.why}"))


def _sum_up(outcomes: Sequence[str], unread: int) -> None:
    added, same, refused = (outcomes.count(what) for what in ("added", "same", "refused"))
    parts = [f"{plural(added, 'source')} added"]
    parts += [f"{same} there already"] if same else []
    parts += [f"{refused + unread} refused"] if refused + unread else []
    if added:
        undoable(", ".join(parts))
    else:
        done(", ".join(parts) + ".")
