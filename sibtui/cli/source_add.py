"""`sibtui source add`: imports notes from files and folders."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete, print_message
from sibtui.cli.hints import with_hint
from sibtui.cli.messages import report_change
from sibtui.cli.options import FILE, repeated_option, speaker_pattern_option
from sibtui.cli.source_files import added_fields, check_options, print_warnings, read_files, reading_options
from sibtui.cli.streams import write_data
from sibtui.cli.study_option import with_project
from sibtui.errors import SibtuiError
from sibtui.formats.codec.json_text import dumps
from sibtui.formats.registry import COMMENT_SUFFIXES
from sibtui.model.frozen import dataclass, replace
from sibtui.model.left_out import left_out_clause, total
from sibtui.model.records import FIDELITIES, KINDS
from sibtui.model.text import one_line, plural
from sibtui.project.importing.files import (
    NO_INTERVIEWER,
    NOBODY,
    PERSONAL,
    ReadFile,
    find_files,
    read_ahead,
    with_speakers,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.project import Project
    from sibtui.project.importing.files import ReadOptions
    from sibtui.project.results import Added


@click.command()
@with_project
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH…")
@click.option("--encoding", help="The encoding of the files (default: detected for each file).")
@click.option(
    "--name", help="The source's name (default: the file name without its extension); only for a single file."
)
@click.option("--kind", type=click.Choice(KINDS), help="The kind of source; overrides front matter.")
@click.option("--fidelity", type=click.Choice(FIDELITIES), help="Paraphrasing notes, or verbatim text.")
@repeated_option(
    "--case", "cases", shell_complete=complete.cases, help="A case that the sources are about. A new label adds a case."
)
@click.option(
    "--language", metavar="CODE", help="The language of the sources, such as de (default: the study's, else guessed)."
)
@click.option("--speakers", is_flag=True, help="Find the speakers, and set the attributes `people` and `participants`.")
@repeated_option(
    "--interviewer", "interviewers", metavar="NAME", help="With --speakers: a speaker who is not a participant."
)
@speaker_pattern_option
@reading_options
@click.option("--comment-codes", is_flag=True, help="Like --comments, but each short comment is the name of a code.")
@click.option("--strict", is_flag=True, help="Add nothing if a file or row is refused.")
@click.option("--dry-run", is_flag=True, help="List the sources that would be added, and store nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    help="With json, print one object per source to stdout, with the outcome and the content left out.",
)
def add(project: Project, paths: Sequence[Path], form: str, **given: Any) -> None:
    """Add notes, transcripts and documents from files and folders.

    Hidden files are skipped. `-` (with --name) reads stdin. These files become one source each: .txt .md .org .rst
    .docx .odt .rtf .pdf .html .epub, subtitles (.vtt .srt), and transcripts of Whisper (.json .tsv). In a survey table
    (.csv .tsv .xlsx), each row becomes a source. The front matter of a .md file sets title, kind, date, cases, fidelity
    and attributes.

    A file that is already in the study is listed and skipped. A file that cannot be added is listed, and the exit
    status is 1.

    \b
    Example:
      sibtui source add notes/ --dry-run
      sibtui source add notes/
      sibtui source add letter.txt --name letter-1 --kind document --case "SIB A" --encoding cp1252
      sibtui source add survey.csv --text-column answer --name-column id
      sibtui source add transcript.vtt --drop-times --speakers
      sibtui source add talk.txt --speaker-pattern "^<(?P<speaker>[^>]+)>"
      sibtui source add coded-in-word.docx --comments
    """
    request = _Request(paths, **given)
    request.check()
    coming = _ImportFiles(request)
    with coming.refused_files_printed():
        outcomes = request.outcomes(project, coming.drafts())
    report = coming.report(outcomes)
    failed = _print_report(report, dry_run=request.dry_run)
    if form == "json":
        write_data([dumps([fields for file, results in report for fields in added_fields(file, results)])])
    if failed:
        click.get_current_context().exit(FAILED)


@dataclass(frozen=True, slots=True)
class _Request:
    """The options of `sibtui source add`: which files to add, how to read them, and how to store them."""

    paths: Sequence[Path]
    encoding: str | None
    name: str | None
    kind: str | None
    fidelity: str | None
    cases: Sequence[str]
    language: str | None
    speakers: bool
    interviewers: Sequence[str]
    speaker_pattern: str
    options: ReadOptions
    comment_codes: bool
    strict: bool
    dry_run: bool

    def check(self) -> None:
        """Raise UsageError if two options contradict each other."""
        if self.name is not None and (len(self.paths) != 1 or self.paths[0].is_dir()):
            raise click.UsageError("--name is for a single file.")
        if self.name is None and Path("-") in self.paths:
            raise click.UsageError("A source from stdin needs --name.")
        if self._finds_speakers() and not self.options.speakers:
            raise click.UsageError("Give either --speakers or --drop-speakers, not both.")

    def facts(self) -> dict[str, Any]:
        """Return the values that the options set in each source, as field → value."""
        facts = {"kind": self.kind, "fidelity": self.fidelity, "cases": self.cases, "language": self.language}
        given = {field: value for field, value in facts.items() if value}
        return given | ({"cases_together": ""} if self.cases else {})

    def files(self) -> Iterator[ReadFile]:
        """Read the files one after the other, and yield each. Print messages about the files that are ignored."""
        listing = find_files(self.paths)
        for line in listing.messages:
            print_message(line)
        check_options(listing.files, self.options)
        options = replace(self.options, comments=self.options.comments or self.comment_codes)
        files = read_files(listing.files, name=self.name, encoding=self.encoding, options=options)
        if not self._finds_speakers():
            return files
        return (with_speakers(file, self.interviewers, self.speaker_pattern) for file in files)

    def outcomes(self, project: Project, drafts: Iterable[SourceDraft]) -> Sequence[Added]:
        """Store the sources, and return the outcome for each source. In a dry run, nothing is stored."""
        if self.dry_run:
            return project.sources.foresee(drafts)
        return project.sources.add(drafts, strict=self.strict, comment_codes=self.comment_codes, keep_texts=False)

    def _finds_speakers(self) -> bool:
        return self.speakers or bool(self.interviewers or self.speaker_pattern)


class _RefusedFileError(Exception):
    """Raised at the end of an import with --strict if a file could not be read. As a result, nothing is stored."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class _ImportFiles:
    """The files of an import, read one after the other.

    After the sources of a file are stored, their texts are released, so that only a few files are in memory.
    """

    def __init__(self, request: _Request) -> None:
        self._files = read_ahead(request.files())
        self._facts = request.facts()
        self._strict = request.strict
        self._read: list[tuple[ReadFile, int]] = []

    def drafts(self) -> Iterator[SourceDraft]:
        """Yield the sources of all files, with the fields that options set.

        If the import is strict and a file could not be read, raise _RefusedFileError after the last source.
        """
        for file in self._files:
            without_texts = ReadFile(file.path, why=file.why, size=file.size, hint=file.hint)
            self._read.append((without_texts, len(file.drafts)))
            for draft in file.drafts:
                yield replace(draft, **self._facts) if self._facts else draft
        if self._strict and (refused := sum(bool(file.why) for file, _ in self._read)):
            raise _RefusedFileError(refused)

    @contextmanager
    def refused_files_printed(self) -> Iterator[None]:
        """After the `with` block, print which files could not be read, even if the import failed.

        If the block raises _RefusedFileError, end the command with exit status 1.
        """
        try:
            yield
        except SibtuiError:
            self._print_refused()
            raise
        except _RefusedFileError as refused:
            self._print_refused()
            print_message(f"nothing was added: {plural(refused.count, 'file')} refused.")
            click.get_current_context().exit(FAILED)
        self._print_refused()

    def _print_refused(self) -> None:
        for file, _ in self._read:
            if file.why:
                print_message(f"refused: {one_line(with_hint(file.why, file.hint))}")

    def report(self, every: Sequence[Added]) -> list[tuple[ReadFile, Sequence[Added]]]:
        """Return (file, outcomes of its sources) for each file. `every` has the outcomes of all sources, file by file."""
        outcomes = iter(every)
        return [(file, list(islice(outcomes, count))) for file, count in self._read]


def _print_report(report: Sequence[tuple[ReadFile, Sequence[Added]]], *, dry_run: bool) -> bool:
    """Print the outcome for each source, the parts that were left out, advice, and the counts.

    Return whether a file or a source was refused. `report` has pairs (file, outcomes of its sources).
    """
    outcomes = [outcome for file, results in report for outcome in _print_outcomes(file, results, dry_run=dry_run)]
    _print_total([each.draft for _, results in report for each in results if each.outcome == "added"])
    _print_advice([warning for _, results in report for each in results for warning in each.draft.warnings])
    unread = sum(bool(file.why) for file, _ in report)
    _print_summary(outcomes, unread, dry_run=dry_run)
    return unread > 0 or "refused" in outcomes


def _print_advice(warnings: Sequence[str]) -> None:
    """Print which options solve the problems in `warnings`, the warnings about the files of an import."""
    if any(warning.endswith(NO_INTERVIEWER) for warning in warnings):
        print_message("name who asks the questions with --interviewer.")
    if NOBODY in warnings:
        print_message("--speaker-pattern finds names that are written in another form.")
    if any(PERSONAL in warning for warning in warnings):
        print_message("--personal-column NAME brings such a column in.")


def _print_outcomes(file: ReadFile, report: Sequence[Added], *, dry_run: bool) -> list[str]:
    """Print what became of the sources of a file. Return a word for each source: added, same or refused."""
    path, verb = one_line(file.path), "would add" if dry_run else "added"
    added = [each for each in report if each.outcome == "added"]
    if len(report) == 1:
        _print_outcome(path, report[0], verb)
    else:
        _print_rows(path, report, added, verb)
    for label in dict.fromkeys(label for each in added for label in each.new_cases):
        print_message(one_line(f"“{label}” {'would be' if dry_run else 'is'} a new case."))
    print_warnings(path, [each.draft for each in added])
    for each in added:
        for mixed in each.mixed:
            print_message(f"{path}, {one_line(each.name)}: {mixed}.")
        _print_comments(path, each)
    return [each.outcome for each in report]


def _print_comments(path: str, added: Added) -> None:
    parts = [plural(added.memos, "memo")] if added.memos else []
    parts += [plural(added.codings, "coding")] if added.codings else []
    if parts:
        print_message(f"{path}: its {plural(len(added.draft.comments), 'comment')} became {' and '.join(parts)}.")
    for code in added.new_codes:
        print_message(one_line(f"“{code}” is a new code."))


def _print_outcome(path: str, added: Added, verb: str) -> None:
    if added.outcome == "same":
        print_message(one_line(f"skipped: {path} is already in the study, as {added.name}."))
    elif added.outcome == "refused":
        print_message(one_line(f"refused: {path}: {with_hint(added.why, added.hint)}"))
    else:
        about = "; ".join((plural(added.characters, "character"), *added.draft.cases))
        print_message(one_line(f"{verb} {added.name} ({about})"))


def _print_rows(path: str, report: Sequence[Added], added: Sequence[Added], verb: str) -> None:
    """Print a line about all added rows of a survey, a line about all skipped rows, and a line for each refused row."""
    if added:
        names = f"{added[0].name} … {added[-1].name}" if len(added) > 1 else added[0].name
        print_message(one_line(f"{verb} {plural(len(added), 'source')} from {path}: {names}"))
    same = sum(each.outcome == "same" for each in report)
    if same:
        print_message(f"skipped: {plural(same, 'row')} of {path} {'is' if same == 1 else 'are'} already in the study.")
    for each in report:
        if each.outcome == "refused":
            print_message(one_line(f"refused: {path}, {each.name}: {with_hint(each.why, each.hint)}"))


def _print_total(drafts: Sequence[SourceDraft]) -> None:
    """If parts of several sources were left out, print the total of these parts."""
    with_losses = [draft.left_out for draft in drafts if draft.left_out]
    without_comments = [draft for draft in drafts if any(loss.kind == "comment" for loss in draft.left_out)]
    if any(Path(draft.original).suffix.lower() in COMMENT_SUFFIXES for draft in without_comments):
        print_message("--comments brings the comments of Word, OpenDocument and RTF in, as codings or memos.")
    if len(with_losses) > 1:
        print_message(f"in all, {left_out_clause(total(with_losses))}.")


def _print_summary(outcomes: Sequence[str], unread: int, *, dry_run: bool) -> None:
    added, same, refused = (outcomes.count(outcome) for outcome in ("added", "same", "refused"))
    parts = [f"{plural(added, 'source')} {'would be ' if dry_run else ''}added"]
    parts += [f"{same} already in the study"] if same else []
    parts += [f"{refused + unread} refused"] if refused + unread else []
    if dry_run:
        print_message(f"{', '.join(parts)} (a dry run: nothing was changed).")
    elif added:
        report_change(", ".join(parts))
    else:
        print_message(", ".join(parts) + ".")
